import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCluster } from '../../../../src/core/cluster/open-cluster.ts';
import { itemsIfRead } from '../../../../src/core/facts/reading.ts';
import { forPending, never } from '../gathering.ts';
import { aCluster, aPod, aPool, aService, aWorkload, anEvent } from '../sample-objects.ts';

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

async function read(options: { path?: string; at?: string } = {}) {
  const reader = await openCluster({ kind: 'recorded', path: directory, ...options });
  return await reader.gather(forPending, never);
}

const names = (items: readonly { metadata: { name: string } }[]) =>
  items.map(({ metadata }) => metadata.name);

describe('forms of kubectl', () => {
  test('a List, several documents, JSON, nested directories: all the same', async () => {
    const [service, pool, ...rest] = aCluster();
    await write('a.yaml', stringify({ apiVersion: 'v1', kind: 'List', items: rest }));
    await write('deep/er/b.yml', `---\n${stringify(service)}---\n${stringify(pool)}---\n`);
    await write('deep/c.json', JSON.stringify(aService('web', 'front')));
    const { readings, installations, target } = await read();
    expect(names(itemsIfRead(readings.services))).toEqual(['checkout', 'front']);
    expect(names(itemsIfRead(readings.ipAddressPools))).toEqual(['lan']);
    expect(installations).toMatchObject([{ namespace: 'metallb-system' }]);
    expect(target).toEqual({ server: directory, namespace: 'default' });
  });

  test('one file is a dump as well', async () => {
    await write('one.txt', stringify({ apiVersion: 'v1', kind: 'List', items: aCluster() }));
    const { readings } = await read({ path: join(directory, 'one.txt') });
    expect(names(itemsIfRead(readings.services))).toEqual(['checkout']);
  });

  test('a dash is stdin', async () => {
    const entry = join(import.meta.dirname, '../../../../src/core/cluster/open-cluster.ts');
    const script = `
      const { openCluster } = await import(${JSON.stringify(entry)});
      const reader = await openCluster({ kind: 'recorded', path: '-' });
      const wanted = { facts: [], logs: [], service: undefined };
      const { readings } = await reader.gather(wanted, new AbortController().signal);
      console.log(JSON.stringify(readings.services.items.map(({ metadata }) => metadata.name)));`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    child.stdin.end(stringify(aService('shop', 'checkout')));
    expect(await text(child.stdout)).toBe('["checkout"]\n');
  });

  test('items of a typed list need not say what they are', async () => {
    const { apiVersion: _, kind: __, ...item } = aService('shop', 'checkout');
    await write('s.json', JSON.stringify({ apiVersion: 'v1', kind: 'ServiceList', items: [item] }));
    expect(names(itemsIfRead((await read()).readings.services))).toEqual(['checkout']);
  });

  test('a Service of Knative is no Service of Kubernetes', async () => {
    await write(
      'a.yaml',
      stringify({ ...aService('a', 'b'), apiVersion: 'serving.knative.dev/v1' }),
    );
    await write('b.yaml', stringify(aPool('metallb-system', 'lan', [])));
    const { readings, notices } = await read();
    expect(readings.services).toEqual({
      state: 'failed',
      reason: 'the dump holds no services',
      unheld: true,
    });
    expect(notices).toContain('of no use here: Service.serving.knative.dev (1)');
  });

  test('the output of kubectl version -o json says which server it was', async () => {
    await write('a.yaml', stringify(aService('shop', 'checkout')));
    await write('version.json', '{"serverVersion":{"gitVersion":"v1.33.2"}}');
    expect((await read()).versions).toEqual({ kubernetes: 'v1.33.2' });
  });
});

