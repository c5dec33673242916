import type { BGPDecision, BGPReason } from '../../../core/metallb/election/bgp.ts';
import type { NodeObstacle } from '../../../core/metallb/election/speakers.ts';
import type { BGPWay } from './bgp-way.ts';

/** Nodes whose speakers keep the Service back for this reason, sorted. */
export function nodesThatSay(reason: BGPReason, { announcing }: BGPWay): readonly string[] {
  return [...announcing.bgp]
    .flatMap(([node, each]) => (!each.advertises && each.reason === reason ? [node] : []))
    .toSorted();
}

/** Nodes that advertise it by MetalLB's own rules, sorted. */
export function advertisingNodes({ announcing }: BGPWay): readonly string[] {
  return [...announcing.bgp].flatMap(([node, each]) => (each.advertises ? [node] : [])).toSorted();
}

const obstacleBehind: ReadonlyMap<string, NodeObstacle> = new Map([
  ['nodeUnschedulable', 'unschedulable'],
  ['nodeNetworkUnavailable', 'network-unavailable'],
  ['nodeLabeledExcludeBalancers', 'excluded-by-label'],
]);

/** What about the node itself bars it from advertising. */
export function obstacleIn(decision: BGPDecision | undefined): NodeObstacle | undefined {
  return decision === undefined || decision.advertises
    ? undefined
    : obstacleBehind.get(decision.reason ?? '');
}
