/** Whether the left item claims to go before the right one. It may contradict itself. */
export type Less<Item> = (left: Item, right: Item) => boolean;

/**
 * Sorts as Go's `sort.Slice` does (Go 1.19 and later), swap by swap: with a comparator that contradicts itself the
 * result depends on every step, and it is still the same each time.
 */
export function goSorted<Item>(items: readonly Item[], less: Less<Item>): readonly Item[] {
  const sort = new PatternDefeatingSort(items, less);
  sort.sort(0, items.length, bitLength(items.length));
  return sort.items;
}

const insertsUpTo = 12;
const medianOfMediansFrom = 50;

type Slope = 'rising' | 'falling' | 'unknown';

class PatternDefeatingSort<Item> {
  readonly items: Item[];
  readonly #less: Less<Item>;

  constructor(items: readonly Item[], less: Less<Item>) {
    this.items = [...items];
    this.#less = less;
  }

  /** Sorts the stretch from `from` up to `to`; after `badChoices` unlucky pivots it settles for a heap. */
  sort(from: number, to: number, badChoices: number): void {
    let [start, end, left] = [from, to, badChoices];
    let wasBalanced = true;
    let wasInOrder = true;
    while (end - start > insertsUpTo) {
      if (left === 0) {
        this.#heapSort(start, end);
        return;
      }
      if (!wasBalanced) {
        this.#shakeUp(start, end);
        left -= 1;
      }
      const choice = this.#pivotOf(start, end);
      const pivot = choice.slope === 'falling' ? start + end - 1 - choice.pivot : choice.pivot;
      if (choice.slope === 'falling') {
        this.#reverse(start, end);
      }
      const looksSorted = wasBalanced && wasInOrder && choice.slope !== 'unknown';
      if (looksSorted && this.#sortsWithFewMoves(start, end)) {
        return;
      }
      if (start > 0 && !this.#isLess(start - 1, pivot)) {
        start = this.#skipEquals(start, end, pivot);
        continue;
      }
      const { middle, inOrder } = this.#partition(start, end, pivot);
      wasInOrder = inOrder;
      wasBalanced = Math.min(middle - start, end - middle) >= Math.floor((end - start) / 8);
      if (middle - start < end - middle) {
        this.sort(start, middle, left);
        start = middle + 1;
      } else {
        this.sort(middle + 1, end, left);
        end = middle;
      }
    }
    this.#insertionSort(start, end);
  }

