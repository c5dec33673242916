import { expect, test } from 'vitest';
import { hostWithoutIp, neighboursIn, routeAmong } from '../../../src/arp/host/host-without-ip.ts';
import type { HostInterface } from '../../../src/arp/host/host-port.ts';
import { parseAddress, type IpAddress } from '../../../src/core/facts/ip.ts';

const ip = (text: string): IpAddress => parseAddress(text) as IpAddress;
const made = (name: string, address: string, prefixLength: number): HostInterface => ({
  name,
  index: undefined,
  mac: '02:00:5e:10:00:01',
  type: undefined,
  isUp: true,
  hasCarrier: true,
  speaksArp: true,
  master: undefined,
  addresses: [{ address: ip(address), prefixLength }],
});
const interfaces = [made('wide0', '10.0.0.1', 8), made('eth0', '10.1.0.1', 16)];

/** The gateway 192.0.2.1, as /proc/net/route has it. */
const table = [
  'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
  'eth0\t0000010A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
  'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
].join('\n');

test.each([
  ['10.1.0.9', { kind: 'on-link', interface: 'eth0', source: '10.1.0.1' }],
  ['10.2.0.9', { kind: 'on-link', interface: 'wide0', source: '10.0.0.1' }],
  ['10.1.0.1', { kind: 'own' }],
  ['198.51.100.9', { kind: 'routed', interface: 'eth0', gateway: '192.0.2.1' }],
  ['2001:db8::9', { kind: 'none' }],
])('%s', (address, route) => {
  expect(routeAmong(interfaces, ip(address), table)).toEqual(route);
});

test('without a table there is no gateway', () => {
  expect(routeAmong(interfaces, ip('198.51.100.9'), '')).toEqual({ kind: 'none' });
});

test('this host has at least its loopback', async () => {
  const { signal } = new AbortController();
  const host = hostWithoutIp();
  const found = await host.interfaces(signal);
  expect(found.find(({ name }) => name === 'lo')).toMatchObject({ type: 'loopback', isUp: true });
  expect(await host.route(ip('127.0.0.1'), signal)).toEqual({ kind: 'own' });
});

test('the neighbour table of the kernel, where an entry without an answer is none', () => {
  const told = [
    'IP address       HW type     Flags       HW address            Mask     Device',
    '192.0.2.1        0x1         0x2         02:fc:00:00:00:05     *        eth0',
    '192.0.2.9        0x1         0x0         00:00:00:00:00:00     *        eth0',
    '',
  ].join('\n');
  expect(neighboursIn(told)).toEqual([
    { address: '192.0.2.1', interface: 'eth0', mac: '02:fc:00:00:00:05', state: 'STALE' },
    { address: '192.0.2.9', interface: 'eth0', mac: undefined, state: 'INCOMPLETE' },
  ]);
  expect(neighboursIn('')).toEqual([]);
});
