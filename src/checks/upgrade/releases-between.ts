import { isOlder } from '../../core/metallb/releases.ts';
import type { Move } from './rule.ts';

/** One step over a release in which the allocator changed. */
export interface Step {
  /** The release whose arrival or departure it is. */
  readonly release: string;
  /** A release that behaves as one does after the step. */
  readonly after: string;
}

/** One release for each way in which the allocator has ever behaved, oldest first. */
const ways = ['v0.14.8', 'v0.14.9', 'v0.15.0', 'v0.15.3', 'v0.16.0'] as const;

/** The steps from one release to the other, in the order in which they are taken; those of the allocator unless named. */
export function stepsOf({ from, to }: Move, all: readonly string[] = ways): readonly Step[] {
  const pairs = all.slice(1).map((release, index) => ({ release, before: all[index] ?? release }));
  return isOlder(from, to)
    ? pairs
        .filter(({ release }) => isOlder(from, release) && !isOlder(to, release))
        .map(({ release }) => ({ release, after: release }))
    : pairs
        .filter(({ release }) => isOlder(to, release) && !isOlder(from, release))
        .toReversed()
        .map(({ release, before }) => ({ release, after: before }));
}
