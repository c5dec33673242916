import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { jsonOf } from '../../../src/core/report/json.ts';
import { yamlOf } from '../../../src/core/report/yaml.ts';

const hidden = /[\p{Cf}\p{Zl}\p{Default_Ignorable_Code_Point}]|(?!\n)\p{Cc}/u;

describe.each([
  ['yaml', yamlOf, parse],
  ['json', jsonOf, (text: string): unknown => JSON.parse(text)],
])('%s', (_, write, read) => {
  test('what is written reads back as the same data', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'small', noUnicodeString: false }), (value) => {
        const data = { value: JSON.parse(JSON.stringify(value)) as unknown };
        expect(read(write(data))).toEqual(data);
      }),
    );
  });

  test('nothing a terminal acts on is written as it is', () => {
    const text = write({ name: '\u001b[31m\u009b\u202eevil\u200b', tag: '\u{e0041}' });
    expect(text).not.toMatch(hidden);
    expect(read(text)).toEqual({ name: '\u001b[31m\u009b\u202eevil\u200b', tag: '\u{e0041}' });
  });
});

describe('yamlOf', () => {
  test('writes block style, with quotes only where they are needed', () => {
    expect(
      yamlOf({
        kind: 'ClusterRole',
        rules: [{ apiGroups: [''], verbs: ['list'] }],
        none: [],
        empty: {},
        on: 'yes',
        count: 3,
        gone: undefined,
        missing: null,
      }),
    ).toBe(
      [
        'kind: ClusterRole',
        'rules:',
        '  - apiGroups:',
        '      - ""',
        '    verbs:',
        '      - list',
        'none: []',
        'empty: {}',
        '"on": "yes"',
        'count: 3',
        'missing: null',
        '',
      ].join('\n'),
    );
  });
});
