import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCluster } from '../../src/core/cluster/open-cluster.ts';
import type { WireLook } from '../../src/core/facts/wire.ts';
import { startLab } from '../testbed/lab.ts';
import type { Lab } from '../testbed/lab.ts';
import { machineOf } from '../testbed/machine.ts';
import { configure, joinSegment } from '../testbed/network.ts';
import { runTriage, triageCommand } from '../testbed/triage.ts';
import { eventually } from '../testbed/waiting.ts';
import { namespace, pool, yamlOf } from './causes/manifest.ts';
import { untilServed } from './causes/reactions.ts';
import { makeToolImages } from './tool-images.ts';
import { advertisement, backends, web } from './traffic/ground.ts';

let lab: Lab;
let folder: string;
let nodeMacs: ReadonlyMap<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triage-from-node-'));
  const toolImages = await makeToolImages(folder);
  lab = await startLab({ metallb: 'v0.15.3', nodes: 2, toolImages });
  await lab.apply(yamlOf([namespace('shop'), backends(), pool('lan', '192.0.2.100/30')]));
  await lab.apply(yamlOf([advertisement(), web()]));
  await untilServed(lab, ['shop/web']);
  nodeMacs = new Map(await Promise.all(lab.nodes.map(macOf)));
});

afterAll(async () => {
  await lab.stop();
  await rm(folder, { recursive: true });
});

async function macOf(node: Lab['nodes'][number]): Promise<[string, string]> {
  const { run } = machineOf(node.namespace, node.address);
  const { stdout } = await run('ip', ['-json', 'link', 'show', 'eth0']);
  return [node.name, (JSON.parse(stdout) as { address: string }[])[0]?.address ?? ''];
}

const ask = ['no-traffic', 'shop/web', '--from-node'];

/** Asks, and gives what was seen and what is left behind. */
async function lookFrom(node: string, words: readonly string[], kubeconfig = lab.kubeconfig) {
  const recording = join(folder, `${node}-${Math.random()}.json.gz`);
  const run = await runTriage([...ask, node, '--yes', '--record', recording, ...words], {
    kubeconfig,
  });
  return { ...run, recording, left: await podsLeft() };
}

async function podsLeft(): Promise<string> {
  const { stdout } = await lab.kubectl([
    'get',
    'pods',
    '-A',
    '-l',
    'app.kubernetes.io/name=triage-look',
    '-o',
    'name',
  ]);
  return stdout;
}

async function looksIn(recording: string): Promise<readonly WireLook[]> {
  const reader = await openCluster({ kind: 'recorded', path: recording });
  const wanted = { facts: [], logs: [], service: undefined };
  return (await reader.gather(wanted, new AbortController().signal)).wire ?? [];
}

/** The node that answers, seen from the other one. */
async function announcer(): Promise<{ readonly name: string; readonly other: string }> {
  const text = await eventually('a ServiceL2Status', async () => {
    const { stdout } = await lab.kubectl([
      'get',
      'servicel2statuses',
      '-A',
      '-o',
      'jsonpath={.items[0].status.node}',
    ]);
    return stdout === '' ? undefined : stdout;
  });
  return { name: text, other: text === 'node1' ? 'node2' : 'node1' };
}

test.each([
  ['busybox:1.37', 'with busybox alone'],
  ['triage:test', 'with triage in the image'],
])('%s: who answers is seen from another node, %s', async (image) => {
  const { name, other } = await announcer();
  const { code, stdout, recording, left } = await lookFrom(other, ['--image', image, '--http']);
  expect({ code, left, stdout }).toMatchObject({ code: 0, left: '' });
  expect(stdout).toMatch(
    new RegExp(`on the wire +ok +${nodeMacs.get(name)} \\(${name}\\) answered`),
  );
  const looks = await looksIn(recording);
  expect(looks).toHaveLength(1);
  const [look] = looks;
  expect(look).toMatchObject({
    address: '192.0.2.100',
    method: 'arp',
    from: { node: other, interface: 'eth0', mac: nodeMacs.get(other) },
    asked: 3,
  });
  expect(look?.answers.map(({ mac, count }) => ({ mac, count }))).toEqual([
    { mac: nodeMacs.get(name), count: 3 },
  ]);
  const address = lab.nodes.find((each) => each.name === name)?.address;
  expect(look?.neighbours).toContainEqual({ address, mac: nodeMacs.get(name) });
  expect(look?.ports).toMatchObject([
    { protocol: 'TCP', port: 80, outcome: 'open' },
    { protocol: 'HTTP', port: 80, outcome: 'open', says: 'HTTP 200' },
  ]);
});

