import type { Exclusion } from './answer.ts';
import type { Claim } from './claim.ts';
import type { Pool } from './configuration.ts';
import { goSorted } from './go-sort.ts';
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
  return arrangements(byNamespace).map((drawn) =>
    goSorted([...drawn, ...bySelector], goesBefore).map((pool) => [pool]),
  );
}

/** Of more pools than this not every order is tried. */
const allOrdersUpTo = 5;

/** All orders of a few pools; of many, those that put each of them first and each of them last. */
function arrangements(pools: readonly Pool[]): readonly (readonly Pool[])[] {
  if (pools.length > allOrdersUpTo) {
    return pools.flatMap((first) =>
      pools
        .filter((last) => last !== first)
        .flatMap((last) => {
          const between = pools.filter((pool) => pool !== first && pool !== last);
          return [between, between.toReversed()].map((middle) => [first, ...middle, last]);
        }),
    );
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
 * MetalLB's comparator (`sortPools`, every version up to v0.16.1). It says "less" both ways for two pools without
 * priority, so what comes out depends on how Go sorts: up to twelve come out reversed.
 */
function goesBefore(left: Pool, right: Pool): boolean {
  const mine = left.pinning?.priority ?? 0;
  const theirs = right.pinning?.priority ?? 0;
  if (mine > 0 && theirs > 0) {
    return mine < theirs;
  }
  return !(mine === 0 && theirs > 0);
}
