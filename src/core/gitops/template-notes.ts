import { posix } from 'node:path';
import { shellWord } from '../facts/shell-word.ts';
import { namesInWords } from './kustomization-notes.ts';
import type { ManifestSource } from './overlays.ts';

const filesShown = 3;

type Sources = readonly ManifestSource[];

/** Which files hold MetalLB's objects as templates, and the command that makes manifests of them. */
export function templateNotes(files: Sources, all: Sources): readonly string[] {
  const chartFolders = all
    .filter(({ path }) => posix.basename(path) === 'Chart.yaml')
    .map(({ path }) => posix.dirname(path));
  const templates = files.filter(({ parsed }) => parsed.templatesOfMetalLB > 0);
  const [ofHelm, ofVariables] = [
    templates.filter(isOfHelm),
    templates.filter((each) => !isOfHelm(each)),
  ];
  const charts = Map.groupBy(ofHelm, ({ path }) => chartOf(path, chartFolders));
  return [
    ...(ofVariables.length === 0 ? [] : [noteOf(ofVariables, fillingIn(ofVariables))]),
    ...[...charts].map(([chart, group]) => noteOf(group, `helm template ${chart}`)),
  ];
}

function isOfHelm({ parsed }: ManifestSource): boolean {
  return parsed.templating === 'helm';
}

function chartOf(path: string, chartFolders: readonly string[]): string {
  const chart = chartFolders
    .filter((folder) => folder === '.' || path.startsWith(`${folder}/`))
    .toSorted((left, right) => right.length - left.length)[0];
  return chart === undefined ? 'CHART' : shellWord(chart);
}

/** Filled in together, since they are judged together. */
function fillingIn(group: Sources): string {
  const filler = group.some(({ parsed }) => parsed.templating === 'flux')
    ? 'flux envsubst'
    : 'envsubst';
  const words = group.map(({ path }) => shellWord(path));
  const [only] = words;
  if (only !== undefined && words.length === 1) {
    return only === '-' ? filler : `${filler} <${only}`;
  }
  const named = words.length > filesShown ? 'FILES' : words.join(' ');
  return `awk 'FNR==1 {print "---"} 1' ${named} | ${filler}`;
}

function noteOf(group: Sources, command: string): string {
  const isOne = group.length === 1;
  const shown = group.slice(0, filesShown).map(({ path }) => (path === '-' ? 'stdin' : path));
  const rest = group.length - shown.length;
  const names = namesInWords(rest > 0 ? [...shown, `${rest} more`] : shown);
  const variables = isOne ? 'has variables to fill in (${…})' : 'have variables to fill in (${…})';
  const helm = isOne ? 'is a template of Helm ({{ … }})' : 'are templates of Helm ({{ … }})';
  const what = group.every(isOfHelm) ? helm : variables;
  return `${names} ${what} and ${isOne ? 'was' : 'were'} not judged; filled in ${isOne ? 'it is' : 'they are'}: ${command} | triage validate -`;
}
