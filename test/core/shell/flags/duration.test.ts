import { expect, test } from 'vitest';
import { millisecondsOf } from '../../../../src/core/shell/flags/duration.ts';

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['30', 30_000],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['', undefined],
  ['soon', undefined],
  ['-3s', undefined],
  ['3s later', undefined],
])('%s is %s ms', (text, milliseconds) => {
  expect(millisecondsOf(text)).toBe(milliseconds);
});
