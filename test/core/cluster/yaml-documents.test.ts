import { expect, test } from 'vitest';
import { UsageError } from '../../../src/core/facts/errors.ts';
import { yamlDocuments } from '../../../src/core/cluster/yaml-documents.ts';

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
  [
    'a number of 64 bits',
    'availableIPv6: 9223372036854775807\n',
    [{ availableIPv6: '9223372036854775807' }],
  ],
])('%s', async (_, content, expected) => {
  expect(await yamlDocuments(content, 'x')).toEqual(expected);
});

test('a key __proto__ is a key like others', async () => {
  const [value] = await yamlDocuments('__proto__:\n  a: 1\n', 'x');
  expect(Object.entries(value as object)).toEqual([['__proto__', { a: 1 }]]);
  expect(({} as Record<string, unknown>)['a']).toBeUndefined();
});

test('what is no YAML is refused with file and line', async () => {
  const refusal = yamlDocuments('a: 1\nb: [1\nc: }\n', 'pools.yaml');
  await expect(refusal).rejects.toThrow(UsageError);
  await expect(refusal).rejects.toThrow(/^pools\.yaml line 3 is neither YAML nor JSON: /);
});

test('what is wrong is said once, in one line', async () => {
  const broken = yamlDocuments('kind: A\nmetadata:\n\t- a: [\n', 'x.yaml');
  await expect(broken).rejects.toMatchObject({
    message:
      'x.yaml line 3 is neither YAML nor JSON: tab characters must not be used in indentation',
    cause: { message: 'tab characters must not be used in indentation' },
  });
});

test.each([
  [
    'kind: A\nx: 1\nkind: B\n',
    'x.yaml line 3: a second object begins here without a line --- before it: kind stands on line 1 already',
    [expect.stringContaining('put --- between the files')],
  ],
  [
    '{"a": 1}\n{"b": 2}\n',
    'x.yaml line 2: a second object begins here without a line --- before it',
    [expect.stringContaining('put --- between the files')],
  ],
  ['a:\n  b: 1\n  b: 2\n', 'x.yaml line 3: b stands twice in one map, here and on line 2', []],
])('%j: what lacks a line between is told with its place', async (text, message, suggestions) => {
  await expect(yamlDocuments(text, 'x.yaml')).rejects.toMatchObject({ message, suggestions });
});
