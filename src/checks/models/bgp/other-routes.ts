import { remembered } from '../../../core/diagnosis/facts.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { heldBy } from '../../../core/metallb/election/held-addresses.ts';
import { routesOf, type Route } from '../../../core/metallb/election/routes.ts';
import { peersOn } from '../../../core/metallb/election/speakers.ts';
import { isServedBy } from '../allocation/pool-membership.ts';
import { speakersAtWork } from '../announcing/speakers-at-work.ts';
import type { BGPFacts } from './bgp-way.ts';

/** A route that a node would hand on for some Service if it has an endpoint: those of others are not read. */
export interface PossibleRoute extends Route {
  readonly service: Service;
  readonly pool: string;
}

/** What each node may hand to its sessions, all Services together. */
export const possibleRoutes = remembered(
  (facts: BGPFacts): ReadonlyMap<string, readonly PossibleRoute[]> => {
    const speakers = speakersAtWork(facts);
    const services = itemsIfRead(facts.services).filter((service) =>
      isServedBy(facts.installation, service),
    );
    return new Map(
      (speakers?.nodes ?? []).map((node) => {
        const { speaker } = node;
        const routes = services.flatMap((service): readonly PossibleRoute[] => {
          const held = speaker === undefined ? undefined : heldBy(service, speaker);
          if (held?.kind !== 'held' || node.obstacles.length > 0) {
            return [];
          }
          const onNode = held.pool.bgp.filter(({ nodes }) => nodes.has(node.name));
          return routesOf(held.addresses, onNode, peersOn(node)).map((route) => ({
            ...route,
            service,
            pool: held.pool.name,
          }));
        });
        return [node.name, routes];
      }),
    );
  },
);
