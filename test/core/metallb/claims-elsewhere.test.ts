import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressAt, parseAddress, parseCidr, valueOf } from '../../../src/core/facts/ip.ts';
import {
  claimedIn,
  clusterIPClaims,
  nodeClaims,
  podRangeClaims,
  poolClaims,
} from '../../../src/core/metallb/claims-elsewhere.ts';
import type { ElsewhereClaim } from '../../../src/core/metallb/claims-elsewhere.ts';
import type { Pool } from '../../../src/core/metallb/configuration.ts';
import { avoids } from '../../../src/core/metallb/pool-index.ts';
import { aNode } from '../../builders/some-objects.ts';
import { serviceNamed } from './objects.ts';

function poolOf(addresses: readonly string[], avoidsBuggyAddresses = false): Pool {
  return {
    name: 'lan',
    cidrs: addresses.map(parseCidr).filter((cidr) => cidr !== undefined),
    addresses,
    autoAssign: true,
    avoidsBuggyAddresses,
    pinning: undefined,
  };
}

describe('what is claimed elsewhere', () => {
  test('1,279 not 1,280: a node lives in the pool', () => {
    const pool = poolOf(['10.0.0.0/22', '10.0.4.0/24']);
    const claimed = claimedIn(
      pool,
      nodeClaims([aNode('worker-1', '10.0.4.7'), aNode('far', '10.9.9.9')]),
    );
    expect(claimed.count).toBe(1n);
    expect(claimed.claims.map(({ claimant }) => claimant)).toEqual([
      { kind: 'node', name: 'worker-1' },
    ]);
  });

  test('an address that two claim counts once', () => {
    const claims = [
      ...nodeClaims([aNode('worker-1', '10.0.0.7')]),
      ...poolClaims('other', [poolOf(['10.0.0.0/29'])]),
    ];
    const claimed = claimedIn(poolOf(['10.0.0.0/28']), claims);
    expect(claimed.count).toBe(8n);
    expect(claimed.claims.map(({ count }) => count)).toEqual([1n, 8n]);
  });

  test('an address that is never handed out is not missed', () => {
    const claims = nodeClaims([aNode('worker-1', '10.0.0.255')]);
    expect(claimedIn(poolOf(['10.0.0.0/24'], true), claims).count).toBe(0n);
  });

  test('pod ranges and cluster IPs are claims; a headless Service has none', () => {
    const node = aNode('worker-1', '192.0.2.1');
    const claims = [
      ...podRangeClaims([
        { ...node, spec: { ...node.spec, podCIDRs: ['10.0.0.0/30', 'nonsense'] } },
      ]),
      ...clusterIPClaims([
        serviceNamed('a', { spec: { clusterIPs: ['10.0.0.9'] } }),
        serviceNamed('b', { spec: { clusterIPs: ['None'] } }),
      ]),
    ];
    expect(claimedIn(poolOf(['10.0.0.0/28']), claims).claims).toEqual([
      {
        claimant: { kind: 'pod-range', name: 'worker-1' },
        ranges: [{ family: 'ipv4', first: 0x0a000000n, last: 0x0a000003n }],
        count: 4n,
      },
      {
        claimant: { kind: 'cluster-ip', name: 'shop/a' },
        ranges: [{ family: 'ipv4', first: 0x0a000009n, last: 0x0a000009n }],
        count: 1n,
      },
    ]);
  });

  test('counts what counting one by one counts', () => {
    const small = fc.record({
      first: fc.integer({ min: 0, max: 600 }),
      size: fc.integer({ min: 1, max: 80 }),
    });
    fc.assert(
      fc.property(fc.array(small, { maxLength: 8 }), fc.boolean(), (ranges, careful) => {
        const pool = poolOf(['10.0.0.128/25', '10.0.1.0/24'], careful);
        const base = valueOf(parseAddress('10.0.0.0') ?? addressAt('ipv4', 0n));
        const claims = ranges.map(({ first, size }, index): ElsewhereClaim => ({
          claimant: { kind: 'node', name: `n${index}` },
          range: {
            family: 'ipv4',
            first: base + BigInt(first),
            last: base + BigInt(first + size - 1),
          },
        }));
        const counted = Array.from({ length: 700 }, (_, index) => base + BigInt(index)).filter(
          (value) =>
            pool.cidrs.some(({ first, last }) => first <= value && value <= last) &&
            claims.some(({ range }) => range.first <= value && value <= range.last) &&
            !avoids(pool, addressAt('ipv4', value)),
        );
        expect(claimedIn(pool, claims).count).toBe(BigInt(counted.length));
      }),
    );
  });
});
