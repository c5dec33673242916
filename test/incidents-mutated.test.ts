import { describe, expect, test } from 'vitest';
import type { Service } from '../src/core/facts/kube-objects.ts';
import type { Forbidden } from '../src/core/facts/reading.ts';
import type { FactName, Readings, Snapshot } from '../src/core/facts/snapshot.ts';
import { answer, causesIn, errorsIn, incidentOf, names, snapshotOf } from './incidents-at-hand.ts';

type Mutation = (snapshot: Snapshot) => Snapshot;

const noiseCount = 200;

function withReadings(snapshot: Snapshot, readings: Partial<Readings>): Snapshot {
  return { ...snapshot, readings: { ...snapshot.readings, ...readings } };
}

function forbidden(resource: string): Forbidden {
  return { state: 'forbidden', verb: 'list', resource };
}

function withoutLogs(snapshot: Snapshot): Snapshot {
  return { ...snapshot, logs: [] };
}

function withLogsForbidden(snapshot: Snapshot): Snapshot {
  const lines = { state: 'forbidden', verb: 'get', resource: 'pods/log' } as const;
  return { ...snapshot, logs: snapshot.logs.map((excerpt) => ({ ...excerpt, lines })) };
}

/** Services of other types and of somebody else's class, which must not matter to anything. */
function withNoise(snapshot: Snapshot): Snapshot {
  const { services } = snapshot.readings;
  return services.state !== 'read'
    ? snapshot
    : withReadings(snapshot, {
        services: {
          ...services,
          items: [...services.items, ...Array.from({ length: noiseCount }, noiseService)],
        },
      });
}

function noiseService(_: unknown, index: number): Service {
  const isClassed = index % 4 === 0;
  return {
    kind: 'Service',
    metadata: {
      name: `noise-${index}`,
      namespace: `noise-${index % 7}`,
      labels: {},
      annotations: { 'metallb.universe.tf/note': 'old' },
      finalizers: [],
      ownerReferences: [],
      managedFields: [],
    },
    spec: {
      type: isClassed ? 'LoadBalancer' : 'ClusterIP',
      clusterIP: `10.200.0.${index}`,
      clusterIPs: [`10.200.0.${index}`],
      externalIPs: [],
      ipFamilies: ['IPv4'],
      ...(isClassed ? { loadBalancerClass: 'noise.example.net/lb' } : {}),
      loadBalancerSourceRanges: [],
      ports: [{ protocol: 'TCP', port: 80 }],
      selector: { app: `noise-${index}` },
    },
    status: { ingress: isClassed ? [{ ip: `203.0.113.${index}` }] : [], conditions: [] },
  };
}

const mutations: readonly (readonly [string, Mutation])[] = [
  ['no events', (snapshot) => withReadings(snapshot, { events: { state: 'read', items: [] } })],
  ['events forbidden', (snapshot) => withReadings(snapshot, { events: forbidden('events') })],
  ['no logs', withoutLogs],
  ['logs forbidden', withLogsForbidden],
  [
    'no endpoint slices and no nodes',
    (snapshot) =>
      withReadings(snapshot, {
        endpointSlices: forbidden('endpointslices'),
        nodes: forbidden('nodes'),
      }),
  ],
  ['200 unrelated Services', withNoise],
];

const readable: readonly FactName[] = [
  'services',
  'ipAddressPools',
  'pods',
  'deployments',
  'daemonSets',
  'namespaces',
  'configurationStates',
  'l2Advertisements',
  'bgpAdvertisements',
  'validatingWebhooks',
];

describe.each(names)('%s', (name) => {
  const { expect: expected } = incidentOf(name);
  const allowed = (variant: 'sick' | 'healthy') => [
    ...expected[variant].causes,
    ...(expected[variant].may ?? []),
  ];

  test.each(mutations)('%s: no other cause is blamed', async (_title, mutate) => {
    for (const variant of ['sick', 'healthy'] as const) {
      const diagnosis = answer(name, mutate(await snapshotOf(name, variant)));
      expect(errorsIn(diagnosis).filter((cause) => !allowed(variant).includes(cause))).toEqual([]);
    }
  });

  test('unrelated Services change nothing at all in the causes', async () => {
    const snapshot = await snapshotOf(name, 'sick');
    expect(causesIn(answer(name, withNoise(snapshot)))).toEqual(causesIn(answer(name, snapshot)));
  });

  test.each(readable)(
    'without the right to list %s the sick cluster never looks healthy',
    async (kind) => {
      const snapshot = await snapshotOf(name, 'sick');
      const whole = answer(name, snapshot);
      const partial = answer(name, withReadings(snapshot, { [kind]: forbidden(kind) }));
      expect(errorsIn(partial).filter((cause) => !allowed('sick').includes(cause))).toEqual([]);
      if (whole.outcome === 'problem') {
        expect(['problem', 'unknown']).toContain(partial.outcome);
      }
    },
  );
});
