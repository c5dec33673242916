import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kinds } from '../../../../src/core/cluster/kinds.ts';
import { openCluster } from '../../../../src/core/cluster/open-cluster.ts';
import { collectCommands } from './collect-commands.ts';
import { kindsOfFile } from '../../../../src/core/cluster/recorded/kinds-of-file.ts';
import { forPending, never } from '../gathering.ts';
import { aCluster, aPod, aService, aWorkload } from '../sample-objects.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'triage-dump-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function write(name: string, content: string): Promise<void> {
  const path = join(directory, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

async function read() {
  const reader = await openCluster({ kind: 'recorded', path: directory });
  return await reader.gather(forPending, never);
}

const list = (...items: readonly object[]) =>
  stringify({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } });

describe('namespaces that a dump leaves out', () => {
  const typed = (kind: string, apiVersion: string, items: readonly object[] = []) =>
    JSON.stringify({ kind: `${kind}List`, apiVersion, metadata: {}, items });

  async function writeTree(namespaces: readonly string[], root = ''): Promise<void> {
    await write(`${root}nodes.json`, typed('Node', 'v1', [{ metadata: { name: 'worker-1' } }]));
    for (const namespace of namespaces) {
      const folder = `${root}${namespace}`;
      await write(`${folder}/services.json`, typed('Service', 'v1', [aService(namespace, 'web')]));
      await write(`${folder}/pods.json`, typed('Pod', 'v1'));
      await write(`${folder}/deployments.json`, typed('Deployment', 'apps/v1'));
      await write(`${folder}/daemonsets.json`, typed('DaemonSet', 'apps/v1'));
      await write(`${folder}/replicasets.json`, typed('ReplicaSet', 'apps/v1'));
    }
  }

  const notice =
    'the dump covers only the namespaces default and kube-system: dump again with --all-namespaces';

  test.each(['', 'support/dump/'])('are known to be left out (%s)', async (root) => {
    await writeTree(['default', 'kube-system'], root);
    const { readings, notices } = await read();
    const within = ['default', 'kube-system'];
    expect(readings.services).toMatchObject({ state: 'read', within });
    expect(readings.deployments).toEqual({ state: 'read', items: [], within });
    expect(readings.daemonSets).toEqual({ state: 'read', items: [], within });
    expect(readings.nodes).not.toHaveProperty('within');
    expect(notices).toContain(notice);
  });

  test('are none when --all-namespaces was given', async () => {
    await writeTree(['default', 'kube-node-lease', 'kube-system', 'shop']);
    const { readings, notices = [] } = await read();
    expect(readings.deployments).toEqual({ state: 'read', items: [] });
    expect(notices.join()).not.toContain('covers only');
  });

  test('are none when the namespaces of the cluster lie beside it and are all there', async () => {
    await writeTree(['default', 'kube-system', 'shop']);
    const namespaces = ['default', 'kube-system', 'shop'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    }));
    await write('namespaces.yaml', list(...namespaces));
    expect((await read()).readings.deployments).toEqual({ state: 'read', items: [] });
    await write('namespaces.yaml', list(...namespaces, ...namespacesNamed('media')));
    expect((await read()).readings.deployments).toHaveProperty('within');
  });

  test('are filled in, kind by kind, by what was listed everywhere', async () => {
    await writeTree(['default', 'kube-system']);
    await write('services.yaml', list(aService('shop', 'checkout')));
    const { readings, notices } = await read();
    expect(readings.services).not.toHaveProperty('within');
    expect(readings.deployments).toHaveProperty('within');
    expect(notices).toContain(notice);
  });

  test("are left out by OpenShift's must-gather as well", async () => {
    await write(
      'quay/namespaces/openshift-dns/core/services.yaml',
      typed('Service', 'v1', [aService('openshift-dns', 'dns')]),
    );
    expect((await read()).readings.services).toMatchObject({ within: ['openshift-dns'] });
  });

  test('folders that merely sort the files are no namespaces', async () => {
    await write('objects/services.json', typed('Service', 'v1', [aService('shop', 'checkout')]));
    expect((await read()).readings.services).not.toHaveProperty('within');
  });

  const namespacesNamed = (...names: readonly string[]) =>
    names.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
});

