import type {
  BFDProfile,
  BGPAdvertisement,
  BGPPeer,
  Community,
  IPAddressPool,
  KubeObject,
  L2Advertisement,
  Namespace,
} from '../facts/kube-objects.ts';
import { keyOf, type ObjectRef } from '../facts/object-ref.ts';
import { kinds } from '../cluster/kinds.ts';
import { asRaw, isRaw, text, type Raw } from '../cluster/parse/fields.ts';
import type { PeerSecret } from '../metallb/configuration/speaker-input.ts';
import type { ManifestDocument, ParsedFile } from './manifest-documents.ts';
import { isOurs, strangeKind } from './own-kinds.ts';

/** An object of MetalLB, as parsed and as it stands in its file. */
export interface Manifest<Kind extends KubeObject = KubeObject> {
  readonly object: Kind;
  readonly document: ManifestDocument;
}

/** Everything of one cluster that the files hold. */
export interface ManifestSet {
  readonly name: string;
  readonly files: readonly ParsedFile[];
  readonly pools: readonly Manifest<IPAddressPool>[];
  readonly l2Advertisements: readonly Manifest<L2Advertisement>[];
  readonly bgpAdvertisements: readonly Manifest<BGPAdvertisement>[];
  readonly bgpPeers: readonly Manifest<BGPPeer>[];
  readonly bfdProfiles: readonly Manifest<BFDProfile>[];
  readonly communities: readonly Manifest<Community>[];
  /** Kinds of MetalLB that no supported release knows any more. */
  readonly retired: readonly Manifest[];
  readonly namespaces: readonly Namespace[];
  /** By name; those that something else makes a Secret of (SealedSecret, ExternalSecret) count as right. */
  readonly secrets: ReadonlyMap<string, PeerSecret>;
}

const passwordType = 'kubernetes.io/basic-auth';

/** Sorts the documents of some files by kind; what names no namespace goes into `namespace`. */
export function manifestSet(
  name: string,
  files: readonly ParsedFile[],
  namespace: string,
): ManifestSet {
  const documents = files.flatMap((file) => file.documents);
  const ours = documents.filter(({ value }) => isOurs(value));
  const foreign = documents.filter(({ value }) => !isOurs(value));
  return {
    name,
    files,
    ...sorted(ours, namespace),
    namespaces: foreign
      .filter(({ value }) => value['kind'] === 'Namespace')
      .map(({ value }) => kinds.namespaces.parse(value)),
    secrets: new Map(foreign.flatMap(({ value }) => secretIn(value, namespace))),
  };
}

function sorted(ours: readonly ManifestDocument[], namespace: string) {
  const all = <Kind extends KubeObject>(kind: {
    readonly kind: string;
    readonly parse: (value: unknown) => Kind;
  }): readonly Manifest<Kind>[] =>
    ours
      .filter(({ value }) => value['kind'] === kind.kind)
      .map((document) => ({ document, object: placed(kind.parse(document.value), namespace) }));
  return {
    pools: all(kinds.ipAddressPools),
    l2Advertisements: all(kinds.l2Advertisements),
    bgpAdvertisements: all(kinds.bgpAdvertisements),
    bgpPeers: all(kinds.bgpPeers),
    bfdProfiles: all(kinds.bfdProfiles),
    communities: all(kinds.communities),
    retired: all({
      kind: 'AddressPool',
      parse: (value) => ({ ...kinds.ipAddressPools.parse(value), kind: 'AddressPool' }),
    }),
  };
}

function placed<Kind extends KubeObject>(object: Kind, namespace: string): Kind {
  const { metadata } = object;
  return { ...object, metadata: { ...metadata, namespace: metadata.namespace ?? namespace } };
}

/** True when every object of MetalLB in a file could be judged as what it is. */
export function isJudgedWhole({
  documents,
  faults,
  unread,
  templatesOfMetalLB,
}: ParsedFile): boolean {
  const isRead = faults.length === 0 && unread === undefined && templatesOfMetalLB === 0;
  return isRead && documents.every(({ value }) => strangeKind(value) === undefined);
}

/** All objects of MetalLB in a set. */
export function manifestsOf(set: ManifestSet): readonly Manifest[] {
  return [
    ...set.pools,
    ...set.l2Advertisements,
    ...set.bgpAdvertisements,
    ...set.bgpPeers,
    ...set.bfdProfiles,
    ...set.communities,
    ...set.retired,
  ];
}

/** `IPAddressPool metallb-system/lan`: equal for equal objects. */
export function identityOf({ kind, metadata }: KubeObject): string {
  return `${kind} ${keyOf(metadata)}`;
}

/** The reference that names an object. */
export function refOf({ kind, metadata }: KubeObject): ObjectRef {
  const { name, namespace } = metadata;
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}

/** One of another namespace is another Secret, whatever its name. */
function secretIn(value: Raw, home: string): readonly (readonly [string, PeerSecret])[] {
  const kind = text(value, 'kind') ?? '';
  const metadata = asRaw(value['metadata']);
  const target = kind === 'ExternalSecret' ? asRaw(asRaw(value['spec'])['target']) : {};
  const name = text(target, 'name') ?? text(metadata, 'name');
  const namespace = text(metadata, 'namespace') ?? home;
  if (name === undefined || !kind.endsWith('Secret') || namespace !== home) {
    return [];
  }
  const isPlain = kind === 'Secret' && value['sops'] === undefined;
  const held = [value['data'], value['stringData']].filter(isRaw);
  return [
    [
      name,
      {
        type: isPlain ? (text(value, 'type') ?? 'Opaque') : passwordType,
        hasPassword: !isPlain || held.some((data) => Object.hasOwn(data, 'password')),
      },
    ],
  ];
}
