import { expect, test } from 'vitest';
import { withoutRefused } from '../../../src/core/report/refused.ts';
import { pendingDiagnosis } from './sample.ts';

const events = {
  fact: 'events',
  why: 'you may not list events',
  permission: 'list events',
  collect: 'kubectl get events -A -o yaml',
};
const logs = { fact: 'logs', why: 'none', permission: undefined, collect: 'kubectl logs a' };

test('what was refused is not offered again, the way to the right is', () => {
  const verdict = { check: 'MLB-A01', asks: '?', verdict: 'unknown', missing: [events] } as const;
  const { unknowns, verdicts, next } = withoutRefused({
    ...pendingDiagnosis,
    unknowns: [events, logs],
    verdicts: [verdict],
    next: [events.collect, logs.collect],
  });
  const bare = { ...events, collect: undefined };
  expect({ unknowns, verdicts, next }).toEqual({
    unknowns: [bare, logs],
    verdicts: [{ ...verdict, missing: [bare] }],
    next: ['triage doctor', logs.collect],
  });
});

test('where nothing was refused nothing changes', () => {
  const diagnosis = { ...pendingDiagnosis, unknowns: [logs] };
  expect(withoutRefused(diagnosis)).toBe(diagnosis);
});
