import { familyOf, sizeOf, valueOf } from '../facts/ip.ts';
import type { Cidr, IpAddress, IpFamily, IpRange } from '../facts/ip.ts';
import type { AddressBook } from './address-book.ts';
import type { FamilyUsage, PoolUsage } from './answer.ts';
import type { Holder, PublishedUse } from './pool-figures.ts';
import type { Pool } from './configuration.ts';
import { endsBuggy } from './pool-index.ts';

/** What MetalLB takes for "never runs out": the largest 64 bit number. */
const endless = 2n ** 63n - 1n;

/** Addresses in use, by the pool they are booked on. */
export type TakenByPool = ReadonlyMap<string, readonly IpAddress[]>;

/** One pass over the book, so that asking pool by pool stays cheap. */
export function takenByPool(book: AddressBook): TakenByPool {
  const taken = new Map<string, Set<IpAddress>>();
  for (const { pool, addresses } of book.bookings.values()) {
    const inPool = taken.get(pool) ?? new Set<IpAddress>();
    taken.set(pool, inPool);
    for (const address of addresses) {
      inPool.add(address);
    }
  }
  return new Map([...taken].map(([pool, addresses]) => [pool, [...addresses]]));
}

/** Size and use of a pool. Shared addresses count once. */
export function usageOf(pool: Pool, book: AddressBook, taken: TakenByPool): PoolUsage {
  const addresses = taken.get(pool.name) ?? [];
  const holders = inOrder(addresses).map((address): Holder => {
    const services = (book.useOf(address)?.claims ?? []).map(({ key }) => key).toSorted();
    return { address, services };
  });
  return {
    pool: pool.name,
    ipv4: familyUsage(pool, 'ipv4', addresses),
    ipv6: familyUsage(pool, 'ipv6', addresses),
    published: publishedUse(pool, addresses),
    holders,
  };
}

/** IPv4 first, then by number; each address is read once only. */
function inOrder(addresses: readonly IpAddress[]): readonly IpAddress[] {
  return addresses
    .map((address) => ({ address, family: familyOf(address), value: valueOf(address) }))
    .sort((left, right) => {
      if (left.family !== right.family) {
        return left.family === 'ipv4' ? -1 : 1;
      }
      return left.value < right.value ? -1 : 1;
    })
    .map(({ address }) => address);
}

/** `status` as MetalLB >= v0.15.0 would publish it with these addresses in use. */
export function publishedUse(pool: Pool, taken: readonly IpAddress[]): PublishedUse {
  const { ipv4, ipv6 } = publishedCapacity(pool);
  const assignedIPv4 = countOf(taken, 'ipv4');
  const assignedIPv6 = countOf(taken, 'ipv6');
  return {
    assignedIPv4,
    assignedIPv6,
    availableIPv4: wrapped(ipv4 - assignedIPv4),
    availableIPv6: wrapped(ipv6 - assignedIPv6),
  };
}

/**
 * The gauges `addresses_total`, `ipv4_…` and `ipv6_addresses_total`. A prefix of 62 host bits or more sets the sums to
 * the largest number and whatever follows is added to it, so they turn negative (`poolCount`, up to v0.16.1).
 */
export function publishedCapacity(pool: Pool): Record<'total' | IpFamily, bigint> {
  const sums = { total: 0n, ipv4: 0n, ipv6: 0n };
  for (const cidr of pool.cidrs) {
    const hostBits = (cidr.family === 'ipv4' ? 32 : 128) - cidr.prefixLength;
    if (hostBits >= 62) {
      sums.total = endless;
      sums.ipv6 = endless;
    } else {
      const size = publishedSize(pool, cidr);
      sums.total = wrapped(sums.total + size);
      sums[cidr.family] = wrapped(sums[cidr.family] + size);
    }
  }
  return sums;
}

/** What an IPv4 address in IPv6 form begins with: the last address of an IPv6 prefix may be one. */
const mappedPrefix = 0xffffn;

/**
 * A lone .0 or .255 is subtracted twice, and the rule per /24 goes by the prefix as written (same function). The last
 * address of an IPv4-mapped prefix comes out as 255.255.255.255, since its length does not fit 32 bits.
 */
function publishedSize(pool: Pool, cidr: Cidr): bigint {
  if (!pool.avoidsBuggyAddresses) {
    return sizeOf(cidr);
  }
  if (cidr.writtenPrefixLength <= 24) {
    return sizeOf(cidr) - 2n * (1n << BigInt(24 - cidr.writtenPrefixLength));
  }
  const last = cidr.family === 'ipv4' && cidr.writtenPrefixLength > 32 ? 255n : cidr.last;
  const ends = [cidr.first, last].filter(
    (value) => cidr.family === 'ipv4' || value >> 32n === mappedPrefix,
  );
  return sizeOf(cidr) - BigInt(ends.filter(endsBuggy).length);
}

function familyUsage(pool: Pool, family: IpFamily, addresses: readonly IpAddress[]): FamilyUsage {
  const cidrs = pool.cidrs.filter((cidr) => cidr.family === family);
  const usable = cidrs.reduce((sum, cidr) => sum + usableIn(pool, cidr), 0n);
  const taken = countOf(addresses, family);
  return { usable, taken, free: usable - taken };
}

/** How many addresses of a range inside the pool MetalLB would ever hand out. */
export function usableIn(pool: Pool, range: IpRange): bigint {
  return pool.avoidsBuggyAddresses && range.family === 'ipv4'
    ? sizeOf(range) - buggyUpTo(range.last) + buggyUpTo(range.first - 1n)
    : sizeOf(range);
}

/** How many numbers from 0 to `value` end in .0 or .255. */
function buggyUpTo(value: bigint): bigint {
  return value < 0n ? 0n : (value >> 8n) + 1n + ((value + 1n) >> 8n);
}

function countOf(addresses: readonly IpAddress[], family: IpFamily): bigint {
  return BigInt(addresses.filter((address) => familyOf(address) === family).length);
}

function wrapped(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}
