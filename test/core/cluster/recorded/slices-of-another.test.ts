import { expect, test } from 'vitest';
import { factsFor } from '../../../../src/checks/facts-for.ts';
import { withoutSlicesOfAnother } from '../../../../src/core/cluster/recorded/slices-of-another.ts';
import type { EndpointSlice } from '../../../../src/core/facts/kube-objects.ts';
import type { Read } from '../../../../src/core/facts/reading.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { aBackendSlice } from '../../../builders/backends.ts';

const slice = aBackendSlice('shop/web');

function askedAbout(name: string, reading: Partial<Read<EndpointSlice>>, calls = 12) {
  const snapshot = aSnapshot()
    .withReading('endpointSlices', { state: 'read', items: [slice], ...reading })
    .withSnapshot({ receipt: { calls, lists: calls, logs: 0, bytes: 0, ms: 0 } })
    .build();
  const wanted = factsFor('no-traffic', { namespace: 'shop', name });
  return withoutSlicesOfAnother(snapshot, wanted).readings.endpointSlices;
}

test('a recording for one Service says nothing of the endpoints of another', () => {
  expect(askedAbout('cart', { within: 'shop' })).toEqual({
    state: 'failed',
    reason: 'the recording was made for shop/web, and holds the endpoints of that Service alone',
  });
});

test.each([
  ['the Service itself', 'web', { within: 'shop' }],
  ['a whole namespace', 'cart', { within: 'shop', items: [slice, aBackendSlice('shop/db')] }],
  ['a whole cluster', 'cart', {}],
])('%s is told as it was read', (_title, name, reading) => {
  expect(askedAbout(name, reading)).toMatchObject({ state: 'read' });
});

test('a dump of one namespace is whole', () => {
  expect(askedAbout('cart', { within: 'shop' }, 0)).toMatchObject({ state: 'read' });
});

test('so does one that holds the endpoints of those who share its address too', () => {
  const items = [slice, aBackendSlice('shop/dns')];
  expect(askedAbout('cart', { within: 'shop', items, chosen: true })).toEqual({
    state: 'failed',
    reason:
      'the recording was made for another Service, and holds the endpoints of shop/dns, shop/web alone',
  });
  expect(askedAbout('dns', { within: 'shop', items, chosen: true })).toMatchObject({
    state: 'read',
  });
});
