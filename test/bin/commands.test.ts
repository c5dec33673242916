import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runTriage } from '../commands/child-process.ts';
import { fakeApi, type FakeApi } from '../core/cluster/fake-api-server.ts';
import { aCluster } from '../core/cluster/sample-objects.ts';
import { builtProgram, type BuiltProgram } from './built-program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sick = join(root, 'test/incidents/pool-exhausted/sick');
const healthy = join(root, 'test/incidents/pool-exhausted/healthy');
const answered = join(root, 'test/incidents/address-unanswered/healthy');
const from = ['--from', sick];

/** A question each, the exit code, and words that only an answer has. */
const questions: readonly (readonly [question: readonly string[], code: number, says: string])[] = [
  [['pending', 'shop/checkout', ...from], 1, 'pool-exhausted (MLB-A02)'],
  [['no-traffic', 'shop/checkout', ...from], 1, 'triage pending shop/checkout'],
  [['no-traffic', 'shop/checkout', '--from', answered], 0, 'on the wire   ok'],
  [['health', ...from], 1, 'pool-exhausted (MLB-A02)'],
  [['health', '--from', `${sick},${healthy}`], 1, '2 clusters: '],
  [['pools', ...from], 0, '2 pools, 18 addresses, 6 free'],
  [['announcers', ...from], 1, '11 announced, 1 by nobody'],
  [['drill', '--each', ...from], 1, 'the worst is worker-2'],
  [['what-if', 'shop/checkout', '--pool', 'dmz', ...from], 0, 'dmz'],
  [['diff', healthy, sick], 1, 'came    pool-exhausted (MLB-A02)'],
  [['upgrade', '--to', 'v0.16.1', ...from], 0, 'v0.16.1'],
  [['from-alert', 'FOLDER/alerts.json', ...from], 1, 'MetalLBAddressPoolExhausted (pool=lan)'],
  [['validate', join(root, 'test/manifests/right')], 0, 'valid for MetalLB'],
  [['validate', join(root, 'test/manifests/wrong')], 1, 'NOT valid for MetalLB'],
  [['snapshot', ...from, '-o', 'FOLDER/shared.json.gz', '--share'], 0, ''],
  [['health', '--from', 'FOLDER/shared.json.gz'], 1, 'pool-exhausted (MLB-A02)'],
  [['explain', 'pool-exhausted'], 0, 'pool-exhausted'],
  [['checks'], 0, 'MLB-A02'],
  [['checks', '--bugs'], 0, 'metallb#2626'],
  [['rbac', '--user', 'oncall@example.org'], 0, 'kind: ClusterRole'],
  [['arp', '127.0.0.1'], 2, ''],
  [['version'], 0, 'triage '],
  [['doctor', '--kubeconfig', 'KUBECONFIG'], 3, '29 of 30 work from here'],
  [['watch', 'shop/checut', '--kubeconfig', 'KUBECONFIG'], 2, ''],
];

let program: BuiltProgram;
let api: FakeApi;

beforeAll(async () => {
  program = builtProgram();
  api = await fakeApi({ objects: aCluster() });
  const alert = { labels: { alertname: 'MetalLBAddressPoolExhausted', pool: 'lan' } };
  const alerts = [{ status: 'firing', startsAt: '2026-03-14T03:02:00Z', ...alert }];
  const payload = { version: '4', status: 'firing', alerts };
  writeFileSync(join(program.home, 'alerts.json'), JSON.stringify(payload));
}, 60_000);

afterAll(async () => {
  program[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
});

describe('the program that ships', () => {
  test.each(questions)('%j is answered', async (question, code, says) => {
    const words = question.map((word) =>
      word.replace('FOLDER', program.home).replace('KUBECONFIG', api.kubeconfig),
    );
    const outcome = await runTriage(words, { script: program.script });
    expect(outcome).toMatchObject({ code, stdout: expect.stringContaining(says) });
    expect(outcome.stderr).not.toContain('bug in triage');
  });

  test('no command is forgotten here', () => {
    const commands = readdirSync(join(root, 'src/commands')).map((file) => basename(file, '.ts'));
    const asked = new Set(questions.map(([[command]]) => command));
    // it talks to a terminal
    expect(commands.filter((command) => command !== 'ask' && !asked.has(command))).toEqual([]);
  });
});
