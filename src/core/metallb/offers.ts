import { familyOf } from '../facts/ip.ts';
import type { IpAddress, IpFamily } from '../facts/ip.ts';
import type { Service } from '../facts/kube-objects.ts';
import type { Allocation, StackFamily } from './answer.ts';
import type { AllocatorState } from './assign.ts';
import type { Claim } from './claim.ts';
import type { Pool } from './configuration.ts';
import { comparePlaces, placeIn } from './place.ts';
import { othersOn } from './sharing.ts';
import type { Behaviour } from './versions.ts';

/** What a Service needs of a pool. */
export interface Need {
  readonly claim: Claim;
  /** By its cluster IPs. */
  readonly family: StackFamily;
  readonly policy: string;
  /** Taken when PreferDualStack must settle for one family: the first of `spec.ipFamilies`. */
  readonly primary: IpFamily;
}

/** The first usable address of each family in one pool. */
export interface Offer {
  readonly pool: Pool;
  readonly ipv4: IpAddress | undefined;
  readonly ipv6: IpAddress | undefined;
}

/** The need of this Service, given the family of its cluster IPs. */
export function needOf(
  service: Service,
  claim: Claim,
  { family, behaviour }: { readonly family: StackFamily; readonly behaviour: Behaviour },
): Need {
  const policy = service.spec.ipFamilyPolicy ?? 'SingleStack';
  const byClusterIPs = family === 'dual' ? 'RequireDualStack' : 'SingleStack';
  return {
    claim,
    family,
    policy: behaviour.settlesForOneFamily ? policy : byClusterIPs,
    primary: service.spec.ipFamilies[0] === 'IPv6' ? 'ipv6' : 'ipv4',
  };
}

/** What this pool has for the Service, whether it may choose there or not. */
export function offerOf(state: AllocatorState, pool: Pool, claim: Claim): Offer {
  return {
    pool,
    ipv4: state.finder.firstUsable(pool, 'ipv4', claim),
    ipv6: state.finder.firstUsable(pool, 'ipv6', claim),
  };
}

/**
 * The offers MetalLB may settle for. It meets the groups one after the other, the offers within a group in an order
 * that nobody knows; empty when none will do.
 */
export function bestOffers(groups: readonly (readonly Offer[])[], need: Need): readonly Offer[] {
  const { family, policy, primary } = need;
  const firstWith = (suits: (offer: Offer) => boolean): readonly Offer[] =>
    groups.map((group) => group.filter(suits)).find((group) => group.length > 0) ?? [];
  const complete = firstWith((offer) =>
    family === 'dual' ? has(offer, 'ipv4') && has(offer, 'ipv6') : has(offer, family),
  );
  if (complete.length > 0 || family !== 'dual' || policy !== 'PreferDualStack') {
    return complete;
  }
  const inPrimary = firstWith((offer) => has(offer, primary));
  return inPrimary.length > 0 ? inPrimary : firstWith((offer) => has(offer, otherFamily(primary)));
}

/** The addresses MetalLB takes of an offer; undefined when the offer does not do. */
export function selectedFrom(
  offer: Offer,
  need: Need,
  behaviour: Behaviour,
): readonly IpAddress[] | undefined {
  const both = behaviour.settlesForOneFamily ? ipv4First(offer) : inPoolOrder(offer);
  if (need.family !== 'dual' && (behaviour.alignsToClusterIP || need.policy === 'SingleStack')) {
    const address = offer[need.family];
    return address === undefined ? undefined : [address];
  }
  const enough = new Map([
    ['RequireDualStack', 2],
    ['PreferDualStack', 1],
  ]).get(need.policy);
  return enough !== undefined && both.length >= enough ? both : undefined;
}

function ipv4First({ ipv4, ipv6 }: Offer): readonly IpAddress[] {
  return [ipv4, ipv6].filter((address) => address !== undefined);
}

/** Before v0.14.9 that family comes first whose prefix does. */
function inPoolOrder(offer: Offer): readonly IpAddress[] {
  return ipv4First(offer)
    .map((address) => placeIn(offer.pool, familyOf(address), address))
    .filter((place) => place !== undefined)
    .sort(comparePlaces)
    .map(({ address }) => address);
}

/** A pool's addresses as an allocation, with the Services it would share them with. */
export function allocationOf(
  state: AllocatorState,
  claim: Claim,
  granted: Pick<Allocation, 'pool' | 'addresses'>,
): Allocation {
  if (!state.namesSharers) {
    return { ...granted, sharedWith: [] };
  }
  const others = granted.addresses.flatMap((address) => {
    const use = state.book.useOf(address);
    return use === undefined ? [] : othersOn(use, claim.key);
  });
  return { ...granted, sharedWith: [...new Set(others)].sort() };
}

/** IPv6 for IPv4 and the reverse. */
export function otherFamily(family: IpFamily): IpFamily {
  return family === 'ipv4' ? 'ipv6' : 'ipv4';
}

function has(offer: Offer, family: IpFamily): boolean {
  return offer[family] !== undefined;
}
