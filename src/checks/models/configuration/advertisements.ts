import type {
  BGPAdvertisement,
  IPAddressPool,
  L2Advertisement,
  Node,
} from '../../../core/facts/kube-objects.ts';
import { namespacesRead } from '../../../core/facts/reading.ts';
import type { Facts } from '../../../core/diagnosis/facts.ts';
import { advertises as selectsPool } from '../../../core/metallb/configuration/advertisements.ts';
import { selects } from '../../../core/metallb/selectors.ts';

export { selectsPool };

export type Advertisement = L2Advertisement | BGPAdvertisement;
export type AdvertisementFacts = Facts<'l2Advertisements' | 'bgpAdvertisements'>;

/** Advertisements MetalLB looks at: those in its own namespace. */
export function advertisementsOf(facts: AdvertisementFacts): readonly Advertisement[] {
  return [...facts.l2Advertisements, ...facts.bgpAdvertisements].filter(
    (each) => each.metadata.namespace === facts.installation?.namespace,
  );
}

/** What is said of advertisements that name this pool in a namespace where MetalLB does not look (#2109). */
export function strayLines(
  { metadata: { name } }: IPAddressPool,
  { l2Advertisements, bgpAdvertisements, installation }: AdvertisementFacts,
): readonly string[] {
  const home = installation?.namespace ?? '';
  return [...l2Advertisements, ...bgpAdvertisements]
    .filter(
      ({ metadata, spec }) => metadata.namespace !== home && spec.ipAddressPools.includes(name),
    )
    .map(
      ({ kind, metadata }) =>
        `${kind} ${metadata.namespace ?? 'default'}/${metadata.name} names it, and MetalLB heeds only what is in ${home}: move it there`,
    );
}

/** True when it is certain that nothing announces the addresses of this pool. */
export function isUnadvertised(
  pool: string,
  facts: Facts<'ipAddressPools', 'l2Advertisements' | 'bgpAdvertisements'>,
): boolean {
  const home = facts.installation?.namespace;
  const kinds = [facts.l2Advertisements, facts.bgpAdvertisements];
  const own = facts.ipAddressPools.find(
    ({ metadata }) => metadata.name === pool && metadata.namespace === home,
  );
  return (
    own !== undefined &&
    kinds.every(
      (reading) =>
        reading.state === 'absent' ||
        (reading.state === 'read' &&
          (namespacesRead(reading)?.includes(home ?? '') ?? true) &&
          !reading.items.some(
            (each) => each.metadata.namespace === home && selectsPool(each, own),
          )),
    )
  );
}

/** No selector means every node. */
export function selectsSomeNode({ spec }: Advertisement, nodes: readonly Node[]): boolean {
  return (
    spec.nodeSelectors.length === 0 ||
    spec.nodeSelectors.some((selector) =>
      nodes.some((node) => selects(selector, node.metadata.labels)),
    )
  );
}

/** `l2/lan`, `bgp/edge`. */
export function advertisementName({ kind, metadata }: Advertisement): string {
  return `${kind === 'L2Advertisement' ? 'l2' : 'bgp'}/${metadata.name}`;
}
