import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runHere } from './in-process.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'triage-counts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const head = 'apiVersion: metallb.io/v1beta1\n';
const named = '{name: lan, namespace: metallb-system}';
const pool = `${head}kind: IPAddressPool\nmetadata: ${named}\nspec: {addresses: [10.4.0.0/24]}\n`;
const whole = `${pool}---\n${head}kind: L2Advertisement\nmetadata: ${named}\n`;
const overlays = {
  'k/base/kustomization.yaml': 'resources: [p.yaml]\n',
  'k/base/p.yaml': whole,
  'k/overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
  'k/overlays/prod/kustomization.yaml': 'resources: [../../base, q.yaml]\nnameSuffix: -b\n',
  'k/overlays/prod/q.yaml': whole.replaceAll('lan', 'wan').replace('10.4.', '10.5.'),
};

/** The verdict and what follows it, each line as it was before it was broken. */
async function ending(
  files: Readonly<Record<string, string>>,
  path: string,
  ...flags: readonly string[]
) {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const { code, stdout } = await runHere('validate', [join(folder, path), ...flags]);
  const last = stdout.trimEnd().split('\n\n').at(-1) ?? '';
  const unbroken = last.replaceAll(/ \\\n +/g, ' ').replaceAll(/\n {2}(?!kubectl)/g, ' ');
  const version = /for MetalLB v[0-9.]+ in metallb-system/;
  return {
    code,
    lines: unbroken.replaceAll(folder, 'F').replace(version, 'for M').split('\n'),
  };
}

test('a kustomization that two sets share counts once', async () => {
  expect(await ending(overlays, 'k')).toEqual({
    code: 3,
    lines: [
      'valid as far as could be read for M: 2 sets of manifests',
      'not judged: 3 kustomizations',
      'each set is judged as a cluster of its own, and none against another',
      'kustomize makes more of it than stands in these files; to judge that:',
      '  kubectl kustomize F/k/overlays/prod | triage validate -',
    ],
  });
});

test('a set without an object of MetalLB is no valid set, and what was asked for is asked again', async () => {
  expect(await ending(overlays, 'k/overlays', '--version', 'v0.15.3', '--exit-warn')).toEqual({
    code: 3,
    lines: [
      'valid as far as could be read for M: 1 set of manifests, and 1 without an object of MetalLB',
      'not judged: 2 kustomizations',
      'each set is judged as a cluster of its own, and none against another',
      'kustomize makes more of it than stands in these files; to judge that:',
      '  kubectl kustomize F/k/overlays/dev | triage validate - --version v0.15.3 --exit-warn',
      '  kubectl kustomize F/k/overlays/prod | triage validate - --version v0.15.3 --exit-warn',
    ],
  });
});

test('resources that are all here are valid without more words', async () => {
  expect(await ending(overlays, 'k/base')).toEqual({
    code: 0,
    lines: ['valid for M: 2 objects of MetalLB (2 files)', 'not judged: 1 kustomization'],
  });
});

test('a file of several templates is one, and what stands in it is not denied', async () => {
  const template = `{{- if .Values.on }}\n${whole.replaceAll('lan', '{{ .Values.pool }}')}{{- end }}\n`;
  const files = { 'c/Chart.yaml': 'name: x\nversion: 1.0.0\n', 'c/templates/a.yaml': template };
  expect(await ending(files, 'c')).toEqual({
    code: 3,
    lines: [
      'nothing to judge for M: no object of MetalLB (2 files)',
      'not judged: 1 other document, 1 file of templates',
      "all of MetalLB's objects here stand in templates, which are to be filled in first",
    ],
  });
});

test('objects that are glued together are not counted as none', async () => {
  expect(await ending({ 'glued.yaml': whole.replace('---\n', '') }, 'glued.yaml')).toEqual({
    code: 1,
    lines: ['NOT valid for M: 1 problem in 1 file, and no object of MetalLB that could be read'],
  });
  const mixed = { 'a/glued.yaml': whole.replace('---\n', ''), 'a/whole.yaml': whole };
  expect((await ending(mixed, 'a')).lines[0]).toBe(
    'NOT valid for M: 1 problem in 2 objects of MetalLB (2 files), besides what could not be read',
  );
});

test('several files, as a shell makes them of *.yaml, are one cluster', async () => {
  const [first = '', second = ''] = whole.split('---\n');
  writeFileSync(join(folder, 'a.yaml'), first);
  writeFileSync(join(folder, 'b.yaml'), second);
  const files = ['a.yaml', 'b.yaml'].map((name) => join(folder, name));
  const { code, stdout } = await runHere('validate', [...files, '--version', 'v0.15.3']);
  expect([code, stdout.replaceAll(/\s+/g, ' ')]).toEqual([
    0,
    'valid for MetalLB v0.15.3 in metallb-system: 2 objects of MetalLB (2 files) ',
  ]);
  const twice = await runHere('validate', [...files, ...files]);
  expect([twice.code, twice.stdout.replaceAll(/\s+/g, ' ')]).toEqual([
    0,
    'valid for MetalLB v0.16.2 in metallb-system: 2 objects of MetalLB (2 files) ',
  ]);
});

test('a folder stands alone', async () => {
  writeFileSync(join(folder, 'a.yaml'), whole);
  const { code, stderr } = await runHere('validate', [join(folder, 'a.yaml'), folder]);
  expect(code).toBe(2);
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
    `${folder} is a folder: several files are judged together, a folder alone, as one cluster`,
  );
});

test('markdown names the pipe too', async () => {
  const { lines } = await ending(overlays, 'k', '-o', 'markdown');
  expect(lines.join('\n')).toContain('- `kubectl kustomize F/k/overlays/prod | triage validate -`');
});
