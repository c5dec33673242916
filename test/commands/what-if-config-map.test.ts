import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WhatIfReport } from '../../src/core/facts/what-if.ts';
import { faultsOfSchema } from '../schemas/validate.ts';
import { runHere } from './in-process.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triage-config-map-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const program = (kind: string, name: string) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name, namespace: 'lb' },
  spec: {
    replicas: 1,
    template: {
      spec: {
        containers: [{ name, image: `quay.io/metallb/${name}:v0.12.1`, args: ['--config=edge'] }],
      },
    },
  },
  status: { replicas: 1, readyReplicas: 1, desiredNumberScheduled: 1, numberReady: 1 },
});

const service = (name: string, address?: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: {
    type: 'LoadBalancer',
    clusterIP: '10.96.0.9',
    clusterIPs: ['10.96.0.9'],
    ports: [{ port: 80, protocol: 'TCP' }],
  },
  status: { loadBalancer: address === undefined ? {} : { ingress: [{ ip: address }] } },
});

const lan = '- {name: lan, protocol: layer2, addresses: [10.4.11.10/32]}';
const dmz = '- {name: dmz, protocol: layer2, addresses: [192.0.2.8/29], auto-assign: false}';
const edit = 'kubectl -n lb edit configmap edge';

async function run(wish: readonly string[], config = `address-pools:\n${lan}\n${dmz}\n`) {
  const items = [
    program('Deployment', 'controller'),
    program('DaemonSet', 'speaker'),
    service('web'),
    service('other', '10.4.11.10'),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'edge', namespace: 'lb' },
      data: { config },
    },
  ];
  await writeFile(join(folder, 'all.json'), JSON.stringify({ kind: 'List', items }));
  const ask = (form: string) =>
    runHere('what-if', ['shop/web', '--from', folder, ...wish, '-o', form]);
  const { stdout } = await ask('json');
  const report = JSON.parse(stdout) as WhatIfReport;
  expect(faultsOfSchema('what-if.v1.schema.json', report)).toEqual([]);
  const { forecast } = report;
  const texts = [await ask('text'), await ask('markdown')].map(({ stdout: text }) => text);
  return { forecast, texts };
}

describe('what-if before v0.13', () => {
  test('tells to edit the ConfigMap, in which a new pool announces itself', async () => {
    const { forecast, texts } = await run(['--add-pool', '10.9.9.0/28']);
    expect(forecast.headline).toMatch(/shop\/web would get 10\.9\.9\.0 from new-pool$/);
    expect(forecast.commands).toEqual([edit]);
    expect(forecast.notes).toContain(
      'every pool in ConfigMap lb/edge has a protocol: new-pool needs layer2 or bgp there, and is told here with layer2',
    );
    expect(forecast.pools.find(({ name }) => name === 'new-pool')?.advertisedBy).toEqual([
      'l2/new-pool',
    ]);
    expect(forecast.pools.map(({ says }) => says)).toContain(
      '8 free, but not for this Service: auto-assign is false',
    );
    expect(texts.join('\n')).not.toMatch(/webhook|ipaddresspool|advertisement|kubectl apply/i);
  });

  test('opens it once for several pools, and once more where the Service comes between', async () => {
    const two = ['--add-pool', 'lan=10.4.12.0/30', '--add-pool', 'wan=10.9.9.0/28'];
    expect((await run(two)).forecast.commands).toEqual([edit]);
    const named = await run([...two, '--pool', 'wan']);
    expect(named.forecast.commands).toEqual([
      edit,
      'kubectl -n shop annotate service web metallb.universe.tf/address-pool=wan',
    ]);
  });

  test('names who refuses a pool without a webhook', async () => {
    const { forecast, texts } = await run(['--add-pool', 'lan=10.4.11.0/24']);
    expect(forecast.commands).toEqual([]);
    expect(forecast.poolChanges[0]?.says).toMatch(/^MetalLB would refuse all pools: CIDR /);
    expect(texts.join('\n')).toContain('MetalLB would refuse all');
    expect(texts.join('\n')).not.toMatch(/webhook/i);
  });

  test('asks for an address by the field that every release reads', async () => {
    const { forecast } = await run(['--ip', '192.0.2.10']);
    expect(forecast.headline).toMatch(/shop\/web would get 192\.0\.2\.10 from dmz$/);
    expect(forecast.changes).toEqual(['loadBalancerIP: 192.0.2.10']);
    expect(forecast.commands).toEqual([
      `kubectl -n shop patch service web --type merge -p '{"spec":{"loadBalancerIP":"192.0.2.10"}}'`,
    ]);
  });

  test('asks for two addresses by annotation, for which there is no field', async () => {
    const { forecast } = await run(['--ip', '192.0.2.10,2001:db8::7']);
    expect(forecast.changes).toEqual([
      'annotation metallb.universe.tf/loadBalancerIPs: 192.0.2.10,2001:db8::7',
    ]);
  });
});