  #at(index: number): Item {
    return this.items[index] as Item;
  }

  #isLess(left: number, right: number): boolean {
    return this.#less(this.#at(left), this.#at(right));
  }

  #swap(left: number, right: number): void {
    [this.items[left], this.items[right]] = [this.#at(right), this.#at(left)];
  }

  #reverse(start: number, end: number): void {
    for (let [low, high] = [start, end - 1]; low < high; low += 1, high -= 1) {
      this.#swap(low, high);
    }
  }

  #insertionSort(start: number, end: number): void {
    for (let next = start + 1; next < end; next += 1) {
      for (let place = next; place > start && this.#isLess(place, place - 1); place -= 1) {
        this.#swap(place, place - 1);
      }
    }
  }

  #heapSort(start: number, end: number): void {
    const length = end - start;
    for (let root = (length - 1) >> 1; root >= 0; root -= 1) {
      this.#siftDown(root, length, start);
    }
    for (let last = length - 1; last >= 0; last -= 1) {
      this.#swap(start, start + last);
      this.#siftDown(0, last, start);
    }
  }

  #siftDown(from: number, length: number, start: number): void {
    let root = from;
    for (let child = 2 * root + 1; child < length; child = 2 * root + 1) {
      const sibling = child + 1;
      const larger =
        sibling < length && this.#isLess(start + child, start + sibling) ? sibling : child;
      if (!this.#isLess(start + root, start + larger)) {
        return;
      }
      this.#swap(start + root, start + larger);
      root = larger;
    }
  }

  /** Three swaps around the middle, drawn by a generator that is seeded with the length: the same each time. */
  #shakeUp(start: number, end: number): void {
    const length = end - start;
    const draw = drawing(length);
    const centre = start + Math.floor(length / 4) * 2;
    for (let place = centre - 1; place <= centre + 1; place += 1) {
      const drawn = draw() & (2 ** bitLength(length) - 1);
      this.#swap(place, start + (drawn >= length ? drawn - length : drawn));
    }
  }

  /** The median of three places (of nine in a long stretch), and what the comparisons made for it suggest. */
  #pivotOf(start: number, end: number): { readonly pivot: number; readonly slope: Slope } {
    const quarter = Math.floor((end - start) / 4);
    const inverted = { count: 0 };
    const three = [start + quarter, start + quarter * 2, start + quarter * 3] as const;
    const long = end - start >= medianOfMediansFrom;
    const [low, middle, high] = long
      ? three.map((place) => this.#median([place - 1, place, place + 1], inverted))
      : three;
    const pivot = this.#median([low ?? 0, middle ?? 0, high ?? 0], inverted);
    if (inverted.count === 0) {
      return { pivot, slope: 'rising' };
    }
    return { pivot, slope: inverted.count === 12 ? 'falling' : 'unknown' };
  }

  #median(
    [first, second, third]: readonly [number, number, number],
    inverted: { count: number },
  ): number {
    const ordered = (left: number, right: number): readonly [number, number] => {
      const swapped = this.#isLess(right, left);
      inverted.count += Number(swapped);
      return swapped ? [right, left] : [left, right];
    };
    const [low, higher] = ordered(first, second);
    const [middle] = ordered(higher, third);
    return ordered(low, middle)[1];
  }

  /** True when the stretch is in order already; a long one may have five items out of place, which are moved. */
  #sortsWithFewMoves(start: number, end: number): boolean {
    let place = start + 1;
    for (let moves = 0; moves < 5; moves += 1) {
      while (place < end && !this.#isLess(place, place - 1)) {
        place += 1;
      }
      if (place === end) {
        return true;
      }
      if (end - start < medianOfMediansFrom) {
        return false;
      }
      this.#swap(place, place - 1);
      for (let low = place - 1; place - start >= 2 && low >= 1; low -= 1) {
        if (!this.#isLess(low, low - 1)) {
          break;
        }
        this.#swap(low, low - 1);
      }
      for (let high = place + 1; high < end && this.#isLess(high, high - 1); high += 1) {
        this.#swap(high, high - 1);
      }
    }
    return false;
  }

  /** Brings everything less than the pivot before it. */
  #partition(start: number, end: number, pivot: number) {
    this.#swap(start, pivot);
    let [low, high, rounds] = [start + 1, end - 1, 0];
    for (; ; rounds += 1) {
      while (low <= high && this.#isLess(low, start)) {
        low += 1;
      }
      while (low <= high && !this.#isLess(high, start)) {
        high -= 1;
      }
      if (low > high) {
        this.#swap(high, start);
        return { middle: high, inOrder: rounds === 0 };
      }
      this.#swap(low, high);
      low += 1;
      high -= 1;
    }
  }

  /** Brings everything equal to the pivot to the front and says where the rest begins. */
  #skipEquals(start: number, end: number, pivot: number): number {
    this.#swap(start, pivot);
    let [low, high] = [start + 1, end - 1];
    for (;;) {
      while (low <= high && !this.#isLess(start, low)) {
        low += 1;
      }
      while (low <= high && this.#isLess(start, high)) {
        high -= 1;
      }
      if (low > high) {
        return low;
      }
      this.#swap(low, high);
      low += 1;
      high -= 1;
    }
  }
}

/** Go's xorshift with its 64 bits; the low 31 are enough for every length there is. */
function drawing(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = BigInt.asUintN(64, state ^ (state << 13n));
    state ^= state >> 7n;
    state = BigInt.asUintN(64, state ^ (state << 17n));
    return Number(state & 0x7fffffffn);
  };
}

function bitLength(length: number): number {
  return length === 0 ? 0 : Math.floor(Math.log2(length)) + 1;
}
