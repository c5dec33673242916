import { expect, test } from 'vitest';
import { isSame } from '../../../src/core/metallb/same.ts';

test.each([
  ['the order of keys', { a: 1, b: { c: [2] } }, { b: { c: [2] }, a: 1 }, true],
  ['an absent key and undefined', { a: undefined }, {}, true],
  ['another value', { a: 1 }, { a: 2 }, false],
  ['another order in a list', [1, 2], [2, 1], false],
  ['a list and an object', [], {}, false],
  ['a key called __proto__', JSON.parse('{"__proto__":{"a":1}}'), {}, false],
])('%s', (_, left, right, same) => {
  expect([isSame(left, right), isSame(right, left)]).toEqual([same, same]);
});
