import type { Reading } from '../../facts/reading.ts';
import type { FactKinds, FactName } from '../../facts/snapshot.ts';
import { factNames, kinds } from '../kinds.ts';
import { filledText, inner, raws, text, type Raw } from '../parse/fields.ts';
import type { DumpedDocument, DumpedObject } from './documents.ts';
import type { KindName } from './kinds-of-file.ts';
import { coverageOf, factOf, isPieced } from './coverage.ts';
import { settled, type Clash, type Met, type Superseded } from './met-twice.ts';

/** What the documents of a dump hold, sorted by kind. */
export interface DumpObjects {
  readingOf<K extends FactName>(fact: K): Reading<FactKinds[K]>;
  readonly kubernetes: string | undefined;
  readonly apiGroups: readonly string[] | undefined;
  readonly metallbResources: readonly string[] | undefined;
  readonly metallbDefinedAt: string | undefined;
  /** Kinds that are of no use here, with how often they were met. */
  readonly ignored: ReadonlyMap<string, number>;
  readonly isEmpty: boolean;
  /** The namespaces of which alone some kind is in the dump; none when it holds all of everything. */
  readonly confinedTo: readonly string[];
  /** What stands differently in two files, and nothing tells which of them to take. */
  readonly clashes: readonly Clash[];
  readonly superseded: readonly Superseded[];
}

/** Sorts the documents of a dump. Of an object that is met twice the newer one is kept. */
export function sortDocuments(documents: readonly DumpedDocument[]): DumpObjects {
  const objects = documents.flatMap((document) => document.objects);
  const { held, clashes, superseded } = settled(objectsMet(documents));
  const byFact = heldObjects(documents, held);
  const byCoverage = coverageOf(documents);
  const definitions = objects.filter(isDefinition).map(({ value }) => value);
  const hasDefinitions =
    definitions.length > 0 || documents.some(({ listed }) => listed.some(isDefinition));
  const metallbResources = hasDefinitions ? servedResources(definitions) : undefined;
  const groups = hasDefinitions ? groupsOf(definitions) : undefined;
  return {
    readingOf: <K extends FactName>(fact: K) => {
      const ofFact = byFact.get(fact);
      if (ofFact === undefined) {
        return missing(fact, metallbResources, groups);
      }
      // Under each fact lies only what the parser of that fact made.
      const items = ofFact as unknown as readonly FactKinds[K][];
      const within = byCoverage.get(fact);
      const pieced = fact === 'services' && within === undefined && isPieced(documents, fact);
      return {
        state: 'read',
        items,
        ...(within !== undefined && { within }),
        ...(pieced && { pieced }),
      };
    },
    confinedTo: [...new Set([...byCoverage.values()].flat())].toSorted(),
    kubernetes: documents
      .map(({ other }) => filledText(inner(other ?? {}, 'serverVersion'), 'gitVersion'))
      .find((version) => version !== undefined),
    apiGroups: groups,
    metallbResources,
    metallbDefinedAt: definedAt(definitions),
    ignored: countIgnored(objects),
    isEmpty: byFact.size === 0 && definitions.length === 0,
    clashes,
    superseded,
  };
}

function objectsMet(documents: readonly DumpedDocument[]): readonly Met[] {
  const met = documents.flatMap(({ file = '', objects }) =>
    objects.flatMap((dumped): readonly Met[] => {
      const fact = factOf(dumped);
      return fact === undefined
        ? []
        : [{ fact, file, raw: dumped.value, object: kinds[fact].parse(dumped.value) }];
    }),
  );
  return factNames.flatMap((fact) => met.filter((each) => each.fact === fact));
}

/** A kind that was listed and is empty is known too. */
function heldObjects(documents: readonly DumpedDocument[], held: readonly Met[]) {
  const listed = documents.flatMap(({ listed: named }) =>
    named.flatMap((each) => factOf(each) ?? []),
  );
  const byFact = Map.groupBy(held, ({ fact }) => fact);
  return new Map(
    [...listed, ...byFact.keys()].map((fact) => [
      fact,
      (byFact.get(fact) ?? []).map(({ object }) => object),
    ]),
  );
}

function isDefinition({ kind }: KindName): boolean {
  return kind === 'CustomResourceDefinition';
}

function countIgnored(objects: readonly DumpedObject[]): ReadonlyMap<string, number> {
  const ignored = new Map<string, number>();
  for (const object of objects) {
    if (factOf(object) === undefined && !isDefinition(object)) {
      ignored.set(nameOf(object), (ignored.get(nameOf(object)) ?? 0) + 1);
    }
  }
  return ignored;
}

function nameOf({ group, kind }: DumpedObject): string {
  return group === '' ? kind : `${kind}.${group}`;
}

/** What the definitions do not name is not served; FRR-K8s brings its own, in a group that none of others' is. */
function missing(
  fact: FactName,
  metallbResources: readonly string[] | undefined,
  groups: readonly string[] | undefined,
): Reading<never> {
  const { group, resource } = kinds[fact];
  const isAbsent =
    group === 'metallb.io'
      ? metallbResources?.some((name) => name.endsWith(`/${resource}`)) === false
      : group === 'frrk8s.metallb.io' &&
        groups?.includes('metallb.io') === true &&
        !groups.includes(group);
  return isAbsent
    ? { state: 'absent' }
    : { state: 'failed', reason: `the dump holds no ${resource}`, unheld: true };
}

function groupsOf(definitions: readonly Raw[]): readonly string[] {
  return [...new Set(definitions.map((raw) => text(inner(raw, 'spec'), 'group') ?? ''))].toSorted();
}

/** When the kind of MetalLB's pools was defined. */
function definedAt(definitions: readonly Raw[]): string | undefined {
  const ofPools = definitions
    .map((raw) => inner(raw, 'metadata'))
    .find((metadata) => text(metadata, 'name') === 'ipaddresspools.metallb.io');
  return ofPools === undefined ? undefined : filledText(ofPools, 'creationTimestamp');
}

/** `v1beta1/ipaddresspools` of each CRD of MetalLB. */
function servedResources(definitions: readonly Raw[]): readonly string[] {
  const ours = definitions
    .map((raw) => inner(raw, 'spec'))
    .filter((spec) => spec['group'] === 'metallb.io');
  const served = ours.flatMap((spec) =>
    raws(spec, 'versions')
      .filter((version) => version['served'] !== false)
      .map((version) => `${text(version, 'name')}/${text(inner(spec, 'names'), 'plural')}`),
  );
  return served.toSorted();
}
