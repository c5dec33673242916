import type { FilePlace } from '../facts/validation.ts';
import { isRaw, type Raw } from '../cluster/parse/fields.ts';
import { nearNames } from '../cluster/near-names.ts';
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
