import { describe, expect, test } from 'vitest';
import { parseInterfaces, parseNeighbours, parseRoute } from '../../../src/arp/host/ip-json.ts';

test('an interface as ip tells it, without addresses that may not be spoken from', () => {
  const told = [
    {
      ifindex: 4,
      ifname: 'eth0',
      flags: ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'],
      master: 'br0',
      link_type: 'ether',
      address: '02:fc:00:00:00:01',
      addr_info: [
        { family: 'inet', local: '192.0.2.2', prefixlen: 24 },
        { family: 'inet6', local: '2001:db8::2', prefixlen: 64, tentative: true },
        { family: 'inet6', local: '2001:db8::3', prefixlen: 64, dadfailed: true },
        { family: 'inet6', local: 'fe80::2', prefixlen: 64 },
        { family: 'inet', local: 'nonsense', prefixlen: 24 },
      ],
    },
    { ifname: 'ifb0', flags: ['BROADCAST', 'NOARP'], link_type: 'ether', addr_info: [] },
    { flags: [] },
    'noise',
  ];
  expect(parseInterfaces(JSON.stringify(told))).toEqual([
    {
      name: 'eth0',
      index: 4,
      mac: '02:fc:00:00:00:01',
      type: 'ether',
      isUp: true,
      hasCarrier: true,
      speaksArp: true,
      master: 'br0',
      addresses: [
        { address: '192.0.2.2', prefixLength: 24 },
        { address: 'fe80::2', prefixLength: 64 },
      ],
    },
    {
      name: 'ifb0',
      index: undefined,
      mac: '',
      type: 'ether',
      isUp: false,
      hasCarrier: false,
      speaksArp: false,
      master: undefined,
      addresses: [],
    },
  ]);
});

test.each([
  ['vrf', undefined],
  ['bridge', 'above'],
  ['bond', 'above'],
])('the port of a %s', (kind, master) => {
  const told = [{ ifname: 'eth0', master: 'above', linkinfo: { info_slave_kind: kind } }];
  expect(parseInterfaces(JSON.stringify(told))).toMatchObject([{ name: 'eth0', master }]);
});

describe('a route', () => {
  test.each([
    [
      { dst: '192.0.2.9', dev: 'eth0', prefsrc: '192.0.2.2' },
      { kind: 'on-link', interface: 'eth0', source: '192.0.2.2' },
    ],
    [
      { dst: '8.8.8.8', gateway: '192.0.2.1', dev: 'eth0' },
      { kind: 'routed', interface: 'eth0', gateway: '192.0.2.1' },
    ],
    [
      { dst: '8.8.8.8', via: { family: 'inet6', host: 'fe80::1' }, dev: 'eth0' },
      { kind: 'routed', interface: 'eth0', gateway: 'fe80::1' },
    ],
    [{ type: 'local', dst: '192.0.2.2', dev: 'lo' }, { kind: 'own' }],
    [{ type: 'broadcast', dst: '192.0.2.255', dev: 'eth0' }, { kind: 'broadcast' }],
    [{ type: 'unreachable', dst: '2001:db8::9', dev: 'lo' }, { kind: 'none' }],
    [
      { type: 'unicast', dst: '192.0.2.9', dev: 'eth0' },
      { kind: 'on-link', interface: 'eth0', source: undefined },
    ],
  ])('%#', (told, route) => {
    expect(parseRoute(JSON.stringify([told]))).toEqual(route);
  });

  test.each([[''], ['[{}]'], ['null'], ['no json']])('that is none: %s', (told) => {
    expect(parseRoute(told)).toEqual({ kind: 'none' });
  });
});

test('neighbours, with and without an answer', () => {
  const told = [
    { dst: '192.0.2.1', dev: 'eth0', lladdr: '02:fc:00:00:00:05', state: ['REACHABLE'] },
    { dst: '192.0.2.9', dev: 'eth0', state: ['FAILED'] },
    { dst: '192.0.2.10' },
  ];
  expect(parseNeighbours(JSON.stringify(told))).toEqual([
    { address: '192.0.2.1', interface: 'eth0', mac: '02:fc:00:00:00:05', state: 'REACHABLE' },
    { address: '192.0.2.9', interface: 'eth0', mac: undefined, state: 'FAILED' },
  ]);
});
