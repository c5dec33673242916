import { describe, expect, test } from 'vitest';
import { identityOf, likenessOf } from '../../../src/core/diagnosis/same-cluster.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { aNode, aPool } from '../../builders/some-objects.ts';

const bare = aSnapshot().with('nodes');

function withPool(uid: string, onto: SnapshotBuilder = bare): SnapshotBuilder {
  const pool = aPool('lan', '10.4.11.0/30');
  return onto.withPool({ ...pool, metadata: { ...pool.metadata, uid } });
}

function withApi(uid: string, onto: SnapshotBuilder = bare): SnapshotBuilder {
  const service = aService('default/kubernetes', { type: 'ClusterIP' });
  return onto.withService({ ...service, metadata: { ...service.metadata, uid } });
}

function withNode(uid: string, onto: SnapshotBuilder = bare): SnapshotBuilder {
  const node = aNode('n1', '10.4.0.5');
  return onto.with('nodes', { ...node, metadata: { ...node.metadata, uid } });
}

function at(server: string, builder: SnapshotBuilder): SnapshotBuilder {
  const { target } = builder.build();
  return builder.withSnapshot({ target: { ...target, server } });
}

function likeness(left: SnapshotBuilder, right: SnapshotBuilder) {
  return likenessOf(identityOf(left.build()), identityOf(right.build()));
}

describe('two snapshots are of one cluster', () => {
  test.each([
    ['by the id of its own Service, whatever the server is called', withApi],
    ['by the id of a pool', withPool],
    ['by the id of a node', withNode],
  ])('%s', (_, withId) => {
    expect(likeness(at('a:6443', withId('one')), at('b:6443', withId('one')))).toBe('same');
  });

  test('also when its own Service was made anew in between', () => {
    expect(likeness(withApi('one', withNode('n')), withApi('two', withNode('n')))).toBe('same');
  });

  test('by the server, where one of them carries no ids', () => {
    expect(likeness(at('a:6443', bare), at('a:6443', withPool('one')))).toBe('same');
  });
});

describe('two snapshots are of two clusters', () => {
  test('when their own Services are two, also behind one address of a tunnel', () => {
    const [one, two] = ['one', 'two'].map((uid) => at('127.0.0.1:6443', withApi(uid)));
    expect(one && two && likeness(one, two)).toBe('other');
  });
});

describe('which cluster it is remains open', () => {
  test('when the ids of each are of objects that the other has not', () => {
    expect(likeness(withPool('one'), withPool('two'))).toBe('unknown');
    expect(likeness(withPool('one'), withApi('two'))).toBe('unknown');
  });

  test('without ids under two addresses, or under none', () => {
    expect(likeness(at('a:6443', bare), at('b:6443', bare))).toBe('unknown');
    expect(likeness(at('', bare), at('', bare))).toBe('unknown');
  });
});
