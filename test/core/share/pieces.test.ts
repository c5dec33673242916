import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf } from '../../../src/core/share/pieces.ts';

test('pieces together are the text again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const again = piecesOf(text).map((piece) => piece.text);
      expect(again.join('')).toBe(text);
    }),
  );
});

test.each<[string, readonly string[]]>([
  ['shop/web-1', ['word shop', 'plain /', 'word web', 'plain -', 'word 1']],
  ['10.0.0.7/24', ['address 10.0.0.7', 'plain /', 'word 24']],
  ['10.0.0.1-10.0.0.9', ['address 10.0.0.1', 'plain -', 'address 10.0.0.9']],
  ['[2001:db8::7]:80', ['plain [', 'address 2001:db8::7', 'plain ]:', 'word 80']],
  ['::ffff:10.0.0.7', ['address ::ffff:10.0.0.7']],
  ['ip-10-0-0-7', ['word ip', 'plain -', 'dashed 10-0-0-7']],
  ['name_10_0_0_7', ['word name', 'plain _', 'dashed 10_0_0_7']],
  ['fd00-0004-0011-0000-0000-0000-0000-0254', ['dashed fd00-0004-0011-0000-0000-0000-0000-0254']],
  ['app.10.0.0.7.io', ['word app', 'plain .', 'address 10.0.0.7', 'plain .', 'word io']],
  ['v10.0.0.7b', ['word v', 'address 10.0.0.7', 'word b']],
  ['010.000.000.007', ['address 010.000.000.007']],
  ['52:54:00:12:34:56', ['mac 52:54:00:12:34:56']],
  ['00-1b-21-44-55-66', ['mac 00-1b-21-44-55-66']],
  ['5254.0012.3456', ['mac 5254.0012.3456']],
  ['2026-03-14T03:12:40.5Z', ['plain 2026-03-14T03:12:40.5Z']],
  ['03:12:40', ['word 03', 'plain :', 'word 12', 'plain :', 'word 40']],
  ['300.1.1.1', ['word 300', 'plain .', 'word 1', 'plain .', 'word 1', 'plain .', 'word 1']],
  [
    'password: s3cr3t!x, next',
    ['word password', 'plain : ', 'secret s3cr3t!x', 'plain , ', 'word next'],
  ],
])('%s is cut where it has to be', (text, expected) => {
  expect(piecesOf(text).map((piece) => `${piece.kind} ${piece.text}`)).toEqual(expected);
});
