import { describe, expect, test } from 'vitest';
import { poolStepOf } from '../../../src/core/metallb/pool-wish.ts';
import type { PoolStep, PoolWish } from '../../../src/core/metallb/pool-wish.ts';
import { admittedIn, ordersOf, type Write } from '../../../src/core/metallb/write-orders.ts';
import { emptyCluster, poolNamed } from './objects.ts';

const lan = poolNamed('lan', ['10.0.0.0/30', '10.0.1.0/30']);
const home = emptyCluster.namespace;

function step(wish: PoolWish): PoolStep {
  const found = poolStepOf(wish, [lan], home);
  if (found === undefined) {
    throw new Error('no step');
  }
  return found;
}

const writeOf = (wish: PoolWish): Write => ({ kind: 'pool', step: step(wish) });
const service: Write = { kind: 'service' };

describe('a wish for a pool', () => {
  test.each([
    [
      'widens it',
      { adds: ['10.0.2.0/30'], removes: [] },
      ['10.0.0.0/30', '10.0.1.0/30', '10.0.2.0/30'],
    ],
    ['takes a range out', { adds: [], removes: ['10.0.0.0/30'] }, ['10.0.1.0/30']],
    ['gives it others', { adds: ['10.0.2.0/30'], removes: 'all' as const }, ['10.0.2.0/30']],
    ['deletes it', { adds: [], removes: 'all' as const }, undefined],
  ])('%s', (_, wish, addresses) => {
    expect(step({ name: 'lan', ...wish }).after?.spec.addresses).toEqual(addresses);
  });

  test('that takes from a pool that is not there is none', () => {
    expect(poolStepOf({ name: 'x', adds: [], removes: 'all' }, [lan], home)).toBeUndefined();
  });
});

describe('orders of writes', () => {
  test('are all of them up to four, the given one first', () => {
    const writes = ['a', 'b', 'c'].map((name) =>
      writeOf({ name, adds: ['10.9.0.0/30'], removes: [] }),
    );
    const orders = ordersOf([...writes, service]);
    expect(orders).toHaveLength(24);
    expect(orders[0]).toEqual([...writes, service]);
    expect(
      new Set(
        orders.map((order) => order.map((write) => [...writes, service].indexOf(write)).join()),
      ).size,
    ).toBe(24);
  });

  test('are some of them above four, each write first once and last once', () => {
    const writes = ['a', 'b', 'c', 'd'].map((name) =>
      writeOf({ name, adds: ['10.9.0.0/30'], removes: [] }),
    );
    const orders = ordersOf([...writes, service]);
    expect(orders).toHaveLength(10);
    expect(new Set(orders.map(([first]) => first)).size).toBe(5);
  });

  test('decide what the webhook lets pass: a range must leave before it arrives', () => {
    const leaves = writeOf({ name: 'lan', adds: [], removes: ['10.0.0.0/30'] });
    const arrives = writeOf({ name: 'new', adds: ['10.0.0.0/30'], removes: [] });
    const input = { ...emptyCluster, pools: [lan] };
    const allowed = (order: readonly Write[]) =>
      admittedIn(order, input).map(({ admission }) => admission.allowed);
    expect(allowed([leaves, arrives])).toEqual([true, true]);
    expect(allowed([arrives, leaves])).toEqual([false, true]);
  });
});