describe("kubectl's empty List", () => {
  test.each([
    'bgpadvertisements.yaml',
    'bgpadvertisements.metallb.io.json',
    'deep/er/BGPAdvertisement.yml',
    'ipaddresspools,bgpadvertisements.yaml',
  ])('says that there is none, in a file named %s', async (name) => {
    await write('services.yaml', list(aService('shop', 'checkout')));
    await write(name, name.endsWith('json') ? '{"kind":"List","items":[]}' : list());
    const { readings } = await read();
    expect(readings.bgpAdvertisements).toEqual({ state: 'read', items: [] });
    expect(readings.l2Advertisements.state).toBe('failed');
  });

  test('says nothing in a file that is not named for a kind', async () => {
    await write('services.yaml', list(aService('shop', 'checkout')));
    await write('metallb.yaml', list());
    expect((await read()).readings.bgpAdvertisements.state).toBe('failed');
  });

  test('of CustomResourceDefinitions says that no kind of MetalLB is served', async () => {
    await write('services.yaml', list(aService('shop', 'checkout')));
    await write('customresourcedefinitions.yaml', list());
    expect((await read()).readings.ipAddressPools).toEqual({ state: 'absent' });
  });

  test('an empty file, which a refused kubectl leaves, says nothing', async () => {
    await write('services.yaml', list(aService('shop', 'checkout')));
    await write('bgpadvertisements.yaml', '');
    expect((await read()).readings.bgpAdvertisements.state).toBe('failed');
  });
});

describe('logs by their names', () => {
  const programs = [
    aWorkload({ role: 'controller' }),
    aWorkload({ role: 'speaker' }),
    aPod({ role: 'controller', name: 'controller-1' }),
    aPod({ role: 'speaker', name: 'speaker-1' }),
    aPod({ role: 'speaker', name: 'speaker-2' }),
  ];

  async function logsOf(name: string, objects: readonly object[]) {
    await write('objects.yaml', list(aService('shop', 'checkout'), ...objects));
    await write(name, 'one\ntwo\n');
    const { logs, notices = [] } = await read();
    const found = logs.filter(({ lines }) => lines.state === 'read');
    return {
      whose: found.map(({ namespace, pod, container, previous }) =>
        [namespace, pod, container, ...(previous ? ['previous'] : [])].join('/'),
      ),
      notices,
    };
  }

  test.each([
    ['controller.log', 'metallb-system/controller-1/controller'],
    ['controller.previous.log', 'metallb-system/controller-1/controller/previous'],
    ['any/where/speaker-2.log', 'metallb-system/speaker-2/speaker'],
    ['logs/metallb-system/speaker-1.log', 'metallb-system/speaker-1/speaker'],
    ['metallb-system/speaker-1/logs.txt', 'metallb-system/speaker-1/speaker'],
  ])('%s', async (name, whose) => {
    expect((await logsOf(name, programs)).whose).toEqual([whose]);
  });

  test.each([
    ['controller.log', 'metallb-system/controller/controller'],
    ['controller-57fdb754bc-5m8hq.log', 'metallb-system/controller-57fdb754bc-5m8hq/controller'],
    ['logs/net/speaker-4bww7.log', 'net/speaker-4bww7/speaker'],
  ])('%s without pods in the dump', async (name, whose) => {
    expect((await logsOf(name, [])).whose).toEqual([whose]);
  });

  test('the workload may be called otherwise', async () => {
    const controller = aWorkload({
      role: 'controller',
      name: 'metallb-controller',
      namespace: 'lb',
    });
    expect((await logsOf('metallb-controller.log', [controller])).whose).toEqual([
      'lb/metallb-controller/controller',
    ]);
  });

  test.each(['speaker.log', 'coredns.log'])('%s: nobody knows whose', async (name) => {
    expect(await logsOf(name, programs)).toMatchObject({
      whose: [`/${name}/`],
      notices: expect.arrayContaining([
        `read for what nodes say, and not as a log of MetalLB, because the name does not say whose log it is (then name it POD.log): ${name}`,
      ]),
    });
  });

  test('an empty file, which a refused kubectl leaves, is no log', async () => {
    await write('objects.yaml', list(...programs));
    await write('controller.log', '');
    const { logs, notices = [] } = await read();
    expect(logs.map(({ lines }) => lines.state)).toEqual(['failed', 'failed', 'failed']);
    expect(notices.join()).not.toContain('controller.log');
  });
});

