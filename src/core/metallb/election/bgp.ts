import type { EndpointSlice, Service } from '../../facts/kube-objects.ts';
import type { AnnouncedPool, BGPAnnouncement } from '../configuration/announced.ts';
import { preferencesConflict } from '../configuration/pool-advertisements.ts';
import { pairsOf } from '../configuration/problem.ts';
import { selects } from '../selectors.ts';
import { heldBy, type EarlyReason, type Held } from './held-addresses.ts';
import { prefixesOf, routesOf, type Route } from './routes.ts';
import { isLocal, servingForBGP, type BGPServing } from './serving.ts';
import { peersOn, type ElectionNode, type NodeObstacle, type Speakers } from './speakers.ts';

/** MetalLB's word for why a speaker does not advertise by BGP. */
export type BGPReason =
  | EarlyReason
  | 'notOwner'
  | 'noMatchingAdvertisement'
  | 'conflictingAdvertisements'
  | 'nodeUnschedulable'
  | 'nodeNetworkUnavailable'
  | 'nodeLabeledExcludeBalancers'
  | 'noLocalEndpoints'
  | 'noEndpoints';

/** What the speaker of one node does with one Service. */
export type BGPDecision =
  | {
      readonly advertises: true;
      readonly routes: readonly Route[];
      /** Also those for which no peer is left: MetalLB tells its status by them. */
      readonly prefixes: readonly string[];
    }
  | { readonly advertises: false; readonly reason: BGPReason }
  /** Its speaker refuses its configuration. */
  | { readonly advertises: false; readonly reason: undefined };

/** What every speaker does with one Service: there is no election, each decides for its own node. */
export function advertisedByBGP(
  service: Service,
  speakers: Speakers,
): ReadonlyMap<string, BGPDecision> {
  const { rules } = speakers;
  const slices: readonly EndpointSlice[] = speakers.slicesOf(service);
  const serving = servingForBGP(slices, rules.trustsOneServingEntry);
  const held = new Map<ElectionNode['speaker'], Held | undefined>();
  return new Map(
    speakers.nodes.map((node) => {
      const { speaker } = node;
      if (!held.has(speaker)) {
        held.set(speaker, speaker === undefined ? undefined : heldBy(service, speaker));
      }
      const found = held.get(speaker);
      const decision: BGPDecision =
        found === undefined
          ? { advertises: false, reason: undefined }
          : decided({ service, node, serving, speakers }, found);
      return [node.name, decision];
    }),
  );
}

/** What one speaker decides on. */
export interface Scene {
  readonly service: Service;
  readonly node: ElectionNode;
  readonly serving: BGPServing;
  readonly speakers: Speakers;
}

/** What the speaker of one node decides: the first reason that holds, in MetalLB's order. */
export function decided({ service, node, serving, speakers }: Scene, held: Held): BGPDecision {
  const refused = (reason: BGPReason): BGPDecision => ({ advertises: false, reason });
  if (held.kind === 'nothing') {
    return refused(held.reason);
  }
  const onNode = held.pool.bgp.filter(({ nodes }) => nodes.has(node.name));
  if (onNode.length === 0) {
    return refused('notOwner');
  }
  const matching = onNode.filter(
    ({ serviceSelectors }) =>
      !speakers.rules.knowsServiceSelectors ||
      serviceSelectors.length === 0 ||
      serviceSelectors.some((selector) => selects(selector, service.metadata.labels)),
  );
  if (matching.length === 0) {
    return refused('noMatchingAdvertisement');
  }
  if (speakers.rules.knowsServiceSelectors && hasConflict(matching, held.pool, speakers)) {
    return refused('conflictingAdvertisements');
  }
  const [obstacle] = node.obstacles;
  if (obstacle !== undefined) {
    return refused(nodeReasons[obstacle]);
  }
  if (isLocal(service) && !serving.on(node.name)) {
    return refused('noLocalEndpoints');
  }
  return serving.anywhere
    ? {
        advertises: true,
        routes: routesOf(held.addresses, matching, peersOn(node)),
        prefixes: prefixesOf(held.addresses, matching),
      }
    : refused('noEndpoints');
}

const nodeReasons: Readonly<Record<NodeObstacle, BGPReason>> = {
  unschedulable: 'nodeUnschedulable',
  'network-unavailable': 'nodeNetworkUnavailable',
  'excluded-by-label': 'nodeLabeledExcludeBalancers',
};

function hasConflict(
  matching: readonly BGPAnnouncement[],
  pool: AnnouncedPool,
  { speakerRules }: Speakers,
): boolean {
  return pairsOf(matching).some((pair) => preferencesConflict(pair, pool, speakerRules));
}
