import { describe, expect, test } from 'vitest';
import {
  answer,
  causesIn,
  errorsIn,
  exits,
  incidentOf,
  names,
  snapshotOf,
} from './incidents-at-hand.ts';

describe.each(names)('%s', (name) => {
  const { expect: expected } = incidentOf(name);

  test.each(['sick', 'healthy'] as const)(
    '%s: its causes, its exit and its words',
    async (variant) => {
      const snapshot = await snapshotOf(name, variant);
      const diagnosis = answer(name, snapshot);
      const wanted = expected[variant];
      const allowed = [...wanted.causes, ...(wanted.may ?? [])];
      const found = causesIn(diagnosis);

      expect({ first: found[0], exit: exits[diagnosis.outcome] }).toEqual({
        first: wanted.causes[0] ?? found[0],
        exit: wanted.exit,
      });
      expect(wanted.causes.filter((cause) => !found.includes(cause))).toEqual([]);
      expect(errorsIn(diagnosis).filter((cause) => !allowed.includes(cause))).toEqual([]);
      const text = JSON.stringify([diagnosis, snapshot.installations]);
      // the report says "or" between two remedies by itself
      const remedies = diagnosis.rootCauses.flatMap((root) => root.remedies);
      expect(remedies.filter(({ says }) => /^(?:or|and) /.test(says))).toEqual([]);
      expect((wanted.says ?? []).filter((fragment) => !text.includes(fragment))).toEqual([]);
      if (wanted.reach !== undefined) {
        expect(diagnosis.scope?.reach).toBe(wanted.reach);
      }
    },
  );
});