test('a stranger that answers beside the announcer is seen from a node, by busybox too', async () => {
  const { name, other } = await announcer();
  const rogue = await lab.bed.addNamespace('rogue');
  await joinSegment(lab.segment.namespace, rogue, ['192.0.2.66/24', '192.0.2.100/24']);
  const { code, stdout, recording } = await lookFrom(other, []);
  await configure(rogue, ['link set eth0 down']);
  // a second card of the announcer would look the same
  expect(code).toBe(0);
  expect(stdout).toContain('address-answered-by-stranger');
  expect(stdout).toContain(`a second card of ${name}`);
  const [look] = await looksIn(recording);
  expect(look?.answers.map(({ count }) => count)).toEqual([3, 3]);
  expect(look?.answers.map(({ mac }) => mac)).toContain(nodeMacs.get(name));
});

test('the answer is the same from its recording, and for somebody else', async () => {
  const { other } = await announcer();
  const live = await lookFrom(other, ['-o', 'json']);
  const again = await runTriage(['no-traffic', 'shop/web', '-o', 'json', '--from', live.recording]);
  expect(again.stdout).toEqual(live.stdout);
});

test('without a terminal and without --yes the Pod is shown and not made', async () => {
  const { code, stderr } = await runTriage([...ask, 'node1'], { kubeconfig: lab.kubeconfig });
  expect({ code, left: await podsLeft() }).toEqual({ code: 5, left: '' });
  expect(stderr).toContain('nodeName: node1');
  expect(stderr).toContain('nobody is there to agree');
});

test('an image that cannot be pulled is named, and the Pod is gone', async () => {
  const { code, stderr, left } = await lookFrom('node1', ['--image', 'busybox:9.99']);
  expect({ code, left }).toEqual({ code: 3, left: '' });
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
    'the image of the Pod cannot be had: ErrImagePull',
  );
});

test('a namespace that forbids host networking says so', async () => {
  await lab.apply(
    yamlOf([namespace('strict', { 'pod-security.kubernetes.io/enforce': 'baseline' })]),
  );
  const { code, stderr, left } = await lookFrom('node1', ['--probe-namespace', 'strict']);
  expect({ code, left }).toEqual({ code: 3, left: '' });
  expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(/violates PodSecurity "baseline:latest": .*host/);
});

test('a node that is not there is refused before anything is made', async () => {
  const { code, stderr } = await lookFrom('node12', []);
  expect(code).toBe(2);
  expect(stderr).toMatch(/there is no node node12[^]*--from-node node1/);
});

test('who may only read is told which right is missing; with the printed one it works', async () => {
  const roles = await runTriage(['rbac', '--user', 'prober']);
  const kubeconfig = await lab.restrictedUser('prober', roles.stdout);
  const { other } = await announcer();
  const denied = await lookFrom(other, [], kubeconfig);
  expect(denied.code).toBe(3);
  expect(denied.stderr.replaceAll(/\s+/g, ' ')).toContain('cannot create resource "pods"');
  expect(denied.stderr).toContain('triage rbac --probe');
  const more = await runTriage(['rbac', '--probe', '--user', 'prober']);
  const allowed = await lookFrom(other, [], await lab.restrictedUser('prober', more.stdout));
  expect({ code: allowed.code, left: allowed.left }).toEqual({ code: 0, left: '' });
});

test('with --yes every Pod is shown too', async () => {
  const { code, stderr, left } = await lookFrom('node1', ['--from-node', 'node2']);
  expect({ code, left }).toEqual({ code: 0, left: '' });
  expect(stderr).toContain('nodeName: node1');
  expect(stderr).toContain('nodeName: node2');
});

test.each([
  ['SIGINT', 130],
  ['SIGHUP', 143],
] as const)('%s takes the Pod away', async (signal, expected) => {
  const { program, environment } = triageCommand({ kubeconfig: lab.kubeconfig });
  const words = [...ask, 'node1', '--yes', '--count', '50'];
  const child = spawn(process.execPath, [program, ...words], { env: environment, stdio: 'ignore' });
  const exited = once(child, 'exit');
  await eventually('the Pod', async () => ((await podsLeft()) === '' ? undefined : true));
  child.kill(signal);
  expect(await exited).toEqual([expected, null]);
  expect(await podsLeft()).toBe('');
});
