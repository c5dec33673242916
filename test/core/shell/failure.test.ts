import { describe, expect, test } from 'vitest';
import { Bug, OutsideError, RefusedError, UsageError } from '../../../src/core/facts/errors.ts';
import { failureOf } from '../../../src/core/shell/failure.ts';

describe('failureOf', () => {
  test.each([
    ['the person can mend', new UsageError('no'), 'usage', 2],
    ['the outside failed', new OutsideError('no'), 'outside', 2],
    ['somebody refused', new RefusedError('no'), 'refused', 5],
    ['we are at fault', new Bug('no'), 'bug', 2],
    ['nobody expected', new TypeError('no'), 'bug', 2],
    ['not even an error', 'no', 'bug', 2],
    ['oclif complains about', Object.assign(new Error('no'), { oclif: { exit: 2 } }), 'usage', 2],
  ])('what %s', (_, error, kind, exitCode) => {
    expect(failureOf(error, undefined)).toMatchObject({ kind, exitCode });
  });

  test.each([
    ['Parsing --timeout \n\t--timeout abc is no time', '--timeout abc is no time'],
    ['Parsing --max-calls \n\tExpected an integer', '--max-calls: Expected an integer'],
    [
      'The following error occurred:\n  Missing required flag output\nSee more help with --help',
      'Missing required flag --output',
    ],
    ['Missing 1 required arg:\nid  a cause', 'ID is missing: a cause'],
    [
      'Missing 1 required arg:\nservice  the Service\n\nNote: --as-group allow multiple values.',
      'SERVICE is missing: the Service',
    ],
    [
      'Missing 2 required args:\nold  a recording,\n     of then\nnew  the same of now',
      'OLD is missing: a recording, of then; NEW is missing: the same of now',
    ],
  ])('what oclif says in many lines is told in one', (message, told) => {
    const error = Object.assign(new Error(message), { parse: {} });
    expect(failureOf(error, undefined).message).toBe(told);
  });

  test('a fault of ours says so', () => {
    expect(failureOf(new TypeError('x is not a function'), undefined).message).toBe(
      'this is a fault of triage: x is not a function',
    );
  });

  test('the chain of causes is kept, without repeating the message', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
      code: 'ECONNREFUSED',
    });
    const fetched = new TypeError('fetch failed', { cause: refused });
    const failed = new OutsideError('cannot reach the server: fetch failed', { cause: fetched });
    expect(failureOf(failed, undefined).causes).toEqual(['connect ECONNREFUSED 127.0.0.1:1']);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('after %s everything is an interruption', (signal, exitCode) => {
    expect(failureOf(new Error('aborted'), signal)).toMatchObject({
      kind: 'interrupted',
      exitCode,
    });
  });

  test('a question that was not answered is an interruption', () => {
    const closed = Object.assign(new Error('closed'), { name: 'ExitPromptError' });
    expect(failureOf(closed, undefined)).toMatchObject({ kind: 'interrupted', exitCode: 130 });
  });
});

test('a flag of our own that cannot be read is told in one line', () => {
  const thrown = new UsageError('Parsing --to \n\t--to latest is not a release');
  expect(failureOf(thrown, undefined).message).toBe('--to latest is not a release');
});
