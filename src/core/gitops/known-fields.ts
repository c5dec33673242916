import type { FilePlace } from '../facts/validation.ts';
import { isRaw, type Raw } from '../cluster/parse/fields.ts';
import { nearNames } from '../cluster/near-names.ts';
import { parseVersion } from '../metallb/versions.ts';
import type { Manifest } from './manifest-set.ts';

/** Fields of `spec`, by kind; what a release does not know its API server drops without a word. */
const fields: Readonly<Record<string, readonly string[]>> = {
  IPAddressPool: ['addresses', 'autoAssign', 'avoidBuggyIPs', 'serviceAllocation'],
  L2Advertisement: [
    'ipAddressPools',
    'ipAddressPoolSelectors',
    'nodeSelectors',
    'interfaces',
    'serviceSelectors',
    'preferredNodeSelectors',
  ],
  BGPAdvertisement: [
    'aggregationLength',
    'aggregationLengthV6',
    'localPref',
    'communities',
    'ipAddressPools',
    'ipAddressPoolSelectors',
    'nodeSelectors',
    'peers',
    'serviceSelectors',
    'asPathPrepend',
  ],
  BGPPeer: [
    'myASN',
    'peerASN',
    'dynamicASN',
    'localASN',
    'peerAddress',
    'interface',
    'sourceAddress',
    'peerPort',
    'holdTime',
    'keepaliveTime',
    'connectTime',
    'routerID',
    'nodeSelectors',
    'password',
    'passwordSecret',
    'bfdProfile',
    'enableGracefulRestart',
    'ebgpMultiHop',
    'vrf',
    'disableMP',
    'dualStackAddressFamily',
  ],
  BFDProfile: [
    'receiveInterval',
    'transmitInterval',
    'detectMultiplier',
    'echoInterval',
    'echoMode',
    'passiveMode',
    'minimumTtl',
  ],
  Community: ['communities'],
};

/** Fields that came later than the oldest release with CRDs, by `Kind.field`. */
const since: Readonly<Record<string, readonly [number, number, number]>> = {
  'IPAddressPool.serviceAllocation': [0, 13, 9],
  'L2Advertisement.serviceSelectors': [0, 16, 0],
  'L2Advertisement.preferredNodeSelectors': [0, 16, 2],
  'BGPAdvertisement.serviceSelectors': [0, 16, 0],
  'BGPAdvertisement.asPathPrepend': [0, 16, 2],
  'BGPPeer.vrf': [0, 13, 9],
  'BGPPeer.enableGracefulRestart': [0, 14, 6],
  'BGPPeer.dynamicASN': [0, 14, 9],
  'BGPPeer.interface': [0, 15, 0],
  'BGPPeer.dualStackAddressFamily': [0, 15, 0],
  'BGPPeer.localASN': [0, 16, 0],
};

const ofServiceAllocation = ['priority', 'namespaces', 'namespaceSelectors', 'serviceSelectors'];

/** A field that no release of MetalLB has. */
export interface UnknownField {
  readonly path: string;
  /** How it is spelled that comes closest. */
  readonly near: string | undefined;
  readonly place: FilePlace;
}

/** Fields of `spec` that are misspelled or made up. */
export function unknownFields({ object, document }: Manifest): readonly UnknownField[] {
  const known = fields[object.kind];
  const spec = document.value['spec'];
  if (known === undefined || !isRaw(spec)) {
    return [];
  }
  const allocation = spec['serviceAllocation'];
  return [
    ...unknownIn(spec, known, ['spec'], document),
    ...(isRaw(allocation)
      ? unknownIn(allocation, ofServiceAllocation, ['spec', 'serviceAllocation'], document)
      : []),
  ];
}

/** A field that this release does not know yet. */
export interface EarlyField {
  readonly path: string;
  readonly since: string;
  readonly place: FilePlace;
}

/** Fields of `spec` that came with a later release than `version`: there they are dropped without a word. */
export function earlyFields(
  { object, document }: Manifest,
  version: string,
): readonly EarlyField[] {
  const spec = document.value['spec'];
  const running = parseVersion(version);
  if (!isRaw(spec) || running === undefined) {
    return [];
  }
  return Object.keys(spec).flatMap((field) => {
    const came = Object.hasOwn(since, `${object.kind}.${field}`)
      ? since[`${object.kind}.${field}`]
      : undefined;
    return came === undefined || rankOf(running) >= rankOf(came)
      ? []
      : [
          {
            path: `spec.${field}`,
            since: `v${came.join('.')}`,
            place: document.placeOf(['spec', field]),
          },
        ];
  });
}

function rankOf([major, minor, patch]: readonly [number, number, number]): number {
  return (major * 1_000_000 + minor) * 1_000_000 + patch;
}

function unknownIn(
  raw: Raw,
  known: readonly string[],
  ...[path, document]: readonly [readonly string[], Manifest['document']]
): readonly UnknownField[] {
  return Object.keys(raw)
    .filter((field) => !known.includes(field))
    .map((field) => ({
      path: [...path, field].join('.'),
      near: nearNames(field, known)[0],
      place: document.placeOf([...path, field]),
    }));
}
