import { expect, test } from 'vitest';
import { plural, someOf } from '../../../src/core/facts/in-words.ts';

test('one stands alone, none and many in the plural', () => {
  expect([0, 1, 3].map((count) => plural(count, 'cause'))).toEqual([
    '0 causes',
    '1 cause',
    '3 causes',
  ]);
});

test('of many the first few are named and the others counted', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  expect(someOf(names.slice(0, 4))).toBe('a, b, c, d');
  expect(someOf(names)).toBe('a, b, c, d and 2 more');
  expect(someOf(names, 1)).toBe('a and 5 more');
});

test('those that are counted need not be at hand', () => {
  expect(someOf(['a', 'b'], 2, 900)).toBe('a, b and 898 more');
});
