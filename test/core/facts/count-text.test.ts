import { expect, test } from 'vitest';
import { countText } from '../../../src/core/facts/count-text.ts';

test.each([
  [0n, '0'],
  [999n, '999'],
  [1_279n, '1,279'],
  [999_999_999_999n, '999,999,999,999'],
  [2n ** 64n, '2^64'],
  [2n ** 64n - 1n, 'about 2^64'],
  [2n ** 64n + 16n, 'about 2^64'],
  [3n * 2n ** 62n, 'more than 2^63'],
])('%s is told as %s', (count, text) => {
  expect(countText(count)).toBe(text);
});
