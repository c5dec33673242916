/** What is to be looked at next: first come, first served, each thing once. */
export class WorkQueue<Item> {
  readonly #items: Item[] = [];
  readonly #waiting = new Set<Item>();
  #next = 0;

  constructor(items: Iterable<Item> = []) {
    for (const item of items) {
      this.add(item);
    }
  }

  get size(): number {
    return this.#waiting.size;
  }

  add(item: Item): void {
    if (!this.#waiting.has(item)) {
      this.#waiting.add(item);
      this.#items.push(item);
    }
  }

  /** Like `add`, but comes before so many of those that wait at the end. */
  overtake(item: Item, places: number): void {
    if (!this.#waiting.has(item)) {
      this.#waiting.add(item);
      this.#items.splice(this.#items.length - places, 0, item);
    }
  }

  take(): Item | undefined {
    const item = this.#items[this.#next];
    if (item === undefined) {
      return undefined;
    }
    this.#next += 1;
    this.#waiting.delete(item);
    return item;
  }
}
