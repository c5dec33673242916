import { expect, test } from 'vitest';
import { ageOf, costOf, sizeOf } from '../../../src/core/report/amounts.ts';
import { takenAt } from './sample.ts';

test.each([
  ['2026-11-21T03:11:30Z', '30 s ago'],
  ['2026-11-21T03:00:00Z', '12 min ago'],
  ['2026-11-20T20:12:00Z', '7 h ago'],
  ['2026-11-20T03:12:00Z', '1 day ago'],
  ['2026-10-11T03:12:00Z', '41 days ago'],
  ['2026-11-21T04:12:00Z', 'just now'],
  ['nonsense', undefined],
  [undefined, undefined],
])('the age of %s is %s', (at, age) => {
  expect(ageOf(at, takenAt)).toBe(age);
});

test.each([
  [999, '999 B'],
  [214_000, '214 kB'],
  [10_400_000, '10.4 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeOf(bytes)).toBe(text);
});

test('a reading without calls has no cost to speak of', () => {
  expect(costOf({ calls: 0, lists: 0, logs: 0, bytes: 12, ms: 3 })).toBeUndefined();
});
