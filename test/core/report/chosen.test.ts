import { expect, test } from 'vitest';
import { ofChosenChecks } from '../../../src/core/report/chosen.ts';
import { pendingDiagnosis } from './sample.ts';

const pass = { check: 'MLB-A01', asks: '?', verdict: 'pass' } as const;
const skipped = { check: 'MLB-A02', asks: '?', verdict: 'skipped', why: 'no pool' } as const;
const healthy = {
  ...pendingDiagnosis,
  symptom: 'health',
  outcome: 'healthy',
  headline: 'MetalLB is healthy',
  scope: { reach: 'none', says: 'no Service is affected' },
} as const;

test('a few checks that passed are a few checks that passed', () => {
  const { headline, scope } = ofChosenChecks({ ...healthy, verdicts: [pass] });
  expect(headline).toBe('the 1 check asked for passed; the others were not asked');
  expect(scope).toBeUndefined();
});

test('a check that did not apply is counted', () => {
  expect(ofChosenChecks({ ...healthy, verdicts: [pass, pass, skipped] }).headline).toBe(
    'the 2 checks asked for passed, 1 did not apply (-v); the others were not asked',
  );
});

test('what was switched off is counted', () => {
  const { headline } = ofChosenChecks({ ...healthy, verdicts: [pass], notAsked: ['MLB-A02'] });
  expect(headline).toBe('the 1 check asked for passed; 1 check was not asked');
});

test('a problem is a problem, whoever asked for it', () => {
  expect(ofChosenChecks(pendingDiagnosis)).toBe(pendingDiagnosis);
});