describe('unknown and empty', () => {
  test('a kind that no file holds is unknown', async () => {
    await write('a.yaml', stringify(aService('shop', 'checkout')));
    const { readings } = await read();
    expect(readings.ipAddressPools).toEqual({
      state: 'failed',
      reason: 'the dump holds no ipaddresspools',
      unheld: true,
    });
  });

  test('a typed list without items is empty', async () => {
    await write(
      'a.yaml',
      'apiVersion: metallb.io/v1beta1\nkind: IPAddressPoolList\nitems: []\n---\napiVersion: v1\nkind: List\nitems: []\n',
    );
    const { readings } = await read();
    expect(readings.ipAddressPools).toEqual({ state: 'read', items: [] });
    expect(readings.services.state).toBe('failed');
  });

  const crd = (plural: string, served = true) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.metallb.io`, creationTimestamp: '2026-01-02T03:04:05Z' },
    spec: {
      group: 'metallb.io',
      names: { plural },
      versions: [
        { name: 'v1alpha1', served: false },
        { name: 'v1beta1', served },
      ],
    },
  });

  test('CRDs say which kinds of MetalLB there are, and which not', async () => {
    const items = [crd('ipaddresspools'), crd('bgppeers')];
    await write('crds.yaml', stringify({ apiVersion: 'v1', kind: 'List', items }));
    const { readings, metallbResources, metallbDefinedAt, apiGroups } = await read();
    expect(metallbResources).toEqual(['v1beta1/bgppeers', 'v1beta1/ipaddresspools']);
    expect(apiGroups).toEqual(['metallb.io']);
    expect(metallbDefinedAt).toBe('2026-01-02T03:04:05Z');
    expect(readings.configurationStates).toEqual({ state: 'absent' });
    expect(readings.ipAddressPools.state).toBe('failed');
    expect(readings.frrNodeStates).toEqual({ state: 'absent' });
    expect(readings.services.state).toBe('failed');
  });

  test('CRDs of others do not say that FRR-K8s is missing', async () => {
    const cert = crd('certificates');
    const items = [{ ...cert, spec: { ...cert.spec, group: 'cert-manager.io' } }];
    await write('crds.yaml', stringify({ apiVersion: 'v1', kind: 'List', items }));
    expect((await read()).readings.frrNodeStates.state).toBe('failed');
  });

  test('logs that the dump does not hold are unknown', async () => {
    const items = [aWorkload({ role: 'controller' }), aPod({ role: 'controller', name: 'c-1' })];
    await write('a.yaml', stringify({ apiVersion: 'v1', kind: 'List', items }));
    expect((await read()).logs).toEqual([
      {
        namespace: 'metallb-system',
        pod: 'c-1',
        container: 'controller',
        previous: false,
        lines: {
          state: 'failed',
          reason: 'the dump holds no log of metallb-system/c-1',
        },
      },
    ]);
  });
});

describe('logs', () => {
  const log = (previous: boolean, items: readonly string[]) => ({
    namespace: 'metallb-system',
    pod: 'c-1',
    container: 'controller',
    previous,
    lines: { state: 'read', items },
  });

  test('of the layout of ours, present and previous', async () => {
    await write('a.yaml', stringify(aService('shop', 'checkout')));
    await write('logs/metallb-system/c-1/controller.log', 'one\r\ntwo\n');
    await write('logs/metallb-system/c-1/controller.previous.log', 'panic: x\n');
    expect((await read()).logs).toEqual([log(false, ['one', 'two']), log(true, ['panic: x'])]);
  });

  test('of must-gather', async () => {
    await write('a.yaml', stringify(aService('shop', 'checkout')));
    const place = 'quay/namespaces/metallb-system/pods/c-1/controller/controller/logs';
    await write(`${place}/current.log`, 'one\n');
    await write(`${place}/previous.log`, 'zero\n');
    expect((await read()).logs).toEqual([log(false, ['one']), log(true, ['zero'])]);
  });

  test('only the last 200 lines are kept, and long ones are cut', async () => {
    await write('a.yaml', stringify(aService('shop', 'checkout')));
    const lines = Array.from({ length: 300 }, (_, index) => `line ${index}`);
    await write('logs/n/p/c.log', [...lines, 'x'.repeat(9000)].join('\n'));
    const [excerpt] = (await read()).logs;
    const items = excerpt?.lines.state === 'read' ? excerpt.lines.items : [];
    expect([items.length, items[0], items.at(-1)?.length]).toEqual([200, 'line 101', 4097]);
  });
});

describe('kubectl cluster-info dump', () => {
  const list = (kind: string, items: readonly object[], apiVersion = 'v1') =>
    JSON.stringify({ kind, apiVersion, metadata: {}, items });

  test('a tree of per-namespace lists and logs is read', async () => {
    await write('nodes.json', list('NodeList', [{ metadata: { name: 'worker-1' } }]));
    for (const namespace of ['metallb-system', 'shop']) {
      const ours = aCluster().filter(
        ({ metadata }) => 'namespace' in metadata && metadata.namespace === namespace,
      );
      const of = (kind: string) => ours.filter((object) => object.kind === kind);
      await write(`${namespace}/services.json`, list('ServiceList', of('Service')));
      await write(`${namespace}/pods.json`, list('PodList', of('Pod')));
      await write(`${namespace}/events.json`, list('EventList', of('Event')));
      await write(`${namespace}/replicasets.json`, list('ReplicaSetList', [], 'apps/v1'));
      const deployments = list('DeploymentList', of('Deployment'), 'apps/v1');
      await write(`${namespace}/deployments.json`, deployments);
      await write(
        `${namespace}/daemonsets.json`,
        list('DaemonSetList', of('DaemonSet'), 'apps/v1'),
      );
    }
    await write(
      'metallb-system/controller-1/logs.txt',
      `==== START logs for container cp of pod metallb-system/controller-1 ====
copying
==== END logs for container cp of pod metallb-system/controller-1 ====
==== START logs for container controller of pod metallb-system/controller-1 ====
{"msg":"hello"}
==== END logs for container controller of pod metallb-system/controller-1 ====
`,
    );
    const { readings, logs, installations, notices } = await read();
    expect(installations).toMatchObject([{ controllerVersion: 'v0.15.3' }]);
    expect(names(itemsIfRead(readings.services))).toEqual(['checkout']);
    expect(names(itemsIfRead(readings.pods))).toEqual(['controller-1', 'speaker-1']);
    expect(names(itemsIfRead(readings.nodes))).toEqual(['worker-1']);
    expect(readings.ipAddressPools.state).toBe('failed');
    expect(logs.map(({ pod, container, lines }) => [pod, container, lines.state])).toEqual([
      ['controller-1', 'controller', 'read'],
      ['controller-1', 'cp', 'read'],
      ['speaker-1', 'speaker', 'failed'],
    ]);
    expect(notices).toEqual([
      'the dump covers only the namespaces metallb-system and shop: dump again with --all-namespaces',
    ]);
  });
});

describe('time', () => {
  test('now is the newest time that metadata or an event states', async () => {
    const service = aService('shop', 'checkout', {
      creationTimestamp: '2026-02-01T00:00:00Z',
      managedFields: [{ manager: 'controller', time: '2026-03-02T00:00:00Z' }],
    });
    const event = anEvent('shop', 'e', { kind: 'Service', name: 'checkout' });
    await write('a.yaml', stringify({ apiVersion: 'v1', kind: 'List', items: [service, event] }));
    expect((await read()).takenAt).toBe('2026-03-02T00:00:00.000Z');
    expect((await read({ at: '2026-03-05T00:00:00Z' })).takenAt).toBe('2026-03-05T00:00:00.000Z');
  });

  test('where nothing states one, that is noticed', async () => {
    await write('a.yaml', stringify(aService('shop', 'checkout')));
    expect((await read()).notices).toEqual(['no object says when it was made: ages are guesses']);
  });
});

describe('refused or noticed', () => {
  test('a file that is no YAML is refused with its line', async () => {
    await write('a.yaml', 'kind: Service\nmetadata:\n  name: [\n');
    await expect(read()).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/a\.yaml line \d is neither YAML nor JSON: /),
    });
  });

  test('a directory without anything of Kubernetes is refused', async () => {
    await write('a.yaml', 'hello: world\n');
    await expect(read()).rejects.toMatchObject({
      name: 'UsageError',
      message: `${directory} holds nothing of Kubernetes that triage can use`,
    });
  });

  test('files and kinds that are of no use are named', async () => {
    await write('a.yaml', stringify(anEvent('shop', 'e', { kind: 'Service', name: 'checkout' })));
    await write('b.yaml', stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } }));
    await write('README.md', 'hello');
    await write('stray.log', 'hello');
    const snapshot = await read();
    expect(snapshot.notices).toEqual([
      'of no use here: Secret (1)',
      'not read: README.md',
      'read for what nodes say, and not as a log of MetalLB, because the name does not say whose log it is (then name it POD.log): stray.log',
    ]);
    expect(JSON.stringify(snapshot)).not.toContain('"kind":"Secret"');
  });

  test('a billion laughs are refused', async () => {
    const level = (name: string, of: string) =>
      `${name}: &${name} [${Array.from({ length: 10 }, () => `*${of}`).join(', ')}]`;
    const bomb = [
      'a: &a [x]',
      ...['b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => level(name, 'abcdef'[index] ?? '')),
    ];
    await write('a.yaml', bomb.join('\n'));
    await expect(read()).rejects.toMatchObject({ name: 'UsageError' });
  });
});
