import type { IpRange } from '../../../core/facts/ip.ts';

/** Something that takes up a range; ranges are those of prefixes, so that any two lie one in the other or apart. */
interface Placed {
  readonly range: IpRange;
}

interface Nest<T> {
  readonly inner: T;
  /** The narrowest range that lies around it, and through that the wider ones. */
  readonly around: Nest<T> | undefined;
}

/**
 * Every two ranges that overlap, the wider one first; with `points`, every point and the ranges around it instead. In the order
 * of addresses, so that the first few pairs cost no more than one walk.
 */
export function* nestedPairs<T extends Placed>(
  ranges: readonly T[],
  points?: readonly T[],
): Generator<readonly [outer: T, inner: T]> {
  const isInner = new Set(points ?? ranges);
  const isRange = new Set(ranges);
  let open: Nest<T> | undefined;
  for (const inner of [...ranges, ...(points ?? [])].toSorted(byStart)) {
    open = reachingTo(inner, open);
    if (isInner.has(inner)) {
      yield* pairsOf(inner, open);
    }
    open = isRange.has(inner) ? { inner, around: open } : open;
  }
}

function reachingTo<T extends Placed>(inner: Placed, open: Nest<T> | undefined) {
  let nest = open;
  while (nest !== undefined && !reaches(nest.inner, inner)) {
    nest = nest.around;
  }
  return nest;
}

function* pairsOf<T>(inner: T, open: Nest<T> | undefined): Generator<readonly [T, T]> {
  for (let nest = open; nest !== undefined; nest = nest.around) {
    yield [nest.inner, inner];
  }
}

/** Of those that begin at the same address the widest comes first. */
function byStart({ range: left }: Placed, { range: right }: Placed): number {
  if (left.family !== right.family) {
    return left.family === 'ipv4' ? -1 : 1;
  }
  return compared(left.first, right.first) || compared(right.last, left.last);
}

function compared(left: bigint, right: bigint): number {
  return Number(left > right) - Number(left < right);
}

/** Whether what begins earlier goes on to where the other one begins. */
function reaches({ range: open }: Placed, { range }: Placed): boolean {
  return open.family === range.family && range.first <= open.last;
}
