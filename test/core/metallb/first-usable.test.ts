import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressAt, familyOf, parseAddress, parseCidr } from '../../../src/core/facts/ip.ts';
import type { IpAddress, IpFamily } from '../../../src/core/facts/ip.ts';
import { AddressBook } from '../../../src/core/metallb/address-book.ts';
import type { Claim } from '../../../src/core/metallb/claim.ts';
import type { Pool } from '../../../src/core/metallb/configuration.ts';
import { AddressFinder } from '../../../src/core/metallb/first-usable.ts';
import { avoids } from '../../../src/core/metallb/pool-index.ts';
import { obstacleTo } from '../../../src/core/metallb/sharing.ts';

function poolOf(addresses: readonly string[], avoidsBuggyAddresses: boolean): Pool {
  return {
    name: 'p',
    cidrs: addresses.map(parseCidr).filter((cidr) => cidr !== undefined),
    addresses,
    autoAssign: true,
    avoidsBuggyAddresses,
    pinning: undefined,
  };
}

function claimOf(name: number, sharingKey: string, port: number): Claim {
  const key = `n/s${name}`;
  return { key, namespace: 'n', labels: {}, ports: [`TCP/${port}`], sharingKey, backendKey: '' };
}

/** MetalLB's own way: every address from the start, each time. */
function scanned(pool: Pool, family: IpFamily, claim: Claim, book: AddressBook) {
  for (const cidr of pool.cidrs.filter((one) => one.family === family)) {
    for (let value = cidr.first; value <= cidr.last; value += 1n) {
      const address = addressAt(family, value);
      if (!avoids(pool, address) && obstacleTo(claim, address, book) === undefined) {
        return address;
      }
    }
  }
  return undefined;
}

const plain = poolOf(['10.0.0.252/30', '10.0.0.0/30', 'fc00::/126'], false);
const careful = poolOf(['10.0.0.252/30', '10.0.0.0/30', '10.0.1.0/31'], true);
const step = fc.record({
  service: fc.integer({ min: 0, max: 9 }),
  key: fc.constantFrom('', 'k', 'l'),
  port: fc.integer({ min: 1, max: 3 }),
  family: fc.constantFrom<IpFamily>('ipv4', 'ipv6'),
  does: fc.constantFrom('takes', 'takes', 'takes', 'asks', 'releases'),
});

test.each(['plain', 'careful'])(
  'finds what a scan from the start finds, through any course of events: %s pool',
  (name) => {
    const pool = name === 'plain' ? plain : careful;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const book = new AddressBook();
        const finder = new AddressFinder(book);
        for (const { service, key, port, family, does } of steps) {
          const claim = claimOf(service, key, port);
          if (does === 'releases') {
            book.release(claim.key);
            continue;
          }
          const found = finder.firstUsable(pool, family, claim);
          expect(found).toBe(scanned(pool, family, claim, book));
          if (does === 'takes' && found !== undefined) {
            book.book(claim.key, { pool: pool.name, addresses: [found], claim });
          }
        }
      }),
      { numRuns: 300 },
    );
  },
);

test('a copy of the book goes its own way', () => {
  const book = new AddressBook();
  const claim = claimOf(1, '', 80);
  const address = parseAddress('10.0.0.252') as IpAddress;
  const copy = book.copy();
  book.book(claim.key, { pool: 'p', addresses: [address], claim });
  const stranger = claimOf(2, '', 80);
  expect(new AddressFinder(book).firstUsable(plain, familyOf(address), stranger)).toBe(
    '10.0.0.253',
  );
  expect(new AddressFinder(copy).firstUsable(plain, familyOf(address), stranger)).toBe(
    '10.0.0.252',
  );
});

test('an IPv6 /64 with one address in use costs two looks', () => {
  const pool = poolOf(['fc00::/64'], false);
  const book = new AddressBook();
  const claim = claimOf(1, '', 80);
  const address = parseAddress('fc00::') as IpAddress;
  book.book(claim.key, { pool: 'p', addresses: [address], claim });
  expect(new AddressFinder(book).firstUsable(pool, 'ipv6', claimOf(2, '', 80))).toBe('fc00::1');
});
