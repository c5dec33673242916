import { isLocal, servingIn } from '../../../core/metallb/election/serving.ts';
import { keyOfService } from '../services.ts';
import type { BGPFacts, BGPWay } from './bgp-way.ts';
import { advertisingNodes } from './decisions.ts';
import { possibleRoutes } from './other-routes.ts';

/** A prefix of a Service of policy Local that nodes without an endpoint of it advertise for others. */
export interface SharedPrefix {
  readonly prefix: string;
  /** Sorted. */
  readonly nodes: readonly string[];
  /** Services on whose account they do, sorted. */
  readonly others: readonly string[];
}

/** Prefixes that send traffic for the Service to nodes where nothing takes it; none with policy Cluster. */
export function sharedPrefixes(
  prefixes: readonly string[],
  way: BGPWay,
  facts: BGPFacts,
): readonly SharedPrefix[] {
  if (!isLocal(way.service)) {
    return [];
  }
  const own = new Set(advertisingNodes(way));
  const key = keyOfService(way.service);
  const routes = [...possibleRoutes(new Set(prefixes), facts)].flatMap(([node, all]) =>
    all
      .filter(({ service }) => keyOfService(service) !== key && mayAdvertise(service, node, way))
      .map(({ prefix, service }) => ({ prefix, node, other: keyOfService(service) })),
  );
  return prefixes.flatMap((prefix) => {
    const strange = routes.filter((each) => each.prefix === prefix && !own.has(each.node));
    const sorted = (names: readonly string[]) => [...new Set(names)].toSorted();
    return strange.length === 0
      ? []
      : [
          {
            prefix,
            nodes: sorted(strange.map(({ node }) => node)),
            others: sorted(strange.map(({ other }) => other)),
          },
        ];
  });
}

/** By its endpoints; one whose endpoints were not read is taken to have none. */
function mayAdvertise(service: BGPWay['service'], node: string, { announcing }: BGPWay): boolean {
  const serving = servingIn(announcing.speakers.slicesOf(service));
  return isLocal(service) ? serving.nodes.has(node) : serving.anywhere;
}
