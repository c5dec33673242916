import { type IpAddress, familyOf, parseAddress, valueOf } from '../../../core/facts/ip.ts';
import type { Pool } from '../../../core/metallb/configuration.ts';

const farthestTypo = 2;

/** How many single-letter changes turn one text into the other (Levenshtein). */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, letter] of Array.from(from).entries()) {
    row = Array.from(to).reduce(
      (next, other, column) => [
        ...next,
        Math.min(
          (row[column + 1] ?? 0) + 1,
          (next[column] ?? 0) + 1,
          (row[column] ?? 0) + (letter === other ? 0 : 1),
        ),
      ],
      [line + 1],
    );
  }
  return row[to.length] ?? 0;
}

/** The name that was probably meant. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  return names
    .map((each) => ({
      each,
      distance: editDistance(name.trim().toLowerCase(), each.toLowerCase()),
    }))
    .filter(({ each, distance }) => distance <= Math.max(farthestTypo, Math.floor(each.length / 3)))
    .toSorted((a, b) => a.distance - b.distance || (a.each < b.each ? -1 : 1))[0]?.each;
}

/** How far a pool is from an address, in words, and how much that is. */
export interface NearPool {
  readonly pool: string;
  readonly distance: bigint;
  readonly says: string;
}

/** The pool closest to an address of the same family, by distance to its nearest end. */
export function nearestPool(address: IpAddress, pools: readonly Pool[]): NearPool | undefined {
  const value = valueOf(address);
  return pools
    .flatMap((pool) =>
      pool.cidrs
        .filter((cidr) => cidr.family === familyOf(address))
        .map((cidr) => ({
          pool: pool.name,
          distance: value < cidr.first ? cidr.first - value : value - cidr.last,
          says: value < cidr.first ? 'before the start' : 'past the end',
        })),
    )
    .toSorted((a, b) => compare(a.distance, b.distance))[0];
}

/** An address in a pool that is one keystroke away from `address`: probably what was meant. */
export function typoOf(address: IpAddress, pools: readonly Pool[]): string | undefined {
  return keystrokes(address).find((candidate) => {
    const parsed = candidate === address ? undefined : parseAddress(candidate);
    return parsed !== undefined && isInPools(parsed, pools);
  });
}

/** One character too many, two swapped, one wrong, one missing; the likeliest first. */
function keystrokes(text: string): readonly string[] {
  const places = Array.from(text, (_, index) => index);
  const letters = text.includes(':') ? '0123456789abcdef' : '0123456789';
  const inserted = (index: number, skip: number) =>
    Array.from(letters, (letter) => text.slice(0, index) + letter + text.slice(index + skip));
  return [
    ...places.map((index) => text.slice(0, index) + text.slice(index + 1)),
    ...places.map(
      (index) =>
        text.slice(0, index) +
        text.slice(index + 1, index + 2) +
        text.slice(index, index + 1) +
        text.slice(index + 2),
    ),
    ...places.flatMap((index) => inserted(index, 1)),
    ...[...places, text.length].flatMap((index) => inserted(index, 0)),
  ];
}

function isInPools(address: IpAddress, pools: readonly Pool[]): boolean {
  const value = valueOf(address);
  return pools.some((pool) =>
    pool.cidrs.some(
      (cidr) => cidr.family === familyOf(address) && value >= cidr.first && value <= cidr.last,
    ),
  );
}

function compare(a: bigint, b: bigint): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
