import { expect, test } from 'vitest';
import { wishOf } from '../../../../src/core/shell/answers/wish-flags.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { aPool } from '../../../builders/some-objects.ts';

function added(...texts: readonly string[]) {
  const snapshot = aSnapshot().withPool(aPool('lan', '10.0.0.0/30')).build();
  return wishOf({ 'add-pool': texts }, snapshot).pools;
}

const adds = (name: string, ...ranges: readonly string[]) => ({ name, adds: ranges, removes: [] });

test('each pool without a name is one of its own', () => {
  expect(added('10.9.0.0/30', '10.9.1.0/30')).toEqual([
    adds('new-pool', '10.9.0.0/30'),
    adds('new-pool-2', '10.9.1.0/30'),
  ]);
});

test('a pool without a name is not one that is named beside it', () => {
  expect(added('10.9.0.0/30', 'new-pool=10.9.1.0/30')).toEqual([
    adds('new-pool-2', '10.9.0.0/30'),
    adds('new-pool', '10.9.1.0/30'),
  ]);
});

test('a pool that is named twice is one pool', () => {
  expect(added('lan=10.9.0.0/30', 'lan=10.9.1.0/30')).toEqual([
    adds('lan', '10.9.0.0/30', '10.9.1.0/30'),
  ]);
});
