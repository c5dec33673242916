import type { Allocation } from './answer.ts';
import { assignVerdicts } from './assign.ts';
import type { AllocatorState } from './assign.ts';
import type { Pool } from './configuration.ts';
import { allocationOf, bestOffers, offerOf, selectedFrom } from './offers.ts';
import type { Need, Offer } from './offers.ts';
import { pinnedOrders } from './pinning.ts';

/** Everything that can come of an automatic choice: several allocations when MetalLB draws, and perhaps none. */
export interface Choice {
  readonly options: readonly Allocation[];
  readonly mayFail: boolean;
}

/** What MetalLB says when no pool will do, whatever the reasons. */
export const noAvailableIPs = 'no available IPs';

/** Pinned pools first, in their order; if none of them does, the unpinned ones in random order. */
export function chooseAutomatically(state: AllocatorState, need: Need): Choice {
  const { pools } = state.index;
  const offers = offersByPool(state, need);
  const pinned = choiceAmong(
    state,
    need,
    pinnedOrders(pools, need.claim, state.behaviour).map((order) =>
      order.map((group) => group.map(offers)),
    ),
  );
  if (!pinned.mayFail) {
    return pinned;
  }
  const open = pools.filter(({ autoAssign, pinning }) => autoAssign && pinning === undefined);
  const unpinned = choiceAmong(state, need, [[open.map(offers)]]);
  return {
    options: distinct([...pinned.options, ...unpinned.options]),
    mayFail: unpinned.mayFail,
  };
}

/** One look at each pool, however many orders are tried. */
function offersByPool(state: AllocatorState, need: Need): (pool: Pool) => Offer {
  const known = new Map<Pool, Offer>();
  return (pool) => {
    const offer = known.get(pool) ?? offerOf(state, pool, need.claim);
    known.set(pool, offer);
    return offer;
  };
}

/** One entry per order that can occur; each is a row of groups. */
type Orders = readonly (readonly (readonly Offer[])[])[];

function choiceAmong(state: AllocatorState, need: Need, orders: Orders): Choice {
  const winners = orders.map((groups) => bestOffers(groups, need));
  const options = [...new Set(winners.flat())].flatMap((offer) => {
    const addresses = selectedFrom(offer, need, state.behaviour);
    const verdicts = addresses ? assignVerdicts(state, need.claim, addresses) : [undefined];
    return verdicts.map((verdict) =>
      addresses && verdict?.kind === 'fits'
        ? allocationOf(state, need.claim, { pool: verdict.pool, addresses })
        : undefined,
    );
  });
  return {
    options: distinct(options.filter((option) => option !== undefined)),
    mayFail: options.includes(undefined) || winners.some((offers) => offers.length === 0),
  };
}

function distinct(allocations: readonly Allocation[]): readonly Allocation[] {
  if (allocations.length < 2) {
    return allocations;
  }
  const byText = new Map(
    allocations.map((allocation) => [
      `${allocation.pool} ${allocation.addresses.join()}`,
      allocation,
    ]),
  );
  return [...byText.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, allocation]) => allocation);
}
