import type { Chooser } from '../../../src/core/metallb/controller-memory.ts';

/** One run's draws: what to hand to the controller. */
export interface Drawing {
  readonly choose: Chooser;
}

/**
 * Runs through the sequences of draws: first nothing but first choices, then all sequences with one other choice, then
 * with two, and so on. What really happened is seldom far from the first, however long the sequence is. A question
 * that comes again is answered as before unless the sequence says otherwise.
 */
export class Draws implements Iterable<Drawing> {
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  *[Symbol.iterator](): Iterator<Drawing> {
    const waiting: (readonly number[])[] = [[]];
    for (let next = 0; next < waiting.length && next < this.#most; next += 1) {
      const given = waiting[next] ?? [];
      const made: { readonly drawn: number; readonly count: number }[] = [];
      const answered = new Map<string, number>();
      yield {
        choose: (count, about = '') => {
          const drawn = given[made.length] ?? answered.get(about) ?? 0;
          made.push({ drawn, count });
          if (about !== '') {
            answered.set(about, drawn);
          }
          return drawn;
        },
      };
      this.#branch(waiting, given.length, made);
    }
  }

  /** Every place after the last other choice may hold another one too. */
  #branch(
    waiting: (readonly number[])[],
    from: number,
    made: readonly { readonly drawn: number; readonly count: number }[],
  ): void {
    for (let place = from; place < made.length && waiting.length < this.#most; place += 1) {
      const before = made.slice(0, place).map(({ drawn }) => drawn);
      for (let other = 0; other < (made[place]?.count ?? 1); other += 1) {
        if (other !== made[place]?.drawn) {
          waiting.push([...before, other]);
        }
      }
    }
  }
}
