import { expect, test } from 'vitest';
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

test('a controller that looked at another Service since then is not deaf', () => {
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
