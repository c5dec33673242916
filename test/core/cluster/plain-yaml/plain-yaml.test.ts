import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parseYamlStream } from '../../../../src/core/cluster/parse-yaml.ts';
import { plainYamlDocuments } from '../../../../src/core/cluster/plain-yaml/plain-yaml.ts';

const incident = join(import.meta.dirname, '../../../incidents/pool-exhausted/sick');
const kubectlOutputs = readdirSync(incident)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(join(incident, name), 'utf8'));

/** What the full parser says, or that it refuses. */
function full(content: string): string {
  try {
    return JSON.stringify(parseYamlStream(content, 'x').filter((value) => value !== null));
  } catch {
    return 'refused';
  }
}

/** What is said without the full parser; undefined when it is left to that. */
function plain(content: string): string | undefined {
  const documents = plainYamlDocuments(content);
  return documents && JSON.stringify(documents.filter((value) => value !== null));
}

/** Never an answer of its own: the full parser's, or none. */
function expectAgreement(content: string): void {
  const said = plain(content);
  if (said !== undefined) {
    expect(said).toBe(full(content));
  }
}

test('what kubectl prints is understood, all of it, as the full parser does', () => {
  expect(kubectlOutputs.length).toBeGreaterThan(1);
  for (const content of kubectlOutputs) {
    expect(plain(content)).toBe(full(content));
  }
});

describe('understood', () => {
  test.each([
    ['a list level with its key', 'a:\n- b: 1\n  c: x\n- d\n', [{ a: [{ b: 1, c: 'x' }, 'd'] }]],
    ['a list within a list', '- - 1\n  - 2\n- - 3\n', [[[1, 2], [3]]]],
    ['several documents', '---\na: 1\n---\nb: 2\n...\n', [{ a: 1 }, { b: 2 }]],
    ['a literal text', 'a: |\n  x: y\n    z\n\n  w\nb: 1\n', [{ a: 'x: y\n  z\n\nw\n', b: 1 }]],
    ['a literal text without its end', 'a: |-\n  x\nb: 1\n', [{ a: 'x', b: 1 }]],
    ['a folded plain text', 'a: one\n  two\n\n  three\nb: 1\n', [{ a: 'one two\nthree', b: 1 }]],
    ['a folded quoted text', "a: 'it''s\n  long'\n", [{ a: "it's long" }]],
    ['an escaped text', 'a: "x\\ty\\u00e9\\\n  \\ z"\n', [{ a: 'x\tyé z' }]],
    [
      'keys of field lists',
      'f:x:\n  k:{"p":80}:\n    .: {}\n',
      [{ 'f:x': { 'k:{"p":80}': { '.': {} } } }],
    ],
    [
      'texts that look like others',
      'a: "1"\nb: 1e3\nc: ~\nd: 0x1F\ne: 1.2.3\n',
      [{ a: '1', b: 1000, c: null, d: 31, e: '1.2.3' }],
    ],
    ['times', 'a: 2026-03-01T00:00:00Z\n', [{ a: '2026-03-01T00:00:00Z' }]],
    ['comments', '# one\na: 1\n# two\nb: x#y\n', [{ a: 1, b: 'x#y' }]],
    ['ends of lines from Windows', 'a: 1\r\nb: |\r\n  x\r\n', [{ a: 1, b: 'x\n' }]],
  ])('%s', (_, content, expected) => {
    expect(plainYamlDocuments(content)).toEqual(expected);
    expect(JSON.stringify(expected)).toBe(full(content));
  });

  test('a key __proto__ is a key like others', () => {
    const [value] = plainYamlDocuments('__proto__:\n  a: 1\n') ?? [];
    expect(Object.entries(value as object)).toEqual([['__proto__', { a: 1 }]]);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});

test.each([
  ['flow maps', 'a: {b: 1}\n'],
  ['flow lists', 'a: [1]\n'],
  ['anchors', 'a: &x 1\n'],
  ['aliases', 'a: *x\n'],
  ['tags', 'a: !!str 1\n'],
  ['folded blocks', 'a: >\n  b\n'],
  ['complex keys', '? a\n: b\n'],
  ['directives', '%YAML 1.2\n---\na: 1\n'],
  ['tabs', 'a:\n\tb: 1\n'],
  ['two maps on one line', 'a: b: c\n'],
  ['a quote that does not end', 'a: "b\n'],
  ['wrong indentation', 'a: 1\n  b: 2\n'],
  ['spaces of other scripts', 'a: b\u00a0\n'],
])('%s are left to the full parser', (_, content) => {
  expect(plainYamlDocuments(content)).toBeUndefined();
});

const awkward = fc.string({
  unit: fc.constantFrom('a', ' ', '\n', '"', "'", ':', '#', '-', '{', '\\', '\t', 'é', '0', '|'),
  maxLength: 100,
});

test('of any object it says what the full parser says, or nothing', () => {
  const values = [fc.string({ maxLength: 120 }), awkward, fc.integer(), fc.boolean()];
  const key = fc.oneof(fc.string({ maxLength: 10 }), awkward);
  fc.assert(
    fc.property(fc.object({ maxDepth: 3, key, values }), (value) => {
      expectAgreement(stringify(value));
      expectAgreement(stringify(value, { indentSeq: false, lineWidth: 40 }));
      expectAgreement(stringify(value, { defaultStringType: 'QUOTE_SINGLE', lineWidth: 40 }));
      expectAgreement(stringify(value, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 40 }));
    }),
    { numRuns: 150, seed: 20260314 },
  );
});

test('of damaged output it says what the full parser says, or nothing', () => {
  const pieces = [
    '',
    ' ',
    '  ',
    '\n',
    '- ',
    ':',
    ': ',
    '"',
    "'",
    '#',
    ' #',
    '|',
    '{',
    '&',
    '*',
    '\t',
    '---\n',
    '\\',
    '? ',
  ];
  const forms = kubectlOutputs.flatMap((content) => {
    const [value] = parseYamlStream(content, 'x');
    return [
      content,
      stringify(value, { indentSeq: false, lineWidth: 40 }),
      stringify(value, { defaultStringType: 'QUOTE_SINGLE', lineWidth: 40 }),
      stringify(value, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 40 }),
    ];
  });
  const lines = forms.flatMap((content) => content.split('\n').slice(0, 200));
  const cut = fc.record({
    from: fc.nat(lines.length - 9),
    at: fc.nat(200),
    drop: fc.nat(2),
    insert: fc.constantFrom(...pieces),
  });
  fc.assert(
    fc.property(cut, ({ from, at, drop, insert }) => {
      const content = lines.slice(from, from + 8).join('\n');
      const place = at % content.length;
      expectAgreement(content.slice(0, place) + insert + content.slice(place + drop));
    }),
    { numRuns: 2000, seed: 20260314 },
  );
});

test('it is several times as fast as the full parser', () => {
  const [content = ''] = kubectlOutputs.toSorted((left, right) => right.length - left.length);
  const timeOf = (parse: (text: string) => unknown) => {
    const times = [1, 2, 3, 4].map(() => {
      const started = performance.now();
      parse(content);
      return performance.now() - started;
    });
    return Math.min(...times);
  };
  expect(timeOf(plainYamlDocuments) * 2).toBeLessThan(timeOf(full));
});
