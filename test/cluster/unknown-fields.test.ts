import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ValidationReport } from '../../src/core/facts/validation.ts';
import { startScenarioServer, type ScenarioServer } from '../testbed/scenario.ts';
import { runTriage } from '../testbed/triage.ts';

let server: ScenarioServer;
let folder = '';

beforeAll(async () => {
  server = await startScenarioServer();
  folder = mkdtempSync(join(tmpdir(), 'triage-fields-'));
  const directory = 'test/incidents/pool-exhausted/sick';
  await server.show({ directory, at: '2026-03-14T03:12:40Z', version: 'v0.16.1' });
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

function manifest(kind: string, rest: string, metadata = ''): string {
  return `apiVersion: metallb.io/v1beta1\nkind: ${kind}\nmetadata: {name: x, namespace: metallb-system${metadata}}\n${rest}\n`;
}

const pool = 'spec: {addresses: [10.99.0.0/24]}';
const peer = 'myASN: 1, peerASN: 2, peerAddress: 10.0.0.1';
const manifests = [
  manifest('IPAddressPool', `${pool}\nspecs: {}`),
  manifest('IPAddressPool', pool, ', lables: {a: b}'),
  manifest(
    'IPAddressPool',
    pool,
    ', ownerReferences: [{apiVersion: v1, kind: Pod, name: x, uid: "1", nmae: x}]',
  ),
  manifest('IPAddressPool', 'spec: {addresses: [10.99.0.0/24], serviceAllocation: {priorty: 1}}'),
  manifest(
    'L2Advertisement',
    'spec: {nodeSelectors: [{matchLabels: {a: b}}, {matchLabel: {a: b}}]}',
  ),
  manifest(
    'L2Advertisement',
    'spec: {nodeSelectors: [{matchExpressions: [{key: a, operator: Exists, value: []}]}]}',
  ),
  manifest('Community', 'spec: {communities: [{name: x, value: "1:2", valeu: 3}]}'),
  manifest('BGPPeer', `spec: {${peer}, vrf: red}`),
  manifest('BGPPeer', `spec: {${peer}, passwordSecret: {name: x}}`),
  manifest('BFDProfile', 'spec: {recieveInterval: 50}'),
];

/** What kubectl is told of fields, one per line, in the words of the API server. */
function strangersIn(stderr: string): readonly string[] {
  return [...stderr.matchAll(/unknown field "([^"]+)"/g)].map(([, path = '']) => path).toSorted();
}

test.each(manifests)(
  'the API server refuses what triage names, by the same path: %j',
  async (text) => {
    const file = join(folder, 'm.yaml');
    writeFileSync(file, text);
    const { code, stderr } = await server.controlPlane.kubectl([
      'create',
      '--dry-run=server',
      '-f',
      file,
    ]);
    const { stdout } = await runTriage(['validate', file, '--version', 'v0.16.1', '-o', 'json']);
    const { sets } = JSON.parse(stdout) as ValidationReport;
    const named = sets
      .flatMap(({ problems }) => problems)
      .filter(({ rule }) => rule === 'unknown-field')
      .map(({ message }) => message.split(' ', 1)[0] ?? '');
    expect(code).not.toBe(0);
    expect(named.toSorted()).toEqual(strangersIn(stderr));
    expect(named.length).toBeGreaterThan(0);
  },
);
