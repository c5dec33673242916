import { describe, expect, test } from 'vitest';
import type { ErrorReport, Report } from '../../../../src/core/facts/report.ts';
import { errorReportOf } from '../../../../src/core/report/failure-text.ts';
import { exitOfAll, resultOfAll } from '../../../../src/core/shell/clusters/worst.ts';
import { reportWith } from '../../report/sample.ts';

type Result = (Report | ErrorReport)['result'];

const failure = {
  kind: 'outside',
  exitCode: 2,
  message: 'no',
  causes: [],
  suggestions: [],
} as const;

function answer(result: Result): Report | ErrorReport {
  const about = { command: 'health', version: '0' };
  return result === 'error'
    ? errorReportOf(failure, about)
    : reportWith({ outcome: result }, { result });
}

const alone = { warnsBesides: false };
const usual = { warns: false, isRecorded: true };

describe('the worst of several clusters', () => {
  test.each<[readonly Result[], ReturnType<typeof resultOfAll>, number]>([
    [['healthy', 'healthy'], 'healthy', 0],
    [['healthy', 'warnings'], 'warnings', 0],
    [['warnings', 'unknown'], 'unknown', 3],
    [['healthy', 'error'], 'unknown', 3],
    [['error', 'problem', 'unknown'], 'problem', 1],
    [['error', 'error'], 'error', 2],
  ])('%j is %s and exits %d', (results, expected, code) => {
    const result = resultOfAll(results.map(answer), alone);
    expect([result, exitOfAll(result, usual)]).toEqual([expected, code]);
  });

  test('what is amiss between clusters that are well is a warning', () => {
    const well = [answer('healthy'), answer('healthy')];
    expect(resultOfAll(well, { warnsBesides: true })).toBe('warnings');
    expect(resultOfAll(well, alone)).toBe('healthy');
    expect(exitOfAll('warnings', { ...usual, warns: true })).toBe(4);
  });

  test('a recording that could not be written outweighs every answer', () => {
    const unwritten = { warns: true, isRecorded: false };
    expect(exitOfAll('healthy', unwritten)).toBe(2);
    expect(exitOfAll('problem', unwritten)).toBe(2);
  });
});
