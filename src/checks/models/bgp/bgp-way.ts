import type { Subject } from '../../../core/diagnosis/check.ts';
import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Severity } from '../../../core/facts/finding.ts';
import type {
  BGPAdvertisement,
  BGPPeer,
  IPAddressPool,
  Service,
} from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { isServedBy, poolIndexOf } from '../allocation/pool-membership.ts';
import { announcingOf, type Announcing } from '../announcing/announcing.ts';
import {
  type AnnouncingFacts,
  announcingHelps,
  announcingNeeds,
} from '../announcing/speakers-at-work.ts';
import { selectsPool } from '../configuration/advertisements.ts';
import { addressesIn } from '../services.ts';

/** What a check on the way of an address by BGP needs, and what helps it. */
export const bgpNeeds = announcingNeeds;
export const bgpHelps = [
  ...announcingHelps,
  'services',
  'serviceBGPStatuses',
  'serviceL2Statuses',
  'bgpSessionStates',
  'frrNodeStates',
  'otherLogs',
] as const;
export type BGPFacts = Facts<(typeof bgpNeeds)[number], (typeof bgpHelps)[number]>;

/** The way of a Service's addresses by BGP. */
export interface BGPWay {
  readonly service: Service;
  readonly announcing: Announcing;
  /** Pools that hold its addresses and that a BGPAdvertisement selects. */
  readonly pools: readonly IPAddressPool[];
  /** BGPAdvertisements that select one of them. */
  readonly advertisements: readonly BGPAdvertisement[];
  /** All in MetalLB's namespace. */
  readonly peers: readonly BGPPeer[];
}

/** The way of this Service by BGP; the reason in words when it has none. */
export function bgpWayOf(facts: AnnouncingFacts, subject: Subject): BGPWay | string {
  const { installation } = facts;
  if (installation === undefined) {
    return 'no MetalLB was found';
  }
  if (subject === undefined || addressesIn(subject).length === 0) {
    return 'the Service has no address';
  }
  if (!isServedBy(installation, subject)) {
    return 'MetalLB does not serve this Service';
  }
  const announcing = announcingOf(subject, facts);
  const own = <Kind extends { metadata: { namespace?: string } }>(objects: readonly Kind[]) =>
    objects.filter(({ metadata }) => metadata.namespace === installation.namespace);
  const index = poolIndexOf(facts);
  const names = new Set(
    announcing?.addresses.flatMap((address) => index.holding(address).map(({ name }) => name)),
  );
  const held = own(facts.ipAddressPools).filter(({ metadata }) => names.has(metadata.name));
  const advertisements = own(facts.bgpAdvertisements).filter((each) =>
    held.some((pool) => selectsPool(each, pool)),
  );
  if (announcing === undefined || advertisements.length === 0) {
    return 'no BGPAdvertisement selects the pool of its address';
  }
  return announcing.speakers.loaded.length === 0
    ? 'the speakers refuse their configuration'
    : {
        service: subject,
        announcing,
        pools: held.filter((pool) => advertisements.some((each) => selectsPool(each, pool))),
        advertisements,
        peers: own(itemsIfRead(facts.bgpPeers)),
      };
}

/** Kinds without which half a configuration would be judged as if it were whole. */
export function kindsOfBGP(
  facts: BGPFacts,
): readonly ('bgpPeers' | 'bfdProfiles' | 'communities')[] {
  return (['bgpPeers', 'bfdProfiles', 'communities'] as const).filter(
    (kind) => facts[kind].state !== 'absent',
  );
}

/** What ends one way is no end while the address is announced in layer 2 as well. */
export function severityOn({ announcing }: BGPWay): Severity {
  return announcing.layer2.announcer === undefined ? 'error' : 'warning';
}

/** What is left for the address; nothing to say when nothing is. */
export function otherWayLines({ announcing }: BGPWay): readonly string[] {
  const { announcer } = announcing.layer2;
  return announcer === undefined
    ? []
    : [
        `layer 2 announces it too, from ${announcer}: whoever is in that segment reaches it, who comes by the routers may not`,
      ];
}
