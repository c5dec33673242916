import { describe, expect, test } from 'vitest';
import { verdictOf } from '../../case.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';

const line = (second: number, words: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    level: 'info',
    ts: `2026-03-14T03:12:${String(second).padStart(2, '0')}Z`,
    ...words,
  });
const start = line(1, { msg: 'Starting Manager' });
const denied = (resource: string): string =>
  line(5, {
    level: 'error',
    error: `${resource} is forbidden: User "system:serviceaccount:metallb-system:speaker" cannot list resource "${resource}" in API group "" at the cluster scope`,
  });
const works = (second: number, controller: string): string =>
  line(second, { controller, 'start reconcile': 'shop/web' });

describe('a right that was denied', () => {
  test.each([
    [
      'counts no longer when the speaker that waited for it has begun to work',
      [start, denied('endpointslices'), works(9, 'ServiceReconciler')],
      'pass',
    ],
    [
      'counts while only something else works that does not need it',
      [start, denied('endpointslices'), works(9, 'ConfigReconciler')],
      'fail',
    ],
    [
      'counts when the speaker worked before too: it goes on with what it knows',
      [start, works(2, 'ServiceReconciler'), denied('services'), works(9, 'ServiceReconciler')],
      'fail',
    ],
    [
      'counts when the start is not among the lines that were read',
      [denied('services'), works(9, 'ServiceReconciler')],
      'fail',
    ],
  ] as const)('%s', (_, lines, verdict) => {
    const cluster = aSnapshot().withLog('speaker-n1', lines);
    expect(verdictOf('MLB-I33', cluster, undefined).verdict).toBe(verdict);
  });

  test('in the run before counts until the next run works', () => {
    const before = aSnapshot().withLog('speaker-n1', [denied('services')], { previous: true });
    expect(verdictOf('MLB-I33', before, undefined).verdict).toBe('fail');
    const after = before.withLog('speaker-n1', [start, works(9, 'ServiceReconciler')]);
    expect(verdictOf('MLB-I33', after, undefined).verdict).toBe('pass');
  });
});
