import type { BGPDecision, BGPReason } from '../../../core/metallb/election/bgp.ts';
import type { EarlyReason } from '../../../core/metallb/election/held-addresses.ts';
import type { Layer2Obstacle } from '../../../core/metallb/election/layer2.ts';
import type { NodeObstacle } from '../../../core/metallb/election/speakers.ts';

/** Why a node does not announce in layer 2, for people; MetalLB's own `notOwner` stands for several of these. */
export function wordsFor(obstacle: Layer2Obstacle): string {
  switch (obstacle.kind) {
    case 'early':
      return earlyWords[obstacle.reason];
    case 'no-configuration':
      return 'its speaker refuses its configuration';
    case 'no-endpoint':
      return 'no endpoint of the Service can take traffic';
    case 'service-not-advertised':
      return 'no L2Advertisement of the pool selects the Service';
    case 'shared-with-selectors':
      return 'the Service has a sharing key, which an L2Advertisement with serviceSelectors does not go with';
    case 'node-not-selected':
      return 'no L2Advertisement of the pool selects this node';
    case 'not-a-member':
      return 'not a candidate: no speaker at work that the others could see';
    case 'node':
      return `not a candidate: ${nodeWords[obstacle.obstacle]}`;
    case 'no-local-endpoint':
      return 'not a candidate: externalTrafficPolicy is Local and no endpoint on it can take traffic';
    case 'lost':
      return obstacle.by === 'hash'
        ? `could announce, but ${obstacle.to} comes first by hash`
        : `could announce, but an L2Advertisement prefers ${obstacle.to}`;
  }
}

/** Why a node does not advertise by BGP, for people; undefined when it does. */
export function wordsForBGP(decision: BGPDecision): string | undefined {
  if (decision.advertises) {
    return undefined;
  }
  return decision.reason === undefined
    ? 'its speaker refuses its configuration'
    : bgpWords[decision.reason];
}

const earlyWords: Readonly<Record<EarlyReason, string>> = {
  notLoadBalancer: 'the Service is not of type LoadBalancer',
  noIPAllocated: 'the Service has no address',
  invalidIP: 'an entry of the status is no IP address, and speakers then announce none of them',
  ipNotAllowed: 'no single pool of the loaded configuration holds all its addresses',
};

const nodeWords: Readonly<Record<NodeObstacle, string>> = {
  unschedulable: 'it is cordoned',
  'network-unavailable': 'its condition NetworkUnavailable is True',
  'excluded-by-label': 'it has the label node.kubernetes.io/exclude-from-external-load-balancers',
};

const bgpWords: Readonly<Record<BGPReason, string>> = {
  ...earlyWords,
  notOwner: 'no BGPAdvertisement of the pool selects this node',
  noMatchingAdvertisement: 'no BGPAdvertisement of the pool for this node selects the Service',
  conflictingAdvertisements: 'two BGPAdvertisements want different local preferences for it',
  nodeUnschedulable: nodeWords.unschedulable,
  nodeNetworkUnavailable: nodeWords['network-unavailable'],
  nodeLabeledExcludeBalancers: nodeWords['excluded-by-label'],
  noLocalEndpoints: 'externalTrafficPolicy is Local and no endpoint on it can take traffic',
  noEndpoints: 'no endpoint of the Service can take traffic',
};
