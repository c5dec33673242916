import { familyOf, valueOf } from '../facts/ip.ts';
import type { IpAddress, IpFamily, IpRange } from '../facts/ip.ts';
import type { Pool } from './configuration.ts';

/** Finds pools by name, and the owner of an address without walking through pools. */
export interface PoolIndex {
  /** By name. */
  readonly pools: readonly Pool[];
  readonly byName: ReadonlyMap<string, Pool>;
  /** False when two pools own one address, by the IPv4-mapped overlap quirk. */
  readonly isDisjoint: boolean;
  /** Pools one of whose prefixes holds the address, whatever else they think of it; by name. */
  holding(address: IpAddress): readonly Pool[];
}

interface Stretch extends IpRange {
  readonly pool: Pool;
}

/** The index over these pools. */
export function indexPools(pools: readonly Pool[]): PoolIndex {
  const stretches = {
    ipv4: stretchesOf(pools, 'ipv4'),
    ipv6: stretchesOf(pools, 'ipv6'),
  };
  return {
    pools,
    byName: new Map(pools.map((pool) => [pool.name, pool])),
    isDisjoint: stretches.ipv4.disjoint && stretches.ipv6.disjoint,
    holding: (address) => poolsAt(stretches[familyOf(address)], valueOf(address)),
  };
}

/** Pools that own every one of the addresses. More than one only by the IPv4-mapped overlap quirk. */
export function ownersOf(index: PoolIndex, addresses: readonly IpAddress[]): readonly Pool[] {
  const [first, ...others] = addresses.map((address) =>
    index.holding(address).filter((pool) => !avoids(pool, address)),
  );
  return (first ?? []).filter((pool) => others.every((owners) => owners.includes(pool)));
}

/** True for an IPv4 address that ends in .0 or .255 in a pool that avoids those, whatever the prefix length. */
export function avoids(pool: Pool, address: IpAddress): boolean {
  return pool.avoidsBuggyAddresses && familyOf(address) === 'ipv4' && endsBuggy(valueOf(address));
}

/** True for a number whose last byte is 0 or 255. */
export function endsBuggy(value: bigint): boolean {
  const last = value & 255n;
  return last === 0n || last === 255n;
}

interface Stretches {
  readonly sorted: readonly Stretch[];
  readonly disjoint: boolean;
}

function stretchesOf(pools: readonly Pool[], family: IpFamily): Stretches {
  const sorted = pools
    .flatMap((pool) =>
      pool.cidrs
        .filter((cidr) => cidr.family === family)
        .map(({ first, last }) => ({ family, first, last, pool })),
    )
    .sort((left, right) => (left.first < right.first ? -1 : Number(left.first > right.first)));
  const disjoint = sorted.every(({ last }, index) => {
    const next = sorted[index + 1];
    return next === undefined || last < next.first;
  });
  return { sorted, disjoint };
}

function poolsAt({ sorted, disjoint }: Stretches, value: bigint): readonly Pool[] {
  if (!disjoint) {
    const holding = sorted.filter(({ first, last }) => first <= value && value <= last);
    return [...new Set(holding.map(({ pool }) => pool))].sort(byName);
  }
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const stretch = sorted[middle];
    if (stretch !== undefined && stretch.last < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const candidate = sorted[low];
  return candidate !== undefined && candidate.first <= value ? [candidate.pool] : [];
}

function byName(left: Pool, right: Pool): number {
  return left.name < right.name ? -1 : 1;
}
