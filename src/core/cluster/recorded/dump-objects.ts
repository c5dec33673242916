import type { KubeObject } from '../../facts/kube-objects.ts';
import type { Reading } from '../../facts/reading.ts';
import type { FactKinds, FactName } from '../../facts/snapshot.ts';
import { kinds } from '../kinds.ts';
import { filledText, inner, raws, text, type Raw } from '../parse/fields.ts';
import type { DumpedDocument, DumpedObject } from './documents.ts';
import type { KindName } from './kinds-of-file.ts';
import { coverageOf, factOf } from './coverage.ts';

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
}

/** Sorts the documents of a dump. Of an object that is met twice the later file's is kept. */
export function sortDocuments(documents: readonly DumpedDocument[]): DumpObjects {
  const objects = documents.flatMap((document) => document.objects);
  const byFact = heldObjects(documents, objects);
  const byCoverage = coverageOf(documents);
  const definitions = objects.filter(isDefinition).map(({ value }) => value);
  const hasDefinitions =
    definitions.length > 0 || documents.some(({ listed }) => listed.some(isDefinition));
  const metallbResources = hasDefinitions ? servedResources(definitions) : undefined;
  return {
    readingOf: <K extends FactName>(fact: K) => {
      const held = byFact.get(fact);
      if (held === undefined) {
        return missing(fact, metallbResources);
      }
      // Under each fact lies only what the parser of that fact made.
      const items = [...held.values()] as unknown as readonly FactKinds[K][];
      const within = byCoverage.get(fact);
      return { state: 'read', items, ...(within !== undefined && { within }) };
    },
    confinedTo: [...new Set([...byCoverage.values()].flat())].toSorted(),
    kubernetes: documents
      .map(({ other }) => filledText(inner(other ?? {}, 'serverVersion'), 'gitVersion'))
      .find((version) => version !== undefined),
    apiGroups: hasDefinitions ? groupsOf(definitions) : undefined,
    metallbResources,
    metallbDefinedAt: definedAt(definitions),
    ignored: countIgnored(objects),
    isEmpty: byFact.size === 0 && definitions.length === 0,
  };
}

function heldObjects(documents: readonly DumpedDocument[], objects: readonly DumpedObject[]) {
  const byFact = new Map<FactName, Map<string, KubeObject>>();
  const shelf = (fact: FactName) => {
    const found = byFact.get(fact) ?? new Map<string, KubeObject>();
    byFact.set(fact, found);
    return found;
  };
  for (const { group, kind } of documents.flatMap(({ listed }) => listed)) {
    const fact = factOf({ group, kind });
    if (fact !== undefined) {
      shelf(fact);
    }
  }
  for (const { group, kind, value } of objects) {
    const fact = factOf({ group, kind });
    if (fact !== undefined) {
      const parsed = kinds[fact].parse(value);
      shelf(fact).set(`${parsed.metadata.namespace ?? ''}/${parsed.metadata.name}`, parsed);
    }
  }
  return byFact;
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

function missing(fact: FactName, metallbResources: readonly string[] | undefined): Reading<never> {
  const { group, resource } = kinds[fact];
  const isAbsent =
    group === 'metallb.io' &&
    metallbResources !== undefined &&
    !metallbResources.some((name) => name.endsWith(`/${resource}`));
  return isAbsent
    ? { state: 'absent' }
    : { state: 'failed', reason: `the dump holds no ${resource}` };
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
