import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { duplicateKeyAt, duplicateKeyText } from '../../../src/core/cluster/duplicate-key.ts';

/** The second of two marks in a text is where the key stands again. */
const at = (text: string) => duplicateKeyAt(text.replace('¦', ''), text.indexOf('¦'));

describe('a key that stands twice', () => {
  test.each([
    ['in a block', 'a: 1\nb:\n  c: 1\n  d: 2\n  ¦c: 3\n', 'c', 5, 3],
    ['not the one of a map further in', 'c: 1\nb:\n  c: 1\n¦c: 3\n', 'c', 4, 1],
    ['not the one of a map further out', 'c: 0\nb:\n  ¦c: 1\n', 'c', 3, undefined],
    ['in an entry of a list', '- a: 1\n- a: 1\n  b: 2\n  ¦a: 3\n', 'a', 4, 2],
    ['not in an earlier entry', '- a: 1\n- b: 1\n  ¦a: 3\n', 'a', 3, undefined],
    ['in quotes once', '"c": 1\n¦c: 2\n', 'c', 2, 1],
    ['behind a comment and an empty line', 'c: 1\n# c: 7\n\n¦c: 2\n', 'c', 4, 1],
    ['in JSON', '{\n  "a": 1,\n  ¦"a": 2\n}', 'a', 3, 2],
    ['on one line', '{x: 1, ¦x: 2}', 'x', 1, undefined],
    ['in compact JSON', '{"m":{"a":"b","x":1,¦"a":"c"},"y":[1,2]}', 'a', 1, undefined],
    ['in JSON, a line each', '{\n"a":"b",\n¦"a":"c"}', 'a', 3, 2],
    ['with a quote in it', '{"a\\"b":1,¦"a\\"b":2}', 'a\\"b', 1, undefined],
    ['in single quotes', "{'a':1,¦'a':2}", 'a', 1, undefined],
    ['without a value', '{a, ¦a}', 'a', 1, undefined],
    ['not in the document before', 'c: 1\n---\n¦c: 2\n', 'c', 3, undefined],
    ['with Windows line ends', 'c: 1\r\nd: 1\r\n¦c: 2\r\n', 'c', 3, 1],
  ])('%s', (_, text, key, line, firstLine) => {
    expect(at(text)).toEqual({ key, line, firstLine, beginsObject: false });
  });

  test.each(['kind', 'apiVersion'])('%s at the margin begins an object', (key) => {
    expect(at(`${key}: A\nspec: {}\n¦${key}: B\n`)).toMatchObject({
      firstLine: 1,
      beginsObject: true,
    });
    expect(at(`x:\n  ${key}: A\n  ¦${key}: B\n`).beginsObject).toBe(false);
  });

  test('a long one is cut, and one that cannot be made out is not named', () => {
    const at = { line: 4, firstLine: undefined, beginsObject: false };
    expect(duplicateKeyText({ ...at, key: `k${'x'.repeat(500)}` })).toBe(
      `k${'x'.repeat(62)}… stands twice in one map, here and earlier`,
    );
    expect(duplicateKeyText({ ...at, key: '' })).toBe(
      'a key stands twice in one map, here and earlier',
    );
  });

  test('whatever the text, it is told', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(200), (text, position) => {
        const { line, firstLine } = duplicateKeyAt(text, Math.min(position, text.length));
        expect(line).toBeGreaterThanOrEqual(firstLine ?? 1);
      }),
    );
  });
});
