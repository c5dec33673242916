import { describe, expect, test } from 'vitest';
import { exitFor, isEnough } from '../../../src/core/shell/diagnosis-command.ts';
import { aService } from '../../builders/a-service.ts';
import { pendingDiagnosis } from '../report/sample.ts';

const quiet = { 'exit-warn': false };
const strict = { 'exit-warn': true };

describe('the exit code of an answer', () => {
  test.each([
    ['healthy', quiet, undefined, 0],
    ['healthy', strict, undefined, 0],
    ['warnings', quiet, undefined, 0],
    ['warnings', strict, undefined, 4],
    ['problem', quiet, undefined, 1],
    ['problem', strict, undefined, 1],
    ['unknown', quiet, undefined, 3],
    ['problem', quiet, 'SIGINT', 130],
    ['healthy', quiet, 'SIGINT', 130],
    ['unknown', strict, 'SIGTERM', 143],
  ] as const)('%s with %j after %s is %d', (outcome, flags, stoppedBy, code) => {
    expect(exitFor({ ...pendingDiagnosis, outcome }, flags, stoppedBy)).toBe(code);
  });
});

describe('what --wait waits for', () => {
  const without = aService('shop/checkout');
  const known = {
    cause: 'pool-exhausted',
    about: { kind: 'IPAddressPool', namespace: 'metallb-system', name: 'lan' },
    severity: 'error',
    says: 'pool lan is full',
    owner: 'network',
    reason: 'grows in May',
  } as const;
  const withAddress = aService('shop/checkout', { ip: '10.4.11.10' });

  test.each([
    ['pending', 'problem', without, false],
    ['pending', 'warnings', without, false],
    ['pending', 'unknown', without, false],
    ['pending', 'unknown', undefined, false],
    ['pending', 'healthy', without, true],
    ['pending', 'healthy', withAddress, true],
    ['pending', 'problem', withAddress, true],
    ['pending', 'unknown', withAddress, true],
    ['health', 'problem', undefined, false],
    ['health', 'warnings', undefined, true],
    ['health', 'healthy', undefined, true],
  ] as const)('%s: %s is enough or not', (symptom, outcome, subject, enough) => {
    expect(isEnough({ diagnosis: { ...pendingDiagnosis, symptom, outcome }, subject })).toBe(
      enough,
    );
  });

  test('a Service whose cause is suppressed still waits for its address', () => {
    const suppressed = [{ ...known, expires: '2026-12-31' }];
    const diagnosis = { ...pendingDiagnosis, outcome: 'healthy', suppressed } as const;
    expect(isEnough({ diagnosis, subject: without })).toBe(false);
    expect(isEnough({ diagnosis, subject: withAddress })).toBe(true);
    expect(isEnough({ diagnosis: { ...diagnosis, symptom: 'health' }, subject: undefined })).toBe(
      true,
    );
  });
});
