import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../../src/checks/diagnose.ts';
import { differenceBetween } from '../../../../src/core/diagnosis/changes/difference.ts';
import type { Difference } from '../../../../src/core/facts/difference.ts';
import type { Service } from '../../../../src/core/facts/kube-objects.ts';
import type { Snapshot } from '../../../../src/core/facts/snapshot.ts';
import { aService } from '../../../builders/a-service.ts';
import { aSnapshot, now, type SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import { aPod } from '../../../builders/programs.ts';
import { snapshotOf } from '../../../incidents-at-hand.ts';
import { aNode, anEvent, aPool, aSlice, named } from '../../../builders/some-objects.ts';

const checkout = { kind: 'Service', namespace: 'shop', name: 'checkout' };

function sideOf(snapshot: Snapshot, path: string) {
  return {
    path,
    snapshot,
    diagnosis: diagnose({ symptom: 'health', snapshot, subject: undefined }),
  };
}

function between(
  old: SnapshotBuilder,
  fresh: SnapshotBuilder,
  subject?: Difference['subject'],
): Difference {
  return differenceBetween(sideOf(old.build(), 'old'), sideOf(fresh.build(), 'new'), subject);
}

const world = () => aSnapshot().withPool(aPool('lan', '10.4.11.10-10.4.11.19'));
const withIp = (ip: string, more = {}): Service => aService('shop/checkout', { ip, ...more });

describe('what changed', () => {
  test('nothing, when nothing did', () => {
    const difference = between(
      world().withService(withIp('10.4.11.10')),
      world().withService(withIp('10.4.11.10')),
    );
    const { changes, addresses, events, uncompared, causes, notices } = difference;
    expect({ changes, addresses, events, uncompared, notices }).toEqual({
      changes: [],
      addresses: [],
      events: [],
      uncompared: [],
      notices: [],
    });
    expect([causes.came, causes.went]).toEqual([[], []]);
  });

  test('a cause that could not be looked at again has not gone, and nothing else changed', async () => {
    const full = await snapshotOf('pool-exhausted', 'healthy');
    const blind: Snapshot = {
      ...full,
      readings: {
        ...full.readings,
        services: { state: 'forbidden', verb: 'list', resource: 'services' },
      },
    };
    const { causes, notices } = differenceBetween(
      sideOf(full, 'old'),
      sideOf(blind, 'new'),
      undefined,
    );
    expect(causes.went).toEqual([]);
    expect(notices).toEqual([
      'whether pool-nearly-full of IPAddressPool metallb-system/lan is still there is not known',
    ]);
  });

  test('an address that moved, and the annotation that moved it, but nobody else’s annotations', () => {
    const difference = between(
      world().withService(withIp('10.4.11.10', { annotations: { 'argocd/sync': '1' } })),
      world().withService(
        withIp('10.4.11.12', {
          annotations: { 'argocd/sync': '2', 'metallb.io/loadBalancerIPs': '10.4.11.12' },
        }),
      ),
      checkout,
    );
    expect(difference.addresses).toEqual([
      { service: checkout, before: ['10.4.11.10'], after: ['10.4.11.12'] },
    ]);
    expect(difference.changes).toEqual([
      {
        kind: 'changed',
        about: checkout,
        reach: 'service',
        fields: [
          {
            path: 'metadata.annotations.metallb.io/loadBalancerIPs',
            before: undefined,
            after: '10.4.11.12',
          },
          { path: 'status.addresses', before: '10.4.11.10', after: '10.4.11.12' },
        ],
      },
    ]);
  });

  test('causes that came and went, by cause and object', () => {
    const full = aSnapshot().withPool(aPool('lan', '10.4.11.10/32'));
    const difference = between(
      full.withService(aService('shop/cart', { ip: '10.4.11.10' })),
      full
        .withService(aService('shop/cart', { ip: '10.4.11.10' }))
        .withService(aService('shop/checkout')),
    );
    expect(difference.causes.came.map(({ cause }) => cause)).toContain('pool-exhausted');
    const back = between(
      full.withService(aService('shop/cart', { ip: '10.4.11.10' }), aService('shop/checkout')),
      full.withService(aService('shop/cart', { ip: '10.4.11.10' })),
    );
    expect(back.causes.went.map(({ cause }) => cause)).toContain('pool-exhausted');
  });

  test('the nearest comes first: the Service, its pool and neighbours, MetalLB, nodes, the rest', () => {
    const old = aSnapshot()
      .withPool(aPool('lan', '10.4.11.10-10.4.11.19'), aPool('other', '10.9.0.0/30'))
      .withService(withIp('10.4.11.10'));
    const fresh = aSnapshot()
      .withPool(aPool('lan', '10.4.11.10-10.4.11.29'), aPool('other', '10.9.0.0/29'))
      .withService(
        withIp('10.4.11.10', { labels: { tier: 'web' } }),
        aService('shop/neighbour', { ip: '10.4.11.11' }),
        aService('far/away', { ip: '10.9.0.1' }),
      )
      .with('nodes', ...['n1', 'n2'].map((name, index) => aNode(name, `10.0.0.${index + 1}`)));
    expect(
      between(old, fresh, checkout).changes.map(({ reach, kind, about }) => [
        reach,
        kind,
        about.name,
      ]),
    ).toEqual([
      ['service', 'changed', 'checkout'],
      ['pool', 'changed', 'lan'],
      ['pool', 'came', 'neighbour'],
      ['metallb', 'changed', 'other'],
      ['node', 'went', 'n3'],
      ['elsewhere', 'came', 'away'],
    ]);
  });

  test('endpoints are compared by what can be used, however they are sliced', () => {
    const ready = { addresses: ['10.1.0.1'], nodeName: 'n1', ready: true };
    const other = { addresses: ['10.1.0.2'], nodeName: 'n2', ready: true };
    const slice = (name: string, endpoints: Parameters<typeof aSlice>[1]) => ({
      ...aSlice('shop/checkout', endpoints),
      metadata: named(name, {
        namespace: 'shop',
        labels: { 'kubernetes.io/service-name': 'checkout' },
      }),
    });
    const whole = world().withSlice(slice('a', [ready, other]));
    expect(
      between(whole, world().withSlice(slice('b', [other]), slice('c', [ready]))).changes,
    ).toEqual([]);
    const lame = world().withSlice(slice('a', [ready, { ...other, ready: false }]));
    expect(between(whole, lame, checkout).changes).toMatchObject([
      {
        reach: 'service',
        fields: [
          { path: 'not usable', before: undefined, after: '10.1.0.2 on n2' },
          { path: 'usable', before: '10.1.0.1 on n1, 10.1.0.2 on n2', after: '10.1.0.1 on n1' },
        ],
      },
    ]);
  });

  test('a speaker that was replaced on its node is the same one; its restarts are told', () => {
    const speaker = (name: string, restarts: number) => {
      const pod = aPod('speaker', { name, node: 'n1', restarts });
      const ownerReferences = [{ kind: 'DaemonSet', name: 'speaker' }];
      return { ...pod, metadata: { ...pod.metadata, ownerReferences } };
    };
    const difference = between(
      world().with('pods', speaker('speaker-a', 0)),
      world().with('pods', speaker('speaker-b', 3)),
    );
    expect(difference.changes).toMatchObject([
      {
        about: { kind: 'Pod', name: 'speaker on n1' },
        fields: [{ path: 'status.speaker.restarts', before: '0', after: '3' }],
      },
    ]);
  });
});

describe('releases', () => {
  const running = (controllerVersion: string, kubernetes: string | undefined) =>
    world()
      .withInstallation({ controllerVersion })
      .withSnapshot({
        versions: kubernetes === undefined ? {} : { kubernetes },
        apiGroups: kubernetes === undefined ? ['apps', 'kube-vip.io'] : ['apps'],
      });

  test('an upgrade is told, with what the API server serves since', () => {
    expect(between(running('v0.14.9', 'v1.33.1'), running('v0.15.3', 'v1.34.0')).changes).toEqual([
      {
        kind: 'changed',
        about: { kind: 'Cluster', name: 'releases' },
        reach: 'metallb',
        fields: [
          { path: 'kubernetes', before: 'v1.33.1', after: 'v1.34.0' },
          {
            path: 'MetalLB in metallb-system.controllerVersion',
            before: 'v0.14.9',
            after: 'v0.15.3',
          },
        ],
      },
    ]);
  });

  test('a version that one of them does not know is no change; a group that is new is one', () => {
    expect(
      between(running('v0.15.3', 'v1.34.0'), running('v0.15.3', undefined)).changes,
    ).toMatchObject([
      { fields: [{ path: 'API group kube-vip.io', before: undefined, after: 'served' }] },
    ]);
  });
});

describe('events', () => {
  const failed = (count: number) => ({
    ...anEvent(checkout, 'AllocationFailed', { message: 'no available IPs', at: now }),
    count,
  });

  test('new and repeated ones are told, faded ones are not', () => {
    const quiet = world();
    expect(between(quiet, quiet.withEvent(failed(1)), checkout).events).toEqual([
      {
        about: checkout,
        reach: 'service',
        reason: 'AllocationFailed',
        message: 'no available IPs',
        at: now,
      },
    ]);
    expect(between(quiet.withEvent(failed(1)), quiet.withEvent(failed(4))).events).toHaveLength(1);
    expect(between(quiet.withEvent(failed(1)), quiet).events).toEqual([]);
    expect(between(quiet.forbidding('events'), quiet.withEvent(failed(1))).events).toEqual([]);
  });
});

describe('what is not known', () => {
  test('a kind that was not read in one of them is a gap, and nothing of it went or came', () => {
    const difference = between(
      world().withService(withIp('10.4.11.10')),
      world().forbidding('services', 'ipAddressPools'),
    );
    expect(difference.changes).toEqual([]);
    expect(difference.addresses).toEqual([]);
    expect(difference.uncompared).toEqual([
      { fact: 'services', in: 'new', why: 'no right to list services' },
      { fact: 'ipAddressPools', in: 'new', why: 'no right to list ipAddressPools' },
    ]);
  });

  test('what nobody asked for in either is no gap', () => {
    const unasked = { state: 'failed', reason: 'not read: it was not asked for' } as const;
    const both = world().withReading('communities', unasked);
    expect(between(both, both).uncompared).toEqual([]);
    expect(between(both, world()).uncompared).toMatchObject([{ fact: 'communities', in: 'old' }]);
  });

  test('namespaces that only one of them covers are left out', () => {
    const shopOnly = world().withReading('services', {
      state: 'read',
      items: [withIp('10.4.11.10')],
      within: 'shop',
    });
    const all = world().withService(
      withIp('10.4.11.10'),
      aService('far/away', { ip: '10.4.11.11' }),
    );
    const difference = between(all, shopOnly);
    expect(difference.changes).toEqual([]);
    expect(difference.addresses).toEqual([]);
    expect(difference.uncompared).toEqual([
      { fact: 'services', in: 'new', why: 'read only in namespace shop' },
    ]);
  });

  test('a kind that is not served has no objects, and that is known', () => {
    const without = aSnapshot().withReading('ipAddressPools', { state: 'absent' });
    const difference = between(world(), without);
    expect(difference.uncompared).toEqual([]);
    expect(difference.changes).toMatchObject([{ kind: 'went', about: { name: 'lan' } }]);
  });
});

describe('what looks like a mistake', () => {
  test('the newer one first', () => {
    const difference = between(world(), world().withSnapshot({ takenAt: '2026-03-13T00:00:00Z' }));
    expect(difference.notices).toEqual([
      `the first is NEWER than the second (${now} and 2026-03-13T00:00:00Z): swapped?`,
    ]);
  });

  test('two clusters', () => {
    const api = (uid: string) => {
      const service = aService('default/kubernetes', { type: 'ClusterIP' });
      return { ...service, metadata: { ...service.metadata, uid } };
    };
    const difference = between(world().withService(api('a')), world().withService(api('b')));
    expect(difference.notices[0]).toContain('TWO CLUSTERS');
  });

  test('a label called __proto__ is one like any other', () => {
    const labels = JSON.parse('{"__proto__":"x"}') as Record<string, string>;
    const difference = between(
      world().withService(withIp('10.4.11.10')),
      world().withService(withIp('10.4.11.10', { labels })),
    );
    expect(difference.changes[0]?.fields).toEqual([
      { path: 'metadata.labels.__proto__', before: undefined, after: 'x' },
    ]);
  });
});
