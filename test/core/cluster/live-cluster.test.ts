import { expect, test } from 'vitest';
import { itemsIfRead } from '../../../src/core/facts/reading.ts';
import { fakeApi } from './fake-api-server.ts';
import { gatherFrom } from './gathering.ts';
import type { Wanted } from '../../../src/core/facts/ports.ts';
import { aCluster, aPod } from './sample-objects.ts';

const logs = {
  'metallb-system/controller-1/controller': '{"msg":"hello"}\n',
  'metallb-system/speaker-1/speaker': '{"msg":"now"}\n',
  'metallb-system/speaker-1/speaker?previous': '{"msg":"before"}\n',
};

test('a cluster is read with one list per kind, and MetalLB is found in it', async () => {
  await using api = await fakeApi({ objects: aCluster(), logs });
  const snapshot = await gatherFrom(api, {}, { triageVersion: '1.2.3' });

  expect(snapshot).toMatchObject({
    schemaVersion: 'triage.snapshot/v1',
    takenAt: '2026-03-14T03:00:00.000Z',
    target: {
      context: 'lab',
      server: api.url.slice('http://'.length),
      namespace: 'shop',
      identity: 'oncall',
    },
    versions: { kubernetes: 'v1.34.4', triage: '1.2.3' },
    apiGroups: ['apps', 'discovery.k8s.io', 'frrk8s.metallb.io', 'metallb.io'],
    interrupted: false,
  });
  expect(snapshot.installations).toEqual([
    {
      namespace: 'metallb-system',
      controllerVersion: 'v0.15.3',
      speakerVersion: 'v0.15.3',
      controller: { kind: 'Deployment', name: 'controller' },
      speaker: { kind: 'DaemonSet', name: 'speaker' },
      bgpType: 'native',
      ignoresExcludeLabel: false,
      foundBy: [
        'image quay.io/metallb/controller:v0.15.3 of Deployment metallb-system/controller',
        'image quay.io/metallb/speaker:v0.15.3 of DaemonSet metallb-system/speaker',
      ],
    },
  ]);
  expect(itemsIfRead(snapshot.readings.services).map(({ metadata }) => metadata.name)).toEqual([
    'checkout',
  ]);
  expect(snapshot.readings.nodes).toMatchObject({ state: 'read' });
  expect(snapshot.readings.namespaces).toEqual({
    state: 'failed',
    reason: 'not read: it was not asked for',
  });
  expect(snapshot.logs.map(({ pod, previous, lines }) => [pod, previous, lines])).toEqual([
    ['controller-1', false, { state: 'read', items: ['{"msg":"hello"}'] }],
    ['speaker-1', false, { state: 'read', items: ['{"msg":"now"}'] }],
    ['speaker-1', true, { state: 'read', items: ['{"msg":"before"}'] }],
  ]);
});

test.each([
  ['Sat, 14 Mar 2026 02:50:00 GMT', '2026-03-14T02:50:00.000Z', '10 min ahead of'],
  ['Sat, 14 Mar 2026 08:00:00 GMT', '2026-03-14T08:00:00.000Z', '5 h behind'],
])('a clock that is off is told, and ages go by the server: %s', async (date, takenAt, off) => {
  await using api = await fakeApi({ objects: aCluster(), date });
  expect(await gatherFrom(api)).toMatchObject({
    takenAt,
    notices: [`the clock of this machine is ${off} the API server's; ages go by the server's`],
  });
});

test('a clock that is right to the seconds is believed', async () => {
  await using api = await fakeApi({ objects: aCluster(), date: 'Sat, 14 Mar 2026 02:59:45 GMT' });
  const snapshot = await gatherFrom(api);
  expect(snapshot.takenAt).toBe('2026-03-14T03:00:00.000Z');
  expect(snapshot.notices).toBeUndefined();
});

test('the receipt counts every call', async () => {
  await using api = await fakeApi({ objects: aCluster(), logs });
  const { receipt } = await gatherFrom(api);
  // services, slices, nodes, pods, deployments, daemon sets, pools, advertisements, events twice
  expect(receipt).toEqual({
    calls: api.calls.length,
    lists: 10,
    logs: 3,
    bytes: expect.any(Number),
    ms: 0,
  });
  expect(new Set(api.calls.map(({ path }) => path)).size).toBe(api.calls.length);
  expect(receipt.bytes).toBeGreaterThan(1000);
});

test('of many speakers only those are heard that matter; of a few all of them', async () => {
  const speakers = Array.from({ length: 12 }, (_, index) =>
    aPod({ role: 'speaker', name: `speaker-${index + 2}` }),
  );
  const asked: string[] = [];
  const heard: NonNullable<Wanted['heard']> = ({ readings, installations }) => {
    asked.push(`${readings.nodes.state} ${installations.length}`);
    return new Set(['speaker-7']);
  };
  const objects = [...aCluster(), ...speakers];
  await using many = await fakeApi({ objects });
  const { logs: some } = await gatherFrom(many, { heard });
  expect(some.map(({ pod }) => pod)).toEqual(['controller-1', 'speaker-7']);
  expect(asked).toEqual(['read 1']);

  await using few = await fakeApi({ objects: aCluster() });
  const { logs: all } = await gatherFrom(few, { heard });
  expect(all.map(({ pod }) => pod)).toContain('speaker-1');
  expect(asked).toEqual(['read 1']);
});
