import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/checks/diagnose.ts';
import { openDumpDirectory } from '../../../src/core/cluster/recorded/open-dump.ts';
import type { Snapshot } from '../../../src/core/facts/snapshot.ts';
import { serviceIn } from '../../checks/case.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triage-old-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const program = (kind: string, name: string, image: string) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name, namespace: 'lb' },
  spec: {
    replicas: 1,
    template: {
      spec: {
        containers: [{ name: kind === 'DaemonSet' ? 'speaker' : 'controller', image, args }],
      },
    },
  },
  status: { replicas: 1, readyReplicas: 1, desiredNumberScheduled: 1, numberReady: 1 },
});

const args = ['--port=7472', '--config=edge'];
const web = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop', annotations: {} },
  spec: { type: 'LoadBalancer', clusterIP: '10.96.0.9', ports: [{ port: 80, protocol: 'TCP' }] },
  status: { loadBalancer: {} },
};
const configMap = (config: string, name = 'edge') => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'lb' },
  data: { config },
});

async function read(version: string, ...more: readonly object[]): Promise<Snapshot> {
  const items = [
    program('Deployment', 'controller', `quay.io/metallb/controller:${version}`),
    program('DaemonSet', 'speaker', `quay.io/metallb/speaker:${version}`),
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'lb' } },
    web,
    ...more,
  ];
  await writeFile(join(folder, 'all.json'), JSON.stringify({ kind: 'List', items }));
  return await openDumpDirectory({ kind: 'recorded', path: folder });
}

function answer(snapshot: Snapshot) {
  const subject = serviceIn(snapshot, 'shop/web');
  const { rootCauses, unknowns } = diagnose({ symptom: 'pending', snapshot, subject });
  return {
    causes: rootCauses.map(({ cause, says, remedies }) => [
      cause,
      says,
      remedies.map(({ command }) => command),
    ]),
    pools: unknowns.filter(({ fact }) => fact === 'ipaddresspools'),
  };
}

const good = `address-pools:
- name: lan
  protocol: layer2
  addresses: [10.4.11.10-10.4.11.19]
- name: wan
  protocol: bgp
  addresses: [192.0.2.0/28]
  auto-assign: false
  avoid-buggy-ips: true
  bgp-advertisements:
  - aggregation-length: 32
    localpref: 100
    communities: [65535:65281]
  - aggregation-length: 28
`;

