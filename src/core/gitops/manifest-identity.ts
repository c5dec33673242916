import type { ManifestProblem } from '../facts/validation.ts';
import { parseVersion } from '../metallb/versions.ts';
import type { ManifestDocument } from './manifest-documents.ts';
import { identityOf, manifestsOf, refOf, type Manifest, type ManifestSet } from './manifest-set.ts';
import { strangeKind } from './own-kinds.ts';

type Told = Pick<ManifestProblem, 'rule' | 'message' | 'advice' | 'refusedBy'>;

/** Objects that are in the wrong place, there twice, or of a kind that is gone. */
export function identityProblems(
  set: ManifestSet,
  around: { readonly namespace: string; readonly version: string },
): readonly ManifestProblem[] {
  const all = manifestsOf(set);
  return [
    ...all.flatMap((manifest) => misplaced(manifest, around.namespace)),
    ...repeated(all),
    ...set.retired.flatMap((manifest) => retired(manifest, around.version)),
  ];
}

/** Objects of MetalLB's group that go by a name no API server knows. */
export function kindProblems(documents: readonly ManifestDocument[]): readonly ManifestProblem[] {
  return documents.flatMap((document) => {
    const strange = strangeKind(document.value);
    return strange === undefined
      ? []
      : [
          {
            severity: 'error' as const,
            rule: strange.rule,
            object: undefined,
            place: document.placeOfKey([strange.field]),
            other: undefined,
            message: strange.message,
            refusedBy: ['API server' as const],
            waitsFor: undefined,
            advice: strange.advice,
          },
        ];
  });
}

function problemAt(manifest: Manifest, told: Told, field: string): ManifestProblem {
  return {
    severity: 'error',
    object: refOf(manifest.object),
    place: manifest.document.placeOf(['metadata', field]),
    other: undefined,
    waitsFor: undefined,
    ...told,
  };
}

function misplaced(manifest: Manifest, namespace: string): readonly ManifestProblem[] {
  const own = manifest.object.metadata.namespace;
  return own === namespace
    ? []
    : [
        problemAt(
          manifest,
          {
            rule: 'wrong-namespace',
            message: `resource must be created in ${namespace} namespace`,
            advice: `move it to ${namespace}; where it is now MetalLB never looks at it (if MetalLB runs in ${own}: --metallb-namespace ${own})`,
            refusedBy: ['webhook'],
          },
          'namespace',
        ),
      ];
}

function repeated(all: readonly Manifest[]): readonly ManifestProblem[] {
  const groups = Map.groupBy(all, ({ object }) => identityOf(object));
  return [...groups.values()].flatMap(([first, ...more]) =>
    more.flatMap((manifest) => (first === undefined ? [] : [twice(manifest, first)])),
  );
}

function twice(manifest: Manifest, first: Manifest): ManifestProblem {
  const place = first.document.placeOf(['metadata', 'name']);
  const isFar = folderOf(manifest.document.file) !== folderOf(place.file);
  return {
    ...problemAt(
      manifest,
      {
        rule: 'defined-twice',
        message: `${identityOf(manifest.object)} is also in ${place.file}:${place.line}; what is applied last counts`,
        advice: isFar
          ? 'if these folders belong to different clusters, validate each of them alone'
          : 'keep one of them',
        refusedBy: [],
      },
      'name',
    ),
    other: { object: refOf(first.object), ...place },
  };
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

function retired(manifest: Manifest, version: string): readonly ManifestProblem[] {
  const [major, minor, patch] = parseVersion(version) ?? [0, 99, 0];
  const isKnown = major === 0 && (minor < 14 || (minor === 14 && patch < 2));
  return isKnown
    ? []
    : [
        problemAt(
          manifest,
          {
            rule: 'retired-kind',
            message: 'the kind AddressPool was taken out in v0.14.2',
            advice: 'write an IPAddressPool and an L2Advertisement or BGPAdvertisement for it',
            refusedBy: ['API server'],
          },
          'name',
        ),
      ];
}
