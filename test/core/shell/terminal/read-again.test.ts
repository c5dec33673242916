import { expect, test } from 'vitest';
import { toReadAgain, withBothCosts } from '../../../../src/core/shell/terminal/read-again.ts';
import { aService } from '../../../builders/a-service.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';

const snapshot = aSnapshot().build();
const checkout = aService('shop/checkout', { ip: '10.4.11.3' });

test.each([
  ['named with its namespace', { namespace: 'shop', name: 'checkout' }, undefined],
  [
    'named alone, and in another namespace than the current one',
    { namespace: undefined, name: 'checkout' },
    { namespace: 'shop', name: 'checkout' },
  ],
  ['chosen from a list', undefined, { namespace: 'shop', name: 'checkout' }],
])('a Service %s', (_, named, again) => {
  expect(toReadAgain(named, checkout, snapshot)).toEqual(again);
});

test('named alone in the current namespace, it is read once', () => {
  const named = { namespace: undefined, name: 'web' };
  expect(toReadAgain(named, aService('default/web'), snapshot)).toBeUndefined();
});

test('nothing is read again for a Service that could not be read', () => {
  expect(toReadAgain(undefined, undefined, snapshot)).toBeUndefined();
});

test('both readings are paid for', () => {
  const receipt = { calls: 3, lists: 2, logs: 1, bytes: 10, ms: 5 };
  const one = aSnapshot().withSnapshot({ receipt }).build();
  expect(withBothCosts(one, one).receipt).toEqual({
    calls: 6,
    lists: 4,
    logs: 2,
    bytes: 20,
    ms: 10,
  });
});
