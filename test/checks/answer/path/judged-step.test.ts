import { describe, expect, test } from 'vitest';
import { judgedStep } from '../../../../src/checks/answer/path/judged-step.ts';
import { defineCheck } from '../../../../src/core/diagnosis/check.ts';
import { materialFrom } from '../../../../src/core/diagnosis/material.ts';
import type { RootCause, Verdict } from '../../../../src/core/facts/finding.ts';
import type { Known } from '../../../../src/checks/answer/path/path-scene.ts';
import { aService } from '../../../builders/a-service.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';

const check = defineCheck({
  id: 'MLB-T01',
  asks: 'Is it?',
  symptoms: ['no-traffic'],
  causes: ['it'],
  link: 'data-path',
  needs: [],
  helps: [],
  run: () => [],
});

function cause(more: Partial<RootCause> = {}): RootCause {
  return {
    cause: 'it',
    check: 'MLB-T01',
    severity: 'error',
    confidence: 0.9,
    about: { kind: 'Service', namespace: 'shop', name: 'web' },
    says: 'it is so',
    details: [],
    explains: [],
    because: [],
    wouldChangeMyMind: [],
    remedies: [],
    ...more,
  };
}

const ready: Known = { answer: 'good', says: '3 of 3 ready' };

function step(
  rootCauses: readonly RootCause[],
  verdicts: readonly Verdict[] = [],
  known: Known = ready,
) {
  const scene = {
    service: aService('shop/web', { ip: '192.0.2.10' }),
    material: materialFrom(aSnapshot().build()),
    checks: [check],
    verdicts,
    rootCauses,
  };
  const { answer, says, causes } = judgedStep('data-path', known, { address: '192.0.2.10', scene });
  return [answer, says, ...causes];
}

describe('one question of the way', () => {
  test('is answered by what is known, where no check found anything', () => {
    expect(step([])).toEqual(['good', '3 of 3 ready']);
  });

  test('breaks by an error, and is doubtful by a warning', () => {
    expect(step([cause()])).toEqual(['broken', 'it is so', 'it']);
    expect(step([cause({ severity: 'warning' })])).toEqual(['doubtful', 'it is so', 'it']);
  });

  test('mentions what is only worth knowing, and stays good', () => {
    expect(step([cause({ severity: 'info' })])).toEqual(['good', '3 of 3 ready; remark: it is so']);
  });

  test('mentions it too where nobody looked, and first', () => {
    const unseen = { answer: 'not-looked', says: 'nobody looked' } as const;
    expect(step([cause({ severity: 'info' })], [], unseen)).toEqual([
      'not-looked',
      'remark: it is so; nobody looked',
    ]);
  });

  test('adds nothing where nothing is to be said of what was not seen', () => {
    const unsaid = { answer: 'not-looked', says: '' } as const;
    expect(step([cause({ severity: 'warning' })], [], unsaid)).toEqual([
      'doubtful',
      'it is so',
      'it',
    ]);
  });

  test('leaves out what is about another address, or another question', () => {
    expect(step([cause({ addresses: ['192.0.2.11'] })])).toEqual(['good', '3 of 3 ready']);
    expect(step([cause({ check: 'MLB-T02' })])).toEqual(['good', '3 of 3 ready']);
  });

  test('is not known where a check of it could not answer', () => {
    const missing = [{ fact: 'pods', why: 'no', permission: undefined, collect: undefined }];
    expect(step([], [{ check: 'MLB-T01', asks: 'Is it?', verdict: 'unknown', missing }])).toEqual([
      'unknown',
      '3 of 3 ready; not known: pods',
    ]);
  });
});
