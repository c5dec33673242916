import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ValidationReport } from '../../src/core/facts/validation.ts';
import { faultsOfSchema } from '../schemas/validate.ts';
import { runHere } from './in-process.ts';
import { advertisement, head, named, pool, whole } from './manifests.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'triage-manifests-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function validate(
  files: Readonly<Record<string, string | Buffer>>,
  path = '.',
  ...flags: readonly string[]
) {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const outcome = await runHere('validate', [join(folder, path), ...flags, '-o', 'json']);
  const report = JSON.parse(outcome.stdout) as ValidationReport;
  const sets = report.sets ?? [];
  return {
    ...outcome,
    report,
    rules: sets.flatMap(({ problems }) =>
      problems.map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`),
    ),
    notes: sets.flatMap(({ notes }) => notes).map((note) => note.replaceAll(folder, 'F')),
    pipes: sets.flatMap(({ build }) => build ?? []).map((pipe) => pipe.replaceAll(folder, 'F')),
  };
}

describe('kustomizations', () => {
  test('what builds on a folder that was not read says how to judge the outcome', async () => {
    const files = { 'base/p.yaml': whole, 'prod/kustomization.yaml': 'resources: [../base]\n' };
    const { code, notes, pipes } = await validate(files, 'prod');
    expect(pipes).toEqual(['kubectl kustomize F/prod | triage validate -']);
    expect(notes).toEqual(['F/base is not among these files']);
    expect(code).toBe(3);
  });

  test.each([
    'patches: [{path: pool.yaml}]',
    'patchesStrategicMerge: [./pool.yaml]',
    'patchesJson6902: [{path: pool.yaml, target: {kind: IPAddressPool}}]',
  ])('%s: a patch is judged as no object, and the note names the folder', async (patches) => {
    const { code, rules, notes, pipes } = await validate({
      'base/kustomization.yaml': 'resources: [p.yaml]\n',
      'base/p.yaml': whole,
      'prod/kustomization.yaml': `resources: [../base]\n${patches}\n`,
      'prod/pool.yaml': `${head}kind: IPAddressPool\nmetadata: ${named}\nspec: {autoAssign: false}\n`,
    });
    expect(rules).toEqual([]);
    expect(notes).toEqual([
      'F/prod/pool.yaml is a patch, judged only after kustomize build',
      'patches are not applied here, the resources are judged as they stand',
    ]);
    expect(pipes).toEqual(['kubectl kustomize F/prod | triage validate -']);
    expect(code).toBe(3);
  });
});

describe('--version', () => {
  test.each(['v0.9.0', 'v0.12.1'])('%s has none of these kinds', async (version) => {
    writeFileSync(join(folder, 'p.yaml'), whole);
    const { code, stderr } = await runHere('validate', [folder, '--version', version]);
    expect(stderr).toContain(`before v0.13.0`);
    expect(code).toBe(2);
  });

  test('newer than known: the newest known rules count, and that is said', async () => {
    const { code, notes } = await validate({ 'p.yaml': whole }, '.', '--version', 'v9.9.9');
    expect(notes).toEqual([
      'nothing is known of v9.9.9 yet: judged by the rules of v0.16.2, the newest release known',
    ]);
    expect(code).toBe(0);
  });
});

test('a misspelled field is refused by kubectl apply', async () => {
  const { code, rules, report } = await validate({
    'p.yaml': whole.replace('{addresses:', '{autoAsign: false, addresses:'),
  });
  expect(rules).toEqual([
    'error unknown-field: spec.autoAsign is no field of IPAddressPool: kubectl apply refuses it (strict field validation); a client without that loses the field silently',
  ]);
  expect(report.sets[0]?.problems[0]).toMatchObject({
    refusedBy: ['API server'],
    place: { line: 4, column: 8 },
    advice: 'did you mean autoAssign?',
  });
  expect(code).toBe(1);
});

test('a field of a later release is only a warning while nobody says which one runs', async () => {
  const { code, rules } = await validate({
    'p.yaml': `${whole}spec: {preferredNodeSelectors: []}\n`,
  });
  expect(rules).toEqual([
    'warning early-field: spec.preferredNodeSelectors came with v0.16.2; releases before it know nothing of it: kubectl apply refuses it (strict field validation); a client without that loses the field silently',
  ]);
  expect(code).toBe(0);
});

describe('a namespace that is not named', () => {
  const bare = whole.replaceAll(', namespace: metallb-system', '');
  const told =
    'warning no-namespace: IPAddressPool lan and 1 other object name no namespace: kubectl apply puts them into the current one, and MetalLB looks only into metallb-system';

  test('is a warning, once', async () => {
    expect((await validate({ 'p.yaml': bare })).rules).toEqual([told]);
  });

  test('is none with -n, and none below a kustomization that names it', async () => {
    const { rules } = await validate({ 'p.yaml': bare }, '.', '-n', 'metallb-system');
    expect(rules).toEqual([]);
    const built = await validate({
      'p.yaml': bare,
      'kustomization.yaml': 'namespace: metallb-system\nresources: [p.yaml]\n',
    });
    expect(built.rules).toEqual([]);
  });
});

describe('what cannot be read', () => {
  test('a link to nowhere does not stop the rest', async () => {
    symlinkSync('nowhere', join(folder, 'gone.yaml'));
    const { code, report, notes } = await validate({ 'p.yaml': whole });
    expect(notes).toEqual(['F/gone.yaml was not judged: there is no such file']);
    expect(report.sets[0]?.objects).toEqual({ IPAddressPool: 1, L2Advertisement: 1 });
    expect([code, report.result]).toEqual([3, 'unknown']);
    expect(faultsOfSchema('validate.v1.schema.json', report)).toEqual([]);
  });

  test('a folder named like a file does not, either', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync('real', join(folder, 'linked.yaml'));
    const { notes } = await validate({ 'p.yaml': whole });
    expect(notes).toEqual(['F/linked.yaml was not judged: it is a folder']);
  });

  test('what is worse counts more', async () => {
    symlinkSync('nowhere', join(folder, 'gone.yaml'));
    const { code } = await validate({ 'p.yaml': whole.replace('10.4.0.0/24', '10.4.0.0/33') });
    expect(code).toBe(1);
  });

  test('bytes are no template', async () => {
    const bytes = Buffer.concat([Buffer.from('{{ x }}'), Buffer.from([0, 255, 254, 1, 200])]);
    const { code, report, notes } = await validate({ 'p.yaml': bytes }, 'p.yaml');
    expect(notes).toEqual(['F/p.yaml was not judged: it is no text (or not in UTF-8)']);
    expect(report.sets[0]?.skipped.templates).toBe(0);
    expect(code).toBe(3);
  });
});

test('what is wrong with YAML is one readable line', async () => {
  const { rules } = await validate({ 'p.yaml': 'a: "b"\n c\td: [\n}' });
  expect(rules.join()).not.toMatch(/\\[nt]|\n|\t/);
  expect(rules).toHaveLength(1);
});

describe('fields that the API server does not know', () => {
  /** Each problem as `rule line:column message -> advice`. */
  async function told(text: string, ...flags: readonly string[]) {
    const { report } = await validate({ 'p.yaml': text }, '.', ...flags);
    return report.sets.flatMap(({ problems }) =>
      problems.map(
        ({ rule, place, message, advice }) =>
          `${rule} ${place.line}:${place.column} ${message.split(':')[0]} -> ${advice}`,
      ),
    );
  }

  test.each([
    [
      'at the top',
      `${pool}specs: {}\n---\n${advertisement}`,
      ['unknown-field 5:1 specs is no field of IPAddressPool -> did you mean spec?'],
    ],
    [
      'of spec, one step too far out',
      `${pool}autoAssign: false\n---\n${advertisement}`,
      [
        'unknown-field 5:1 autoAssign is no field of IPAddressPool -> it belongs at spec.autoAssign',
      ],
    ],
    [
      'of metadata',
      whole.replace('{name: lan,', '{name: lan, lables: {a: b},'),
      ['unknown-field 3:23 metadata.lables is no field of IPAddressPool -> did you mean labels?'],
    ],
    [
      'of an entry of a list',
      `${whole}spec: {nodeSelectors: [{matchLabels: {a: b}}, {matchLabel: {a: b}}]}\n`,
      [
        'unknown-field 9:48 spec.nodeSelectors[1].matchLabel is no field of L2Advertisement -> did you mean matchLabels?',
      ],
    ],
    [
      'deep inside',
      `${whole}spec: {nodeSelectors: [{matchExpressions: [{key: a, operator: In, value: [b]}]}]}\n`,
      [
        'selector-syntax 9:8 values -> use In, NotIn, Exists or DoesNotExist, and label keys and values as Kubernetes allows them',
        'unknown-field 9:67 spec.nodeSelectors[0].matchExpressions[0].value is no field of L2Advertisement -> did you mean values?',
      ],
    ],
    [
      'of an owner',
      whole.replace('{name: lan,', '{name: lan, ownerReferences: [{kind: Pod, nmae: x}],'),
      [
        'unknown-field 3:53 metadata.ownerReferences[0].nmae is no field of IPAddressPool -> did you mean name?',
      ],
    ],
    [
      'of an object inside a List',
      `kind: List\napiVersion: v1\nitems:\n- ${whole.split('---\n')[0]?.trim().replaceAll('\n', '\n  ')}\n  spce: {}\n- ${advertisement.trim().replaceAll('\n', '\n  ')}\n`,
      ['unknown-field 8:3 spce is no field of IPAddressPool -> did you mean spec?'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await told(text)).toEqual(expected);
  });

  test('a field that only the newer version of the kind has', async () => {
    const peer = `${head}kind: BGPPeer\nmetadata: ${named}\nspec: {myASN: 1, peerASN: 2, peerAddress: 10.0.0.1, vrf: red}\n`;
    expect(await told(peer, '--bgp-type', 'frr')).toEqual([
      'unknown-field 4:53 spec.vrf is no field of BGPPeer in metallb.io/v1beta1 -> write apiVersion: metallb.io/v1beta2, which has it',
    ]);
    const newer = peer.replace('v1beta1', 'v1beta2');
    expect(await told(newer, '--bgp-type', 'frr')).toEqual([]);
  });

  test('an object that has no name because of a slip shows the slip', async () => {
    expect(await told(whole.replace('metadata:', 'metdata:'))).toEqual([
      'no-name 1:1 this IPAddressPool has no name -> give it a name',
      'unknown-field 3:1 metdata is no field of IPAddressPool -> did you mean metadata?',
      expect.stringContaining('no-namespace'),
    ]);
  });

  test('what kubectl reads back is known, all of it', async () => {
    const live = `${head}kind: IPAddressPool
metadata:
  annotations: {a: b}
  creationTimestamp: "2026-01-01T00:00:00Z"
  finalizers: [x/y]
  generation: 2
  labels: {a: b}
  managedFields:
  - {apiVersion: metallb.io/v1beta1, fieldsType: FieldsV1, fieldsV1: {"f:spec": {}}, manager: k, operation: Update, time: "2026-01-01T00:00:00Z", subresource: status}
  name: lan
  namespace: metallb-system
  ownerReferences: [{apiVersion: v1, kind: Pod, name: x, uid: "1", controller: true, blockOwnerDeletion: true}]
  resourceVersion: "7"
  uid: abc
spec: {addresses: [10.4.0.0/24], autoAssign: true, avoidBuggyIPs: false, serviceAllocation: {priority: 1, namespaces: [a], namespaceSelectors: [{matchLabels: {a: b}}], serviceSelectors: []}}
status: {assignedIPv4: 1, assignedIPv6: 0, availableIPv4: 2, availableIPv6: 0}
`;
    expect(await told(`${live}---\n${advertisement}`)).toEqual([]);
  });

  test('labels and names that are no text are turned away before anything else', async () => {
    expect(
      await told(
        whole.replace('{name: lan,', '{name: 7, labels: {a: 1, b: yes}, annotations: {c: "1"},'),
      ),
    ).toEqual([
      'wrong-type 3:18 metadata.name must be a string, not a number -> put it in quotes',
      'wrong-type 3:33 metadata.labels.a must be a string, not a number -> put it in quotes',
      'wrong-type 3:39 metadata.labels.b must be a string, not a boolean -> put it in quotes',
    ]);
    expect(await told(`${whole}spec: {nodeSelectors: [{matchLabels: {rack: 1}}]}\n`)).toEqual([
      'wrong-type 9:45 spec.nodeSelectors[0].matchLabels.rack must be a string, not a number -> put it in quotes',
    ]);
  });
});

describe('what kustomize would make of a folder', () => {
  test('whatever it changes is named, with the command that shows the outcome', async () => {
    const { code, notes, rules, pipes } = await validate({
      'p.yaml': whole,
      'kustomization.yaml':
        'resources: [p.yaml]\nnamePrefix: prod-\nnameSuffix: -b\ncommonLabels: {a: b}\nnamespace: metallb-system\n',
    });
    expect(rules).toEqual([]);
    expect(notes).toEqual([
      'namePrefix and nameSuffix are not applied here, the resources are judged as they stand',
    ]);
    expect(pipes).toEqual(['kubectl kustomize F | triage validate -']);
    expect(code).toBe(3);
  });

  test('charts in it need one more flag', async () => {
    const { notes, pipes } = await validate({
      'p.yaml': whole,
      'kustomization.yaml': 'resources: [p.yaml]\nhelmCharts: [{name: x}]\n',
    });
    expect(notes).toEqual([
      'helmCharts are not applied here, the resources are judged as they stand',
    ]);
    expect(pipes).toEqual(['kubectl kustomize --enable-helm F | triage validate -']);
  });

  test("MetalLB's own chart and labels that choose nothing leave the files as they are", async () => {
    const { code, notes, pipes } = await validate({
      'p.yaml': whole,
      'kustomization.yaml':
        'resources: [p.yaml]\nlabels: [{pairs: {a: b}}]\nhelmCharts: [{name: metallb, repo: "https://metallb.github.io/metallb"}]\n',
    });
    expect(notes).toEqual([]);
    expect(pipes).toEqual([]);
    expect(code).toBe(0);
  });

  test('one that only lists files says no more than the files', async () => {
    const { notes } = await validate({
      'p.yaml': whole,
      'kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [p.yaml]\n',
    });
    expect(notes).toEqual([]);
  });

  test('objects beside it that it does not name are judged by themselves, and that is said', async () => {
    const { report, notes } = await validate({
      'p.yaml': whole,
      'old.yaml': whole.replaceAll('name: lan', 'name: old'),
      'kustomization.yaml': 'resources: [p.yaml]\n',
    });
    expect(report.sets.map(({ name, problems }) => [name.replace(folder, 'F'), problems])).toEqual([
      ['F', []],
      ['F (files that no kustomization names)', []],
    ]);
    expect(notes).toEqual([
      'kustomize leaves F/old.yaml out: judged by itself, not together with what is built',
    ]);
  });

  test('a folder beside it is one cluster with it', async () => {
    const { report } = await validate({
      'metallb/kustomization.yaml': 'resources: [advertisement.yaml]\n',
      'metallb/advertisement.yaml': advertisement,
      'pools/p.yaml': pool,
    });
    expect(report.sets.map(({ objects }) => objects)).toEqual([
      { IPAddressPool: 1, L2Advertisement: 1 },
    ]);
  });
});

describe('templates', () => {
  const template = `{{- if .Values.on }}\n${pool.replace('lan', '{{ .Values.pool }}')}{{- end }}\n`;

  test('those of a chart are named with the command that fills them in', async () => {
    const { code, rules, notes, report } = await validate({
      'chart/Chart.yaml': 'apiVersion: v2\nname: x\nversion: 1.0.0\n',
      'chart/values.yaml': 'pool: a\n',
      'chart/templates/a.yaml': template,
      'chart/templates/b.yaml': template,
    });
    expect(rules).toEqual([]);
    expect(notes).toEqual([
      'F/chart/templates/a.yaml and F/chart/templates/b.yaml are templates of Helm ({{ … }}) and were not judged; filled in they are: helm template F/chart | triage validate -',
    ]);
    expect([code, report.result]).toEqual([3, 'unknown']);
    expect(faultsOfSchema('validate.v1.schema.json', report)).toEqual([]);
  });

  test("one of MetalLB's objects beside plain ones leaves the answer open", async () => {
    const { code, notes, report } = await validate({ 'p.yaml': whole, 't.yaml': template });
    expect(notes).toEqual([
      'F/t.yaml is a template of Helm ({{ … }}) and was not judged; filled in it is: helm template CHART | triage validate -',
    ]);
    expect([code, report.result]).toEqual([3, 'unknown']);
  });

  test('one of something else does not, and is not worth a note', async () => {
    const other = 'kind: ConfigMap\nmetadata: {name: "${NAME}"}\n';
    const { code, notes, report } = await validate({ 'p.yaml': whole, 't.yaml': other });
    expect(notes).toEqual([]);
    expect(report.sets[0]?.skipped.templates).toBe(1);
    expect([code, report.result]).toEqual([0, 'valid']);
  });

  test('a variable in one document is no excuse for a fault in another', async () => {
    const { rules } = await validate({
      'p.yaml': `${whole}---\nkind: ConfigMap\ndata: {a: "$\{NAME}"}\n---\nkind: A\n]\n`,
    });
    expect(rules).toEqual([expect.stringContaining('error yaml-syntax')]);
  });

  test('a recording of them is refused as what they are', async () => {
    writeFileSync(join(folder, 't.yaml'), template);
    const { code, stderr } = await runHere('health', ['--from', folder]);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('it seems to be a template of Helm');
    expect(code).toBe(2);
  });
});

describe('an overlap', () => {
  const pools = (...addresses: readonly string[]) =>
    `${addresses
      .map((each, index) => `${pool.replace('10.4.0.0/24', each).replace('lan', `p${index}`)}---\n`)
      .join('')}${advertisement}`;

  test('is told once per pair of ranges, as they are written', async () => {
    const { rules, report } = await validate({
      'p.yaml': pools('10.0.0.60-10.0.0.90', '192.168.0.0/24, 10.0.0.24-10.0.0.70'),
    });
    expect(rules).toEqual([
      'error overlap: 10.0.0.24-10.0.0.70 in pool p1 overlaps 10.0.0.60-10.0.0.90 in pool p0; in MetalLB\'s words: CIDR "10.0.0.32/27" in pool "p1" overlaps with already defined CIDR "10.0.0.60/30"',
    ]);
    expect(report.sets[0]?.problems[0]).toMatchObject({
      place: { line: 9, column: 36 },
      other: { line: 4, column: 20 },
    });
  });

  test('of one pool with itself names both of its entries', async () => {
    const { rules, report } = await validate({
      'p.yaml': pools('10.0.0.1-10.0.0.9, 10.0.0.5-10.0.0.12'),
    });
    expect(rules).toEqual([
      'error overlap: 10.0.0.5-10.0.0.12 in pool p0 overlaps 10.0.0.1-10.0.0.9 in the same pool; in MetalLB\'s words: CIDR "10.0.0.5/32" in pool "p0" overlaps with already defined CIDR "10.0.0.4/30"',
    ]);
    expect(report.sets[0]?.problems[0]).toMatchObject({
      place: { line: 4, column: 39 },
      other: { line: 4, column: 20 },
    });
  });

  test.each([
    [
      'one range over two others',
      '10.0.0.0-10.0.0.20',
      '10.0.0.5-10.0.0.9, 10.0.0.15-10.0.0.30',
      2,
    ],
    [
      'two equal ranges, and one elsewhere',
      '10.0.0.1-10.0.0.6',
      '10.0.0.1-10.0.0.6, 10.0.0.1-10.0.0.6',
      2,
    ],
  ])('%s', async (_, first, second, count) => {
    const { rules } = await validate({ 'p.yaml': pools(first, second) });
    expect(rules).toHaveLength(count);
  });

  test('of prefixes needs no other words than those of MetalLB', async () => {
    expect((await validate({ 'p.yaml': pools('10.0.0.0/24', '10.0.0.0/26') })).rules).toEqual([
      'error overlap: CIDR "10.0.0.0/26" in pool "p1" overlaps with already defined CIDR "10.0.0.0/24"',
    ]);
  });
});
