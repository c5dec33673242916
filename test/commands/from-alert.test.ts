import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fakeApi, type FakeApi } from '../core/cluster/fake-api-server.ts';
import { aCluster } from '../core/cluster/sample-objects.ts';
import { faultsOfSchema } from '../schemas/validate.ts';
import { runHere } from './in-process.ts';

const sick = 'test/incidents/pool-exhausted/sick';
let folder = '';
let api: FakeApi;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'triage-alerts-'));
  api = await fakeApi({ objects: aCluster() });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

type Labels = Readonly<Record<string, string>>;

function payload(...alerts: readonly (Labels & { readonly status?: string })[]): string {
  const file = join(folder, 'alerts.json');
  const entries = alerts.map(({ status = 'firing', ...labels }) => ({
    status,
    labels,
    startsAt: '2026-03-14T03:02:00Z',
  }));
  writeFileSync(file, JSON.stringify({ version: '4', status: 'firing', alerts: entries }));
  return file;
}

const full = { alertname: 'MetalLBAddressPoolExhausted', severity: 'critical', pool: 'lan' };
const stale = { alertname: 'MetalLBStaleConfig', pod: 'controller-1' };

describe('from-alert', () => {
  test('says which alert led to what, and exits as that does', async () => {
    const { stdout, code } = await runHere('from-alert', [payload(full), '--from', sick]);
    expect(stdout).toContain('MetalLBAddressPoolExhausted (pool=lan), for 10 min');
    expect(stdout).toContain('triage health');
    expect(stdout).toContain('pool-exhausted (MLB-A02)');
    expect(stdout).toMatch(/^pools {3}lan /m);
    expect(stdout).not.toMatch(/^ {8}dmz .*manual/m);
    const { stdout: pool } = await runHere('pools', ['lan', '--from', sick]);
    expect(stdout).toContain(pool);
    expect(code).toBe(1);
  });

  test('every form says the same; JSON keeps to its schema', async () => {
    const file = payload(full, { ...stale, status: 'resolved' }, { alertname: 'Watchdog' });
    const json = await runHere('from-alert', [file, '--from', sick, '-o', 'json']);
    const yaml = await runHere('from-alert', [file, '--from', sick, '-o', 'yaml']);
    const markdown = await runHere('from-alert', [file, '--from', sick, '-o', 'markdown']);
    const document = JSON.parse(json.stdout);
    expect(faultsOfSchema('alerts.v1.schema.json', document)).toEqual([]);
    expect(parse(yaml.stdout)).toEqual(document);
    expect(markdown.stdout).toContain('## MetalLBAddressPoolExhausted');
    expect([json.code, yaml.code, markdown.code]).toEqual([1, 1, 1]);
    expect(document).toMatchObject({
      unknown: [{ name: 'Watchdog' }],
      quiet: [{ name: 'MetalLBStaleConfig', state: 'resolved' }],
    });
  });

  test('where nothing is found, it says what else can make the alert fire', async () => {
    const { stdout, code } = await runHere('from-alert', [payload(stale), '--from', sick]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'can stay at 1 after the configuration was put back',
    );
    expect(code).toBe(0);
  });

  test('what answers the alert is told, not counted, though nothing is wrong with the cluster', async () => {
    const from = 'test/incidents/stale-flag-lingers/sick';
    const { stdout, code } = await runHere('from-alert', [payload(stale), '--from', from]);
    const told = stdout.replaceAll(/\s+/g, ' ');
    expect(told).toContain('why stale-flag-lingers (MLB-H17)');
    expect(told).toContain('an alert on the stale flag is false');
    expect(told).not.toContain('(metallb#2245); a restart');
    expect(told).not.toContain('remark');
    expect(code).toBe(0);
  });

  test.each([
    ['bgp-as-mismatch', 'bgp-as-mismatch (MLB-B22)', 1],
    ['bgp-one-session-down', 'bgp-peer-unreachable (MLB-B22)', 0],
    ['bgp-peer-without-speaker', 'addresses-announced-by-nobody (MLB-L22)', 1],
  ])('a session that is down in %s is found, as health finds it', async (incident, told, exit) => {
    const file = payload({ alertname: 'MetalLBBGPSessionDown' });
    const from = `test/incidents/${incident}`;
    const { stdout, code } = await runHere('from-alert', [file, '--from', `${from}/sick`]);
    expect(stdout).toContain(told);
    expect(stdout).not.toContain('may be at');
    expect(code).toBe(exit);
    const { code: well } = await runHere('from-alert', [file, '--from', `${from}/healthy`]);
    expect(well).toBe(0);
  });

  test('where nothing is found for a session, the Services to ask about can be pasted', async () => {
    const file = payload({ alertname: 'MetalLBBGPSessionDown' });
    const from = 'test/incidents/bgp-as-mismatch/healthy';
    const { stdout } = await runHere('from-alert', [file, '--from', from]);
    const told = stdout.replaceAll(/\s+/g, ' ');
    expect(told).toContain('ask about a Service itself:');
    expect(stdout).toMatch(/^ +triage no-traffic ingress-nginx\/ingress-nginx-controller \\$/m);
    expect(told).not.toContain('NAMESPACE/SERVICE');
    const { stdout: ticket } = await runHere('from-alert', [
      file,
      '--from',
      from,
      '-o',
      'markdown',
    ]);
    expect(ticket).toMatch(/^> `triage no-traffic ingress-nginx\/ingress-nginx-controller .*`$/m);
  });

  test('what was asked fits the terminal; -v and JSON have it whole', async () => {
    const args = [payload(stale), '--from', sick];
    const { stdout } = await runHere('from-alert', args);
    expect(stdout).toContain(`asked   triage health --from=${sick}\n`);
    expect(stdout).toMatch(/^ {8}only the \d+ checks that such alerts are about; -v shows which$/m);
    expect(stdout).not.toContain('--only');
    const { stdout: whole } = await runHere('from-alert', [...args, '-v']);
    expect(whole).toMatch(/--only MLB-/);
    const { stdout: json } = await runHere('from-alert', [...args, '-o', 'json']);
    expect(JSON.parse(json).answers[0].command).toMatch(/^triage health --only MLB-[^ ]+ --from=/);
  });

  test('a pool that is not in this cluster is doubted', async () => {
    const { stdout } = await runHere('from-alert', [
      payload({ ...full, pool: 'lann' }),
      '--from',
      sick,
    ]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('there is no pool lann in this cluster now');
  });

  test.each([
    ['only over', [{ ...stale, status: 'resolved' }], 0],
    ['only unknown', [{ alertname: 'Watchdog' }], 3],
    ['none', [], 0],
  ])('%s: nothing is read at all', async (_, alerts, expected) => {
    const dead = join(folder, 'no-kubeconfig');
    const { code } = await runHere('from-alert', [payload(...alerts), '--kubeconfig', dead]);
    expect(code).toBe(expected);
  });

  test('a hundred alerts about one cluster cost one reading', async () => {
    const alerts = Array.from({ length: 100 }, (_, index) => ({ ...full, pool: `p${index}` }));
    await runHere('from-alert', [payload(...alerts, stale), '--kubeconfig', api.kubeconfig]);
    const services = api.paths().filter((path) => path === '/api/v1/services');
    expect(services).toHaveLength(1);
  });

  test('a label leads to a context only when it is named, and to one that is there', async () => {
    const file = payload({ ...full, cluster: 'lab' }, { ...full, cluster: '--context=x' }, stale);
    const args = [file, '--kubeconfig', api.kubeconfig, '-o', 'json'];
    const { stdout } = await runHere('from-alert', [...args, '--cluster-label', 'cluster']);
    const document = JSON.parse(stdout);
    expect(faultsOfSchema('alerts.v1.schema.json', document)).toEqual([]);
    expect(document.answers).toMatchObject([
      { context: 'lab', report: { command: 'from-alert' } },
      {
        context: '--context=x',
        report: {
          result: 'error',
          error: { message: 'context "--context=x" is not in the kubeconfig' },
        },
      },
    ]);
    expect(document.notices).toContain(
      'MetalLBStaleConfig (pod=controller-1) has no label cluster: nobody says which cluster it is about',
    );
  });

  test('no more is read than alerts can be', async () => {
    const { stdout, stderr, code } = await runHere('from-alert', ['/dev/zero']);
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toContain('/dev/zero is too large for alerts: more than 8000000 bytes');
  });

  test('a payload from nowhere is one line on stderr, and exit 2', async () => {
    const { stdout, stderr, code } = await runHere('from-alert', ['/nowhere.json']);
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toContain('/nowhere.json cannot be read');
  });
});
