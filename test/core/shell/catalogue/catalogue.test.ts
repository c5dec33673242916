import { describe, expect, test } from 'vitest';
import { checks } from '../../../../src/checks/index.ts';
import { UsageError } from '../../../../src/core/facts/errors.ts';
import { chosenChecks } from '../../../../src/core/shell/catalogue/catalogue.ts';

describe('which checks are run', () => {
  test('all of them when nothing was said', () => {
    expect(chosenChecks({})).toEqual(checks);
  });

  test('those of a cause when it is named', () => {
    const ids = chosenChecks({ only: ['pool-exhausted'] }).map(({ id }) => id);
    expect(ids).toEqual(['MLB-A02', 'MLB-A32']);
  });

  test.each([[['']], [[' ', '']]])('--only %j names none, which is not the same as all', (only) => {
    expect(() => chosenChecks({ only })).toThrow(UsageError);
  });

  test('--skip without a name leaves nothing out', () => {
    expect(chosenChecks({ skip: [''] })).toEqual(checks);
  });
});

test('a choice that leaves no check is refused', () => {
  const ids = ['MLB-A02'];
  expect(() => chosenChecks({ only: ids, skip: ids })).toThrow('--only and --skip leave no check');
});

test('a check without the letters before it is offered whole', () => {
  expect(() => chosenChecks({ only: ['a02'] })).toThrow('"a02"; did you mean MLB-A02?');
});
