import { cidrText } from '../facts/ip.ts';
import type { Cidr } from '../facts/ip.ts';
import type { Pool } from './configuration.ts';

/** Two prefixes MetalLB calls overlapping, of two pools or of one. */
export interface Overlap {
  readonly first: { readonly pool: string; readonly cidr: string };
  readonly second: { readonly pool: string; readonly cidr: string };
}

interface Owned {
  readonly pool: string;
  readonly cidr: Cidr;
  /** Place in the order of pools and their entries. */
  readonly place: number;
}

/** Enough to show what is wrong; a pool repeated many times over would make millions. */
const overlapsShown = 1000;

/** Every overlap between the pools' prefixes, in MetalLB's sense, each pair once, the earlier entry first. */
export function overlapsAmong(pools: readonly Pool[]): readonly Overlap[] {
  const all = pools
    .flatMap((pool) => pool.cidrs.map((cidr) => ({ pool: pool.name, cidr })))
    .map((owned, place) => ({ ...owned, place }));
  const sorted = all.toSorted((left, right) => compare(left.cidr, right.cidr));
  const found: Overlap[] = [];
  let open: Owned[] = [];
  for (const next of sorted) {
    open = open.filter(({ cidr }) => reaches(cidr, next.cidr));
    for (const earlier of open.filter(({ cidr }) => overlap(cidr, next.cidr))) {
      const [first, second] = earlier.place < next.place ? [earlier, next] : [next, earlier];
      found.push({ first: labelled(first), second: labelled(second) });
    }
    if (found.length >= overlapsShown) {
      break;
    }
    open.push(next);
  }
  return found;
}

function labelled({ pool, cidr }: Owned): Overlap['first'] {
  return { pool, cidr: cidrText(cidr) };
}

function reaches(earlier: Cidr, later: Cidr): boolean {
  return earlier.family === later.family && earlier.last >= later.first;
}

function compare(left: Cidr, right: Cidr): number {
  if (left.family !== right.family) {
    return left.family === 'ipv4' ? -1 : 1;
  }
  if (left.first === right.first) {
    return 0;
  }
  return left.first < right.first ? -1 : 1;
}

function overlap(left: Cidr, right: Cidr): boolean {
  return covers(left, right) || covers(right, left);
}

/**
 * Prefix lengths are compared as written, so an IPv4-mapped /120 never covers an IPv4 /26 inside it
 * (`cidrContainsCIDR`, every version up to v0.16.1): such pools are accepted and both own the addresses.
 */
function covers(outer: Cidr, inner: Cidr): boolean {
  const holdsBase = outer.first <= inner.first && inner.first <= outer.last;
  if (outer.writtenPrefixLength === inner.writtenPrefixLength) {
    return outer.first === inner.first;
  }
  return outer.writtenPrefixLength < inner.writtenPrefixLength && holdsBase;
}
