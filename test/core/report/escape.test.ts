import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asciiOnly, visible } from '../../../src/core/report/escape.ts';

describe('visible', () => {
  test.each([
    ['colour and cursor sequences', '\u001b[2Jgone\u001b[0m', '\\x1b[2Jgone\\x1b[0m'],
    ['C1 controls', '\u009b31m', '\\x9b31m'],
    ['line breaks and tabs', 'a\r\n\tb', 'a\\r\\n\\tb'],
    ['bidi controls', 'user\u202etxt.exe\u2066x', 'user\\u202etxt.exe\\u2066x'],
    ['zero-width characters', 'pay\u200bpal\ufeff', 'pay\\u200bpal\\ufeff'],
    ['tag characters', 'a\u{e0041}', 'a\\u{e0041}'],
    ['a lone surrogate', 'a\ud800', 'a\\ud800'],
    ['a bell and a null', '\u0007\u0000', '\\x07\\x00'],
  ])('%s are written out', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('ordinary text in any script stays as it is', () => {
    expect(visible('größe 東京 🚀 · …')).toBe('größe 東京 🚀 · …');
  });

  test('no control, format or unassigned-direction character ever comes through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(visible(text)).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u200b-\u200f\ud800-\udfff]/u);
      }),
    );
  });

  test('what is visible stays the same when shown again', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => visible(visible(text)) === visible(text),
      ),
    );
  });
});

describe('asciiOnly', () => {
  test('our own signs get plain twins and the rest is written out', () => {
    expect(asciiOnly('a · b … c — é 🚀')).toBe('a - b ... c - \\xe9 \\u{1f680}');
  });
});
