import { posix } from 'node:path';
import { inner, isRaw, text, type Raw } from '../cluster/parse/fields.ts';
import type { Kustomization } from './kustomization-notes.ts';
import { isOurs, isOurKind } from './own-kinds.ts';
import type { ManifestSource } from './overlays.ts';

/** What a kustomization is judged beside. */
export interface Around {
  /** Every file that was read, patches too. */
  readonly all: readonly ManifestSource[];
  /** Those that are judged together with it. */
  readonly own: readonly ManifestSource[];
  /** Folders in which there is a kustomization. */
  readonly folders: ReadonlySet<string>;
  /** An advertisement of the cluster that is put beside chooses pools by their labels. */
  readonly isChosenFrom: boolean;
}

/** Fields that only list what is judged anyway, and those that MetalLB's objects do not feel. */
const harmless: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'bases',
  'components',
  'images',
  'replicas',
  'commonAnnotations',
  'configMapGenerator',
  'generatorOptions',
  'buildMetadata',
  'sortOptions',
  'openapi',
  'crds',
  'helmGlobals',
  'validators',
]);

/** Fields that may bring objects of MetalLB though none is in the files. */
const bringing: ReadonlySet<string> = new Set([
  'helmCharts',
  'helmChartInflationGenerator',
  'generators',
  'transformers',
]);

/** Fields of a kustomization that change, or may change, MetalLB's objects, each once. */
export function changesIn(reached: readonly Kustomization[], around: Around): readonly string[] {
  const objects = around.own.flatMap(({ parsed }) => parsed.documents.map(({ value }) => value));
  const ours = objects.filter(isOurs);
  const fields = reached.flatMap((each) =>
    Object.keys(each.raw)
      .filter((field) => !harmless.has(field))
      .filter(
        (field) =>
          mayBring(field, each) || (ours.length > 0 && mayTouch(field, each, { ...around, ours })),
      )
      .map((field) => (field.startsWith('patches') ? 'patches' : field)),
  );
  return [...new Set(fields)];
}

/** MetalLB's own chart brings no more than its own manifests do. */
function mayBring(field: string, { raw }: Kustomization): boolean {
  return bringing.has(field) && !(field === 'helmCharts' && isOwnChart(raw[field]));
}

function isOwnChart(charts: unknown): boolean {
  return (
    Array.isArray(charts) &&
    charts.every(
      (chart) =>
        isRaw(chart) &&
        text(chart, 'name') === 'metallb' &&
        /^https:\/\/metallb\.github\.io\/metallb\/?$/.test(text(chart, 'repo') ?? ''),
    )
  );
}

function mayTouch(
  field: string,
  kustomization: Kustomization,
  { all, ours, isChosenFrom }: Around & { readonly ours: readonly Raw[] },
): boolean {
  const { raw } = kustomization;
  switch (field) {
    case 'patches':
    case 'patchesJson6902':
    case 'patchesStrategicMerge':
      return entriesOf(raw[field]).some((patch) => isOfOurs(patch, kustomization, all));
    case 'secretGenerator':
      return ours.some(({ spec }) => isRaw(spec) && isRaw(spec['passwordSecret']));
    case 'namespace':
      return ours.some((each) => (namespaceOf(each) ?? raw[field]) !== raw[field]);
    case 'commonLabels':
      return isChosenFrom || ours.some(choosesByLabels);
    case 'labels':
      return (
        isChosenFrom || ours.some(choosesByLabels) || entriesOf(raw[field]).some(goesElsewhere)
      );
    case 'helmCharts':
      return !isOwnChart(raw[field]);
    default:
      return true;
  }
}

/** By the labels of pools, or of Namespaces that may be among the files. */
function choosesByLabels(object: Raw): boolean {
  const spec = inner(object, 'spec');
  const selectors = [
    spec['ipAddressPoolSelectors'],
    inner(spec, 'serviceAllocation')['namespaceSelectors'],
  ];
  return selectors.some((each) =>
    Array.isArray(each) ? each.length > 0 : each !== undefined && each !== null,
  );
}

/** Labels may be written into any field, when the kustomization names it. */
function goesElsewhere(labels: unknown): boolean {
  return !isRaw(labels) || labels['fields'] !== undefined;
}

function namespaceOf({ metadata }: Raw): string | undefined {
  return isRaw(metadata) ? text(metadata, 'namespace') : undefined;
}

function entriesOf(patches: unknown): readonly unknown[] {
  return Array.isArray(patches) ? patches : [];
}

/** True unless its target, or the object it is written as, is of a kind that is certainly not MetalLB's. */
function isOfOurs(
  patch: unknown,
  { folder }: Kustomization,
  all: readonly ManifestSource[],
): boolean {
  const entry: Raw = isRaw(patch) ? patch : { path: patch, patch };
  const target = isRaw(entry['target']) ? entry['target'] : {};
  const aimed = (text(target, 'kind') ?? '').split('|');
  if (aimed.every((kind) => /^\w+$/.test(kind))) {
    return aimed.some(isOurKind);
  }
  const path = posix.normalize(posix.join(folder, text(entry, 'path') ?? ''));
  const file = all.find((each) => posix.normalize(each.path) === path);
  const kinds = [
    ...(file?.parsed.documents ?? []).map(({ value }) => text(value, 'kind') ?? ''),
    ...[...(text(entry, 'patch') ?? '').matchAll(/^kind:\s*["']?(\w+)/gm)].map(
      ([, kind]) => kind ?? '',
    ),
  ];
  return kinds.length === 0 || kinds.some(isOurKind);
}

/** What it builds on that is not among the files and may hold objects of MetalLB. */
export function missingFrom(
  reached: readonly Kustomization[],
  { all, folders }: Around,
): readonly string[] {
  const here = new Set(all.map(({ path }) => posix.normalize(path)));
  return [
    ...[...new Set(reached.flatMap((each) => each.resources))].filter(
      (each) => !here.has(each) && !folders.has(each),
    ),
    ...reached.flatMap(({ remote }) => remote).filter((each) => !isInstallation(each)),
  ];
}

/** MetalLB's own manifests bring programs and kinds, and no object of these kinds. */
function isInstallation(remote: string): boolean {
  return /^(?:https?:\/\/)?(?:raw\.)?github(?:usercontent)?\.com\/metallb\/metallb(?:[/?.]|$)/.test(
    remote,
  );
}
