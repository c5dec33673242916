import { describe, expect, test } from 'vitest';
import { publishedCapacity } from '../../../src/core/metallb/capacity.ts';
import { loadConfiguration } from '../../../src/core/metallb/load-configuration.ts';
import { answersOver, emptyCluster, poolNamed, serviceNamed } from './objects.ts';

const most = 2n ** 63n - 1n;

function figures(addresses: readonly string[], avoidBuggyIPs = false) {
  const pools = [poolNamed('p', addresses, { avoidBuggyIPs })];
  const [pool] = loadConfiguration({ ...emptyCluster, pools }).pools;
  const [usage] = answersOver({ pools }).usages;
  return {
    published: pool && Object.values(publishedCapacity(pool)),
    usable: [usage?.ipv4.usable, usage?.ipv6.usable],
  };
}

describe('size of a pool, as MetalLB publishes it and as it is', () => {
  test.each([
    [['10.4.0.0/24', '10.5.0.0/25'], false, [384n, 384n, 0n], [384n, 0n]],
    [['10.4.0.0/24', '10.5.0.0/25'], true, [381n, 381n, 0n], [381n, 0n]],
    [['192.168.1.240-192.168.1.250'], false, [11n, 11n, 0n], [11n, 0n]],
    [['10.4.0.0/31', 'fc00::/127'], true, [3n, 1n, 2n], [1n, 2n]],
    [['10.4.0.0/22'], true, [1016n, 1016n, 0n], [1016n, 0n]],
    [['::ffff:10.4.0.0/118'], true, [1022n, 1022n, 0n], [1016n, 0n]],
    [['::ffff:10.4.0.0/126'], true, [2n, 2n, 0n], [3n, 0n]],
    [['::ffff:10.4.0.4/127'], true, [1n, 1n, 0n], [2n, 0n]],
    [['10.4.0.255/32'], true, [-1n, -1n, 0n], [0n, 0n]],
    [['fc00::/66'], false, [most, 0n, most], [0n, 2n ** 62n]],
    [['fc00::/67'], false, [2n ** 61n, 0n, 2n ** 61n], [0n, 2n ** 61n]],
    [['10.0.0.0/30', 'fc00::/64'], false, [most, 4n, most], [4n, 2n ** 64n]],
    [['fc00::/64', '10.0.0.0/30'], false, [-(2n ** 63n) + 3n, 4n, most], [4n, 2n ** 64n]],
    [
      ['fc00::/64', 'fd00::/127'],
      false,
      [-(2n ** 63n) + 1n, 0n, -(2n ** 63n) + 1n],
      [0n, 2n ** 64n + 2n],
    ],
    [['10.0.0.1-fe80::1'], false, [0n, 0n, 0n], [0n, 0n]],
    [['::fffe:0:0/95'], true, [2n ** 33n - 1n, 0n, 2n ** 33n - 1n], [0n, 2n ** 33n]],
  ])('%j, avoiding .0 and .255: %s', (addresses, avoid, published, usable) => {
    expect(figures(addresses, avoid)).toEqual({ published, usable });
  });
});

test('an address that two Services share counts once', () => {
  const shared = { annotations: { 'metallb.io/allow-shared-ip': 'k' }, holds: ['10.4.0.1'] };
  const services = [
    serviceNamed('a', shared),
    serviceNamed('b', { ...shared, spec: { ports: [{ protocol: 'UDP', port: 80 }] } }),
  ];
  const [usage] = answersOver({ pools: [poolNamed('p', ['10.4.0.0/30'])], services }).usages;
  expect(usage).toEqual({
    pool: 'p',
    ipv4: { usable: 4n, taken: 1n, free: 3n },
    ipv6: { usable: 0n, taken: 0n, free: 0n },
    published: { assignedIPv4: 1n, assignedIPv6: 0n, availableIPv4: 3n, availableIPv6: 0n },
    holders: [{ address: '10.4.0.1', services: ['shop/a', 'shop/b'] }],
  });
});
