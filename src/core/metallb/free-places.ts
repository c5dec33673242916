import { addressAt } from '../facts/ip.ts';
import type { IpFamily } from '../facts/ip.ts';
import type { AddressBook } from './address-book.ts';
import type { Pool } from './configuration.ts';
import { placeIn } from './place.ts';
import type { Place } from './place.ts';
import { PlaceHeap } from './place-heap.ts';
import { avoids, endsBuggy } from './pool-index.ts';

/**
 * The free addresses of one family in one pool, in the order they are tried. Everything before the cursor is taken,
 * but for what was given back since: so neither a full pool nor a released address costs a search from the start.
 */
export class FreePlaces {
  readonly #book: AddressBook;
  readonly #pool: Pool;
  readonly #family: IpFamily;
  #returned = new PlaceHeap();
  /** How many of the book's freed addresses are known here. */
  #known: number;
  #prefix = 0;
  #value = 0n;

  constructor(book: AddressBook, pool: Pool, family: IpFamily) {
    this.#book = book;
    this.#pool = pool;
    this.#family = family;
    this.#known = book.freed.length;
  }

  first(): Place | undefined {
    this.#learn();
    return this.#firstReturned() ?? this.#firstUntouched();
  }

  /** The same over a branch of the book, or in a pool that begins with the same addresses. */
  over(branch: AddressBook, pool: Pool = this.#pool): FreePlaces {
    this.#learn();
    const copy = new FreePlaces(branch, pool, this.#family);
    copy.#returned = this.#returned.copy();
    copy.#prefix = this.#prefix;
    copy.#value = this.#value;
    return copy;
  }

  #learn(): void {
    const { freed } = this.#book;
    for (; this.#known < freed.length; this.#known += 1) {
      const address = freed[this.#known];
      const place =
        address === undefined || avoids(this.#pool, address)
          ? undefined
          : placeIn(this.#pool, this.#family, address);
      if (place !== undefined && this.#isPassed(place)) {
        this.#returned.push(place);
      }
    }
  }

  #isPassed({ prefix, value }: Place): boolean {
    return prefix < this.#prefix || (prefix === this.#prefix && value < this.#value);
  }

  #firstReturned(): Place | undefined {
    let place = this.#returned.first;
    while (place !== undefined && this.#book.useOf(place.address) !== undefined) {
      this.#returned.drop();
      place = this.#returned.first;
    }
    return place;
  }

  #firstUntouched(): Place | undefined {
    const { cidrs, avoidsBuggyAddresses } = this.#pool;
    const family = this.#family;
    for (; this.#prefix < cidrs.length; this.#prefix += 1, this.#value = 0n) {
      const cidr = cidrs[this.#prefix];
      if (cidr?.family !== family) {
        continue;
      }
      this.#value = this.#value < cidr.first ? cidr.first : this.#value;
      for (; this.#value <= cidr.last; this.#value += 1n) {
        const skipped = avoidsBuggyAddresses && family === 'ipv4' && endsBuggy(this.#value);
        const address = skipped ? undefined : addressAt(family, this.#value);
        if (address !== undefined && this.#book.useOf(address) === undefined) {
          return { address, prefix: this.#prefix, value: this.#value };
        }
      }
    }
    return undefined;
  }
}
