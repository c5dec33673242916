import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ValidationReport } from '../../src/core/facts/validation.ts';
import { fakeApi, type FakeApi } from '../core/cluster/fake-api-server.ts';
import { aCluster } from '../core/cluster/sample-objects.ts';
import { runHere } from './in-process.ts';

let folder = '';
let api: FakeApi;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'triage-validate-'));
  api = await fakeApi({ objects: aCluster() });
  const cluster = { name: 'lab', cluster: { server: api.url } };
  const context = { name: 'lab', context: { cluster: 'lab', user: 'me' } };
  const users = [{ name: 'me', user: { token: 't' } }];
  writeFileSync(
    join(folder, 'config'),
    JSON.stringify({ clusters: [cluster], contexts: [context], users, 'current-context': 'lab' }),
  );
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

test('beside a living cluster, its release, its kind of BGP and its pools count', async () => {
  const flags = ['--with', 'cluster', '--kubeconfig', join(folder, 'config'), '-o', 'json'];
  const { stdout, code } = await runHere('validate', ['test/manifests/right', ...flags]);
  const report = JSON.parse(stdout) as ValidationReport;
  expect(report.with).toBe('cluster');
  expect(report.metallb).toMatchObject({ namespace: 'metallb-system' });
  expect(code).toBe(0);
  expect(report.sets[0]).toMatchObject({ problems: [], notes: [] });
});

test('a range that a pool of the cluster has already is refused', async () => {
  const file = join(folder, 'other.yaml');
  writeFileSync(
    file,
    'apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: other}\nspec: {addresses: [10.4.11.0/24]}\n',
  );
  const flags = ['--with', 'cluster', '--kubeconfig', join(folder, 'config'), '-o', 'json'];
  const { stdout, code } = await runHere('validate', [file, ...flags]);
  const [problem] = (JSON.parse(stdout) as ValidationReport).sets[0]?.problems ?? [];
  expect(code).toBe(1);
  expect(problem).toMatchObject({
    rule: 'overlap',
    place: { file, line: 4, column: 20 },
    refusedBy: ['webhook', 'controller', 'speaker'],
  });
});

test('what could not be read of the cluster makes it unknown, and is said', async () => {
  const file = join(folder, 'far.yaml');
  writeFileSync(
    file,
    'apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: far}\nspec: {addresses: [10.77.0.0/28]}\n',
  );
  const beside = ['--with', 'test/incidents/dump-without-pools/sick'];
  const { stdout, code } = await runHere('validate', [file, ...beside]);
  expect(code).toBe(3);
  expect(stdout).toContain('could not read ipAddressPools');
  expect(stdout).toContain('valid as far as could be read for MetalLB');
});

test('manifests may come by pipe', () => {
  const input = 'apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: lan}\n';
  const words = ['bin/dev.js', 'validate', '-'];
  const { stdout, status } = spawnSync(process.execPath, words, { input, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stdout).toContain('stdin:3:18  IPAddressPool metallb-system/lan');
  expect(stdout).toContain('pool has no prefixes defined');
});

test('what comes by pipe and is no text is called stdin too', () => {
  const words = ['bin/dev.js', 'validate', '-'];
  const input = Buffer.from([0, 1, 2]);
  const { stdout, status } = spawnSync(process.execPath, words, { input, encoding: 'utf8' });
  expect(status).toBe(3);
  expect(stdout).toContain('note    stdin was not judged');
});
