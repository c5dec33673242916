import { describe, expect, test } from 'vitest';
import { aService } from '../../../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import { aPool, anEvent } from '../../../builders/some-objects.ts';
import { serviceIn, verdictOf } from '../../case.ts';

const key = 'shop/checkout';
const look = (at: string, of: string) =>
  JSON.stringify({
    controller: 'ServiceReconciler',
    'start reconcile': of,
    ts: `2026-03-14T${at}Z`,
  });
const cluster = aSnapshot().withPool(aPool('lan', '10.4.11.0/28'));
const madeAt = (time: string) => aService(key, { createdAt: `2026-03-14T${time}Z` });
const about = { kind: 'Service', namespace: 'shop', name: 'checkout' };

function verdict(builder: SnapshotBuilder) {
  return verdictOf('MLB-I47', builder, serviceIn(builder.build(), key)).verdict;
}

test('a log that begins after the Service was made proves nothing', () => {
  const late = cluster.withService(madeAt('01:00:00'));
  expect(verdict(late.withLog('controller-0', [look('02:00:00', 'media/tv')]))).toBe('pass');
});

test('a controller that looked at another Service since then has no stale watch', () => {
  const lines = [look('02:00:00', 'media/tv'), look('03:05:00', 'media/radio')];
  const builder = cluster.withService(madeAt('03:00:00')).withLog('controller-0', lines);
  expect(verdict(builder)).toBe('pass');
});

test('its own pass over all Services goes by what it knew before', () => {
  const pass = JSON.stringify({
    controller: 'ServiceReconciler - reprocessAll',
    'start reconcile': 'metallbreload/reload',
    ts: '2026-03-14T03:05:00Z',
  });
  const lines = [look('02:00:00', 'media/tv'), pass];
  const builder = cluster.withService(madeAt('03:00:00')).withLog('controller-0', lines);
  expect(verdict(builder)).toBe('fail');
});

test('a Service that MetalLB spoke of was seen', () => {
  const builder = cluster
    .withService(madeAt('03:00:00'))
    .withEvent(
      anEvent(about, 'AllocationFailed', {
        message: 'no available IPs',
        at: '2026-03-14T03:00:02Z',
      }),
    )
    .withLog('controller-0', [look('02:00:00', 'media/tv')]);
  expect(verdict(builder)).toBe('pass');
});

test('within the first minute it may be about to look', () => {
  const builder = cluster
    .withService(madeAt('03:12:00'))
    .withLog('controller-0', [look('02:00:00', 'media/tv')]);
  expect(verdict(builder)).toBe('pass');
});

test('a controller that may not list the kind has another trouble', () => {
  const denied =
    'services is forbidden: User "system:serviceaccount:metallb-system:controller" cannot list resource "services" in API group "" at the cluster scope';
  const lines = [
    look('02:00:00', 'media/tv'),
    JSON.stringify({ level: 'error', ts: '2026-03-14T03:12:00Z', error: denied }),
  ];
  const builder = cluster.withService(madeAt('03:00:00')).withLog('controller-0', lines);
  expect(verdict(builder)).toBe('pass');
});

describe('a log that ends before the Service was made', () => {
  const builder = cluster
    .withService(madeAt('03:00:00'))
    .withLog('controller-0', [look('02:00:00', 'media/tv')]);

  test('proves nothing in a dump: it may be older than the rest', () => {
    expect(verdict(builder)).toBe('skipped');
  });

  test('proves it when it was read together with the rest', () => {
    const receipt = { calls: 15, lists: 12, logs: 1, bytes: 0, ms: 0 };
    expect(verdict(builder.withSnapshot({ receipt }))).toBe('fail');
  });
});

test('a Service whose name goes on in the log is another one', () => {
  const lines = [
    look('02:00:00', 'media/tv'),
    JSON.stringify({ msg: 'serving shop/checkout-2', ts: '2026-03-14T03:05:00Z' }),
  ];
  const builder = cluster.withService(madeAt('03:00:00')).withLog('controller-0', lines);
  expect(verdict(builder)).toBe('fail');
});

describe('a young pool', () => {
  const young = aPool('dmz', '192.0.2.8/29');
  const metadata = { ...young.metadata, creationTimestamp: '2026-03-14T03:00:00Z' };
  const pool = { ...young, metadata };
  const lines = [
    JSON.stringify({
      msg: 'MetalLB controller starting version 0.15.3',
      ts: '2026-03-14T01:00:00Z',
    }),
    JSON.stringify({ msg: 'something else', ts: '2026-03-14T03:06:00Z' }),
  ];
  const logged = cluster.withLog('controller-0', lines);

  test('that was never looked at was not seen', () => {
    expect(verdict(logged.withPool(pool))).toBe('fail');
  });

  test('from which a Service has its address was seen', () => {
    const annotations = { 'metallb.io/ip-allocated-from-pool': 'dmz' };
    const holder = aService('shop/late', { ip: '192.0.2.9', annotations });
    expect(verdict(logged.withPool(pool).withService(holder))).toBe('pass');
  });

  test('of which the controller counts addresses in use was seen', () => {
    const status = { assignedIPv4: '1', assignedIPv6: '0' };
    expect(verdict(logged.withPool({ ...pool, status }))).toBe('pass');
  });
});
