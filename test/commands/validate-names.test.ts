import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ValidationReport } from '../../src/core/facts/validation.ts';
import { runHere } from './in-process.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'triage-names-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const head = 'apiVersion: metallb.io/v1beta1\n';
const whole = (metadata: string) =>
  `${head}kind: IPAddressPool\nmetadata: ${metadata}\nspec: {addresses: [10.4.0.0/24]}\n---\n${head}kind: L2Advertisement\nmetadata: {name: lan, namespace: metallb-system}\n`;

async function validate(content: string) {
  writeFileSync(join(folder, 'm.yaml'), content);
  const { code, stdout } = await runHere('validate', [join(folder, 'm.yaml'), '-o', 'json']);
  const { sets } = JSON.parse(stdout) as ValidationReport;
  const told = sets.flatMap(({ problems }) =>
    problems.map(
      ({ rule, place, message, refusedBy, advice }) =>
        `${rule} ${place.line}:${place.column} [${refusedBy.join()}] ${message.split(': ')[0]} -> ${advice}`,
    ),
  );
  return { code, told };
}

test.each([
  [
    'a name in capitals and with an underscore',
    whole('{name: Bad_Name, namespace: metallb-system}'),
    [
      'name-syntax 3:18 [API server] "Bad_Name" is no name that Kubernetes takes -> write another, such as bad-name',
    ],
  ],
  [
    'a namespace with a dot',
    whole('{name: lan, namespace: metallb.system}').replaceAll('metallb-system', 'metallb.system'),
    [
      'name-syntax 3:34 [API server] "metallb.system" is no namespace that Kubernetes takes -> write another, such as metallb-system',
      'name-syntax 8:34 [API server] "metallb.system" is no namespace that Kubernetes takes -> write another, such as metallb-system',
    ],
  ],
  [
    'a beginning of a name',
    whole('{generateName: Lan-, namespace: metallb-system}'),
    [
      'name-syntax 3:26 [API server] "Lan-" is no beginning of a name that Kubernetes takes -> write another, such as lan-',
    ],
  ],
  [
    'keys and values of labels and annotations',
    whole(
      '{name: lan, namespace: metallb-system, labels: {a b: c, rack: one two}, annotations: {Example.com/A: "any text", -a: b}}',
    ),
    [
      'label-syntax 3:59 [API server] "a b" is no key of a label -> write another key',
      'label-syntax 3:73 [API server] "one two" is no value of a label -> write another value, or make it an annotation, which may hold any text',
      'annotation-syntax 3:124 [API server] "-a" is no key of an annotation -> write another key',
    ],
  ],
  [
    'a Namespace among the objects',
    `${whole('{name: lan, namespace: metallb-system}')}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: Team_A}\n`,
    [
      'name-syntax 12:18 [API server] "Team_A" is no namespace that Kubernetes takes -> write another, such as team-a',
    ],
  ],
])('%s: no API server takes it', async (_, content, expected) => {
  expect(await validate(content)).toEqual({ code: 1, told: expected });
});

test('names and labels as Kubernetes allows them are nothing to tell', async () => {
  const metadata =
    '{name: lan.east-1, namespace: metallb-system, labels: {example.com/Rack_1: "", a: B_c.d}, annotations: {"note": "any: text"}}';
  expect(await validate(whole(metadata))).toEqual({ code: 0, told: [] });
});
