import { contains } from '../facts/ip.ts';
import type { IpFamily } from '../facts/ip.ts';
import type { PoolObstacle, PoolOffer, PoolUsage, PoolVerdict, RefusalReason } from './answer.ts';
import type { AllocatorState } from './assign.ts';
import type { Pool } from './configuration.ts';
import { allocationOf, offerOf } from './offers.ts';
import type { Need, Offer } from './offers.ts';
import { exclusionFrom, isReachedByPinning } from './pinning.ts';

/** What the verdicts are given on. */
export interface Weighing {
  readonly state: AllocatorState;
  readonly need: Need;
  readonly usages: ReadonlyMap<string, PoolUsage>;
  /** Names of the pools MetalLB may end up with. */
  readonly reached: ReadonlySet<string>;
}

/** Every pool with what it has for the Service, or why it is out, when MetalLB chooses by itself. */
export function automaticVerdicts(weighing: Weighing): readonly PoolVerdict[] {
  return weighing.state.index.pools.map((pool) => ({
    pool: pool.name,
    verdict: verdictOf(weighing, pool, automaticObstacle(weighing, pool)),
  }));
}

/** The same when the Service names its pool: the named one is weighed, the others are not asked for. */
export function namedVerdicts(weighing: Weighing, name: string): readonly PoolVerdict[] {
  return weighing.state.index.pools.map((pool) => ({
    pool: pool.name,
    verdict: verdictOf(
      weighing,
      pool,
      pool.name === name ? exclusionObstacle(weighing, pool) : { kind: 'not-requested' },
    ),
  }));
}

function verdictOf(
  weighing: Weighing,
  pool: Pool,
  obstacle: PoolObstacle | undefined,
): PoolVerdict['verdict'] {
  if (obstacle !== undefined) {
    return { offers: false, because: obstacle };
  }
  const offer = ofItsOwn(offerOf(weighing.state, pool, weighing.need.claim));
  const shortage = shortageOf(weighing, offer);
  return shortage === undefined ? offered(weighing, offer) : { offers: false, because: shortage };
}

/** What is found past the end of the pool does not count (see `overrun.ts`). */
function ofItsOwn(offer: Offer): Offer {
  const { pool, ipv4 } = offer;
  const isOwn = ipv4 !== undefined && pool.cidrs.some((cidr) => contains(cidr, ipv4));
  return isOwn ? offer : { ...offer, ipv4: undefined };
}

function offered({ state, need, reached }: Weighing, offer: Offer): PoolOffer {
  const both = [offer.ipv4, offer.ipv6].filter((address) => address !== undefined);
  const one = need.family === 'dual' ? undefined : offer[need.family];
  const { addresses, sharedWith } = allocationOf(state, need.claim, {
    pool: offer.pool.name,
    addresses: one === undefined ? both : [one],
  });
  return { offers: true, addresses, sharedWith, reached: reached.has(offer.pool.name) };
}

function automaticObstacle(weighing: Weighing, pool: Pool): PoolObstacle | undefined {
  const { state, need } = weighing;
  if (!pool.autoAssign) {
    return { kind: 'auto-assign-off', free: freeFor(weighing, pool) };
  }
  const excluded = exclusionObstacle(weighing, pool);
  const reachable =
    pool.pinning === undefined || isReachedByPinning(pool, need.claim, state.behaviour);
  if (excluded !== undefined || reachable) {
    return excluded;
  }
  const why = pool.pinning.namesNobody ? 'priority-only' : 'selectors-match-no-namespace';
  return { kind: 'never-automatic', why, free: freeFor(weighing, pool) };
}

function exclusionObstacle(weighing: Weighing, pool: Pool): PoolObstacle | undefined {
  const excludedBy = exclusionFrom(pool, weighing.need.claim);
  return excludedBy && { kind: 'excluded', excludedBy, free: freeFor(weighing, pool) };
}

/** What the pool is short of; undefined when it has what the Service needs. */
function shortageOf({ need, usages }: Weighing, offer: Offer): PoolObstacle | undefined {
  const usage = usages.get(offer.pool.name);
  const holds = (family: IpFamily): boolean => (usage?.[family].usable ?? 0n) > 0n;
  if (!holds('ipv4') && !holds('ipv6')) {
    return { kind: 'empty' };
  }
  const missing = familiesOf(need).filter((family) => offer[family] === undefined);
  const [first, second] = missing;
  const settlesForOne = need.family === 'dual' && need.policy === 'PreferDualStack';
  if (first === undefined || (settlesForOne && second === undefined)) {
    return undefined;
  }
  const lacking = missing.find((family) => !holds(family));
  if (lacking !== undefined && !settlesForOne) {
    return { kind: 'lacks-family', family: lacking };
  }
  return need.family === 'dual' && second === undefined
    ? { kind: 'one-family-only', has: first === 'ipv4' ? 'ipv6' : 'ipv4' }
    : { kind: 'full', family: missing.find(holds) ?? first };
}

/** Sums up the verdicts of a failed automatic choice: the nearest miss comes first. */
export function automaticReason(
  need: Need,
  verdicts: readonly PoolVerdict[],
  usages: ReadonlyMap<string, PoolUsage>,
): RefusalReason {
  if (need.family === 'dual' && !['PreferDualStack', 'RequireDualStack'].includes(need.policy)) {
    return { kind: 'policy-contradicts-cluster-ips', policy: need.policy };
  }
  const outBy = (...kinds: readonly PoolObstacle['kind'][]): readonly string[] =>
    verdicts
      .filter(({ verdict }) => !verdict.offers && kinds.includes(verdict.because.kind))
      .map(({ pool }) => pool);
  const suits = (pool: string): boolean => {
    const usage = usages.get(pool);
    const held = familiesOf(need).filter((family) => (usage?.[family].usable ?? 0n) > 0n);
    return need.policy === 'PreferDualStack' && need.family === 'dual'
      ? held.length > 0
      : held.length === familiesOf(need).length;
  };
  const full = outBy('full', 'one-family-only');
  const manual = outBy('auto-assign-off').filter(suits);
  const others = outBy('excluded', 'never-automatic').filter(suits);
  const empty = outBy('empty');
  const { family } = need;
  if (full.length > 0) {
    return { kind: 'pool-exhausted', pools: full, family };
  }
  if (manual.length > 0) {
    return { kind: 'only-manual-pools', pools: manual };
  }
  if (others.length > 0) {
    return { kind: 'pool-not-for-service', pools: others };
  }
  if (empty.length === verdicts.length) {
    return { kind: 'pool-exhausted', pools: empty, family };
  }
  return family === 'dual' ? { kind: 'no-dual-stack-pool' } : { kind: 'no-pool-of-family', family };
}

function familiesOf({ family }: Need): readonly IpFamily[] {
  return family === 'dual' ? ['ipv4', 'ipv6'] : [family];
}

function freeFor({ need, usages }: Weighing, pool: Pool): bigint {
  const usage = usages.get(pool.name);
  return familiesOf(need).reduce((sum, family) => sum + (usage?.[family].free ?? 0n), 0n);
}
