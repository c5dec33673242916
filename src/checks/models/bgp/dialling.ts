import type { Subject } from '../../../core/diagnosis/check.ts';
import { type Facts, remembered } from '../../../core/diagnosis/facts.ts';
import { parseAddress } from '../../../core/facts/ip.ts';
import type {
  BGPAdvertisement,
  BGPPeer,
  IPAddressPool,
  Service,
} from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { selectedNodes } from '../../../core/metallb/configuration/selected-nodes.ts';
import { isServedBy, poolIndexOf } from '../allocation/pool-membership.ts';
import { advertisementsOf, selectsPool } from '../configuration/advertisements.ts';
import { ownPools } from '../configuration/configuration.ts';
import { addressesIn } from '../services.ts';

/** What tells to whom a pool is to be advertised. */
export const diallingNeeds = [
  'services',
  'nodes',
  'ipAddressPools',
  'l2Advertisements',
  'bgpAdvertisements',
] as const;
export const diallingHelps = ['bgpPeers', 'communities', 'namespaces'] as const;
export type DiallingFacts = Facts<(typeof diallingNeeds)[number], (typeof diallingHelps)[number]>;

/** Through whom a pool comes to the routers. */
export interface Dialling {
  readonly pool: IPAddressPool;
  /** BGPAdvertisements that select it; never empty. */
  readonly advertisements: readonly BGPAdvertisement[];
  /** True when an L2Advertisement selects it as well. */
  readonly isInLayer2: boolean;
  /** Services with an address of it. */
  readonly holders: readonly Service[];
  /** All BGPPeers in MetalLB's namespace. */
  readonly peers: readonly BGPPeer[];
  /** Those among them that are to hear of it. */
  readonly heardBy: readonly BGPPeer[];
  /** Names under `peers` that no BGPPeer has. */
  readonly unknown: readonly string[];
  /** Nodes that are to advertise it and that dial one of the peers meant. */
  readonly nodes: readonly string[];
}

/** Every pool that BGP is to advertise, or those of the Service in question. */
export function diallingsOf(facts: DiallingFacts, subject: Subject): readonly Dialling[] {
  const asked = subject === undefined ? undefined : poolsOf(subject, facts);
  const holders = holdersByPool(facts);
  return ownPools(facts)
    .filter(({ metadata }) => asked?.has(metadata.name) ?? true)
    .flatMap((pool) => diallingOf(pool, holders.get(pool.metadata.name) ?? [], facts));
}

function diallingOf(
  pool: IPAddressPool,
  holders: readonly Service[],
  facts: DiallingFacts,
): readonly Dialling[] {
  const selecting = advertisementsOf(facts).filter((each) => selectsPool(each, pool));
  const advertisements = selecting.filter((each) => each.kind === 'BGPAdvertisement');
  if (advertisements.length === 0) {
    return [];
  }
  const peers = itemsIfRead(facts.bgpPeers).filter(
    ({ metadata }) => metadata.namespace === facts.installation?.namespace,
  );
  const known = new Set(peers.map(({ metadata }) => metadata.name));
  const named = advertisements.flatMap(({ spec }) => spec.peers);
  const pairs = advertisements.map((each) => pairing(each, peers, facts));
  return [
    {
      pool,
      advertisements,
      isInLayer2: selecting.some(({ kind }) => kind === 'L2Advertisement'),
      holders,
      peers,
      heardBy: peers.filter((peer) => pairs.some((pair) => pair.peers.includes(peer))),
      unknown: [...new Set(named.filter((name) => !known.has(name)))].toSorted(),
      nodes: [...new Set(pairs.flatMap(({ nodes }) => nodes))].toSorted(),
    },
  ];
}

/** The peers that one advertisement means, and the nodes where it meets them. */
function pairing(
  { spec }: BGPAdvertisement,
  all: readonly BGPPeer[],
  { nodes }: DiallingFacts,
): { readonly peers: readonly BGPPeer[]; readonly nodes: readonly string[] } {
  const peers = all.filter(
    ({ metadata }) => spec.peers.length === 0 || spec.peers.includes(metadata.name),
  );
  const dialling = new Set(
    peers.flatMap((peer) => [...selectedNodes(nodes, peer.spec.nodeSelectors)]),
  );
  const advertising = selectedNodes(nodes, spec.nodeSelectors);
  return { peers, nodes: [...advertising].filter((node) => dialling.has(node)) };
}

function poolsOf(service: Service, facts: DiallingFacts): ReadonlySet<string> {
  const index = poolIndexOf(facts);
  const addresses = addressesIn(service).flatMap((text) => parseAddress(text) ?? []);
  return new Set(addresses.flatMap((address) => index.holding(address).map(({ name }) => name)));
}

const holdersByPool = remembered(
  (facts: DiallingFacts): ReadonlyMap<string, readonly Service[]> => {
    const pairs = facts.services
      .filter((service) => isServedBy(facts.installation, service))
      .flatMap((service) => [...poolsOf(service, facts)].map((pool) => ({ pool, service })));
    return new Map(
      [...Map.groupBy(pairs, ({ pool }) => pool)].map(([pool, all]) => [
        pool,
        all.map(({ service }) => service),
      ]),
    );
  },
);
