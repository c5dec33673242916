import { familyOf } from '../facts/ip.ts';
import type { IpAddress, IpFamily } from '../facts/ip.ts';
import type { Allocation, RefusalReason } from './answer.ts';
import { assignVerdict, assignVerdicts } from './assign.ts';
import type { AllocatorState, AssignRefusal } from './assign.ts';
import type { Claim } from './claim.ts';
import type { Pool } from './configuration.ts';
import { quoted, quotedList } from './go-text.ts';
import { allocationOf, offerOf, otherFamily, selectedFrom } from './offers.ts';
import type { Need, Offer } from './offers.ts';

/** What comes of naming a pool. */
export type NamedChoice =
  | { readonly kind: 'allocation'; readonly allocation: Allocation }
  | AssignRefusal;

/**
 * Everything that can come of asking for the pool the Service names, whatever its autoAssign. It is one thing, unless
 * several pools own the address that is found there.
 */
export function chooseFromNamed(
  state: AllocatorState,
  need: Need,
  name: string,
): readonly NamedChoice[] {
  const pool = state.index.byName.get(name);
  if (pool === undefined) {
    const reason = { kind: 'requested-pool-missing', pool: name } as const;
    return [refused(`unknown pool ${quoted(name)}`, reason)];
  }
  const offer = offerOf(state, pool, need.claim);
  const addresses = selectedFrom(offer, need, state.behaviour);
  if (addresses === undefined) {
    return [refused(shortageMessage(state, offer, need), shortageReason(pool, offer, need))];
  }
  return assignVerdicts(state, need.claim, addresses).map((verdict) =>
    verdict.kind === 'fits'
      ? {
          kind: 'allocation',
          allocation: allocationOf(state, need.claim, { pool: verdict.pool, addresses }),
        }
      : { ...verdict, reason: reasonIn(pool, need, verdict.reason) },
  );
}

/** An address past the end of the pool means that the pool itself is used up. */
function reasonIn(pool: Pool, { family }: Need, reason: RefusalReason): RefusalReason {
  const ranOver =
    reason.kind === 'requested-address-outside-pools' ||
    (reason.kind === 'requested-pool-not-for-service' && reason.pool !== pool.name);
  return ranOver ? { kind: 'requested-pool-exhausted', pool: pool.name, family } : reason;
}

/** A second address for a PreferDualStack Service that has one, out of the same pool. */
export function additionalAddress(
  state: AllocatorState,
  claim: Claim,
  held: { readonly address: IpAddress; readonly pool: Pool },
):
  | { readonly kind: 'address'; readonly address: IpAddress }
  | { readonly kind: 'none'; readonly message: string } {
  const family = otherFamily(familyOf(held.address));
  const address = state.finder.firstUsable(held.pool, family, claim);
  if (address === undefined) {
    const message = state.behaviour.alignsToClusterIP
      ? `${quotedList([held.address, '<nil>'])} is not allowed in config`
      : `no available IPs in pool ${held.pool.name} for ${family} IPFamily`;
    return { kind: 'none', message };
  }
  const verdict = assignVerdict(state, claim, [held.address, address]);
  return verdict.kind === 'fits'
    ? { kind: 'address', address }
    : { kind: 'none', message: verdict.message };
}

/** Says nothing useful before v0.16.0, and after it only when neither family is left (#2891). */
function shortageMessage({ behaviour }: AllocatorState, offer: Offer, need: Need): string {
  const nothing = offer.ipv4 === undefined && offer.ipv6 === undefined;
  const { name } = offer.pool;
  const named = behaviour.settlesForOneFamily ? name : quoted(name);
  if (behaviour.namesExhaustedPool && nothing) {
    return `no available IPs in pool ${name}`;
  }
  return behaviour.alignsToClusterIP && need.family !== 'dual'
    ? `${quotedList(['<nil>'])} is not allowed in config`
    : `no available IPs in pool ${named} for ${need.family} IPFamily`;
}

function shortageReason(pool: Pool, offer: Offer, need: Need): RefusalReason {
  const { family, policy } = need;
  const holds = (['ipv4', 'ipv6'] as const).filter((one) => holdsFamily(pool, one));
  const needed: readonly IpFamily[] = family === 'dual' ? ['ipv4', 'ipv6'] : [family];
  const complete = needed.every((one) => offer[one] !== undefined);
  if (complete) {
    return { kind: 'policy-contradicts-cluster-ips', policy };
  }
  const lacking = needed.filter((one) => !holds.includes(one));
  return lacking.length > 0
    ? { kind: 'requested-pool-lacks-family', pool: pool.name, family, offers: holds }
    : { kind: 'requested-pool-exhausted', pool: pool.name, family };
}

function holdsFamily(pool: Pool, family: IpFamily): boolean {
  return pool.cidrs.some((cidr) => cidr.family === family);
}

function refused(message: string, reason: RefusalReason): NamedChoice {
  return { kind: 'refused', message, reason };
}
