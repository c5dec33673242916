import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf, padded, wrapped, wrappedCommand } from '../../../src/core/report/wrap.ts';

describe('wrapped', () => {
  test('lines break between words and hang', () => {
    expect(wrapped('the only pool it may use is full', { width: 16, hang: '  ' })).toEqual([
      'the only pool it',
      '  may use is',
      '  full',
    ]);
  });

  test('a name that does not fit is never cut', () => {
    expect(wrapped('see shop/a-very-long-service-name now', { width: 10 })).toEqual([
      'see',
      'shop/a-very-long-service-name',
      'now',
    ]);
  });

  test('gaps that align a line with its neighbours are kept', () => {
    expect(wrapped('lan  10.0.0.0/24   full since noon', { width: 24, hang: '  ' })).toEqual([
      'lan  10.0.0.0/24   full',
      '  since noon',
    ]);
  });

  test('a number stays with its unit', () => {
    expect(wrapped('it has had none for 41 days', { width: 24, hang: '  ' })).toEqual([
      'it has had none for',
      '  41 days',
    ]);
    expect(wrapped('a manual pool:  NOT ADVERTISED', { width: 28 })).toEqual([
      'a manual pool:',
      'NOT ADVERTISED',
    ]);
  });

  test('no word is lost and no line is wider than asked unless one word is', () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1 }),
        fc.integer({ min: 14, max: 60 }),
        (words, width) => {
          const lines = wrapped(words.join(' '), { width, hang: '  ' });
          expect(lines.join(' ').split(/ +/)).toEqual(words);
          expect(lines.every((line) => line.length <= width)).toBe(true);
        },
      ),
    );
  });
});

describe('wrappedCommand', () => {
  test('a broken command can still be pasted', () => {
    expect(
      wrappedCommand('kubectl -n shop patch svc checkout -p \'{"spec": {"a": 1}}\'', 30),
    ).toEqual(['kubectl -n shop patch svc \\', '  checkout \\', '  -p \'{"spec": {"a": 1}}\'']);
  });

  test('a command that fits stays on one line', () => {
    expect(wrappedCommand('triage health', 40)).toEqual(['triage health']);
  });
});

describe('columnsOf', () => {
  test.each([
    ['plain', 5],
    ['東京', 4],
    ['e\u0301', 1],
    ['🚀', 2],
  ])('%s', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });

  test('padding counts columns, not characters', () => {
    expect(padded('東京', 6)).toBe('東京  ');
  });
});
