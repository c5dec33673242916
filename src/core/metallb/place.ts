import { contains, valueOf } from '../facts/ip.ts';
import type { IpAddress, IpFamily } from '../facts/ip.ts';
import type { Pool } from './configuration.ts';

/** Where an address stands in the order in which a pool is searched. */
export interface Place {
  readonly address: IpAddress;
  /** Which of the pool's prefixes. */
  readonly prefix: number;
  readonly value: bigint;
}

/** The address's place among the pool's addresses of this family; undefined when it is none of them. */
export function placeIn(pool: Pool, family: IpFamily, address: IpAddress): Place | undefined {
  const prefix = pool.cidrs.findIndex((cidr) => cidr.family === family && contains(cidr, address));
  return prefix < 0 ? undefined : { address, prefix, value: valueOf(address) };
}

/** Negative when the left place is searched first. */
export function comparePlaces(left: Place, right: Place): number {
  if (left.prefix !== right.prefix) {
    return left.prefix - right.prefix;
  }
  return left.value < right.value ? -1 : Number(left.value > right.value);
}

/** Whichever place is searched first. */
export function firstOf(places: readonly (Place | undefined)[]): Place | undefined {
  return places
    .filter((place) => place !== undefined)
    .reduce<Place | undefined>(
      (best, place) => (best === undefined || comparePlaces(place, best) < 0 ? place : best),
      undefined,
    );
}
