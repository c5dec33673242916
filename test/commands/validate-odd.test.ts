import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ValidationReport } from '../../src/core/facts/validation.ts';
import { runHere } from './in-process.ts';
import { advertisement, head, pool, whole } from './manifests.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'triage-odd-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const object = (kind: string, spec: object) => ({
  apiVersion: 'metallb.io/v1beta1',
  kind,
  metadata: { name: 'lan', namespace: 'metallb-system' },
  spec,
});
const both = [
  object('IPAddressPool', { addresses: ['10.4.0.0/24'] }),
  object('L2Advertisement', {}),
];
const list = (items: readonly object[]) => ({ apiVersion: 'v1', kind: 'List', items });
const untyped = both.map(({ metadata, spec }) => ({ metadata, spec }));

async function validate(content: string | Buffer) {
  writeFileSync(join(folder, 'm.yaml'), content);
  const { code, stdout } = await runHere('validate', [join(folder, 'm.yaml'), '-o', 'json']);
  const { sets } = JSON.parse(stdout) as ValidationReport;
  return {
    code,
    objects: sets.flatMap((set) => Object.entries(set.objects).map((each) => each.join(' '))),
    told: sets.flatMap(({ problems }) =>
      problems.map(
        ({ rule, place, message }) => `${rule} ${place.line}:${place.column} ${message}`,
      ),
    ),
  };
}

test.each([
  ['a byte order mark', `\uFEFF${whole}`],
  ['one before each document, as cat leaves them', `\uFEFF${pool}---\n\uFEFF${advertisement}`],
  ["UTF-16 with its mark, as PowerShell's > writes it", Buffer.from(`\uFEFF${whole}`, 'utf16le')],
  ['Windows line ends', whole.replaceAll('\n', '\r\n')],
  ['comments and empty documents', `# a\n---\n${whole}---\n# b\n---\n`],
  ['a list', JSON.stringify(list(both))],
  ['a list in a list', JSON.stringify(list([list(both.slice(0, 1)), ...both.slice(1)]))],
  [
    'lists of one kind, whose entries do not repeat it',
    ['IPAddressPool', 'L2Advertisement']
      .map((kind, index) =>
        JSON.stringify({
          apiVersion: 'metallb.io/v1beta1',
          kind: `${kind}List`,
          items: untyped.slice(index, index + 1),
        }),
      )
      .join('\n---\n'),
  ],
  ['anchors and aliases', whole.replace('{name: lan, ', '{name: &n lan, labels: {n: *n}, ')],
  ['a merge key', `${pool}---\n${advertisement}spec: {<<: {ipAddressPools: [lan]}}\n`],
])('%s: both objects are read and nothing is wrong', async (_, content) => {
  expect(await validate(content)).toEqual({
    code: 0,
    objects: ['IPAddressPool 1', 'L2Advertisement 1'],
    told: [],
  });
});

const bomb = Array.from({ length: 9 }, (_, index) => {
  const before = index === 0 ? 'x' : `*a${index - 1}`;
  return `a${index}: &a${index} [${Array.from({ length: 9 }, () => before).join(', ')}]`;
}).join('\n');

test.each([
  [
    'aliases that would blow up',
    `${whole}---\n${head}kind: IPAddressPool\n${bomb}\n`,
    'yaml-syntax 10:1 its aliases would blow it up to more than anything Kubernetes takes',
  ],
  [
    'an alias of nothing',
    `${whole}---\nkind: L2Advertisement\nmetadata: *nope\n`,
    'yaml-syntax 10:1 Unresolved alias (the anchor must be set before the alias): nope',
  ],
  [
    'far too many levels',
    `${whole}---\na: ${'['.repeat(5000)}${']'.repeat(5000)}\n`,
    /^yaml-syntax 10:\d+ it is nested too deeply$/,
  ],
  [
    'JSON objects one after the other',
    both.map((each) => JSON.stringify(each)).join('\n'),
    'glued-objects 2:1 a second object begins here without a line --- before it',
  ],
  [
    'a version that the kind never had',
    whole.replace('v1beta1', 'v1beta2'),
    'unknown-version 1:1 IPAddressPool is not served as metallb.io/v1beta2, only as metallb.io/v1beta1',
  ],
  [
    'a kind that is misspelled',
    whole.replace('IPAddressPool', 'IpAddressPool'),
    'unknown-kind 2:1 metallb.io has no kind IpAddressPool',
  ],
  [
    'no kind at all',
    whole.replace('kind: IPAddressPool', 'kind: null'),
    'unknown-kind 2:1 an object of metallb.io without a kind',
  ],
  [
    'addresses that are no text',
    whole.replace('[10.4.0.0/24]', '[10.4.0.0/24, 10, {a: b}]'),
    'wrong-type 4:33 spec.addresses[1] must be a string, not a number',
  ],
])('%s: told, and never called valid', async (_, content, expected) => {
  const { code, told } = await validate(content);
  expect(told[0]).toEqual(
    typeof expected === 'string' ? expected : expect.stringMatching(expected),
  );
  expect(code).toBe(1);
});

test.each([
  ['nothing', ''],
  ['bytes', Buffer.from([0, 1, 2, 255])],
  ['UTF-16', Buffer.from(whole, 'utf16le')],
  ['comments only', '# a\n---\n# b\n'],
  ['one word', 'word\n'],
])('%s: nothing to judge', async (_, content) => {
  expect(await validate(content)).toEqual({ code: 3, objects: [], told: [] });
});

test.each(['ServiceL2Status', 'ServiceBGPStatus', 'ConfigurationState', 'MetalLB'])(
  '%s is a kind of metallb.io, though nothing to judge',
  async (kind) => {
    const { told } = await validate(`${whole}---\n${head}kind: ${kind}\nmetadata: {name: x}\n`);
    expect(told).toEqual([]);
  },
);
