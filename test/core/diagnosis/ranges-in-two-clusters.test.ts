import { describe, expect, test } from 'vitest';
import {
  footprintOf,
  sameClusters,
  sharedRanges,
} from '../../../src/core/diagnosis/ranges-in-two-clusters.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aNode, aPool } from '../../builders/some-objects.ts';

interface ClusterWords {
  readonly pool: string;
  readonly nodes: readonly string[];
  readonly ip?: string;
}

function cluster(name: string, { pool, nodes, ip }: ClusterWords) {
  const { target } = aSnapshot().build();
  const snapshot = aSnapshot()
    .withSnapshot({ target: { ...target, server: `${name}:6443` } })
    .withPool(aPool('lan', pool))
    .with('nodes', ...nodes.map((address, index) => aNode(`n${index}`, address)))
    .withService(aService(`shop/${name}`, ip === undefined ? {} : { ip }))
    .build();
  return footprintOf(name, snapshot);
}

describe('ranges of two clusters', () => {
  test('neighbours that give out one address twice are told so', () => {
    const east = cluster('east', { pool: '10.4.11.0/24', nodes: ['10.4.0.5'], ip: '10.4.11.7' });
    const west = cluster('west', {
      pool: '10.4.11.5-10.4.11.9',
      nodes: ['10.4.0.9'],
      ip: '10.4.11.7',
    });
    expect(sharedRanges([east, west])).toEqual([
      {
        severity: 'warning',
        pools: [
          { cluster: 'east', pool: 'lan' },
          { cluster: 'west', pool: 'lan' },
        ],
        ranges: ['10.4.11.5-10.4.11.9'],
        count: '5',
        network: 'same',
        says: 'pool lan of east and pool lan of west both hand out 10.4.11.5-10.4.11.9 (5 addresses)',
        details: [
          'GIVEN TWICE NOW  10.4.11.7  shop/east in east, shop/west in west',
          'their nodes are neighbours: 10.4.0.5 of east, 10.4.0.9 of west',
        ],
        doubt:
          'harmless if the clusters are in different networks: private ranges may repeat from site to site',
      },
    ]);
  });

  test.each([
    ['twins of an address plan are apart, which is fine', '10.4.0.5', 'apart', 'info'],
    ['nodes elsewhere leave it open', '10.9.0.5', 'unknown', 'warning'],
  ])('%s', (_, node, network, severity) => {
    const east = cluster('east', { pool: '10.4.11.0/30', nodes: ['10.4.0.5'] });
    const west = cluster('west', { pool: '10.4.11.0/30', nodes: [node] });
    expect(sharedRanges([east, west])).toMatchObject([{ network, severity }]);
  });

  test('public addresses are unique, so clusters apart are no excuse', () => {
    const words = { pool: '203.0.113.4/32', nodes: ['10.4.0.5'] };
    const [shared] = sharedRanges([cluster('east', words), cluster('west', words)]);
    expect(shared).toMatchObject({ network: 'apart', severity: 'warning', count: '1' });
    expect(shared?.says).toContain('(1 address)');
  });

  test('one cluster under two names is not compared with itself', () => {
    const words = { pool: '10.4.11.0/30', nodes: ['10.4.0.5'] };
    const { identity } = cluster('east', words);
    const twins = ['east', 'east-admin'].map((name) => ({ ...cluster(name, words), identity }));
    expect(sameClusters(twins)).toEqual([['east', 'east-admin']]);
    expect(sharedRanges(twins)).toEqual([]);
  });

  test('two clusters are compared, whatever else they share', () => {
    const words = { pool: '10.4.11.0/30', nodes: ['10.4.0.5'] };
    expect(sameClusters([cluster('east', words), cluster('west', words)])).toEqual([]);
  });

  test('pools that could not be read claim nothing and are not known', () => {
    expect(
      footprintOf('a', aSnapshot().forbidding('ipAddressPools').build()).pools,
    ).toBeUndefined();
  });
});
