import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressAt,
  cidrText,
  compareAddresses,
  contains,
  familyOf,
  overlaps,
  parseAddress,
  parseCidr,
  parseRange,
  sizeOf,
  splitIntoCidrs,
  valueOf,
} from '../../../src/core/facts/ip.ts';
import type { IpAddress, IpFamily, IpRange } from '../../../src/core/facts/ip.ts';

const family = fc.constantFrom<IpFamily>('ipv4', 'ipv6');
const valueIn = (of: IpFamily) =>
  fc.bigInt({ min: 0n, max: (1n << (of === 'ipv4' ? 32n : 128n)) - 1n });
/** IPv6 without the IPv4-mapped corner, where text and number are one address of the other family. */
const address = family.chain((of) =>
  valueIn(of)
    .filter((value) => of === 'ipv4' || value >> 32n !== 0xffffn)
    .map((value) => ({ of, value })),
);
const range = family.chain((of) =>
  fc.tuple(valueIn(of), fc.bigInt({ min: 0n, max: 5000n })).map(([first, length]): IpRange => {
    const last = first + length;
    const end = (1n << (of === 'ipv4' ? 32n : 128n)) - 1n;
    return { family: of, first, last: last > end ? end : last };
  }),
);

describe('parseAddress', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['255.255.255.255', '255.255.255.255'],
    ['2001:DB8::0:2', '2001:db8::2'],
    ['::', '::'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['::ffff:10.0.0.2', '10.0.0.2'],
    ['::ffff:a00:2', '10.0.0.2'],
    ['::1.2.3.4', '::102:304'],
    ['64:ff9b::10.0.0.1', '64:ff9b::a00:1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['fe80:0:1:0:0:0:0:1', 'fe80:0:1::1'],
  ])('reads %s as %s', (text, canonical) => {
    expect(parseAddress(text)).toBe(canonical);
  });

  test.each([
    '',
    ' 10.0.0.1',
    '10.0.0.1 ',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.01',
    '0x0a.0.0.1',
    '10.0.0.1/32',
    'fe80::1%eth0',
    '[::1]',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7:8::',
    '1::2:3:4:5:6:7:8',
    '00001::',
    '::g',
    '::1.2.3',
    '::01.2.3.4',
    '1.2.3.4::',
    '10.0.0.1-10.0.0.2',
    '__proto__',
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test('gives back every address it wrote', () => {
    fc.assert(
      fc.property(address, ({ of, value }) => {
        const text = addressAt(of, value);
        expect(parseAddress(text)).toBe(text);
        expect(valueOf(text)).toBe(value);
        expect(familyOf(text)).toBe(of);
      }),
    );
  });

  test('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123af:.x- %'.split('')) }), (text) => {
        const parsed = parseAddress(text);
        expect(parsed === undefined || parseAddress(parsed) === parsed).toBe(true);
      }),
    );
  });
});

describe('compareAddresses', () => {
  test('orders by number, and IPv4 before IPv6', () => {
    const texts = ['fc00::1', '10.0.0.10', '::', '10.0.0.9', '9.255.255.255'];
    const sorted = texts.map((text) => text as IpAddress).sort(compareAddresses);
    expect(sorted).toEqual(['9.255.255.255', '10.0.0.9', '10.0.0.10', '::', 'fc00::1']);
  });
});

