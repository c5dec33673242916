import { posix } from 'node:path';
import { shellWord } from '../facts/shell-word.ts';
import { namesInWords } from './kustomization-notes.ts';
import type { ManifestSource } from './overlays.ts';

const filesShown = 3;

/** Which files are templates, and the command that makes manifests of them. */
export function templateNotes(
  files: readonly ManifestSource[],
  all: readonly ManifestSource[],
): readonly string[] {
  const chartFolders = all
    .filter(({ path }) => posix.basename(path) === 'Chart.yaml')
    .map(({ path }) => posix.dirname(path));
  const templates = files.filter(({ parsed }) => parsed.templates > 0);
  const groups = Map.groupBy(templates, (file) => commandFor(file, chartFolders));
  return [...groups].map(([command, group]) => noteOf(group, command));
}

function commandFor({ path, parsed }: ManifestSource, chartFolders: readonly string[]): string {
  if (parsed.templating === 'variables') {
    return path === '-' ? 'envsubst' : `envsubst <${shellWord(path)}`;
  }
  const chart = chartFolders
    .filter((folder) => path.startsWith(`${folder}/`))
    .toSorted((left, right) => right.length - left.length)[0];
  return `helm template ${chart === undefined ? 'CHART' : shellWord(chart)}`;
}

function noteOf(group: readonly ManifestSource[], command: string): string {
  const isOne = group.length === 1;
  const shown = group.slice(0, filesShown).map(({ path }) => (path === '-' ? 'stdin' : path));
  const rest = group.length - shown.length;
  const names = namesInWords(rest > 0 ? [...shown, `${rest} more`] : shown);
  const variables = isOne ? 'has variables to fill in (${…})' : 'have variables to fill in (${…})';
  const helm = isOne ? 'is a template of Helm ({{ … }})' : 'are templates of Helm ({{ … }})';
  const what = group[0]?.parsed.templating === 'variables' ? variables : helm;
  return `${names} ${what} and ${isOne ? 'was' : 'were'} not judged; filled in ${isOne ? 'it is' : 'they are'}: ${command} | triage validate -`;
}
