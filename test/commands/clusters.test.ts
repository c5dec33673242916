import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fakeApi, type FakeApi } from '../core/cluster/fake-api-server.ts';
import { aCluster } from '../core/cluster/sample-objects.ts';
import { faultsOfSchema } from '../schemas/validate.ts';
import { runTriage } from './child-process.ts';
import { runHere } from './in-process.ts';

const incidents = 'test/incidents';
const sick = `${incidents}/pool-exhausted/sick`;
const healthy = `${incidents}/controller-absent/healthy`;

let folder = '';
let east: FakeApi;
let west: FakeApi;
let kubeconfig = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'triage-clusters-'));
  east = await fakeApi({ objects: aCluster() });
  west = await fakeApi({ objects: aCluster() });
  kubeconfig = join(folder, 'config');
  const servers = { east: east.url, west: west.url, dead: 'http://127.0.0.1:1' };
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      clusters: Object.entries(servers).map(([name, server]) => ({ name, cluster: { server } })),
      users: [{ name: 'me', user: { token: 't' } }],
      contexts: [
        ...Object.keys(servers).map((name) => ({ name, context: { cluster: name, user: 'me' } })),
        { name: 'east-admin', context: { cluster: 'east', user: 'me' } },
      ],
    }),
  );
});
afterAll(async () => {
  await east[Symbol.asyncDispose]();
  await west[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

interface Printed {
  readonly result: string;
  readonly exitCode: number;
  readonly notices: readonly string[];
  readonly clusters: readonly {
    readonly cluster: string;
    readonly alsoCalled: readonly string[];
    readonly report: { readonly result: string; readonly receipt?: { readonly calls: number } };
  }[];
}

async function ask(contexts: readonly string[], more: readonly string[] = []) {
  const { stdout, code } = await runHere('health', [
    ...contexts,
    ...more,
    '--kubeconfig',
    kubeconfig,
    '-o',
    'json',
  ]);
  const printed = JSON.parse(stdout) as Printed;
  expect(faultsOfSchema('reports.v1.schema.json', printed)).toEqual([]);
  expect(printed.exitCode).toBe(code);
  return printed;
}

describe('several live clusters', () => {
  test('one that cannot be reached hides none of the others, and is no healthy one', async () => {
    const alone = await runHere('health', [
      '--kubeconfig',
      kubeconfig,
      '--context',
      'east',
      '-o',
      'json',
    ]);
    const { clusters, result, exitCode } = await ask(['--context', 'dead,east,west']);
    expect(clusters.map(({ cluster, report }) => [cluster, report.result])).toEqual([
      ['dead', 'error'],
      ['east', JSON.parse(alone.stdout).result],
      ['west', JSON.parse(alone.stdout).result],
    ]);
    expect([result, exitCode]).toEqual(alone.code === 1 ? ['problem', 1] : ['unknown', 3]);
  });

  test('all contexts: a server with two names is read once', async () => {
    const before = east.calls.length;
    const { clusters, notices } = await ask(['--all-contexts']);
    expect(clusters.map(({ cluster, alsoCalled }) => [cluster, alsoCalled])).toEqual([
      ['dead', []],
      ['east', ['east-admin']],
      ['west', []],
    ]);
    expect(notices).toContain(
      'the contexts east and east-admin lead to the same server: it is read once',
    );
    expect(east.calls.length - before).toBe(clusters[1]?.report.receipt?.calls);
  });

  test('when none can be reached, the program could not do its work', async () => {
    const { exitCode, result } = await ask(['--context', 'dead', '--context', 'dead']);
    expect([result, exitCode]).toEqual(['error', 2]);
  });

  test('each is recorded in a file of its own, which replays', async () => {
    const pattern = join(folder, 'was-{context}.json.gz');
    await ask(['--context', 'east,west,dead'], ['--record', pattern]);
    const files = ['east', 'west', 'dead'].map((name) => join(folder, `was-${name}.json.gz`));
    expect(files.map((file) => existsSync(file))).toEqual([true, true, false]);
    const replay = await runHere('health', ['--from', files.slice(0, 2).join(','), '-o', 'json']);
    expect(JSON.parse(replay.stdout)).toMatchObject({ schemaVersion: 'triage.reports/v1' });
  });

  test('told commands go to the cluster they are about', async () => {
    const { stdout } = await runHere('health', [
      '--context',
      'east,west',
      '--kubeconfig',
      kubeconfig,
    ]);
    expect(stdout).toMatch(/kubectl [^]*--context=east/);
    expect(stdout).toMatch(/kubectl [^]*--context=west/);
  });

  test('Ctrl-C ends with 130, and what is known by then is told', async () => {
    const asked = Promise.withResolvers<void>();
    const stuck = await fakeApi({ faults: [{ path: /.*/, answer: () => asked.resolve() }] });
    const slow = join(folder, 'slow');
    const entry = (name: string, server: string) => ({ name, cluster: { server } });
    const context = (name: string) => ({ name, context: { cluster: name, user: 'me' } });
    writeFileSync(
      slow,
      JSON.stringify({
        clusters: [entry('east', east.url), entry('stuck', stuck.url)],
        users: [{ name: 'me', user: {} }],
        contexts: [context('east'), context('stuck')],
      }),
    );
    const { stdout, code } = await runTriage(
      ['health', '--all-contexts', '--kubeconfig', slow, '-o', 'json'],
      { meanwhile: (child) => void asked.promise.then(() => child.kill('SIGINT')) },
    );
    await stuck[Symbol.asyncDispose]();
    expect(code).toBe(130);
    expect(JSON.parse(stdout).exitCode).toBe(130);
  });
});

describe('several recordings', () => {
  const both = ['--from', `${sick},${healthy}`];

  test('exit with the worst of their codes in every form', async () => {
    for (const form of ['text', 'wide', 'json', 'yaml', 'markdown', 'name']) {
      const { code, stderr } = await runHere('health', [...both, '-o', form]);
      expect([form, code, stderr]).toEqual([form, 1, '']);
    }
  });

  test('YAML says what JSON says', async () => {
    const json = await runHere('health', [...both, '-o', 'json']);
    const yaml = await runHere('health', [...both, '-o', 'yaml']);
    expect(parse(yaml.stdout)).toEqual(JSON.parse(json.stdout));
  });

  test('-o name says which cluster', async () => {
    const { stdout } = await runHere('health', [...both, '-o', 'name']);
    expect(stdout).toBe(`${sick}\tpool-exhausted\n${sick}\tsilent-without-endpoints\n`);
  });

  test('in a file the table stands first, and every section says the same as alone', async () => {
    const { stdout } = await runHere('health', both);
    expect(stdout.split('\n')[0]).toBe('2 clusters: 1 with a problem, 1 healthy');
    const alone = await runHere('health', ['--from', sick]);
    expect(stdout).toContain(alone.stdout);
  });

  test('a file that is not there is a section, a wait is refused', async () => {
    const { stdout, code } = await runHere('health', [
      '--from',
      `${healthy},nowhere.gz`,
      '-o',
      'json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ result: 'unknown', exitCode: 3 });
    expect(code).toBe(3);
    const waiting = ['--context', 'east,west', '--wait', '--kubeconfig', kubeconfig];
    await expect(runHere('health', waiting)).resolves.toMatchObject({ code: 2 });
  });
});
