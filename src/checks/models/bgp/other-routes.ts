import { itemsIfRead } from '../../../core/facts/reading.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { parseAddress } from '../../../core/facts/ip.ts';
import { heldBy } from '../../../core/metallb/election/held-addresses.ts';
import { routesOf, type Route } from '../../../core/metallb/election/routes.ts';
import { type ElectionNode, peersOn } from '../../../core/metallb/election/speakers.ts';
import { isServedBy } from '../allocation/pool-membership.ts';
import { speakersAtWork } from '../announcing/speakers-at-work.ts';
import { addressesIn } from '../services.ts';
import type { BGPFacts } from './bgp-way.ts';
import { isIn } from './sessions.ts';

/** A route that a node would hand on for some Service if it has an endpoint: those of others are not read. */
export interface PossibleRoute extends Route {
  readonly service: Service;
  readonly pool: string;
}

/** What each node may hand to its sessions for addresses in these prefixes, all Services together. */
export function possibleRoutes(
  prefixes: ReadonlySet<string>,
  facts: BGPFacts,
): ReadonlyMap<string, readonly PossibleRoute[]> {
  const services = itemsIfRead(facts.services).filter(
    (service) =>
      addressesIn(service)
        .flatMap((text) => parseAddress(text) ?? [])
        .some((address) => [...prefixes].some((prefix) => isIn(address, prefix))) &&
      isServedBy(facts.installation, service),
  );
  return new Map(
    (speakersAtWork(facts)?.nodes ?? []).map((node) => [
      node.name,
      services.flatMap((service) => routesFor(service, node)),
    ]),
  );
}

function routesFor(service: Service, node: ElectionNode): readonly PossibleRoute[] {
  const held = node.speaker === undefined ? undefined : heldBy(service, node.speaker);
  if (held?.kind !== 'held' || node.obstacles.length > 0) {
    return [];
  }
  const onNode = held.pool.bgp.filter(({ nodes }) => nodes.has(node.name));
  return routesOf(held.addresses, onNode, peersOn(node)).map((route) => ({
    ...route,
    service,
    pool: held.pool.name,
  }));
}
