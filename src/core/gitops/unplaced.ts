import { isRaw, text } from '../cluster/parse/fields.ts';
import { nameOf } from '../facts/object-ref.ts';
import type { ManifestProblem } from '../facts/validation.ts';
import { manifestsOf, refOf, type ManifestSet } from './manifest-set.ts';

/** Objects that land wherever kubectl happens to point to; told once, at the first of them. */
export function unplaced(set: ManifestSet, namespace: string): readonly ManifestProblem[] {
  const [first, ...more] = manifestsOf(set).filter(({ document: { value } }) => {
    const metadata = value['metadata'];
    return !isRaw(metadata) || text(metadata, 'namespace') === undefined;
  });
  if (first === undefined) {
    return [];
  }
  const { kind, metadata } = first.object;
  const who = nameOf({ kind, name: metadata.name });
  const others = more.length === 1 ? '1 other object' : `${more.length} other objects`;
  const says = more.length === 0 ? `${who} names` : `${who} and ${others} name`;
  const what = more.length === 0 ? 'it' : 'them';
  return [
    {
      severity: 'warning',
      rule: 'no-namespace',
      object: refOf(first.object),
      place: first.document.placeOf(['metadata', 'name']),
      other: undefined,
      message: `${says} no namespace: kubectl apply puts ${what} into the current one, and MetalLB looks only into ${namespace}`,
      refusedBy: [],
      waitsFor: undefined,
      advice: `write namespace: ${namespace}; or, if something else puts ${what} there, -n ${namespace} says so`,
    },
  ];
}
