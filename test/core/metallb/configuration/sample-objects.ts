import { kinds } from '../../../../src/core/cluster/kinds.ts';
import type { SpeakerInput } from '../../../../src/core/metallb/configuration/speaker-input.ts';

const home = 'metallb-system';

/** A parser's object of this name in MetalLB's namespace. */
function made<T>(
  { parse }: { readonly parse: (value: unknown) => T },
  [name, spec]: readonly [string, object],
  namespace = home,
): T {
  return parse({ metadata: { name, namespace }, spec });
}

export const aPool = (name: string, ...addresses: readonly string[]) =>
  made(kinds.ipAddressPools, [name, { addresses }]);
export const anL2 = (name: string, spec: object = {}) => made(kinds.l2Advertisements, [name, spec]);
export const aBGP = (name: string, spec: object = {}) =>
  made(kinds.bgpAdvertisements, [name, spec]);
export const aPeer = (name: string, spec: object = {}, namespace = home) =>
  made(
    kinds.bgpPeers,
    [name, { myASN: 64500, peerASN: 64501, peerAddress: '192.0.2.1', ...spec }],
    namespace,
  );
export const aProfile = (name: string, spec: object = {}) => made(kinds.bfdProfiles, [name, spec]);
export const aCommunity = (name: string, communities: readonly object[]) =>
  made(kinds.communities, [name, { communities }]);
export const aNode = (name: string, labels: object = {}) =>
  kinds.nodes.parse({ metadata: { name, labels } });

/** A cluster of one node with FRR, and what is given. */
export function aCluster(given: Partial<SpeakerInput> = {}): SpeakerInput {
  return {
    pools: [],
    l2Advertisements: [],
    bgpAdvertisements: [],
    bgpPeers: [],
    bfdProfiles: [],
    communities: [],
    namespaces: [],
    nodes: [aNode('n1')],
    secrets: undefined,
    namespace: home,
    version: 'v0.15.3',
    bgpType: 'frr',
    ...given,
  };
}
