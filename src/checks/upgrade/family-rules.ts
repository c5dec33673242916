import type { Facts } from '../../core/diagnosis/facts.ts';
import { familyOf, parseAddress, type IpFamily } from '../../core/facts/ip.ts';
import type { BGPPeer, IPAddressPool } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { prefixesIn } from '../../core/metallb/parse-pool.ts';
import { selectsPool } from '../models/configuration/advertisements.ts';
import { ownPools } from '../models/configuration/configuration.ts';
import { refOf } from '../models/references.ts';
import { defineRule, type Shown, type UpgradeRule } from './rule.ts';
import { someOf } from '../../core/facts/in-words.ts';

type FamilyFacts = Facts<
  'ipAddressPools' | 'bgpAdvertisements',
  'bgpPeers' | 'namespaces' | 'communities'
>;

const called = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

/** Which prefixes go to which neighbours, where FRR speaks BGP. */
export const familyRules: readonly UpgradeRule[] = [
  defineRule({
    id: 'prefixes-of-the-other-family',
    release: 'v0.15.0',
    reference: undefined,
    title:
      'a prefix goes only to neighbours of its own family from here on, and to peers with dualStackAddressFamily',
    needs: ['ipAddressPools', 'bgpAdvertisements'],
    helps: ['bgpPeers', 'namespaces', 'communities'],
    alsoNeeds: ({ bgpAdvertisements }) => (bgpAdvertisements.length > 0 ? ['bgpPeers'] : []),
    up: (facts) => routesOf(facts).flatMap(dropped),
    down: (facts) => routesOf(facts).flatMap(gained),
  }),
];

/** Addresses of one family in one pool, and the peers that its advertisements name. */
interface Route {
  readonly pool: IPAddressPool;
  readonly family: IpFamily;
  /** Peers of the same family, and those that carry both. */
  readonly near: readonly BGPPeer[];
  /** Peers that only a release before this one gives them to. */
  readonly far: readonly BGPPeer[];
}

function routesOf(facts: FamilyFacts): readonly Route[] {
  const { installation } = facts;
  if ((installation?.bgpType ?? 'native') === 'native') {
    return [];
  }
  return ownPools(facts).flatMap((pool) => {
    const peers = peersOf(pool, facts);
    return familiesOf(pool).map((family) => ({
      pool,
      family,
      near: peers.filter((peer) => carries(peer, family)),
      far: peers.filter((peer) => !carries(peer, family) && peer.spec.disableMP !== true),
    }));
  });
}

function peersOf(pool: IPAddressPool, facts: FamilyFacts): readonly BGPPeer[] {
  const home = facts.installation?.namespace;
  const advertisements = facts.bgpAdvertisements.filter(
    (each) => each.metadata.namespace === home && selectsPool(each, pool),
  );
  return itemsIfRead(facts.bgpPeers).filter(
    ({ metadata }) =>
      metadata.namespace === home &&
      advertisements.some(
        ({ spec: { peers } }) => peers.length === 0 || peers.includes(metadata.name),
      ),
  );
}

function familiesOf({ spec }: IPAddressPool): readonly IpFamily[] {
  const families = spec.addresses.flatMap(prefixesIn).map(({ family }) => family);
  return [...new Set(families)];
}

function carries({ spec }: BGPPeer, family: IpFamily): boolean {
  const address = parseAddress(spec.peerAddress ?? '');
  return (
    address === undefined || spec.dualStackAddressFamily === true || familyOf(address) === family
  );
}

function dropped({ pool, family, near, far }: Route): readonly Shown[] {
  const who = `${called[family]} of pool ${pool.metadata.name}`;
  const only = `it goes to ${called[family]} neighbours only`;
  return far.length === 0
    ? []
    : [
        {
          weight: near.length === 0 ? 'breaks' : 'changes',
          says:
            near.length === 0
              ? `${who} is announced to no peer any more: ${only}`
              : `${who} is not announced to ${namesOf(far)} any more: ${only}`,
          details: [],
          objects: [pool, ...far].map(refOf),
          before: [
            {
              says: `add a BGPPeer with the router's ${called[family]} address, which every release heeds; or set dualStackAddressFamily: true on ${namesOf(far)} together with the upgrade`,
              mutates: false,
            },
          ],
        },
      ];
}

function gained({ pool, family, far }: Route): readonly Shown[] {
  return far.length === 0
    ? []
    : [
        {
          weight: 'changes',
          title: 'every neighbour gets the prefixes of both families before this release',
          says: `${called[family]} of pool ${pool.metadata.name} goes to ${namesOf(far)} too`,
          details: [],
          objects: [pool, ...far].map(refOf),
          before: [{ says: 'let the router filter what it should not take', mutates: false }],
        },
      ];
}

function namesOf(peers: readonly BGPPeer[]): string {
  return someOf(peers.map(({ metadata }) => metadata.name));
}
