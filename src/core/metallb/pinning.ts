import type { Exclusion } from './answer.ts';
import type { Claim } from './claim.ts';
import type { Pool } from './configuration.ts';
import { selects } from './selectors.ts';
import type { Behaviour } from './versions.ts';

/** Which part of `serviceAllocation` forbids this pool to this Service; undefined when none does. */
export function exclusionFrom(pool: Pool, claim: Claim): Exclusion | undefined {
  const { pinning } = pool;
  if (pinning === undefined) {
    return undefined;
  }
  if (pinning.namespaces.size > 0 && !pinning.namespaces.has(claim.namespace)) {
    return { by: 'namespace', namespaces: [...pinning.namespaces].sort() };
  }
  const selected =
    pinning.serviceSelectors.length === 0 ||
    pinning.serviceSelectors.some((selector) => selects(selector, claim.labels));
  return selected ? undefined : { by: 'service-labels' };
}

/** True for a pinned pool that the automatic choice can come to at all. */
export function isReachedByPinning(pool: Pool, claim: Claim, behaviour: Behaviour): boolean {
  return listsNamespace(pool, claim) || isListedBySelector(pool, behaviour);
}

/**
 * Every order in which MetalLB may try the pinned pools for this Service, as rows of groups; within a group any order
 * can come. Pools listed by namespace come in map order, drawn when the configuration is loaded; those with
 * selectors come by name.
 */
export function pinnedOrders(
  pools: readonly Pool[],
  claim: Claim,
  behaviour: Behaviour,
): readonly (readonly (readonly Pool[])[])[] {
  const candidates = pools.filter(
    (pool) =>
      pool.autoAssign && pool.pinning !== undefined && exclusionFrom(pool, claim) === undefined,
  );
  const byNamespace = candidates.filter((pool) => listsNamespace(pool, claim));
  const bySelector = candidates.filter((pool) => isListedBySelector(pool, behaviour));
  if (byNamespace.length + bySelector.length > sortedByInsertion) {
    return [byPriority([...new Set([...byNamespace, ...bySelector])])];
  }
  return arrangements(byNamespace).map((drawn) =>
    insertionSorted([...drawn, ...bySelector]).map((pool) => [pool]),
  );
}

/** Up to twelve items Go sorts by insertion; beyond, its order is no longer simple and ties count as open. */
const sortedByInsertion = 12;

function byPriority(pools: readonly Pool[]): readonly (readonly Pool[])[] {
  const groups = Map.groupBy(pools, ({ pinning }) => pinning?.priority ?? 0);
  return [...groups]
    .sort(([left], [right]) => (left || Infinity) - (right || Infinity))
    .map(([, group]) => group);
}

/** All orders of up to four pools; rotations beyond, which let each pool come first among its equals. */
function arrangements(pools: readonly Pool[]): readonly (readonly Pool[])[] {
  if (pools.length > 4) {
    return pools.map((_, start) => [...pools.slice(start), ...pools.slice(0, start)]);
  }
  return pools.length < 2
    ? [pools]
    : pools.flatMap((pool, index) =>
        arrangements(pools.toSpliced(index, 1)).map((rest) => [pool, ...rest]),
      );
}

function listsNamespace({ pinning }: Pool, claim: Claim): boolean {
  return pinning?.namespaces.has(claim.namespace) ?? false;
}

function isListedBySelector({ pinning }: Pool, behaviour: Behaviour): boolean {
  return (
    pinning !== undefined &&
    (pinning.serviceSelectors.length > 0 ||
      (pinning.namesNobody && behaviour.unnamedPinningServesAll))
  );
}

/**
 * MetalLB's comparator says "less" both ways for two pools without priority, so what comes out depends on the sort:
 * Go uses insertion for up to twelve items, which reverses them (`sortPools`, every version up to v0.16.1).
 */
function insertionSorted(pools: readonly Pool[]): readonly Pool[] {
  const sorted: Pool[] = [];
  for (const pool of pools) {
    let place = sorted.length;
    while (place > 0 && goesBefore(pool, sorted[place - 1])) {
      place -= 1;
    }
    sorted.splice(place, 0, pool);
  }
  return sorted;
}

function goesBefore(left: Pool, right: Pool | undefined): boolean {
  const mine = left.pinning?.priority ?? 0;
  const theirs = right?.pinning?.priority ?? 0;
  if (mine > 0 && theirs > 0) {
    return mine < theirs;
  }
  return !(mine === 0 && theirs > 0);
}
