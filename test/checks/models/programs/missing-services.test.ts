import { expect, test } from 'vitest';
import { servicesSeemMissing } from '../../../../src/checks/models/programs/missing-services.ts';
import { aService } from '../../../builders/a-service.ts';
import { aPool, anEvent } from '../../../builders/some-objects.ts';

const own = aService('shop/web', { ip: '10.0.0.1' });
const lan = aPool('lan', '10.0.0.0/29');
const counted = (assignedIPv4: string) => ({ ...lan, status: { assignedIPv4 } });
const said = (message: string) =>
  anEvent({ kind: 'Service', namespace: 'shop', name: 'web' }, 'AllocationFailed', {
    message,
    at: '2026-03-14T03:10:40Z',
  });

test('a holder that MetalLB names and nobody listed is missing', () => {
  const named = said(`can't change sharing key for "shop/x", address also in use by a/b,shop/web`);
  expect(servicesSeemMissing([own], [lan], named)).toBe(true);
  expect(servicesSeemMissing([own, aService('a/b')], [lan], named)).toBe(false);
});

test('a pool that counts more addresses than are held misses their holders', () => {
  const answers = ['1', '2', '-9223372036854775807'].map((count) =>
    servicesSeemMissing([own], [counted(count)], undefined),
  );
  expect(answers).toEqual([false, true, false]);
});

test('without words and counters nothing seems missing', () => {
  expect(servicesSeemMissing([], [lan], said('no available IPs'))).toBe(false);
});

test('in a list of the whole cluster a holder that is not there is gone', () => {
  const whole = [own, aService('default/kubernetes', { type: 'ClusterIP' })];
  const answers = [
    servicesSeemMissing(whole, [counted('2')], undefined),
    servicesSeemMissing(whole, [lan], said('address also in use by a/b')),
  ];
  expect(answers).toEqual([false, false]);
});
