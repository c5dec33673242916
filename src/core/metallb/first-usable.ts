import type { IpAddress, IpFamily } from '../facts/ip.ts';
import type { AddressBook } from './address-book.ts';
import type { Claim } from './claim.ts';
import type { Pool } from './configuration.ts';
import { FreePlaces } from './free-places.ts';
import { hasOverrun, scanWithOverrun } from './overrun.ts';
import { firstOf, placeIn } from './place.ts';
import { avoids } from './pool-index.ts';
import { SharedPlaces } from './shared-places.ts';
import { fits } from './sharing.ts';

type ByFamily = Record<IpFamily, FreePlaces>;

/**
 * Finds the first address of a pool a Service may have, in the order of the pool's prefixes. MetalLB scans from the
 * start each time; this remembers how far a pool is taken and what was given back, so that an allocation costs the
 * same in an empty pool and in a full one.
 */
export class AddressFinder {
  readonly #book: AddressBook;
  readonly #shared: SharedPlaces;
  readonly #free: Map<Pool, ByFamily>;

  constructor(book: AddressBook, free: Iterable<readonly [Pool, ByFamily]> = []) {
    this.#book = book;
    this.#shared = new SharedPlaces(book);
    this.#free = new Map(free);
  }

  /** The first address of this family that is free, the Service's own, or one it may share. */
  firstUsable(pool: Pool, family: IpFamily, claim: Claim): IpAddress | undefined {
    if (family === 'ipv4' && hasOverrun(pool)) {
      return scanWithOverrun(pool, claim, this.#book);
    }
    const own = (this.#book.bookingOf(claim.key)?.addresses ?? [])
      .filter((address) => !avoids(pool, address))
      .filter((address) => fits(claim, address, this.#book))
      .map((address) => placeIn(pool, family, address));
    const shared = this.#shared.first(pool, family, claim);
    return firstOf([this.#freeIn(pool)[family].first(), shared, ...own])?.address;
  }

  /** Finds out how far these pools are taken, so that no branch has to. */
  survey(pools: readonly Pool[]): void {
    for (const pool of pools.filter((each) => !hasOverrun(each))) {
      const { ipv4, ipv6 } = this.#freeIn(pool);
      ipv4.first();
      ipv6.first();
    }
  }

  /** The same over a branch of the book, with what is known already. */
  over(branch: AddressBook): AddressFinder {
    const free = [...this.#free].map(
      ([pool, { ipv4, ipv6 }]) =>
        [pool, { ipv4: ipv4.over(branch), ipv6: ipv6.over(branch) }] as const,
    );
    return new AddressFinder(branch, free);
  }

  /** Takes what is known of a pool over to the pool it was widened to. */
  widen(pool: Pool, wider: Pool): void {
    const { ipv4, ipv6 } = this.#freeIn(pool);
    const book = this.#book;
    this.#free.set(wider, { ipv4: ipv4.over(book, wider), ipv6: ipv6.over(book, wider) });
  }

  #freeIn(pool: Pool): ByFamily {
    const known = this.#free.get(pool);
    if (known !== undefined) {
      return known;
    }
    const fresh = {
      ipv4: new FreePlaces(this.#book, pool, 'ipv4'),
      ipv6: new FreePlaces(this.#book, pool, 'ipv6'),
    };
    this.#free.set(pool, fresh);
    return fresh;
  }
}
