import type { FactName } from '../../facts/snapshot.ts';
import { factNames, kinds } from '../kinds.ts';
import { filledText, inner, text } from '../parse/fields.ts';
import type { DumpedDocument } from './documents.ts';
import type { KindName } from './kinds-of-file.ts';

const factByKind = new Map(
  factNames.flatMap((fact) =>
    [kinds[fact], ...(kinds[fact].elsewhere ?? [])].map(
      ({ group }) => [`${group}/${kinds[fact].kind}`, fact] as const,
    ),
  ),
);

/** The kind of fact that is called so; undefined for what is of no use here. */
export function factOf({ group, kind }: KindName): FactName | undefined {
  const coreGroup = kind === 'Event' && group === 'events.k8s.io' ? '' : group;
  return factByKind.get(`${coreGroup}/${kind}`);
}

/** The namespaces of each kind that the dump holds of a few only; kinds of which it holds all are left out. */
export function coverageOf(
  documents: readonly DumpedDocument[],
): ReadonlyMap<FactName, readonly string[]> {
  const existing = allNamespaces(documents);
  const sources = documents.flatMap((document) =>
    factsIn(document).map((fact) => ({ fact, within: document.within })),
  );
  const isWhole = new Set(
    sources.flatMap(({ fact, within }) => (within === undefined ? fact : [])),
  );
  const confined = Map.groupBy(
    sources.filter(({ fact }) => !isWhole.has(fact)),
    ({ fact }) => fact,
  );
  const entries = [...confined].map(([fact, places]): [FactName, readonly string[]] => [
    fact,
    [...new Set(places.flatMap(({ within }) => within ?? []))].toSorted(),
  ]);
  return new Map(entries.filter(([, names]) => !isEveryOne(existing, names)));
}

/** True where a kind stands in several namespaces, and no document holds it of more than one: more may be missing. */
export function isPieced(documents: readonly DumpedDocument[], fact: FactName): boolean {
  const places = documents.map(
    ({ objects }) =>
      new Set(
        objects
          .filter((object) => factOf(object) === fact)
          .map(({ value }) => filledText(inner(value, 'metadata'), 'namespace') ?? ''),
      ),
  );
  const all = new Set(places.flatMap((names) => [...names]));
  return all.size > 1 && places.every((names) => names.size < 2);
}

function factsIn({ listed, objects }: DumpedDocument): readonly FactName[] {
  return [...new Set([...listed, ...objects].flatMap((named) => factOf(named) ?? []))];
}

/** The namespaces there are, where a whole list of them lies beside the tree; no cluster lacks `default`. */
function allNamespaces(documents: readonly DumpedDocument[]): readonly string[] | undefined {
  const names = documents
    .filter(({ within }) => within === undefined)
    .flatMap(({ objects }) => objects)
    .filter((object) => factOf(object) === 'namespaces')
    .map(({ value }) => text(inner(value, 'metadata'), 'name') ?? '');
  return names.includes('default') && names.includes('kube-system') ? names : undefined;
}

function isEveryOne(existing: readonly string[] | undefined, names: readonly string[]): boolean {
  return existing?.every((name) => names.includes(name)) === true;
}
