import { expect, test } from 'vitest';
import { asNumberAt, asNumberOf, asNumberPlan } from '../../../src/core/share/as-numbers.ts';

test('registered AS numbers get private ones that nobody uses, and private ones stay', () => {
  expect(asNumberPlan([3320, 64_512, 4_200_000_042, 3320, 200_100, 65_535, 0])).toEqual(
    new Map([
      [3320, 64_513],
      [200_100, 64_514],
    ]),
  );
});

test.each([
  ['3320:1234', 3320],
  ['large:200100:1:2', 200_100],
  ['no-export', undefined],
])('%s begins with the AS number %s', (text, number) => {
  expect(asNumberOf(text, { key: 'communities' })).toBe(number);
  expect(asNumberOf(text, { key: 'message' })).toBeUndefined();
});

test('a number is an AS number where the field says so', () => {
  expect(asNumberAt(3320, { key: 'peerASN', parent: 'spec' })).toBe(3320);
  expect(asNumberAt(3320, { key: 'port', parent: 'ports' })).toBeUndefined();
});
