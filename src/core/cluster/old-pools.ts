import type {
  AddressPool,
  BGPAdvertisement,
  IPAddressPool,
  L2Advertisement,
  ObjectMeta,
} from '../facts/kube-objects.ts';
import { present } from './parse/fields.ts';

/** A pool that says itself how it is announced, in a ConfigMap or as an AddressPool. */
export interface OldPool {
  readonly metadata: ObjectMeta;
  readonly spec: AddressPool['spec'] & { readonly avoidBuggyIPs?: boolean };
}

/** What such pools would be today. */
export interface PoolsOfToday {
  readonly pools: readonly IPAddressPool[];
  readonly l2: readonly L2Advertisement[];
  readonly bgp: readonly BGPAdvertisement[];
}

/** Each pool as an IPAddressPool, and what it says of announcing as advertisements of all nodes. */
export function asOfToday(old: readonly OldPool[]): PoolsOfToday {
  const isOfBGP = ({ spec }: OldPool): boolean => spec.protocol === 'bgp';
  return {
    pools: old.map(poolOf),
    l2: old.filter((each) => !isOfBGP(each)).map(layer2Of),
    bgp: old.filter(isOfBGP).flatMap(bgpOf),
  };
}

function poolOf({ metadata, spec }: OldPool): IPAddressPool {
  const { addresses, autoAssign, avoidBuggyIPs } = spec;
  return {
    kind: 'IPAddressPool',
    metadata,
    spec: present({ addresses, autoAssign, avoidBuggyIPs }),
  };
}

const everyNode = { ipAddressPoolSelectors: [], nodeSelectors: [], serviceSelectors: [] } as const;

function layer2Of({ metadata }: OldPool): L2Advertisement {
  return {
    kind: 'L2Advertisement',
    metadata,
    spec: { ...everyNode, ipAddressPools: [metadata.name], interfaces: [] },
  };
}

/** A pool without advertisements of its own is announced as it is. */
function bgpOf({ metadata, spec }: OldPool): readonly BGPAdvertisement[] {
  const { bgpAdvertisements: written } = spec;
  return (written.length === 0 ? [{ communities: [] }] : written).map((each, index) => ({
    kind: 'BGPAdvertisement' as const,
    metadata: { ...metadata, name: index === 0 ? metadata.name : `${metadata.name}#${index + 1}` },
    spec: { ...everyNode, ...each, ipAddressPools: [metadata.name], peers: [] },
  }));
}
