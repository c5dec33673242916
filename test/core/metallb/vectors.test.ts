import { describe, expect, test } from 'vitest';
import type { Chooser } from '../../../src/core/metallb/controller-memory.ts';
import { casesOf } from './vector-cases.ts';
import type { VectorCase } from './vector-cases.ts';
import { disagreement } from './vector-comparison.ts';
import { courseFor, perform } from './vector-replay.ts';
import { replay } from './vector-search.ts';

/** What the real controller answered to 500 random courses of events each; see test/vectors/README.md. */
const versions = ['v0.14.9', 'v0.15.3', 'v0.16.1'] as const;

describe.each(versions)('the real controller %s', { timeout: 120_000 }, (version) => {
  const cases = casesOf(version);

  test('took 500 recorded courses', () => {
    expect(cases).toHaveLength(500);
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

  test('takes no other course in our model, however it draws', () => {
    const strays = cases.flatMap((recorded) =>
      [1, 2, 3].flatMap((seed) => strayFrom(recorded, drawing(seed))),
    );
    expect(strays).toEqual([]);
  });
});

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
