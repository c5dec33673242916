import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { incidentNamed, versionOf } from '../testbed/incident.ts';
import { startScenario } from '../testbed/scenario.ts';
import type { Scenario, ScenarioServer } from '../testbed/scenario.ts';
import { runTriage } from '../testbed/triage.ts';
import { answerOf, reportOf } from './answers.ts';

const PENDING = ['pending', 'shop/checkout', '-o', 'json'];
const OBJECTS = 'services,endpointslices,nodes,namespaces,pods,deployments,daemonsets,events';
const POOLS = 'ipaddresspools,l2advertisements,configurationstates,servicel2statuses';
const SETUP = 'validatingwebhookconfigurations,customresourcedefinitions,configmaps';

let server: ScenarioServer;
let scenario: Scenario;
let folder: string;

beforeAll(async () => {
  const incident = await incidentNamed('pool-exhausted');
  const directory = join(incident.directory, 'sick');
  const version = versionOf(incident, 'sick');
  ({ server, scenario } = await startScenario({ directory, at: incident.at, version }));
});

afterAll(() => server.stop());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dump-'));
  return () => rm(folder, { recursive: true });
});

test.each(['yaml', 'json'])(
  'what `kubectl get -o %s` printed gives the live answer',
  async (format) => {
    await keep(`objects.${format}`, 'get', `${OBJECTS},${POOLS},${SETUP}`, '-A', '-o', format);
    const dumped = await runTriage([...PENDING, '--from', folder]);
    const { ruledOut: _live, ...live } = answerOf(await runTriage(PENDING, scenario));
    const { ruledOut: _dump, ...dump } = answerOf(dumped);
    expect(dump).toEqual(live);
  },
);

test('one file that was piped through gives the live answer too', async () => {
  const { stdout } = await server.controlPlane.kubectl([
    'get',
    `${OBJECTS},${POOLS},${SETUP}`,
    '-A',
    '-o',
    'yaml',
  ]);
  const file = join(folder, 'everything.yaml');
  await writeFile(file, stdout);
  expect(
    reportOf(await runTriage([...PENDING, '--from', file])).diagnosis.rootCauses[0]?.cause,
  ).toBe('pool-exhausted');
});

test('logs beside the objects rule out all that a live reading does', async () => {
  await keep('objects.yaml', 'get', `${OBJECTS},${POOLS},${SETUP}`, '-A', '-o', 'yaml');
  const { items } = await server.controlPlane.api.list('/api/v1/namespaces/metallb-system/pods');
  for (const { metadata } of items) {
    const container = metadata.name.startsWith('controller') ? 'controller' : 'speaker';
    const path = `logs/metallb-system/${metadata.name}/${container}.log`;
    await keep(path, 'logs', '-n', 'metallb-system', metadata.name, '-c', container);
  }
  const { ruledOut: live, ...liveAnswer } = answerOf(await runTriage(PENDING, scenario));
  const dumped = answerOf(await runTriage([...PENDING, '--from', folder]));
  const { ruledOut: dump, ...dumpAnswer } = dumped;
  expect(dumpAnswer).toEqual(liveAnswer);
  // The dump holds every event of the cluster; live, only a selection is asked for.
  expect(dump).toEqual(expect.arrayContaining([...live]));
});

test('`kubectl cluster-info dump` holds no pools, and that is unknown, not none', async () => {
  const place = ['--all-namespaces', `--output-directory=${folder}`];
  await server.controlPlane.kubectl(['cluster-info', 'dump', ...place]);
  const alone = await runTriage([...PENDING, '--from', folder]);
  expect(alone.code).toBe(3);
  expect(reportOf(alone).diagnosis.unknowns.map(({ fact }) => fact)).toContain('ipaddresspools');
  await keep('pools.yaml', 'get', POOLS, '-A', '-o', 'yaml');
  const together = await runTriage([...PENDING, '--from', folder]);
  expect(reportOf(together).diagnosis.rootCauses.map(({ cause }) => cause)).toEqual([
    'pool-exhausted',
  ]);
});

test('a dump without --all-namespaces says nothing of the namespaces it leaves out', async () => {
  await server.controlPlane.kubectl(['cluster-info', 'dump', `--output-directory=${folder}`]);
  const health = await runTriage(['health', '-o', 'json', '--from', folder]);
  const { diagnosis } = reportOf(health);
  expect({ code: health.code, causes: diagnosis.rootCauses }).toEqual({ code: 3, causes: [] });
  expect(diagnosis.unknowns).toContainEqual(
    expect.objectContaining({
      fact: 'deployments',
      why: 'the dump covers only the namespaces default and kube-system',
    }),
  );
  const pending = await runTriage([...PENDING, '--from', folder]);
  expect(pending.code).toBe(2);
  expect(pending.stdout + pending.stderr).toContain('the dump holds nothing of namespace shop');
});

/** Keeps what kubectl prints in a file of the dump. */
async function keep(path: string, ...args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await server.controlPlane.kubectl(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), stdout);
}
