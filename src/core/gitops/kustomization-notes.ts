import { posix } from 'node:path';
import type { Raw } from '../cluster/parse/fields.ts';
import { shellWord } from '../facts/shell-word.ts';

/** A file that tells kustomize what to build, and what its fields name. */
export interface Kustomization {
  readonly folder: string;
  readonly raw: Raw;
  /** Folders and files it builds on. */
  readonly resources: readonly string[];
  /** Files it changes others with. */
  readonly patches: readonly string[];
  /** Whatever it builds on that is nowhere on this disk. */
  readonly remote: readonly string[];
}

/** Fields that only list what is judged anyway, and those that MetalLB's objects do not feel. */
const harmless: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'bases',
  'components',
  'namespace',
  'images',
  'replicas',
  'commonAnnotations',
  'configMapGenerator',
  'generatorOptions',
  'buildMetadata',
  'sortOptions',
  'openapi',
]);
const charts: ReadonlySet<string> = new Set(['helmCharts', 'helmChartInflationGenerator']);

/** What the files alone do not tell of what kustomize builds from these kustomizations, the outermost first. */
export function kustomizationNotes(
  reached: readonly Kustomization[],
  around: { readonly files: readonly string[]; readonly folders: ReadonlySet<string> },
): readonly string[] {
  const here = new Set(around.files.map((path) => posix.normalize(path)));
  const resources = [...new Set(reached.flatMap((each) => each.resources))];
  const missing = [
    ...resources.filter((each) => !here.has(each) && !around.folders.has(each)),
    ...reached.flatMap(({ remote }) => remote),
  ];
  const changes = changesOf(reached);
  const outcome = `to judge the outcome: ${buildCommand(reached, changes)} | triage validate -`;
  const patches = new Set(reached.flatMap((each) => each.patches));
  return [
    ...[...patches]
      .filter((path) => here.has(path) && !resources.includes(path))
      .map((path) => `${path} is a patch, judged only after kustomize build`),
    ...(changes.length === 0
      ? []
      : [
          `${namesInWords(changes)} ${isSeveral(changes) ? 'are' : 'is'} not applied here, the resources are judged as they stand; ${outcome}`,
        ]),
    ...(missing.length === 0
      ? []
      : [
          `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not among these files; ${outcome}`,
        ]),
  ];
}

function changesOf(reached: readonly Kustomization[]): readonly string[] {
  const fields = reached
    .flatMap(({ raw }) => Object.keys(raw))
    .filter((field) => !harmless.has(field))
    .map((field) => (field.startsWith('patches') ? 'patches' : field));
  return [...new Set(fields)];
}

/** Words that are many by themselves. */
function isSeveral(fields: readonly string[]): boolean {
  return fields.length > 1 || fields[0]?.endsWith('patches') === true;
}

function buildCommand([root]: readonly Kustomization[], changes: readonly string[]): string {
  const flag = changes.some((field) => charts.has(field)) ? ' --enable-helm' : '';
  return `kubectl kustomize${flag} ${shellWord(root?.folder ?? '.')}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function namesInWords(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
