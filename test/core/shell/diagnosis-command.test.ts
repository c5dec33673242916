import { describe, expect, test } from 'vitest';
import { exitFor } from '../../../src/core/shell/diagnosis-command.ts';
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
