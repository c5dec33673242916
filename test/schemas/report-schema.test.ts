import { describe, expect, test } from 'vitest';
import { Exit } from '../../src/core/facts/exit.ts';
import { errorReportOf } from '../../src/core/report/failure-text.ts';
import { jsonOf } from '../../src/core/report/json.ts';
import { healthDiagnosis, poolExhausted, reportWith } from '../core/report/sample.ts';
import { faultsOf } from './validate.ts';

function printed(document: unknown): unknown {
  return JSON.parse(jsonOf(document));
}

describe('the schema of -o json', () => {
  test.each([
    ['an answer about a Service', reportWith()],
    ['an answer about the cluster', reportWith(healthDiagnosis)],
    ['an answer without MetalLB', reportWith({}, { installation: undefined, programs: [] })],
    [
      'an answer about traffic',
      reportWith({
        symptom: 'no-traffic',
        rootCauses: [{ ...poolExhausted, addresses: ['192.0.2.10'] }],
        paths: [
          {
            address: '192.0.2.10',
            pool: undefined,
            by: ['layer2'],
            announcer: undefined,
            steps: [{ question: 'advertised', answer: 'broken', says: 'no', causes: ['no-pool'] }],
          },
        ],
      }),
    ],
    [
      'an answer with every verdict and an unknown',
      reportWith({
        outcome: 'unknown',
        verdicts: [
          { check: 'MLB-A01', asks: 'a?', verdict: 'pass' },
          { check: 'MLB-A02', asks: 'b?', verdict: 'skipped', why: 'not here' },
          {
            check: 'MLB-A03',
            asks: 'c?',
            verdict: 'unknown',
            missing: [{ fact: 'pods', why: 'denied', permission: 'list pods', collect: undefined }],
          },
        ],
      }),
    ],
  ])('fits %s', (_, report) => {
    expect(faultsOf(printed(report))).toEqual([]);
  });

  test('fits a failure', () => {
    const failure = {
      kind: 'usage',
      exitCode: Exit.usage,
      message: 'no',
      causes: ['because'],
      suggestions: [],
    } as const;
    const document = errorReportOf(failure, { command: 'pending', version: '0.1.0' });
    expect(faultsOf(printed(document))).toEqual([]);
  });

  test.each([
    ['a field nobody knows', { ...reportWith(), surprise: 1 }],
    ['an outcome nobody knows', reportWith({}, { schemaVersion: 'triage.report/v9' as never })],
    ['a missing headline', reportWith({ headline: undefined as never })],
  ])('refuses %s', (_, report) => {
    expect(faultsOf(printed(report))).not.toEqual([]);
  });
});
