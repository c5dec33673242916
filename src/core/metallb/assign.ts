import type { IpAddress } from '../facts/ip.ts';
import type { AddressBook } from './address-book.ts';
import type { RefusalReason } from './answer.ts';
import type { Claim } from './claim.ts';
import type { Pool } from './configuration.ts';
import type { AddressFinder } from './first-usable.ts';
import { quotedList } from './go-text.ts';
import { exclusionFrom } from './pinning.ts';
import { avoids, ownersOf } from './pool-index.ts';
import type { PoolIndex } from './pool-index.ts';
import { obstacleMessage, obstacleTo } from './sharing.ts';
import type { Behaviour } from './versions.ts';

/** What the controller knows when it looks at a Service. */
export interface AllocatorState {
  readonly behaviour: Behaviour;
  readonly index: PoolIndex;
  readonly book: AddressBook;
  readonly finder: AddressFinder;
  /** False where nobody asks with whom an address is shared: a list of thousands is not made for each look then. */
  readonly namesSharers: boolean;
  /** Draws one of `count` where MetalLB draws; explanations always take the first. */
  readonly choose: (count: number) => number;
}

/** Whether these addresses may be booked for a Service. */
export type AssignVerdict = { readonly kind: 'fits'; readonly pool: string } | AssignRefusal;

export interface AssignRefusal {
  readonly kind: 'refused';
  readonly message: string;
  readonly reason: RefusalReason;
}

/** MetalLB's last word on addresses, current, requested or found: owned by one pool, allowed there, free or shareable. */
export function assignVerdict(
  state: AllocatorState,
  claim: Claim,
  addresses: readonly IpAddress[],
): AssignVerdict {
  const verdicts = assignVerdicts(state, claim, addresses);
  const verdict = verdicts.length > 1 ? verdicts[state.choose(verdicts.length)] : verdicts[0];
  return verdict ?? outside(state.index, addresses);
}

/** One verdict per pool that owns the addresses; when nobody does, the refusal. */
export function assignVerdicts(
  state: AllocatorState,
  claim: Claim,
  addresses: readonly IpAddress[],
): readonly AssignVerdict[] {
  const owners = ownersOf(state.index, addresses);
  return owners.length === 0
    ? [outside(state.index, addresses)]
    : owners.map((pool) => verdictIn(pool, state.book, { claim, addresses }));
}

function outside(index: PoolIndex, addresses: readonly IpAddress[]): AssignRefusal {
  const message = `${quotedList(addresses)} is not allowed in config`;
  return { kind: 'refused', message, reason: outsideReason(index, addresses) };
}

function verdictIn(
  pool: Pool,
  book: AddressBook,
  { claim, addresses }: { readonly claim: Claim; readonly addresses: readonly IpAddress[] },
): AssignVerdict {
  const excludedBy = exclusionFrom(pool, claim);
  if (excludedBy !== undefined) {
    return {
      kind: 'refused',
      message: notCompatible(pool),
      reason: {
        kind: 'requested-pool-not-for-service',
        pool: pool.name,
        requested: addresses,
        excludedBy,
      },
    };
  }
  const obstacle = addresses
    .map((address) => obstacleTo(claim, address, book))
    .find((found) => found !== undefined);
  return obstacle === undefined
    ? { kind: 'fits', pool: pool.name }
    : {
        kind: 'refused',
        message: obstacleMessage(claim, obstacle),
        reason: { kind: 'requested-address-held', obstacle },
      };
}

/** MetalLB's words for a pool that is pinned to others. */
export function notCompatible(pool: Pool): string {
  return `pool ${pool.name} not compatible for ip assignment`;
}

function outsideReason(index: PoolIndex, addresses: readonly IpAddress[]): RefusalReason {
  for (const address of addresses) {
    const pool = index.holding(address).find((holding) => avoids(holding, address));
    if (pool !== undefined) {
      return { kind: 'requested-address-buggy', address, pool: pool.name };
    }
  }
  return {
    kind: 'requested-address-outside-pools',
    requested: addresses,
    outside: addresses.filter((address) => index.holding(address).length === 0),
  };
}
