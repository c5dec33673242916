import { addressAt } from '../facts/ip.ts';
import type { IpAddress, IpFamily } from '../facts/ip.ts';
import type { AddressBook } from './address-book.ts';
import type { Claim } from './claim.ts';
import type { Pool } from './configuration.ts';
import { firstOf, placeIn } from './place.ts';
import type { Place } from './place.ts';
import { avoids, endsBuggy } from './pool-index.ts';
import { SharedPlaces } from './shared-places.ts';
import { obstacleTo } from './sharing.ts';

interface Cursor {
  releases: number;
  prefix: number;
  value: bigint;
}

/**
 * Finds the first address of a pool a Service may have, in the order of the pool's prefixes. MetalLB scans from the
 * start each time; this remembers how far a pool is taken, so that a cluster full of Services costs one scan.
 */
export class AddressFinder {
  readonly #book: AddressBook;
  readonly #shared: SharedPlaces;
  readonly #cursors = new Map<Pool, Record<IpFamily, Cursor>>();

  constructor(book: AddressBook) {
    this.#book = book;
    this.#shared = new SharedPlaces(book);
  }

  /** The first address of this family that is free, the Service's own, or one it may share. */
  firstUsable(pool: Pool, family: IpFamily, claim: Claim): IpAddress | undefined {
    const own = (this.#book.bookingOf(claim.key)?.addresses ?? [])
      .filter((address) => !avoids(pool, address))
      .filter((address) => obstacleTo(claim, address, this.#book) === undefined)
      .map((address) => placeIn(pool, family, address));
    const shared = this.#shared.first(pool, family, claim);
    return firstOf([this.#firstFree(pool, family), shared, ...own])?.address;
  }

  #firstFree(pool: Pool, family: IpFamily): Place | undefined {
    const cursor = this.#cursorOf(pool, family);
    for (; cursor.prefix < pool.cidrs.length; cursor.prefix += 1) {
      const cidr = pool.cidrs[cursor.prefix];
      if (cidr?.family !== family) {
        continue;
      }
      cursor.value = cursor.value < cidr.first ? cidr.first : cursor.value;
      for (; cursor.value <= cidr.last; cursor.value += 1n) {
        const skipped = pool.avoidsBuggyAddresses && family === 'ipv4' && endsBuggy(cursor.value);
        const address = addressAt(family, cursor.value);
        if (!skipped && this.#book.useOf(address) === undefined) {
          return { address, prefix: cursor.prefix, value: cursor.value };
        }
      }
      cursor.value = 0n;
    }
    return undefined;
  }

  #cursorOf(pool: Pool, family: IpFamily): Cursor {
    const { releases } = this.#book;
    const fresh = (): Cursor => ({ releases, prefix: 0, value: 0n });
    const both = this.#cursors.get(pool) ?? { ipv4: fresh(), ipv6: fresh() };
    if (both[family].releases !== releases) {
      both[family] = fresh();
    }
    this.#cursors.set(pool, both);
    return both[family];
  }
}