describe('the pools of a release before v0.13', () => {
  test('are read from the ConfigMap that its programs name', async () => {
    const { readings, installations } = await read('v0.9.3', configMap(good));
    expect(installations[0]?.configMap).toBe('edge');
    const items = (reading: { readonly state: string }) =>
      reading.state === 'read' && 'items' in reading ? reading.items : reading.state;
    expect(items(readings.ipAddressPools)).toMatchObject([
      {
        metadata: { name: 'lan', namespace: 'lb' },
        spec: { addresses: ['10.4.11.10-10.4.11.19'] },
      },
      {
        metadata: { name: 'wan', namespace: 'lb' },
        spec: { addresses: ['192.0.2.0/28'], autoAssign: false, avoidBuggyIPs: true },
      },
    ]);
    expect(items(readings.l2Advertisements)).toMatchObject([{ spec: { ipAddressPools: ['lan'] } }]);
    expect(items(readings.bgpAdvertisements)).toMatchObject([
      { spec: { aggregationLength: 32, localPref: 100, communities: ['65535:65281'] } },
      { metadata: { name: 'wan#2' }, spec: { ipAddressPools: ['wan'], aggregationLength: 28 } },
    ]);
    expect(readings.configurationStates).toEqual({ state: 'absent' });
  });

  test('stand beside the routers, which had no names', async () => {
    const peers = `peers:
- my-asn: 64500
  peer-asn: 64501
  peer-address: 10.4.0.1
  hold-time: 90s
  node-selectors:
  - match-labels: {rack: a}
    match-expressions:
    - {key: zone, operator: In, values: [x, y]}
- my-asn: 64500
  peer-asn: 64501
  peer-address: 10.4.0.2
  peer-port: 1179
`;
    const { readings } = await read('v0.9.3', configMap(`${good}${peers}`));
    const { bgpPeers } = readings;
    expect(bgpPeers.state === 'read' ? bgpPeers.items : []).toEqual([
      {
        kind: 'BGPPeer',
        metadata: expect.objectContaining({ name: 'peer-1', namespace: 'lb' }),
        spec: {
          myASN: 64_500,
          peerASN: 64_501,
          peerAddress: '10.4.0.1',
          nodeSelectors: [
            {
              matchLabels: { rack: 'a' },
              matchExpressions: [{ key: 'zone', operator: 'In', values: ['x', 'y'] }],
            },
          ],
          hasPassword: false,
        },
      },
      {
        kind: 'BGPPeer',
        metadata: expect.objectContaining({ name: 'peer-2', namespace: 'lb' }),
        spec: {
          myASN: 64_500,
          peerASN: 64_501,
          peerAddress: '10.4.0.2',
          peerPort: 1179,
          nodeSelectors: [],
          hasPassword: false,
        },
      },
    ]);
  });

  test('are left alone from v0.13 on', async () => {
    const { readings, installations } = await read('v0.13.0', configMap(good));
    expect(installations[0]?.configMap).toBeUndefined();
    expect(readings.ipAddressPools.state).toBe('failed');
  });

  test('refuse one another as objects would, and are mended where they stand (#669)', async () => {
    const snapshot = await read('v0.9.3', configMap(good.replace('192.0.2.0/28', '192.0.2.7')));
    expect(answer(snapshot).causes).toEqual([
      [
        'config-rejected',
        'MetalLB refuses its whole configuration because of pool wan',
        ['kubectl -n lb edit configmap edge'],
      ],
    ]);
  });

  test('are none where the ConfigMap has another name (#487)', async () => {
    expect(answer(await read('v0.8.1', configMap(good, 'metallb-config'))).causes).toEqual([
      [
        'no-pool',
        'ConfigMap lb/edge defines no pool, so MetalLB v0.8.1 has no address to give',
        ['kubectl -n lb get configmaps'],
      ],
    ]);
  });

  test('are not known without the ConfigMaps, which are what is to be collected', async () => {
    expect(answer(await read('v0.12.1')).pools).toMatchObject([
      {
        why: 'MetalLB v0.12.1 has its pools in ConfigMap lb/edge, which was not read',
        collect: 'kubectl -n lb get configmap edge -o yaml',
      },
    ]);
  });

  test('are not known where the dump has ConfigMaps of other namespaces only', async () => {
    const elsewhere = { namespace: 'kube-system', name: 'kube-proxy' };
    const other = { ...configMap('', 'kube-proxy'), metadata: elsewhere };
    const { causes, pools } = answer(await read('v0.12.1', other));
    expect(causes).toEqual([]);
    expect(pools).toMatchObject([
      { why: 'MetalLB v0.12.1 has its pools in ConfigMap lb/edge, which was not collected' },
    ]);
  });

  test('are not known where one other ConfigMap was collected by its name', async () => {
    await writeFile(join(folder, 'other.json'), JSON.stringify(configMap('', 'other')));
    expect(answer(await read('v0.12.1')).pools).toMatchObject([
      { why: expect.stringContaining('which was not collected') },
    ]);
  });

  test('are none where the list of the ConfigMaps is empty', async () => {
    const empty = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [] });
    await writeFile(join(folder, 'configmaps.json'), empty);
    expect(answer(await read('v0.12.1')).causes.map(([cause]) => cause)).toEqual(['no-pool']);
  });

  test('are read to the end of a long ConfigMap, and not known where it is longer than kept', async () => {
    const names = Array.from({ length: 800 }, (_, index) => index);
    const pool = (index: number) => `- name: pool-${index}
  protocol: layer2
  addresses:
  - 10.${Math.floor(index / 250)}.${index % 250}.0/24 # ${'x'.repeat(40)}
`;
    const long = `address-pools:\n${names.map(pool).join('')}`;
    expect(long.length).toBeGreaterThan(70_000);
    const { ipAddressPools } = (await read('v0.12.1', configMap(long))).readings;
    expect(ipAddressPools.state === 'read' && ipAddressPools.items).toHaveLength(800);
    const longer = `${long}${`# ${'x'.repeat(78)}\n`.repeat(13_000)}`;
    expect(answer(await read('v0.12.1', configMap(longer))).pools).toMatchObject([
      { why: 'ConfigMap lb/edge is longer than triage reads, so its pools are not known' },
    ]);
  });

  test('are not known where the text is no YAML', async () => {
    expect(
      answer(await read('v0.12.1', configMap('address-pools:\n\t- name: x'))).pools,
    ).toMatchObject([
      { why: expect.stringContaining('ConfigMap lb/edge line 2 is neither YAML nor JSON') },
    ]);
  });
});

describe('BGP communities by name', () => {
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'worker-1' } };
  const named = (aliases: string) =>
    good.replace('65535:65281', 'no-advertise').replace('address-pools:', `${aliases}\n$&`);

  test('stand in the ConfigMap itself, and nothing is refused because of them', async () => {
    const snapshot = await read(
      'v0.12.1',
      node,
      configMap(named('bgp-communities:\n  no-advertise: 65535:65282\n  __proto__: 1:1')),
    );
    expect(snapshot.readings.communities).toMatchObject({
      state: 'read',
      items: [
        {
          kind: 'Community',
          metadata: { name: 'edge', namespace: 'lb' },
          spec: {
            communities: [
              { name: 'no-advertise', value: '65535:65282' },
              { name: '__proto__', value: '1:1' },
            ],
          },
        },
      ],
    });
    const { rootCauses } = diagnose({ symptom: 'health', snapshot, subject: undefined });
    expect(rootCauses.filter(({ cause }) => cause === 'config-rejected')).toEqual([]);
  });

  test('are refused where nobody defines them, and mended in the ConfigMap', async () => {
    const snapshot = await read('v0.12.1', node, configMap(named('')));
    const { rootCauses } = diagnose({ symptom: 'health', snapshot, subject: undefined });
    const refused = rootCauses.filter(({ cause }) => cause === 'config-rejected');
    expect(
      refused.map(({ says, remedies }) => [
        says,
        remedies.map(({ says: told, command }) => [told, command]),
      ]),
    ).toEqual([
      [
        'MetalLB refuses its whole configuration because of the bgp-advertisements of pool wan: bgp-communities does not define "no-advertise"',
        [
          [
            'define "no-advertise" under bgp-communities, or take the reference to it away; MetalLB looks again by itself',
            'kubectl -n lb edit configmap edge',
          ],
        ],
      ],
    ]);
  });
});
