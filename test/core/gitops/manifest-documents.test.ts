import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseManifest } from '../../../src/core/gitops/manifest-documents.ts';

const parse = (text: string) => parseManifest({ path: 'm.yaml', text });

describe('manifests', () => {
  test('every value has its place, in YAML and in JSON', async () => {
    const yaml = await parse('kind: A\n---\nkind: B\nspec:\n  addresses:\n    - x\n    - y\n');
    expect(yaml.documents.map(({ value }) => value['kind'])).toEqual(['A', 'B']);
    expect(yaml.documents[1]?.placeOf(['spec', 'addresses', 1])).toEqual({
      file: 'm.yaml',
      line: 7,
      column: 7,
    });
    const json = await parse('{\n  "kind": "A",\n  "spec": {"addresses": ["x"]}\n}');
    expect(json.documents[0]?.placeOf(['spec', 'addresses', 0])).toEqual({
      file: 'm.yaml',
      line: 3,
      column: 26,
    });
  });

  test('what is not there is told by what is around it', async () => {
    const { documents } = await parse('kind: A\nspec:\n  addresses: [x]\n');
    expect(documents[0]?.placeOf(['spec', 'addresses', 7])).toMatchObject({ line: 3, column: 3 });
    expect(documents[0]?.placeOf(['status', 'x'])).toMatchObject({ line: 1, column: 1 });
  });

  test('a list of objects is taken apart', async () => {
    const { documents } = await parse('kind: List\nitems:\n- kind: A\n- kind: B\n  spec: {x: 1}\n');
    expect(documents.map(({ value }) => value['kind'])).toEqual(['A', 'B']);
    expect(documents[1]?.placeOf(['spec', 'x'])).toMatchObject({ line: 5, column: 13 });
  });

  test.each(['List', 'IPAddressPoolList'])('a %s of nothing is empty', async (kind) => {
    const { documents } = await parse(
      `apiVersion: metallb.io/v1beta1\nkind: ${kind}\nitems: null\n`,
    );
    expect(documents).toEqual([]);
  });

  test('objects in a plain list are told; patches, playbooks and other lists are none', async () => {
    const { faults } = await parse('- {apiVersion: v1}\n- {apiVersion: metallb.io/v1beta1}\n');
    expect(faults).toEqual([
      {
        file: 'm.yaml',
        line: 1,
        column: 1,
        rule: 'plain-list',
        message: 'objects in a plain list, which kubectl apply does not take; they were not judged',
        advice: 'divide them with ---, or put them under items of a kind: List',
      },
    ]);
    for (const other of ['- op: add\n  path: /spec\n', '- a\n- [b]\n', '[]\n']) {
      expect((await parse(other)).faults).toEqual([]);
    }
  });

  test('an alias of another document says how far an anchor reaches', async () => {
    const { faults } = await parse('kind: A\nname: &n x\n---\nkind: B\nname: *n\n');
    expect(faults.map(({ line, advice }) => [line, advice])).toEqual([
      [
        4,
        'write out what it stands for: an anchor ends with its document, at ---; nothing in this document was judged',
      ],
    ]);
  });

  test('yes and no are what kubectl reads, unless they are quoted or a key', async () => {
    const { documents } = await parse('kind: A\na: yes\nb: Off\nc: "yes"\non: 1\n');
    expect(documents[0]?.value).toEqual({ kind: 'A', a: true, b: false, c: 'yes', on: 1 });
  });

  test('a number that looks like a community stays text', async () => {
    const { documents } = await parse('kind: A\nvalue: 65000:100\n');
    expect(documents[0]?.value).toEqual({ kind: 'A', value: '65000:100' });
  });

  test('a fault is told with its place, and the documents around it are kept', async () => {
    const { documents, faults } = await parse('kind: A\n---\nkind: B\n]\n---\nkind: D\n');
    expect(documents.map(({ value }) => value['kind'])).toEqual(['A', 'D']);
    expect(faults).toMatchObject([{ file: 'm.yaml', line: 4, column: 1, rule: 'yaml-syntax' }]);
  });

  test('objects with nothing between them are told once, with the line of both', async () => {
    const { documents, faults } = await parse(
      'kind: A\n---\nkind: B\nx: 1\nkind: C\nx: 2\nkind: D\n---\nkind: E\n',
    );
    expect(documents.map(({ value }) => value['kind'])).toEqual(['A', 'E']);
    expect(faults).toEqual([
      {
        file: 'm.yaml',
        line: 5,
        column: 1,
        rule: 'glued-objects',
        message:
          'a second object begins here without a line --- before it: kind stands on line 3 already; kubectl apply keeps the last without a word, kustomize refuses it',
        advice: expect.stringContaining(`awk 'FNR==1 {print "---"} 1' *.yaml does it`),
      },
    ]);
  });

  test('each key that stands twice is told with the line of both', async () => {
    const { faults } = await parse(
      'kind: A\n---\nkind: B\nspec:\n  a: 1\n  b: 1\n  a: 2\nspec: {}\n',
    );
    expect(faults.map(({ line, column, rule, message }) => [line, column, rule, message])).toEqual([
      [
        7,
        3,
        'duplicate-key',
        'a stands twice in one map, here and on line 5; kubectl apply keeps the last without a word, kustomize refuses it',
      ],
      [
        8,
        1,
        'duplicate-key',
        'spec stands twice in one map, here and on line 4; kubectl apply keeps the last without a word, kustomize refuses it',
      ],
    ]);
  });

  test.each([
    'kind: A\nname: {{ .Values.name }}\n',
    'kind: A\n{{- if .Values.on }}\nname: b\n{{- end }}\n',
    'kind: A\naddresses: ["${RANGE}"]\n',
  ])('%j is a template, not a fault', async (text) => {
    expect(await parse(text)).toMatchObject({ documents: [], faults: [], templates: 1 });
  });

  test('braces in a comment make no template', async () => {
    const { documents, templates } = await parse('# was: {{ .Values.name }}\nkind: A\n');
    expect([documents.length, templates]).toEqual([1, 0]);
  });

  test('aliases that would blow up are told', async () => {
    const levels = Array.from({ length: 9 }, (_, index) => {
      const before = index === 0 ? 'x' : `*a${index - 1}`;
      return `a${index}: &a${index} [${Array.from({ length: 9 }, () => before).join(', ')}]`;
    });
    expect(await parse(`kind: A\n${levels.join('\n')}\n`)).toMatchObject({
      documents: [],
      faults: [{ line: 1, rule: 'yaml-syntax' }],
    });
  });

  test('whatever comes, it is read or told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        const { documents, faults, templates } = await parse(text);
        expect(documents.length + faults.length + templates).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 200 },
    );
  });
});