describe('parseCidr', () => {
  test.each([
    ['192.168.1.5/24', '192.168.1.0/24'],
    ['10.0.0.1/32', '10.0.0.1/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['10.0.0.0/08', '10.0.0.0/8'],
    ['fc00:f00d:1:0::5/64', 'fc00:f00d:1::/64'],
    ['::ffff:10.0.0.7/120', '10.0.0.0/24'],
    ['::ffff:10.0.0.0/64', '::/64'],
  ])('reads %s as %s', (text, canonical) => {
    const cidr = parseCidr(text);
    expect(cidr && cidrText(cidr)).toBe(canonical);
  });

  test.each([
    '10.0.0.0',
    '10.0.0.0/33',
    ' 10.0.0.0/24',
    '10.0.0.0/24 ',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '::/129',
    'fe80::1%eth0/64',
    '/24',
  ])('refuses %j', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  test('keeps the length an IPv4-mapped prefix was written with', () => {
    expect(parseCidr('::ffff:10.0.0.0/120')).toEqual({
      family: 'ipv4',
      first: 0x0a000000n,
      last: 0x0a0000ffn,
      prefixLength: 24,
      writtenPrefixLength: 120,
    });
  });

  test('reads back what it prints', () => {
    fc.assert(
      fc.property(address, fc.integer({ min: 0, max: 128 }), ({ of, value }, length) => {
        const cidr = parseCidr(`${addressAt(of, value)}/${of === 'ipv4' ? length % 33 : length}`);
        expect(cidr).toBeDefined();
        expect(cidr && parseCidr(cidrText(cidr))).toEqual(cidr);
        expect(cidr && cidr.first <= value && value <= cidr.last).toBe(true);
      }),
    );
  });
});

describe('parseRange', () => {
  test('ignores blanks around both ends', () => {
    const range = { family: 'ipv4', first: 0x0a010501n, last: 0x0a010503n };
    expect(parseRange('10.1.5.1 -\t10.1.5.3')).toEqual({ kind: 'range', range });
  });

  test.each([
    ['10.0.0.9-10.0.0.3', { kind: 'reversed', start: '10.0.0.9', end: '10.0.0.3' }],
    ['fe80::1-10.0.0.1', { kind: 'reversed', start: 'fe80::1', end: '10.0.0.1' }],
    ['10.0.0.1-fe80::1', { kind: 'mixed' }],
    ['x-10.0.0.1', { kind: 'bad-start', raw: 'x' }],
    ['10.0.0.1- 10.0.0.2-3', { kind: 'bad-end', raw: ' 10.0.0.2-3' }],
    ['10.0.0.1', { kind: 'bad-end', raw: '' }],
  ])('reads %j as %j', (text, parsed) => {
    expect(parseRange(text)).toEqual(parsed);
  });
});

describe('splitIntoCidrs', () => {
  test('covers a range with the fewest prefixes, ascending', () => {
    const parsed = parseRange('192.168.1.240-192.168.1.250');
    const cidrs = parsed.kind === 'range' ? splitIntoCidrs(parsed.range) : [];
    expect(cidrs.map(cidrText)).toEqual([
      '192.168.1.240/29',
      '192.168.1.248/31',
      '192.168.1.250/32',
    ]);
  });

  test('covers every address of the range once, and no other', () => {
    fc.assert(
      fc.property(range, (given) => {
        const cidrs = splitIntoCidrs(given);
        expect(cidrs[0]?.first).toBe(given.first);
        expect(cidrs.at(-1)?.last).toBe(given.last);
        expect(cidrs.reduce((sum, cidr) => sum + sizeOf(cidr), 0n)).toBe(sizeOf(given));
        for (const [index, cidr] of cidrs.entries()) {
          const next = cidrs[index + 1];
          expect(next === undefined || next.first === cidr.last + 1n).toBe(true);
          expect(cidr.first % sizeOf(cidr)).toBe(0n);
        }
      }),
    );
  });

  test('costs a handful of steps for all of IPv6', () => {
    const all = { family: 'ipv6', first: 0n, last: (1n << 128n) - 1n } as const;
    expect(splitIntoCidrs(all).map(cidrText)).toEqual(['::/0']);
    expect(splitIntoCidrs({ ...all, first: 1n })).toHaveLength(128);
  });
});

describe('ranges', () => {
  test('overlap exactly when they have an address in common', () => {
    fc.assert(
      fc.property(range, range, (left, right) => {
        const shared = left.first > right.first ? left.first : right.first;
        const common = left.family === right.family && shared <= left.last && shared <= right.last;
        expect(overlaps(left, right)).toBe(common);
        expect(overlaps(right, left)).toBe(common);
      }),
    );
  });

  test('of one family hold no address of the other', () => {
    const all = { family: 'ipv6', first: 0n, last: (1n << 128n) - 1n } as const;
    expect(contains(all, '10.0.0.1' as IpAddress)).toBe(false);
    expect(contains(all, '::a00:1' as IpAddress)).toBe(true);
  });
});
