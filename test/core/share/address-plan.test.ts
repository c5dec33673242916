import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressAt,
  compareAddresses,
  contains,
  familyOf,
  parseAddress,
  parseCidr,
  parseRange,
  valueOf,
  type IpAddress,
  type IpRange,
} from '../../../src/core/facts/ip.ts';
import { planFor } from '../../../src/core/share/address-plan.ts';

function address(text: string): IpAddress {
  const parsed = parseAddress(text);
  if (parsed === undefined) {
    throw new RangeError(text);
  }
  return parsed;
}

function prefix(text: string): IpRange {
  const parsed = parseCidr(text);
  if (parsed === undefined) {
    throw new RangeError(text);
  }
  return parsed;
}

function range(text: string): IpRange {
  const parsed = parseRange(text);
  if (parsed.kind !== 'range') {
    throw new RangeError(text);
  }
  return parsed.range;
}

function alone(text: IpAddress): IpRange {
  return { family: familyOf(text), first: valueOf(text), last: valueOf(text) };
}

describe('addresses of a shared recording', () => {
  test('keep their last part and lose where they were', () => {
    const plan = planFor([prefix('203.0.113.0/28'), prefix('2a02:8109:9e40:1::/64')]);
    expect(plan(address('203.0.113.7'))).toBe('203.0.1.7');
    expect(plan(address('2a02:8109:9e40:1::7'))).toBe('2a02:0:0:1::7');
  });

  test('stay private where they were private', () => {
    const plan = planFor([
      prefix('192.168.20.0/24'),
      prefix('10.7.0.0/16'),
      prefix('172.20.1.0/24'),
    ]);
    expect(['192.168.20.5', '10.7.3.5', '172.20.1.9'].map((text) => plan(address(text)))).toEqual([
      '192.168.1.5',
      '10.1.3.5',
      '172.16.1.9',
    ]);
  });

  test.each(['127.0.0.1', '169.254.1.1', '0.0.0.0', '224.0.0.18', 'fe80::1', '::1', 'ff02::1'])(
    'that mean something stay: %s',
    (text) => {
      expect(planFor([alone(address(text))])(address(text))).toBe(text);
    },
  );

  test('move although the whole of their area is seen as one prefix, and its ends stay', () => {
    const [first, last] = ['10.0.0.0', '10.255.255.255'].map(address);
    const plan = planFor([
      prefix('10.0.0.0/8'),
      prefix('10.44.0.0/16'),
      ...[first, last].flatMap((each) => (each === undefined ? [] : [alone(each)])),
    ]);
    expect(['10.0.0.0', '10.44.2.3', '10.255.255.255'].map((text) => plan(address(text)))).toEqual([
      '10.0.0.0',
      '10.1.2.3',
      '10.255.255.255',
    ]);
  });

  test('move even where they are the first ones already', () => {
    const plan = planFor([prefix('10.1.0.0/16')]);
    expect(plan(address('10.1.2.3'))).toBe('10.2.2.3');
  });

  test('of a range over several /24 stay one range', () => {
    const plan = planFor([range('192.168.9.200-192.168.12.20')]);
    const ends = ['192.168.9.200', '192.168.12.20'].map((text) => plan(address(text)));
    expect(ends.map((text) => valueOf(text)).reduce((a, b) => b - a)).toBe(
      valueOf(address('192.168.12.20')) - valueOf(address('192.168.9.200')),
    );
    expect(ends[0]).not.toBe('192.168.9.200');
  });

  const value = fc.oneof(
    fc.nat({ max: 0xffff }).map((low) => BigInt(0x0a000000 + low * 97)),
    fc.nat({ max: 0xffff }).map((low) => BigInt(0xc0a80000 + low)),
    fc.nat({ max: 0xffffff }).map((low) => BigInt(0x50000000 + low * 3)),
  );

  test('keep order, equality and containment in every prefix that was seen', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(value, { minLength: 2, maxLength: 12 }),
        fc.array(fc.tuple(value, fc.integer({ min: 18, max: 32 })), { maxLength: 6 }),
        (values, bases) => {
          const addresses = values.map((each) => addressAt('ipv4', each));
          const prefixes = bases.map(([base, length]) =>
            prefix(`${addressAt('ipv4', base)}/${length}`),
          );
          const plan = planFor([...prefixes, ...addresses.map(alone)]);
          const moved = (text: IpAddress) => plan(text);
          const sorted = addresses.toSorted(compareAddresses);
          expect(sorted.map(moved)).toEqual(sorted.map(moved).toSorted(compareAddresses));
          expect(new Set(addresses.map(moved)).size).toBe(addresses.length);
          for (const each of prefixes) {
            const after: IpRange = {
              family: 'ipv4',
              first: valueOf(plan(addressAt('ipv4', each.first))),
              last: valueOf(plan(addressAt('ipv4', each.last))),
            };
            expect(after.last - after.first).toBe(each.last - each.first);
            expect(addresses.map((text) => contains(each, text))).toEqual(
              addresses.map((text) => contains(after, plan(text))),
            );
          }
        },
      ),
    );
  });
});
