import type { Chooser } from './controller-memory.ts';

/** What came of trying the ways in which MetalLB can draw. */
export interface Courses<Result> {
  readonly results: readonly Result[];
  /** False when there are more ways than were tried. */
  readonly isComplete: boolean;
}

/**
 * Runs a course once for every sequence of draws it can ask for; when there are more than `limit`, once in each of a
 * fixed choice of them, spread over all, so that two runs over one cluster are equal.
 */
export function everyCourse<Result>(
  run: (choose: Chooser) => Result,
  limit: number,
): Courses<Result> {
  const results: Result[] = [];
  let prefix: readonly number[] | undefined = [];
  while (prefix !== undefined) {
    if (results.length >= limit) {
      return { results: spread(run, limit), isComplete: false };
    }
    const given: readonly number[] = prefix;
    const made: Draw[] = [];
    results.push(
      run((count) => {
        const drawn = given[made.length] ?? 0;
        made.push({ drawn, count });
        return drawn;
      }),
    );
    prefix = next(made);
  }
  return { results, isComplete: true };
}

interface Draw {
  readonly drawn: number;
  readonly count: number;
}

/** Like an odometer whose wheels are found as one goes; undefined when all have turned. */
function next(made: readonly Draw[]): readonly number[] | undefined {
  const wheel = made.findLastIndex(({ drawn, count }) => drawn + 1 < count);
  return wheel < 0
    ? undefined
    : made.slice(0, wheel + 1).map(({ drawn }, index) => (index === wheel ? drawn + 1 : drawn));
}

/** First come first, last come first, then by the numbers of a fixed generator. */
function spread<Result>(run: (choose: Chooser) => Result, limit: number): readonly Result[] {
  return Array.from({ length: limit }, (_, index) => {
    if (index < 2) {
      return run((count) => (index === 0 ? 0 : count - 1));
    }
    let seed = Math.imul(index, 0x9e3779b1) >>> 0;
    return run((count) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * count);
    });
  });
}
