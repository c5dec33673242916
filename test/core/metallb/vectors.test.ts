import { describe, expect, test } from 'vitest';
import type { Chooser } from '../../../src/core/metallb/controller-memory.ts';
import { casesIn } from './vector-cases.ts';
import type { VectorCase } from './vector-cases.ts';
import { disagreement } from './vector-comparison.ts';
import { courseFor, perform } from './vector-replay.ts';
import { replay } from './vector-search.ts';

/** What the real controller answered to random courses of events, see test/vectors/README.md; how many there are. */
const files = ['v0.14.9', 'v0.15.3', 'v0.16.1'].flatMap((version) => [
  { version, file: `alloc-${version}`, count: 500 },
  { version, file: `rare-${version}`, count: 150 },
]);

describe.each(files)('the real controller $version in $file', { timeout: 120_000 }, (recording) => {
  const cases = casesIn(recording.file);

  test('took its recorded courses', () => {
    expect(cases).toHaveLength(recording.count);
    expect(new Set(cases.map(({ version }) => version))).toEqual(new Set([recording.version]));
  });

  test('is agreed with in addresses, pools, configuration, admission, events and pool figures', () => {
    const failures = cases
      .map((recorded) => ({ id: recorded.id, ...replay(recorded, disagreement) }))
      .filter(({ matched }) => !matched);
    expect(failures).toEqual([]);
  });

  test('can take each of its recorded courses in our model too', () => {
    const single = cases.flatMap((recorded) =>
      recorded.outcomes.map((outcome) => ({ ...recorded, outcomes: [outcome] })),
    );
    const failures = single
      .map((recorded) => ({ id: recorded.id, ...replay(recorded, disagreement) }))
      .filter(({ matched }) => !matched);
    expect(single.length).toBeGreaterThan(cases.length);
    expect(failures).toEqual([]);
  });
});

/** Not of the rare files: in those some courses were too seldom to be met, and ours draws the order of pools per Service. */
test.each(files.filter(({ file }) => file.startsWith('alloc-')))(
  'ours takes no other course than those in $file, however it draws',
  { timeout: 120_000 },
  ({ file }) => {
    const strays = casesIn(file).flatMap((recorded) =>
      [1, 2, 3].flatMap((seed) => strayFrom(recorded, drawing(seed))),
    );
    expect(strays).toEqual([]);
  },
);

function strayFrom(recorded: VectorCase, choose: Chooser): readonly string[] {
  const course = courseFor(recorded);
  let alive = recorded.outcomes;
  for (const [step, todo] of recorded.steps.entries()) {
    if (alive.every(({ steps }) => steps[step] === undefined)) {
      return [];
    }
    const result = perform(course, todo, choose);
    const why = alive.map(({ steps }) => disagreement(steps[step] ?? {}, { course, result }));
    alive = alive.filter((_, index) => why[index] === undefined);
    if (alive.length === 0) {
      return [`${recorded.id} step ${step}: ${why.join(' or ')}`];
    }
  }
  return [];
}

/** A small linear congruential generator: the same draws in every run. */
function drawing(seed: number): Chooser {
  let state = (seed * 7919 + 1) >>> 0;
  return (count) => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}
