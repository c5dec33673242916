/** A map over another one that it leaves as it is: what is written or removed here is seen here only. */
export class LayeredMap<Key, Value> {
  readonly #base: LayeredMap<Key, Value> | undefined;
  /** Undefined stands for what was removed. */
  readonly #own = new Map<Key, Value | undefined>();

  constructor(base?: LayeredMap<Key, Value>) {
    this.#base = base;
  }

  get(key: Key): Value | undefined {
    return this.#base === undefined || this.#own.has(key)
      ? this.#own.get(key)
      : this.#base.get(key);
  }

  /** True when the value was written here, so that it may be changed in place. */
  isOwn(key: Key): boolean {
    return this.#own.get(key) !== undefined;
  }

  set(key: Key, value: Value): void {
    this.#own.set(key, value);
  }

  delete(key: Key): void {
    if (this.#base === undefined) {
      this.#own.delete(key);
    } else {
      this.#own.set(key, undefined);
    }
  }

  /** Everything there is, as a map of its own. */
  all(): ReadonlyMap<Key, Value> {
    const merged = new Map<Key, Value>(this.#base?.all());
    for (const [key, value] of this.#own) {
      if (value === undefined) {
        merged.delete(key);
      } else {
        merged.set(key, value);
      }
    }
    return merged;
  }
}
