import { comparePlaces } from './place.ts';
import type { Place } from './place.ts';

/** Places of a pool of which the one searched first is at hand. */
export class PlaceHeap {
  readonly #places: Place[] = [];

  constructor(places: readonly Place[] = []) {
    this.#places = [...places];
  }

  get first(): Place | undefined {
    return this.#places[0];
  }

  push(place: Place): void {
    const places = this.#places;
    let at = places.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = places[parent];
      if (above === undefined || comparePlaces(above, place) <= 0) {
        break;
      }
      places[at] = above;
      at = parent;
    }
    places[at] = place;
  }

  /** Takes the first one away. */
  drop(): void {
    const last = this.#places.pop();
    if (last !== undefined && this.#places.length > 0) {
      this.#sink(last);
    }
  }

  copy(): PlaceHeap {
    return new PlaceHeap(this.#places);
  }

  #sink(place: Place): void {
    const places = this.#places;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const [one, other] = [places[left], places[left + 1]];
      if (one === undefined) {
        break;
      }
      const goesRight = other !== undefined && comparePlaces(other, one) < 0;
      const child = goesRight ? other : one;
      if (comparePlaces(place, child) <= 0) {
        break;
      }
      places[at] = child;
      at = goesRight ? left + 1 : left;
    }
    places[at] = place;
  }
}
