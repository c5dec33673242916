import { describe, expect, test } from 'vitest';
import { parseLogQuery, selectLines } from './log-query.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const LINES = [
  '2026-11-20T09:58:00.000Z first words',
  '2026-11-20T09:59:30.000Z second',
  '2026-11-20T09:59:59.000Z third',
];

describe('lines of a log', () => {
  test.each([
    ['', 'first words\nsecond\nthird\n'],
    ['tailLines=1', 'third\n'],
    ['tailLines=0', ''],
    ['sinceSeconds=60', 'second\nthird\n'],
    ['sinceTime=2026-11-20T09:59:59Z', 'third\n'],
    ['sinceSeconds=60&tailLines=5', 'second\nthird\n'],
    ['limitBytes=7', 'first w'],
    ['tailLines=1&timestamps=true', '2026-11-20T09:59:59.000Z third\n'],
  ])('asked with "%s"', (query, text) => {
    expect(selectLines(LINES, parseLogQuery(new URLSearchParams(query), NOW))).toBe(text);
  });
});
