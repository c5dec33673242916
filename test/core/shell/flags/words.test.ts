import { describe, expect, test } from 'vitest';
import {
  formatIn,
  hasWord,
  withHttpPath,
  withWaitTime,
} from '../../../../src/core/shell/flags/words.ts';

describe('formatIn', () => {
  test.each([
    [['pending', '-o', 'json'], 'json'],
    [['-ojson'], 'json'],
    [['-o=yaml'], 'yaml'],
    [['--output', 'yaml'], 'yaml'],
    [['--output=json', '--nonsense'], 'json'],
    [['-o', 'json', '-o', 'text'], 'text'],
    [['--', '-o', 'json'], undefined],
    [['--only'], undefined],
  ])('%j asks for %s', (words, format) => {
    expect(formatIn(words)).toBe(format);
  });
});

test('--wait alone gets a time, and nothing after -- is touched', () => {
  expect(withWaitTime(['shop/a', '--wait', '--', '--wait'])).toEqual([
    'shop/a',
    '--wait=5m',
    '--',
    '--wait',
  ]);
});

test('--http alone asks for the root, and a path stands after its "="', () => {
  expect(withHttpPath(['--http', 'shop/a', '--http=/ready', '--', '--http'])).toEqual([
    '--http=/',
    'shop/a',
    '--http=/ready',
    '--',
    '--http',
  ]);
});

test('a flag after -- is an argument', () => {
  expect(hasWord(['a', '--', '--debug'], '--debug')).toBe(false);
});
