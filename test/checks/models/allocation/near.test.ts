import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  editDistance,
  nearestName,
  nearestPool,
  typoOf,
} from '../../../../src/checks/models/allocation/near.ts';
import { parseAddress } from '../../../../src/core/facts/ip.ts';
import { loadConfiguration } from '../../../../src/core/metallb/load-configuration.ts';
import { aPool, home } from '../../../builders/some-objects.ts';

function poolsOf(...ranges: readonly string[]) {
  return loadConfiguration({
    pools: ranges.map((range, index) => aPool(`p${index}`, range)),
    communities: [],
    namespaces: [],
    namespace: home,
    bgpType: undefined,
    version: undefined,
  }).pools;
}

function address(text: string) {
  const parsed = parseAddress(text);
  if (parsed === undefined) {
    throw new Error(text);
  }
  return parsed;
}

describe('what was probably meant', () => {
  test.each<[string, string | undefined, string]>([
    ['10.4.111.12', '10.4.11.12', 'one digit too much'],
    ['10.41.1.12', '10.4.11.12', 'two characters swapped'],
    ['10.5.11.12', '10.4.11.12', 'one digit wrong'],
    ['10.4.1.12', '10.4.11.12', 'one digit missing'],
    ['10.9.99.12', undefined, 'too far'],
    ['10.4.11.12', '10.4.11.10', 'itself does not count'],
  ])('%s: %s (%s)', (text, meant) => {
    expect(typoOf(address(text), poolsOf('10.4.11.10-10.4.11.19'))).toBe(meant);
  });

  test.each([
    ['lann', 'lan'],
    ['Lan', 'lan'],
    [' dmz', 'dmz'],
    ['production', undefined],
  ])('pool "%s" is %s', (name, meant) => {
    expect(nearestName(name, ['dmz', 'lan', 'storage'])).toBe(meant);
  });

  test('a distance is symmetric, zero only for equals, and bounded by the longer text', () => {
    const text = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});

test('the nearest pool is the one whose end is closest, in the same family', () => {
  const pools = poolsOf('10.4.11.10-10.4.11.19', '10.4.12.0/24', '2001:db8::/64');
  expect(nearestPool(address('10.4.11.20'), pools)).toEqual({
    pool: 'p0',
    distance: 1n,
    says: 'past the end',
  });
  expect(nearestPool(address('10.4.11.254'), pools)).toEqual({
    pool: 'p1',
    distance: 2n,
    says: 'before the start',
  });
  expect(nearestPool(address('2001:db9::'), pools)?.pool).toBe('p2');
});
