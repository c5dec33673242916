import type { BGPDecision } from '../../../core/metallb/election/bgp.ts';

/** Why the speaker of a node does not advertise, in words. */
export function obstacleText(decision: BGPDecision | undefined): string {
  if (decision === undefined) {
    return 'there is no such node';
  }
  if (decision.advertises) {
    return 'it advertises';
  }
  switch (decision.reason) {
    case undefined:
      return 'its speaker has no configuration';
    case 'notOwner':
      return 'no BGPAdvertisement of the pool selects it';
    case 'nodeLabeledExcludeBalancers':
      return 'its label keeps it out of external load balancers';
    case 'nodeNetworkUnavailable':
      return 'its network is said not to be up';
    case 'nodeUnschedulable':
      return 'it is cordoned';
    case 'noMatchingAdvertisement':
      return 'the advertisements there are for other Services';
    case 'conflictingAdvertisements':
      return 'the advertisements there want different local preferences';
    case 'noLocalEndpoints':
    case 'noEndpoints':
      return 'no endpoint there serves';
    case 'notLoadBalancer':
    case 'noIPAllocated':
    case 'invalidIP':
    case 'ipNotAllowed':
      return `the address cannot be announced (${decision.reason})`;
  }
}
