import type { IpFamily } from '../facts/ip.ts';
import { termsText } from './address-book.ts';
import type { AddressBook, AddressUse, SharedUse } from './address-book.ts';
import type { Claim } from './claim.ts';
import type { Pool } from './configuration.ts';
import { placeIn } from './place.ts';
import type { Place } from './place.ts';
import { PlaceHeap } from './place-heap.ts';
import { avoids } from './pool-index.ts';
import { fits } from './sharing.ts';

interface Frontier {
  readonly places: PlaceHeap;
  /** How many openings of the book are known here. */
  known: number;
}

/**
 * Finds the first address that Services already share on a Service's own terms and that has room for its ports. One
 * frontier per set of terms and port holds the addresses where that port may be free: an address leaves it for good
 * when the port turns out to be taken, and comes back only when somebody leaves the address.
 */
export class SharedPlaces {
  readonly #book: AddressBook;
  readonly #frontiers = new Map<Pool, Map<string, Frontier>>();

  constructor(book: AddressBook) {
    this.#book = book;
  }

  first(pool: Pool, family: IpFamily, claim: Claim): Place | undefined {
    const shared = claim.sharingKey === '' ? undefined : this.#book.sharedOn(claim);
    if (shared === undefined) {
      return undefined;
    }
    const port = scarcestPort(claim, shared);
    const frontier = this.#frontierOf(pool, JSON.stringify([family, termsText(claim), port]));
    learn(frontier, shared.openings, (address) =>
      avoids(pool, address) ? undefined : placeIn(pool, family, address),
    );
    return this.#firstWithRoom(frontier, claim, port);
  }

  #frontierOf(pool: Pool, key: string): Frontier {
    const ofPool = this.#frontiers.get(pool) ?? new Map<string, Frontier>();
    const frontier = ofPool.get(key) ?? { places: new PlaceHeap(), known: 0 };
    this.#frontiers.set(pool, ofPool.set(key, frontier));
    return frontier;
  }

  #firstWithRoom({ places }: Frontier, claim: Claim, port: string | undefined): Place | undefined {
    const passed: Place[] = [];
    let place = places.first;
    while (place !== undefined) {
      const use = this.#book.useOf(place.address);
      const isLost = use === undefined || isClosed(use, claim, port);
      if (!isLost && fits(claim, place.address, this.#book)) {
        break;
      }
      places.drop();
      passed.push(...(isLost ? [] : [place]));
      place = places.first;
    }
    passed.forEach((each) => places.push(each));
    return place;
  }
}

/** True when nobody on these terms can get this port here, whoever asks, until somebody leaves. */
function isClosed(use: AddressUse, claim: Claim, port: string | undefined): boolean {
  const other = use.someoneBut(claim.key);
  return (
    other !== undefined &&
    (other.sharingKey !== claim.sharingKey ||
      other.backendKey !== claim.backendKey ||
      (port !== undefined && use.holderOf(port, claim.key) !== undefined))
  );
}

/** The port that most Services on these terms have; undefined when none of them has any of the claim's. */
function scarcestPort(claim: Claim, { ports }: SharedUse): string | undefined {
  return claim.ports
    .filter((port) => (ports.get(port) ?? 0) > 0)
    .reduce<string | undefined>(
      (best, port) =>
        best === undefined || (ports.get(port) ?? 0) > (ports.get(best) ?? 0) ? port : best,
      undefined,
    );
}

function learn(
  frontier: Frontier,
  openings: SharedUse['openings'],
  placeOf: (address: SharedUse['openings'][number]) => Place | undefined,
): void {
  for (; frontier.known < openings.length; frontier.known += 1) {
    const address = openings[frontier.known];
    const place = address === undefined ? undefined : placeOf(address);
    if (place !== undefined) {
      frontier.places.push(place);
    }
  }
}
