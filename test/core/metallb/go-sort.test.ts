import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { goSorted } from '../../../src/core/metallb/go-sort.ts';

interface Answer {
  readonly priorities: readonly number[];
  /** Where each item of the result stood before. */
  readonly order: readonly number[];
}

const answers = JSON.parse(
  readFileSync(new URL('../../vectors/go-sort.json', import.meta.url), 'utf8'),
) as readonly Answer[];

/** MetalLB's comparator of pool priorities, which contradicts itself. */
function goesBefore(left: number, right: number): boolean {
  return left > 0 && right > 0 ? left < right : !(left === 0 && right > 0);
}

describe('sorting by a comparator that contradicts itself', () => {
  test.each(answers)('ends as in Go with $priorities.length items', ({ priorities, order }) => {
    const items = priorities.map((priority, place) => ({ priority, place }));
    const sorted = goSorted(items, (left, right) => goesBefore(left.priority, right.priority));
    expect(sorted.map(({ place }) => place)).toEqual(order);
  });
});

describe('sorting by a sound comparator', () => {
  test.each([0, 1, 12, 13, 200])('puts %i falling items in order', (length) => {
    const falling = Array.from({ length }, (_, index) => length - index);
    const rising = falling.toReversed();
    expect(goSorted(falling, (left, right) => left < right)).toEqual(rising);
    expect(goSorted(rising, (left, right) => left < right)).toEqual(rising);
  });
});
