import { addressAt } from '../facts/ip.ts';
import type { IpAddress } from '../facts/ip.ts';
import type { AddressBook } from './address-book.ts';
import type { Claim } from './claim.ts';
import type { Pool } from './configuration.ts';
import { endsBuggy } from './pool-index.ts';
import { fits } from './sharing.ts';

const lastOfAll = 2n ** 32n - 1n;

/**
 * True for a pool with an IPv4-mapped prefix. MetalLB's cursor computes the end of such a prefix with its 128 bit
 * length, comes out at 255.255.255.255, and searches on past the prefix (`getIPFromCIDR`, every version up to v0.16.1).
 */
export function hasOverrun({ cidrs }: Pool): boolean {
  return cidrs.some(isMapped);
}

/** The first IPv4 address MetalLB finds; behind a full mapped prefix it belongs to another pool, or to none. */
export function scanWithOverrun(
  pool: Pool,
  claim: Claim,
  book: AddressBook,
): IpAddress | undefined {
  for (const cidr of pool.cidrs.filter(({ family }) => family === 'ipv4')) {
    const last = isMapped(cidr) ? lastOfAll : cidr.last;
    for (let value = cidr.first; value <= last; value += 1n) {
      const address = addressAt('ipv4', value);
      const skipped = pool.avoidsBuggyAddresses && endsBuggy(value);
      if (!skipped && fits(claim, address, book)) {
        return address;
      }
    }
  }
  return undefined;
}

function isMapped({ family, writtenPrefixLength }: Pool['cidrs'][number]): boolean {
  return family === 'ipv4' && writtenPrefixLength > 32;
}
