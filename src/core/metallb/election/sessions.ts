import type { Service } from '../../facts/kube-objects.ts';
import type { BGPDecision } from './bgp.ts';
import type { Route } from './routes.ts';
import { peersOn, type Speakers } from './speakers.ts';

/** BGPPeer to the nodes that run a session with it: those it selects whose speakers have a configuration. */
export function sessionsOf({ nodes }: Speakers): ReadonlyMap<string, readonly string[]> {
  const pairs = nodes.flatMap((node) =>
    peersOn(node).map(({ name }) => ({ peer: name, node: node.name })),
  );
  return new Map(
    [...Map.groupBy(pairs, ({ peer }) => peer)].map(([peer, all]) => [
      peer,
      all.map(({ node }) => node).toSorted(),
    ]),
  );
}

/** What every node hands to its sessions, Service by Service. */
export type Advertised = ReadonlyMap<Service, ReadonlyMap<string, BGPDecision>>;

/**
 * The peers that ServiceBGPStatus names for a Service on a node (>= v0.15.0): by prefix, so a peer that only gets the
 * prefix on account of another Service is named too, even where the Service's own advertisement reaches no peer.
 */
export function peersTold(
  service: Service,
  node: string,
  advertised: Advertised,
): readonly string[] {
  const decision = advertised.get(service)?.get(node);
  const own = new Set(decision?.advertises === true ? decision.prefixes : []);
  const all = [...advertised.values()].flatMap((decisions) => routesOn(decisions.get(node)));
  const peers = all.filter(({ prefix }) => own.has(prefix)).map(({ peer }) => peer);
  return [...new Set(peers)].toSorted();
}

/** The routes of a decision; none where nothing is advertised. */
export function routesOn(decision: BGPDecision | undefined): readonly Route[] {
  return decision?.advertises === true ? decision.routes : [];
}
