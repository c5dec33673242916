import { posix } from 'node:path';
import { shellWord } from '../facts/shell-word.ts';
import { namesInWords } from './kustomization-notes.ts';
import type { ManifestSource } from './overlays.ts';
import type { Templating } from './templates.ts';

const filesShown = 3;

type Sources = readonly ManifestSource[];

/** Which files hold MetalLB's objects as templates, and the command that makes manifests of them. */
export function templateNotes(files: Sources, all: Sources): readonly string[] {
  const charts = all
    .filter(({ path }) => posix.basename(path) === 'Chart.yaml')
    .map(({ path }) => posix.dirname(path));
  const templates = files.filter(({ parsed }) => parsed.templatesOfMetalLB > 0);
  const groups = Map.groupBy(templates, (file) => fillerOf(file, charts));
  return [...groups].map(([filler, group]) => noteOf(group, filler));
}

/** Variables are filled in together, since they are judged together; a chart by itself. */
function fillerOf({ path, parsed }: ManifestSource, charts: readonly string[]): string {
  if (parsed.templating === 'helm') {
    return `helm template ${chartOf(path, charts)}`;
  }
  return parsed.templating === 'flux' ? 'variables' : (parsed.templating ?? 'variables');
}

function chartOf(path: string, folders: readonly string[]): string {
  const chart = folders
    .filter((folder) => folder === '.' || path.startsWith(`${folder}/`))
    .toSorted((left, right) => right.length - left.length)[0];
  return chart === undefined ? 'CHART' : shellWord(chart);
}

function noteOf(group: Sources, filler: string): string {
  const isOne = group.length === 1;
  const shown = group.slice(0, filesShown).map(({ path }) => (path === '-' ? 'stdin' : path));
  const rest = group.length - shown.length;
  const names = namesInWords(rest > 0 ? [...shown, `${rest} more`] : shown);
  const templating = group[0]?.parsed.templating ?? 'variables';
  const what = traits[templating][isOne ? 'one' : 'several'];
  const done = templating === 'sops' ? 'decrypted' : 'filled in';
  const command = commandFor(group, filler);
  return `${names} ${what} and ${isOne ? 'was' : 'were'} not judged; ${done} ${isOne ? 'it is' : 'they are'}: ${command} | triage validate -`;
}

const variables = {
  one: 'has variables to fill in (${…})',
  several: 'have variables to fill in (${…})',
};
const traits: Readonly<Record<Templating, { readonly one: string; readonly several: string }>> = {
  helm: {
    one: 'is a template of Helm ({{ … }})',
    several: 'are templates of Helm ({{ … }})',
  },
  braces: {
    one: 'has placeholders to fill in ({{ … }})',
    several: 'have placeholders to fill in ({{ … }})',
  },
  sops: { one: 'is encrypted by SOPS', several: 'are encrypted by SOPS' },
  variables,
  flux: variables,
};

/** Only Flux knows defaults; what puts other braces in, nobody can tell from here. */
function commandFor(group: Sources, filler: string): string {
  const words = group.map(({ path }) => shellWord(path));
  const only = words.length === 1 ? words[0] : undefined;
  const named = words.length > filesShown ? 'FILES' : words.join(' ');
  if (filler === 'braces') {
    return '…';
  }
  if (filler === 'sops') {
    return only === undefined
      ? `for file in ${named}; do echo ---; sops --decrypt "$file"; done`
      : `sops --decrypt ${only === '-' ? '--input-type yaml --output-type yaml /dev/stdin' : only}`;
  }
  if (filler !== 'variables') {
    return filler;
  }
  const program = group.some(({ parsed }) => parsed.templating === 'flux')
    ? 'flux envsubst'
    : 'envsubst';
  if (only !== undefined) {
    return only === '-' ? program : `${program} <${only}`;
  }
  return `awk 'FNR==1 {print "---"} 1' ${named} | ${program}`;
}
