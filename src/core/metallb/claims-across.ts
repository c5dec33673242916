import { overlaps, sizeOf } from '../facts/ip.ts';
import type { IpRange } from '../facts/ip.ts';
import type { IPAddressPool } from '../facts/kube-objects.ts';
import { prefixesIn } from './parse-pool.ts';

/** The pools of one cluster, under the name by which its reader knows it. */
export interface ClusterPools {
  readonly cluster: string;
  readonly pools: readonly IPAddressPool[];
}

/** A pool of a cluster. */
export interface PoolOfCluster {
  readonly cluster: string;
  readonly pool: string;
}

/** Addresses that two pools of two clusters both hand out. */
export interface CrossClaim {
  readonly first: PoolOfCluster;
  readonly second: PoolOfCluster;
  /** What they have in common: ascending, IPv4 first, neighbours joined. */
  readonly ranges: readonly IpRange[];
  readonly count: bigint;
}

interface Claimed extends PoolOfCluster {
  /** Place of the pool in the order it was given. */
  readonly place: number;
  readonly range: IpRange;
}

/** Which pools of different clusters hold the same addresses, compared as numbers; entries nobody can parse hold none. */
export function claimsAcross(clusters: readonly ClusterPools[]): readonly CrossClaim[] {
  const shared = new Map<string, { readonly pair: Pair; readonly ranges: IpRange[] }>();
  let open: Claimed[] = [];
  for (const next of claimedIn(clusters).toSorted((left, right) =>
    byStart(left.range, right.range),
  )) {
    open = open.filter(({ range }) => reaches(range, next.range));
    for (const earlier of open.filter(({ cluster }) => cluster !== next.cluster)) {
      const pair: Pair = earlier.place < next.place ? [earlier, next] : [next, earlier];
      const key = pair.map(({ place }) => place).join(' ');
      const kept = shared.get(key) ?? { pair, ranges: [] };
      shared.set(key, kept);
      kept.ranges.push(...commonTo(earlier.range, next.range));
    }
    open.push(next);
  }
  return [...shared.values()]
    .filter(({ ranges }) => ranges.length > 0)
    .toSorted((left, right) => byPlace(left.pair, right.pair))
    .map(({ pair: [first, second], ranges }) => claimOf(first, second, ranges));
}

type Pair = readonly [Claimed, Claimed];

function claimedIn(clusters: readonly ClusterPools[]): readonly Claimed[] {
  return clusters
    .flatMap(({ cluster, pools }) => pools.map((pool) => ({ cluster, pool })))
    .flatMap(({ cluster, pool }, place) =>
      joinedRanges(pool.spec.addresses.flatMap(prefixesIn)).map((range) => ({
        cluster,
        pool: pool.metadata.name,
        place,
        range,
      })),
    );
}

function reaches(earlier: IpRange, later: IpRange): boolean {
  return earlier.family === later.family && earlier.last >= later.first;
}

function commonTo(left: IpRange, right: IpRange): readonly IpRange[] {
  if (!overlaps(left, right)) {
    return [];
  }
  const first = left.first > right.first ? left.first : right.first;
  const last = left.last < right.last ? left.last : right.last;
  return [{ family: left.family, first, last }];
}

function claimOf(first: Claimed, second: Claimed, ranges: readonly IpRange[]): CrossClaim {
  const joined = joinedRanges(ranges);
  return {
    first: { cluster: first.cluster, pool: first.pool },
    second: { cluster: second.cluster, pool: second.pool },
    ranges: joined,
    count: joined.reduce((sum, range) => sum + sizeOf(range), 0n),
  };
}

/** The same addresses in the fewest ranges, ascending, IPv4 first. */
export function joinedRanges(ranges: readonly IpRange[]): readonly IpRange[] {
  const joined: IpRange[] = [];
  for (const { family, first, last } of ranges.toSorted(byStart)) {
    const before = joined.at(-1);
    if (before === undefined || before.family !== family || before.last + 1n < first) {
      joined.push({ family, first, last });
    } else if (before.last < last) {
      joined[joined.length - 1] = { family, first: before.first, last };
    }
  }
  return joined;
}

function byStart(left: IpRange, right: IpRange): number {
  if (left.family !== right.family) {
    return left.family === 'ipv4' ? -1 : 1;
  }
  if (left.first === right.first) {
    return 0;
  }
  return left.first < right.first ? -1 : 1;
}

function byPlace(left: Pair, right: Pair): number {
  return left[0].place - right[0].place || left[1].place - right[1].place;
}
