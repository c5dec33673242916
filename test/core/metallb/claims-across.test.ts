import { assert, property, array, integer, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressAt, sizeOf } from '../../../src/core/facts/ip.ts';
import { claimsAcross, joinedRanges } from '../../../src/core/metallb/claims-across.ts';
import { aPool } from '../../builders/some-objects.ts';

describe('claims across clusters', () => {
  test('ranges are compared, not their texts', () => {
    const claims = claimsAcross([
      { cluster: 'east', pools: [aPool('lan', '10.4.11.0-10.4.15.254')] },
      { cluster: 'west', pools: [aPool('edge', '10.4.15.0/24'), aPool('far', '10.9.0.0/24')] },
    ]);
    expect(claims).toEqual([
      {
        first: { cluster: 'east', pool: 'lan' },
        second: { cluster: 'west', pool: 'edge' },
        ranges: [{ family: 'ipv4', first: 0x0a040f00n, last: 0x0a040ffen }],
        count: 255n,
      },
    ]);
  });

  test('two pools of one cluster are no matter of this', () => {
    const pools = [aPool('one', '10.0.0.0/24'), aPool('two', '10.0.0.0/25')];
    expect(claimsAcross([{ cluster: 'east', pools }])).toEqual([]);
  });

  test('both families, and several stretches of one pair, are one claim', () => {
    const claims = claimsAcross([
      { cluster: 'a', pools: [aPool('p', ['10.0.0.0/30', '10.0.0.8/30', 'fd00::/126'])] },
      { cluster: 'b', pools: [aPool('q', ['10.0.0.0/24', 'fd00::2-fd00::9'])] },
    ]);
    expect(claims.map(({ count, ranges }) => [count, ranges.length])).toEqual([[10n, 3]]);
  });

  test('what cannot be parsed claims nothing', () => {
    const broken = aPool('p', ['10.0.0.300', '10.0.0.9-10.0.0.1', '10.0.0.1-fd00::1']);
    const whole = aPool('q', '10.0.0.0/24');
    expect(
      claimsAcross([
        { cluster: 'a', pools: [broken] },
        { cluster: 'b', pools: [whole] },
      ]),
    ).toEqual([]);
  });

  test('as many addresses are counted as are in both, one by one', () => {
    const span = tuple(integer({ min: 0, max: 60 }), integer({ min: 0, max: 9 }));
    assert(
      property(array(span, { maxLength: 4 }), array(span, { maxLength: 4 }), (left, right) => {
        const claims = claimsAcross([
          { cluster: 'a', pools: [aPool('p', left.map(entryOf))] },
          { cluster: 'b', pools: [aPool('q', right.map(entryOf))] },
        ]);
        const common = numbersIn(left).filter((each) => numbersIn(right).includes(each));
        const counted = claims.reduce((sum, { count }) => sum + count, 0n);
        expect(counted).toBe(BigInt(common.length));
      }),
    );
  });

  test('joining keeps every address and leaves no neighbours apart', () => {
    const ranges = [
      { family: 'ipv4', first: 4n, last: 9n },
      { family: 'ipv4', first: 0n, last: 3n },
      { family: 'ipv4', first: 5n, last: 6n },
    ] as const;
    expect(joinedRanges(ranges)).toEqual([{ family: 'ipv4', first: 0n, last: 9n }]);
    expect(sizeOf(joinedRanges(ranges)[0] ?? ranges[0])).toBe(10n);
  });
});

function entryOf([start, length]: readonly [number, number]): string {
  const at = (value: number) => addressAt('ipv4', 0x0a000000n + BigInt(value));
  return `${at(start)}-${at(start + length)}`;
}

function numbersIn(spans: readonly (readonly [number, number])[]): readonly number[] {
  const all = spans.flatMap(([start, length]) =>
    Array.from({ length: length + 1 }, (_, index) => start + index),
  );
  return [...new Set(all)];
}