describe('what was cut off', () => {
  const whole = list(...aCluster());
  const refusal = { name: 'UsageError', message: expect.stringContaining('cut off') };

  test('a List of kubectl without its end is refused, wherever it was cut', async () => {
    const end = whole.lastIndexOf('kind: List');
    for (let length = 60; length < end; length += 37) {
      await write('objects.yaml', whole.slice(0, length));
      await expect(read(), `${length} letters`).rejects.toMatchObject(refusal);
    }
  });

  test('in a folder beside whole files too', async () => {
    await write('services.yaml', list(aService('shop', 'checkout')));
    await write('pods.yaml', whole.slice(0, whole.lastIndexOf('kind: List')));
    await expect(read()).rejects.toMatchObject(refusal);
  });

  test('a last line without an end is noticed', async () => {
    await write('service.yaml', stringify(aService('shop', 'checkout')).slice(0, -3));
    expect((await read()).notices).toContain(
      'service.yaml may be cut off: its last line does not end',
    );
  });
});

test('a directory that holds nothing tells how to collect everything', async () => {
  await write('a.yaml', 'hello: world\n');
  await expect(read()).rejects.toMatchObject({
    suggestions: [
      'whoever reaches the cluster records it: triage snapshot -o FILE',
      'without triage there, docs/recorded-clusters.md has the lines for kubectl',
    ],
  });
});

describe('the lines that collect everything', () => {
  test('are pasteable: none is broken by a terminal of 80 columns, and the shell takes them', async () => {
    expect(collectCommands.filter((line) => line.length > 70)).toEqual([]);
    const shell = spawn('sh', ['-n']);
    shell.stdin.end(collectCommands.join('\n'));
    const [code] = (await once(shell, 'close')) as [number];
    expect(code).toBe(0);
  });

  test('name every kind there is, so that each lies in a file of its name', async () => {
    await writeFile(join(directory, 'kubectl'), '#!/bin/sh\necho "$@" >>calls\n', { mode: 0o755 });
    const shell = spawn('sh', [], {
      cwd: directory,
      env: { PATH: `${directory}:${process.env['PATH']}` },
    });
    shell.stdin.end(collectCommands.join('\n'));
    await once(shell, 'close');
    const files = await readdir(join(directory, 'DIR'));
    const named = files.flatMap((file) => kindsOfFile(file)).map(({ kind }) => kind);
    const all = Object.values(kinds).map(({ kind }) => kind);
    expect(named.toSorted()).toEqual([...all, 'CustomResourceDefinition'].toSorted());
  });

  test('are the ones in the documentation', async () => {
    const path = join(import.meta.dirname, '../../../../docs/recorded-clusters.md');
    const written = (await readFile(path, 'utf8')).split('\n').map((line) => line.trim());
    const inDocs = collectCommands.map((line) => line.replaceAll('DIR', 'dump'));
    expect(inDocs.filter((line) => !written.includes(line))).toEqual([]);
  });
});

describe('Services of several namespaces', () => {
  test('in a list of each may not be all', async () => {
    await write('default.yaml', list(aService('default', 'kubernetes')));
    await write('shop.yaml', list(aService('shop', 'web'), aService('shop', 'api')));
    const { readings } = await read();
    expect(readings.services).toMatchObject({ state: 'read', pieced: true });
  });

  test('in one list are all', async () => {
    await write('all.yaml', list(aService('default', 'kubernetes'), aService('shop', 'web')));
    await write('shop.yaml', list(aService('shop', 'web')));
    const { readings } = await read();
    expect(readings.services).not.toHaveProperty('pieced');
  });
});
