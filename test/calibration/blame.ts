import { describe, expect, test } from 'vitest';
import { answer, causesIn, names, snapshotOf } from '../incidents-at-hand.ts';
import { trialOf, type Trial } from './measure.ts';
import { mutations, withNoise } from './mutations.ts';

const told = ({ mutation, wrong }: Trial) => `${mutation.title}: ${wrong.join(', ')}`;

/** Every second incident, changed in every way: in two files, because a file keeps to one core and this is the longest. */
export function blamesNobodyElse(half: 0 | 1): void {
  const mine = names.filter((_, index) => index % 2 === half);
  describe.each(mine)('%s, with less to see, later, or under other names', (name) => {
    test.each(['sick', 'healthy'] as const)('%s: no other cause is blamed', async (variant) => {
      const trials = await Promise.all(mutations.map((each) => trialOf(name, variant, each)));
      expect(trials.filter(({ verdict }) => verdict === 'wrong').map(told)).toEqual([]);
      expect(trials.filter(({ verdict }) => verdict === 'silent').map(told)).toEqual([]);
    });

    test('unrelated Services change nothing at all in the causes', async () => {
      const snapshot = await snapshotOf(name, 'sick');
      expect(causesIn(answer(name, withNoise(snapshot)))).toEqual(causesIn(answer(name, snapshot)));
    });
  });
}
