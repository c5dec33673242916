import { describe, expect, test } from 'vitest';
import {
  lapsedSuppressions,
  suppress,
  suppressionText,
  type Suppression,
} from '../../../src/core/diagnosis/suppress.ts';
import type { RootCause } from '../../../src/core/facts/finding.ts';

const lan = { kind: 'IPAddressPool', namespace: 'metallb-system', name: 'lan' };

const nearlyFull: RootCause = {
  cause: 'pool-nearly-full',
  check: 'MLB-H05',
  severity: 'warning',
  confidence: 0.9,
  about: lan,
  says: 'pool lan is nearly full',
  details: ['9 of 10 taken'],
  explains: [],
  because: [],
  wouldChangeMyMind: [],
  remedies: [],
};

const dueInMay: Suppression = {
  of: { cause: 'pool-nearly-full' },
  about: lan,
  owner: 'network',
  reason: 'grows in May',
  expires: '2026-05-31',
};

describe('a suppression', () => {
  test('takes its finding out of the answer and says who answers for it', () => {
    expect(suppress([nearlyFull], [dueInMay], '2026-05-30T10:00:00Z')).toEqual({
      rootCauses: [],
      suppressed: [
        {
          cause: 'pool-nearly-full',
          about: lan,
          severity: 'warning',
          says: 'pool lan is nearly full',
          owner: 'network',
          reason: 'grows in May',
          expires: '2026-05-31',
        },
      ],
    });
  });

  test('may name the check instead of the cause', () => {
    const ofCheck: Suppression = { ...dueInMay, of: { check: 'MLB-H05' } };
    expect(suppress([nearlyFull], [ofCheck], '2026-05-30T10:00:00Z').rootCauses).toEqual([]);
  });

  test.each<[string, Partial<Suppression>]>([
    ['another cause', { of: { cause: 'pool-exhausted' } }],
    ['another check', { of: { check: 'MLB-H01' } }],
    ['another name', { about: { ...lan, name: 'lan2' } }],
    ['another namespace', { about: { ...lan, namespace: 'other' } }],
    ['another kind', { about: { ...lan, kind: 'Service' } }],
  ])('of %s leaves the finding', (_title, other) => {
    const left = suppress([nearlyFull], [{ ...dueInMay, ...other }], '2026-05-30T10:00:00Z');
    expect(left).toEqual({ rootCauses: [nearlyFull], suppressed: [] });
  });

  test('holds through its last day and is over on the next', () => {
    const on = (day: string) => suppress([nearlyFull], [dueInMay], `${day}T00:00:01Z`).rootCauses;
    expect(on('2026-05-31')).toEqual([]);
    expect(on('2026-06-01')).toEqual([
      {
        ...nearlyFull,
        details: [
          'NO LONGER SUPPRESSED since 2026-05-31 is over: network had it silenced (grows in May)',
          '9 of 10 taken',
        ],
      },
    ]);
  });

  test('that was renewed counts, whatever stands in an older entry', () => {
    const renewed = { ...dueInMay, expires: '2026-12-31' };
    const left = suppress([nearlyFull], [dueInMay, renewed], '2026-06-01T00:00:00Z');
    expect(left.suppressed.map(({ expires }) => expires)).toEqual(['2026-12-31']);
  });

  test('that is over is named even when nothing is wrong', () => {
    expect(lapsedSuppressions([dueInMay], '2026-05-31T23:59:59Z')).toEqual([]);
    expect(lapsedSuppressions([dueInMay], '2026-06-01T00:00:00Z').map(suppressionText)).toEqual([
      'pool-nearly-full on IPAddressPool metallb-system/lan (network: grows in May)',
    ]);
  });
});
