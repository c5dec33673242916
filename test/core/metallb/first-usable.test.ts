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

function claimOf(name: number, sharingKey: string, ...numbers: readonly number[]): Claim {
  const key = `n/s${name}`;
  const ports = numbers.map((port) => `TCP/${port}`);
  return { key, namespace: 'n', labels: {}, ports, sharingKey, backendKey: '' };
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
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
const step = fc.record({
  service: fc.integer({ min: 0, max: 9 }),
  key: fc.constantFrom('', 'k', 'l'),
  ports: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 2 }),
  family: fc.constantFrom<IpFamily>('ipv4', 'ipv6'),
  does: fc.constantFrom(
    'takes',
    'takes',
    'takes',
    'takes',
    'asks',
    'releases',
    'releases',
    'branches',
  ),
});

test.each(['plain', 'careful'])(
  'finds what a scan from the start finds, through any course of events: %s pool',
  (name) => {
    const pool = name === 'plain' ? plain : careful;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        let book = new AddressBook();
        let finder = new AddressFinder(book);
        for (const { service, key, ports, family, does } of steps) {
          const claim = claimOf(service, key, ...ports);
          if (does === 'branches') {
            const branch = book.branch();
            finder = finder.over(branch);
            book = branch;
          }
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
      { numRuns: 500 },
    );
  },
);

test('what happens in a branch of the book is not seen in the book', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 30 }),
      fc.array(step, { maxLength: 30 }),
      (one, two) => {
        const book = new AddressBook();
        const finder = new AddressFinder(book);
        run(one, book, finder);
        const before = firstForAll(book, finder);
        const branch = book.branch();
        run(two, branch, finder.over(branch));
        expect(firstForAll(book, finder)).toEqual(before);
        expect(firstForAll(book, new AddressFinder(book))).toEqual(before);
      },
    ),
  );
});

function run(steps: readonly Step[], book: AddressBook, finder: AddressFinder): void {
  for (const { service, key, ports, family, does } of steps) {
    const claim = claimOf(service, key, ...ports);
    const found = finder.firstUsable(plain, family, claim);
    if (does === 'releases') {
      book.release(claim.key);
    } else if (found !== undefined) {
      book.book(claim.key, { pool: 'p', addresses: [found], claim });
    }
  }
}

function firstForAll(book: AddressBook, finder: AddressFinder): readonly unknown[] {
  return ['', 'k', 'l']
    .flatMap((key) =>
      [1, 2].map((port) => finder.firstUsable(plain, 'ipv4', claimOf(99, key, port))),
    )
    .concat([...book.bookings.keys()].map((service) => book.bookingOf(service)?.addresses[0]));
}

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

test('what was surveyed is not searched again in a branch', () => {
  class CountingBook extends AddressBook {
    questions = 0;

    override useOf(address: IpAddress) {
      this.questions += 1;
      return super.useOf(address);
    }
  }
  const pool = poolOf(['10.0.0.0/24'], false);
  const [book, branch] = [new AddressBook(), new CountingBook()];
  for (let number = 0; number < 200; number += 1) {
    const booking = {
      pool: pool.name,
      addresses: [addressAt('ipv4', 0x0a000000n + BigInt(number))],
      claim: claimOf(number, '', 80),
    };
    book.book(booking.claim.key, booking);
    branch.book(booking.claim.key, booking);
  }
  const finder = new AddressFinder(book);
  finder.survey([pool]);
  const found = finder.over(branch).firstUsable(pool, 'ipv4', claimOf(900, '', 80));
  expect([found, branch.questions < 5]).toEqual(['10.0.0.200', true]);
});
