import type { IpFamily } from '../facts/ip.ts';
import type { AddressBook } from './address-book.ts';
import type { Claim } from './claim.ts';
import type { Pool } from './configuration.ts';
import { comparePlaces, placeIn } from './place.ts';
import type { Place } from './place.ts';
import { avoids } from './pool-index.ts';
import { obstacleTo } from './sharing.ts';

interface Shared {
  readonly releases: number;
  /** How many of the book's addresses are sorted in. */
  known: number;
  readonly places: Place[];
  /** Per set of ports: everything before this index is taken for anybody who is not on it already. */
  readonly cursors: Map<string, number>;
}

/** Finds the first address that Services already share on a Service's own terms and that has room for its ports. */
export class SharedPlaces {
  readonly #book: AddressBook;
  readonly #shared = new Map<string, Shared>();

  constructor(book: AddressBook) {
    this.#book = book;
  }

  first(pool: Pool, family: IpFamily, claim: Claim): Place | undefined {
    if (claim.sharingKey === '' || this.#book.sharedOn(claim).length === 0) {
      return undefined;
    }
    const { places, cursors } = this.#placesFor(pool, family, claim);
    const ports = claim.ports.join();
    for (let index = cursors.get(ports) ?? 0; index < places.length; index += 1) {
      const place = places[index];
      if (place !== undefined && obstacleTo(claim, place.address, this.#book) === undefined) {
        return place;
      }
      cursors.set(ports, index + 1);
    }
    return undefined;
  }

  #placesFor(pool: Pool, family: IpFamily, claim: Claim): Shared {
    const key = JSON.stringify([pool.name, family, claim.sharingKey, claim.backendKey]);
    const { releases } = this.#book;
    const found = this.#shared.get(key);
    const shared =
      found?.releases === releases
        ? found
        : { releases, known: 0, places: [], cursors: new Map<string, number>() };
    this.#shared.set(key, shared);
    const addresses = this.#book.sharedOn(claim);
    const added = addresses
      .slice(shared.known)
      .filter((address) => !avoids(pool, address))
      .map((address) => placeIn(pool, family, address))
      .filter((place) => place !== undefined);
    shared.known = addresses.length;
    this.#insert(shared, added);
    return shared;
  }

  #insert({ places, cursors }: Shared, added: readonly Place[]): void {
    const last = places.at(-1);
    places.push(...added);
    const inOrder = added.every((place, index) => {
      const before = added[index - 1] ?? last;
      return before === undefined || comparePlaces(before, place) < 0;
    });
    if (!inOrder) {
      places.sort(comparePlaces);
      cursors.clear();
    }
  }
}
