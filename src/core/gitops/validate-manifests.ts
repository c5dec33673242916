import type { Service } from '../facts/kube-objects.ts';
import type { ManifestProblem, ValidatedSet, ValidationReport } from '../facts/validation.ts';
import { fieldProblems } from './field-problems.ts';
import { schemaProblems } from './field-types.ts';
import { parseManifest } from './manifest-documents.ts';
import type { ManifestFault } from './manifest-faults.ts';
import type { ManifestFile } from './manifest-files.ts';
import { identityProblems, kindProblems } from './manifest-identity.ts';
import { configurationProblems, type Surroundings } from './manifest-problems.ts';
import { isOlder, newestKnownRelease } from '../metallb/releases.ts';
import { manifestSet, manifestsOf, type ManifestSet } from './manifest-set.ts';
import { namespaceNameProblems, nameProblems } from './name-problems.ts';
import { manifestWarnings } from './manifest-warnings.ts';
import { isOurs } from './own-kinds.ts';
import { skippedIn } from './skipped.ts';
import { templateNotes } from './template-notes.ts';
import { unplaced } from './unplaced.ts';
import { overlaysOf, type ManifestSource, type Overlay } from './overlays.ts';
import { removedUnderServices } from './range-removal.ts';

/** Manifests as read, and where they are to run. */
export interface ValidationRequest {
  /** The path as the person gave it. */
  readonly name: string;
  readonly files: readonly ManifestFile[];
  /** The namespace is a wish: without one it is taken from the manifests. */
  readonly around: Omit<Surroundings, 'namespace'> & { readonly namespace: string | undefined };
  /** Where `kubectl apply -n` would put what names no namespace; MetalLB's own when nothing is said. */
  readonly unnamedGoTo: string | undefined;
  /** Those of the cluster, when one is put beside. */
  readonly services: readonly Service[];
}

/** Each cluster's manifests with all that MetalLB would say of them, and the namespace they were judged for. */
export async function validateManifests(request: ValidationRequest): Promise<
  Pick<ValidationReport, 'sets' | 'skipped'> & {
    readonly namespace: string;
  }
> {
  const sources = await Promise.all(
    request.files.map(async (file) => ({ path: file.path, parsed: await parseManifest(file) })),
  );
  const namespace = request.around.namespace ?? usualNamespace(sources);
  const overlays = overlaysOf(request.name, sources, choosesPools(request.around.cluster));
  const sets = overlays.map((overlay) =>
    validated(overlay, { ...request.around, namespace }, { ...request, sources }),
  );
  const files = new Set(overlays.flatMap((overlay) => overlay.files));
  return { namespace, sets, skipped: skippedIn([...files]) };
}

/** Pools of the files get labels from kustomize that only then bring them under these advertisements. */
function choosesPools(cluster: Surroundings['cluster']): boolean {
  return [...(cluster?.l2Advertisements ?? []), ...(cluster?.bgpAdvertisements ?? [])].some(
    ({ spec }) => spec.ipAddressPoolSelectors.length > 0,
  );
}

/** Where most objects that name a namespace lie. */
function usualNamespace(sources: readonly ManifestSource[]): string {
  const named = sources
    .flatMap(({ parsed }) => parsed.documents)
    .filter(({ value }) => isOurs(value))
    .flatMap(({ value }) => {
      const metadata = value['metadata'];
      const has = typeof metadata === 'object' && metadata !== null && 'namespace' in metadata;
      return has && typeof metadata.namespace === 'string' ? [metadata.namespace] : [];
    });
  const counts = [...Map.groupBy(named, (each) => each)].map(
    ([name, all]) => [name, all.length] as const,
  );
  return counts.toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 'metallb-system';
}

function validated(
  overlay: Overlay,
  around: Surroundings,
  request: Pick<ValidationRequest, 'unnamedGoTo' | 'services'> & {
    readonly sources: readonly ManifestSource[];
  },
): ValidatedSet {
  const files = overlay.files.map(({ parsed }) => parsed);
  const home = overlay.namespace ?? request.unnamedGoTo;
  const set = manifestSet(overlay.name, files, home ?? around.namespace);
  const problems = [
    ...files.flatMap(({ faults }) => faults.map(faultProblem)),
    ...files.flatMap(({ documents }) => kindProblems(documents)),
    ...files.flatMap(({ documents }) => namespaceNameProblems(documents)),
    ...problemsOf(set, around, request.services),
    ...(home === undefined ? unplaced(set, around.namespace) : []),
  ];
  return {
    name: overlay.name,
    files: files.length,
    objects: countsOf(set),
    skipped: skippedIn(overlay.files),
    problems: problems.toSorted(byPlace),
    notes: [
      ...overlay.notes,
      ...templateNotes(overlay.files, request.sources),
      ...overlay.files.flatMap(unjudgedNote),
      ...newerNote(around),
      ...unreadNote(around),
    ],
    build: overlay.build,
  };
}

function problemsOf(
  set: ManifestSet,
  around: Surroundings,
  services: readonly Service[],
): readonly ManifestProblem[] {
  const malformed = manifestsOf(set).flatMap(schemaProblems);
  const unread = new Set(malformed.map(({ object }) => JSON.stringify(object)));
  // What an object that cannot be stored would be refused for besides is judged once it can.
  const later = [
    ...configurationProblems(set, around),
    ...removedUnderServices(set, around, services),
    ...manifestWarnings(set, around),
  ].filter(({ object }) => !unread.has(JSON.stringify(object)));
  return [
    ...malformed,
    ...manifestsOf(set).flatMap((each) => fieldProblems(each, around)),
    ...manifestsOf(set).flatMap(nameProblems),
    ...identityProblems(set, around),
    ...later,
  ];
}

function unjudgedNote({ path, parsed: { unread } }: ManifestSource): readonly string[] {
  return unread === undefined ? [] : [`${path === '-' ? 'stdin' : path} was not judged: ${unread}`];
}

/** As far as anybody knows it is valid; what a later release changes, only a later triage can say. */
function newerNote({ version }: Surroundings): readonly string[] {
  return isOlder(newestKnownRelease, version)
    ? [
        `nothing is known of ${version} yet: judged by the rules of ${newestKnownRelease}, the newest release known`,
      ]
    : [];
}

function unreadNote({ unread }: Surroundings): readonly string[] {
  return unread.length === 0
    ? []
    : [`could not read ${unread.join(', ')} of the cluster, so these were judged without`];
}

function faultProblem({ rule, message, advice, ...place }: ManifestFault): ManifestProblem {
  return {
    severity: 'error',
    rule,
    object: undefined,
    place,
    other: undefined,
    message,
    refusedBy: [],
    waitsFor: undefined,
    advice,
  };
}

function countsOf(set: ManifestSet): Readonly<Record<string, number>> {
  const groups = Map.groupBy(manifestsOf(set), ({ object }) => object.kind);
  return Object.fromEntries(
    [...groups]
      .map(([kind, all]) => [kind, all.length] as const)
      .toSorted(([a], [b]) => compare(a, b)),
  );
}

function byPlace(a: ManifestProblem, b: ManifestProblem): number {
  const severity = Number(a.severity === 'warning') - Number(b.severity === 'warning');
  return (
    severity ||
    compare(a.place.file, b.place.file) ||
    a.place.line - b.place.line ||
    a.place.column - b.place.column ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
