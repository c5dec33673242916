import { describe, expect, test } from 'vitest';
import { poolsStanding } from '../../../src/checks/pools/pools-standing.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aNode, aPool } from '../../builders/some-objects.ts';

const lan = aPool('lan', '10.0.0.0/22');
const more = aPool('more', '10.0.4.0/24');
const question = { others: [], pool: undefined };

describe('the standing of pools', () => {
  test('takes off the addresses of nodes: 1 of 1,280', () => {
    const snapshot = aSnapshot()
      .withPool(lan)
      .withPool(more)
      .with('nodes', aNode('worker-1', '10.0.4.7'))
      .withService(aService('shop/a', { ip: '10.0.0.0' }))
      .build();
    const standing = poolsStanding({ ...question, snapshot });
    expect(standing.headline).toBe(
      '2 pools, 1,280 addresses (1 claimed elsewhere), 1,278 free; 10.0.4.7 of pool more is the address of node worker-1',
    );
    expect(standing.pools[1]).toMatchObject({
      usable: '256',
      claimed: '1',
      trulyUsable: '255',
      taken: '0',
      free: '255',
    });
  });

  test('an address that is taken and claimed is missed once', () => {
    const snapshot = aSnapshot()
      .withPool(lan)
      .with('nodes', aNode('worker-1', '10.0.0.7'))
      .withService(aService('shop/a', { ip: '10.0.0.7' }))
      .build();
    const [pool] = poolsStanding({ ...question, snapshot }).pools;
    expect(pool).toMatchObject({ trulyUsable: '1023', taken: '1', free: '1023' });
  });

  test('the figures of every family add up: free is usable less claimed less taken, once', () => {
    const both = aPool('both', '10.0.0.0/28', {
      addresses: ['10.0.0.0/28', 'fd00::/126'],
      avoidBuggyIPs: true,
    });
    const snapshot = aSnapshot()
      .withPool(both)
      .with('nodes', aNode('worker-1', '10.0.0.7'), aNode('worker-2', '10.0.0.9'))
      .withService(aService('shop/a', { ip: '10.0.0.7' }))
      .withService(aService('shop/b', { ip: 'fd00::2' }))
      .build();
    const standing = poolsStanding({ ...question, snapshot });
    expect(standing.pools[0]?.families).toEqual([
      {
        family: 'ipv4',
        size: '16',
        usable: '15',
        claimed: '2',
        trulyUsable: '13',
        taken: '1',
        takenAndClaimed: '1',
        free: '13',
      },
      {
        family: 'ipv6',
        size: '4',
        usable: '4',
        claimed: '0',
        trulyUsable: '4',
        taken: '1',
        takenAndClaimed: '0',
        free: '3',
      },
    ]);
    expect(standing.headline).toMatch(
      /^1 pool, IPv4 15 addresses \(2 claimed elsewhere\), 13 free; IPv6 4 addresses, 3 free; /,
    );
  });

  test('names the ranges that another cluster has too, and leaves out a recording of this one', () => {
    const snapshot = aSnapshot().withPool(lan).with('nodes').build();
    const other = aSnapshot().withPool(aPool('edge', '10.0.3.250-10.0.4.9')).build();
    const elsewhere = { ...other, target: { ...other.target, server: 'other:6443' } };
    const standing = poolsStanding({
      ...question,
      snapshot,
      others: [
        { name: 'other.json', snapshot: elsewhere },
        { name: 'same.json', snapshot },
      ],
    });
    expect(standing.pools[0]?.claims).toEqual([
      {
        kind: 'pool',
        name: 'edge',
        cluster: 'other.json',
        ranges: ['10.0.3.250-10.0.3.255'],
        count: '6',
        isConflict: true,
        says: '10.0.3.250-10.0.3.255 of pool lan are in pool edge of other.json too',
      },
    ]);
    expect(standing.notes).toEqual([
      'same.json is a recording of this same cluster and was left out',
    ]);
  });

  test('takes two clusters behind one address of a tunnel for two, by the ids of their objects', () => {
    const withId = (uid: string) => {
      const pool = aPool('lan', '10.0.0.0/30');
      const [metadata, own] = [{ ...pool.metadata, uid }, aSnapshot()];
      return own
        .withPool({ ...pool, metadata })
        .with('nodes')
        .build();
    };
    const standingBeside = (uid: string) =>
      poolsStanding({
        ...question,
        snapshot: withId('one'),
        others: [{ name: 'other.json', snapshot: withId(uid) }],
      });
    expect([standingBeside('two'), standingBeside('one')].map(({ notes }) => notes)).toEqual([
      [],
      ['other.json is a recording of this same cluster and was left out'],
    ]);
    expect(standingBeside('two').pools[0]?.claims[0]?.says).toBe(
      '10.0.0.0-10.0.0.3 of pool lan are in pool lan of other.json too',
    );
  });

  test('says who a pool is for', () => {
    const spec = {
      serviceAllocation: {
        priority: 10,
        namespaces: ['shop'],
        namespaceSelectors: [],
        serviceSelectors: [{ matchLabels: { tier: 'edge' }, matchExpressions: [] }],
      },
    };
    const snapshot = aSnapshot()
      .withPool({ ...lan, spec: { ...lan.spec, ...spec } })
      .build();
    expect(poolsStanding({ ...question, snapshot }).pools[0]?.handsOut).toBe(
      'automatic, for Services with tier=edge in namespace shop, priority 10',
    );
  });

  test('compares with what MetalLB publishes', () => {
    const status = {
      assignedIPv4: '3',
      assignedIPv6: '0',
      availableIPv4: '1021',
      availableIPv6: '0',
    };
    const snapshot = aSnapshot()
      .withPool({ ...lan, status })
      .build();
    expect(poolsStanding({ ...question, snapshot }).pools[0]?.published).toEqual({
      agrees: false,
      says: 'MetalLB publishes assignedIPv4 3, by the Services it is 0; MetalLB publishes availableIPv4 1021, by the Services it is 1024',
    });
  });

  test('says that there was no pool before the one that is refused', () => {
    const lines = [
      '{"controller":"PoolReconciler","event":"config reloaded","level":"info","ts":"2026-03-02T00:00:00Z"}',
      '{"controller":"PoolReconciler","error":"invalid CIDR","level":"error","ts":"2026-03-03T00:00:00Z"}',
    ];
    const pool = aPool('lan', '10.0.0.0/33');
    const metadata = { ...pool.metadata, creationTimestamp: '2026-03-03T00:00:00Z' };
    const snapshot = aSnapshot()
      .withLog('controller-0', lines)
      .withPool({ ...pool, metadata })
      .build();
    const { headline, notes } = poolsStanding({ ...question, snapshot });
    expect({ headline, notes }).toEqual({
      headline: 'MetalLB refuses its pools as they stand, and has no others',
      notes: [
        'one refused object refuses them all: MetalLB has no pool at all, because there was none when the controller loaded them at 2026-03-02T00:00:00Z, and it refused what came after',
      ],
    });
  });
});
