import { expect, test } from 'vitest';
import { aService } from '../../builders/a-service.ts';
import { aPool, aSlice } from '../../builders/some-objects.ts';
import { serviceIn, verdictOf } from '../case.ts';
import { announced, endpointOn } from '../layer2-scenes.ts';

function sharedWith(key: string, ...slices: readonly ReturnType<typeof aSlice>[]) {
  const builder = announced
    .with('ipAddressPools', aPool('both', ['10.0.0.100-10.0.0.119']))
    .withService(aService(key, { ip: ['10.0.0.103', '10.0.0.100'] }))
    .withSlice(...slices);
  const verdict = verdictOf('MLB-L18', builder, serviceIn(builder.build(), 'shop/search'));
  return verdict.verdict === 'fail'
    ? verdict.findings.map(({ severity, against }) => [
        severity,
        ...(against ?? []).map(({ says }) => says),
      ])
    : [];
}

test('who shares the address is another announcer only with an endpoint', () => {
  expect(sharedWith('shop/admin', aSlice('shop/admin', [endpointOn('n2')]))).toEqual([['error']]);
  expect(sharedWith('shop/admin')).toEqual([]);
  expect(
    sharedWith(
      'shop/admin',
      aSlice('shop/admin', [endpointOn('n2', { ready: false, serving: false })]),
    ),
  ).toEqual([]);
});

test('of another namespace nobody may have read the endpoints: that is a warning', () => {
  expect(sharedWith('ops/admin').map(([severity]) => severity)).toEqual(['warning']);
  expect(sharedWith('ops/admin', aSlice('ops/admin', [endpointOn('n2')]))).toEqual([['error']]);
});
