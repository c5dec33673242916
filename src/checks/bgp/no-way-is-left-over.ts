import { defineCheck, type Found, type Subject } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { parseAddress } from '../../core/facts/ip.ts';
import type { BGPPeer, IPAddressPool, Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { isServedBy, poolIndexOf } from '../models/allocation/pool-membership.ts';
import {
  type Advertisement,
  advertisementName,
  advertisementsOf,
  selectsPool,
} from '../models/configuration/advertisements.ts';
import { ownPools } from '../models/configuration/configuration.ts';
import { refOf } from '../models/references.ts';
import { workedOut } from '../models/seen.ts';
import { addressesIn } from '../models/services.ts';
import { someOf } from '../../core/facts/in-words.ts';

type WayFacts = Facts<
  'ipAddressPools' | 'l2Advertisements' | 'bgpAdvertisements',
  'bgpPeers' | 'communities' | 'namespaces'
>;

/** After a move between layer 2 and BGP the objects of the old way often stay. */
export const noWayIsLeftOver = defineCheck({
  id: 'MLB-B18',
  asks: 'Is the pool announced in one way only, with nothing left of another?',
  symptoms: ['no-traffic'],
  causes: ['bgp-peers-idle', 'announced-both-ways'],
  link: 'elsewhere',
  needs: ['ipAddressPools', 'l2Advertisements', 'bgpAdvertisements'],
  helps: ['bgpPeers', 'communities', 'namespaces'],
  basis: 'observed',
  skipWhen: (facts, subject) => {
    const { installation, bgpPeers } = facts;
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    if (
      subject === undefined ||
      !isServedBy(installation, subject) ||
      addressesIn(subject).length === 0
    ) {
      return 'the Service has no address of MetalLB';
    }
    return bgpPeers.state === 'read' || bgpPeers.state === 'absent'
      ? undefined
      : 'BGPPeers were not read';
  },
  run: (facts, subject) => [...idlePeers(facts, subject), ...bothWays(facts, subject)],
});

/** Sessions without anything to say: from outside BGP looks well. */
function idlePeers(facts: WayFacts, subject: Subject): readonly Found[] {
  const home = facts.installation?.namespace ?? 'metallb-system';
  const peers = itemsIfRead(facts.bgpPeers).filter(({ metadata }) => metadata.namespace === home);
  const [first] = peers.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const advertising = advertisementsOf(facts).filter(({ kind }) => kind === 'BGPAdvertisement');
  if (first === undefined || subject === undefined || advertising.length > 0) {
    return [];
  }
  const about = refOf(first);
  return [
    {
      cause: 'bgp-peers-idle',
      severity: 'info',
      about,
      affects: [refOf(subject)],
      says: `there are BGPPeers (${someOf(namesOf(peers))}) and no BGPAdvertisement: sessions may be up, and no router hears of any address`,
      details: [
        'if the addresses moved to layer 2, the peers are left over and do no harm',
        'if routers should know the addresses, the BGPAdvertisement is missing: nothing warns',
      ],
      because: [
        workedOut(
          about,
          'metallb/internal/config: advertisements',
          `no BGPAdvertisement in ${home}`,
        ),
      ],
      suggests: [
        {
          says: 'see both kinds of advertisements, and the peers',
          command: kubectl`-n ${home} get bgppeers.metallb.io,bgpadvertisements.metallb.io,l2advertisements.metallb.io`,
          mutates: false,
        },
      ],
    },
  ];
}

function namesOf(peers: readonly BGPPeer[]): readonly string[] {
  return peers.map(({ metadata }) => metadata.name).toSorted();
}

function bothWays(facts: WayFacts, subject: Subject): readonly Found[] {
  const pools = subject === undefined ? [] : poolsOf(subject, facts);
  return pools.flatMap((pool) => {
    const selecting = advertisementsOf(facts).filter((each) => selectsPool(each, pool));
    const kinds = new Set(selecting.map(({ kind }) => kind));
    return subject === undefined || kinds.size < 2 ? [] : [inBoth(pool, selecting, subject)];
  });
}

function inBoth(pool: IPAddressPool, selecting: readonly Advertisement[], subject: Service): Found {
  const about = refOf(pool);
  const names = selecting.map(advertisementName).toSorted();
  return {
    cause: 'announced-both-ways',
    severity: 'info',
    about,
    affects: [refOf(subject)],
    says: `pool ${pool.metadata.name} is announced in layer 2 and by BGP: who is in the segment goes one way, who comes by a router the other`,
    details: [
      `selected by ${someOf(names)}`,
      'one way may work while the other does not: test from where the trouble is',
    ],
    because: [
      workedOut(about, 'metallb/internal/config: advertisements', `selected by ${someOf(names)}`),
    ],
    doubts: ['both ways are wanted'],
    suggests: [
      {
        says: 'after a move from one to the other, delete the advertisement that is left over',
        command: kubectl`-n ${pool.metadata.namespace ?? 'metallb-system'} get l2advertisements.metallb.io,bgpadvertisements.metallb.io -o yaml`,
        mutates: false,
      },
    ],
  };
}

function poolsOf(service: Service, facts: WayFacts): readonly IPAddressPool[] {
  const index = poolIndexOf(facts);
  const names = addressesIn(service)
    .flatMap((text) => parseAddress(text) ?? [])
    .flatMap((address) => index.holding(address).map(({ name }) => name));
  return ownPools(facts).filter(({ metadata }) => names.includes(metadata.name));
}
