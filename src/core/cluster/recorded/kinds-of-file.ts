import { kinds, qualifiedResource } from '../kinds.ts';

/** A kind as the documents of a dump name it. */
export interface KindName {
  readonly group: string;
  readonly kind: string;
}

const definition = { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' };

const kindByName: ReadonlyMap<string, KindName> = new Map([
  // Calico has kinds that are called as those of Kubernetes: a bare name means the ones that stand first
  ...Object.values(kinds)
    .toReversed()
    .flatMap((kind): readonly (readonly [string, KindName])[] => [
      [kind.resource, kind],
      [qualifiedResource(kind), kind],
      [kind.kind.toLowerCase(), kind],
    ]),
  ['customresourcedefinitions', definition],
  ['customresourcedefinitions.apiextensions.k8s.io', definition],
]);

/**
 * The kinds a file is named for: `services.yaml`, `bgpadvertisements.metallb.io.json`. kubectl's empty
 * `List` does not say of what it is empty; the name of its file does.
 */
export function kindsOfFile(path: string): readonly KindName[] {
  const name = path.split(/[/\\]/).at(-1) ?? '';
  const stem = name.replace(/\.gz$/i, '').replace(/\.(ya?ml|json)$/i, '');
  const named = stem.split(/[,+]/).map((part) => kindByName.get(part.toLowerCase()));
  return named.flatMap((kind) =>
    kind === undefined ? [] : [{ group: kind.group, kind: kind.kind }],
  );
}
