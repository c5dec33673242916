import { expect, test } from 'vitest';
import { parseAddress } from '../../../src/core/facts/ip.ts';
import { NodeHashes } from '../../../src/core/metallb/election/hashing/node-hashes.ts';
import { withElectionOrders } from '../../../src/core/share/election-orders.ts';
import { shareSnapshot } from '../../../src/core/share/share-snapshot.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aPool } from '../../builders/some-objects.ts';

const address = '10.4.11.10';
const cluster = aSnapshot()
  .withPool(aPool('lan', '10.4.11.10-10.4.11.19'))
  .withService(aService('shop/search', { ip: address }), aService('shop/waits'));

test('a shared recording keeps the order of the nodes for every address, under their new names', () => {
  const whole = withElectionOrders(cluster.build());
  const { snapshot, rewrite } = shareSnapshot(cluster.build());
  expect(whole.electionOrders).toEqual([{ address, nodes: ['n2', 'n3', 'n1'] }]);
  expect(snapshot.electionOrders).toEqual([
    { address: rewrite(address), nodes: ['n2', 'n3', 'n1'].map(rewrite) },
  ]);
  expect(rewrite(address)).not.toBe(address);
});

test('shared again, it keeps the order that it had', () => {
  const once = shareSnapshot(cluster.build()).snapshot;
  const { snapshot, rewrite } = shareSnapshot(once);
  expect(snapshot.electionOrders?.map(({ nodes }) => nodes)).toEqual(
    once.electionOrders?.map(({ nodes }) => nodes.map(rewrite)),
  );
});

test('an order that is known goes before the hash, for its own address alone', () => {
  const names = ['n1', 'n2', 'n3'];
  const [known, other] = ['10.4.11.10', '10.4.11.11'].map((text) => parseAddress(text));
  if (known === undefined || other === undefined) {
    throw new Error('both are addresses');
  }
  const hashes = new NodeHashes(names, [{ address: known, nodes: ['n3', 'n1', 'n2'] }]);
  expect(hashes.inOrder([0, 1, 2], known)).toEqual([2, 0, 1]);
  expect(hashes.firstOf([0, 1], known)).toBe(0);
  expect(hashes.inOrder([0, 1, 2], other)).toEqual(new NodeHashes(names).inOrder([0, 1, 2], other));
});

test('without Services or nodes there is nothing to keep', () => {
  expect(withElectionOrders(aSnapshot().build()).electionOrders).toBe(undefined);
  expect(withElectionOrders(cluster.with('nodes').build()).electionOrders).toBe(undefined);
});
