import { posix } from 'node:path';
import type { Raw } from '../cluster/parse/fields.ts';
import { shellWord } from '../facts/shell-word.ts';
import { changesIn, missingFrom, type Around } from './kustomize-changes.ts';
import { isOurs } from './own-kinds.ts';

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

/** What lies between the files and what kustomize builds of them. */
export interface Unbuilt {
  readonly notes: readonly string[];
  /** What builds it; undefined when the files tell all there is of MetalLB. */
  readonly build: string | undefined;
}

const charts: ReadonlySet<string> = new Set(['helmCharts', 'helmChartInflationGenerator']);

/** What the files alone do not tell of what kustomize builds from these kustomizations, the outermost first. */
export function unbuiltIn(reached: readonly Kustomization[], around: Around): Unbuilt {
  const missing = missingFrom(reached, around);
  const changes = changesIn(reached, around);
  const notes = [
    ...patchNotes(reached, around),
    ...(changes.length === 0
      ? []
      : [
          `${namesInWords(changes)} ${isSeveral(changes) ? 'are' : 'is'} not applied here, the resources are judged as they stand`,
        ]),
    ...(missing.length === 0
      ? []
      : [`${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not among these files`]),
  ];
  const isWhole = missing.length === 0 && changes.length === 0;
  return { notes, build: isWhole ? undefined : buildCommand(reached) };
}

function patchNotes(
  reached: readonly Kustomization[],
  { all }: Pick<Around, 'all'>,
): readonly string[] {
  const resources = new Set(reached.flatMap((each) => each.resources));
  const patches = new Set(reached.flatMap((each) => each.patches));
  return all
    .filter(({ parsed }) => parsed.documents.some(({ value }) => isOurs(value)))
    .map(({ path }) => posix.normalize(path))
    .filter((path) => patches.has(path) && !resources.has(path))
    .map((path) => `${path} is a patch, judged only after kustomize build`);
}

/** Words that are many by themselves. */
function isSeveral(fields: readonly string[]): boolean {
  return fields.length > 1 || /(?:patches|[a-z]s)$/.test(fields[0] ?? '');
}

/** Charts need the flag whatever they bring: without it nothing is built. */
function buildCommand(reached: readonly Kustomization[]): string {
  const hasCharts = reached.some(({ raw }) => Object.keys(raw).some((field) => charts.has(field)));
  const flag = hasCharts ? ' --enable-helm' : '';
  return `kubectl kustomize${flag} ${shellWord(reached[0]?.folder ?? '.')}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function namesInWords(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
