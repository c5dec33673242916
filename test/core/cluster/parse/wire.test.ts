import { expect, test } from 'vitest';
import { parseWireLook } from '../../../../src/core/cluster/parse/wire.ts';
import type { WireLook, WireReach } from '../../../../src/core/facts/wire.ts';

const look: WireLook = {
  address: '192.0.2.9',
  at: '2026-03-14T03:12:40.000Z',
  from: {
    host: 'laptop',
    node: 'node1',
    interface: 'eth0',
    mac: '02:00:5e:10:00:01',
    why: '192.0.2.9 is in 192.0.2.0/24 of eth0',
    addresses: ['192.0.2.200/24'],
    interfaces: [{ name: 'eth1', addresses: ['198.51.100.7/26', '2001:db8::7/64'] }],
  },
  method: 'neighbours',
  withoutSocket: 'no-right',
  reach: { kind: 'on-link' },
  windowMs: 2_000,
  asked: 3,
  answers: [
    {
      mac: '02:00:5e:10:00:11',
      count: 3,
      firstMs: 0.6,
      lastMs: 1_501,
      unasked: true,
      sentBy: '02:00:5e:10:00:12',
      askedAlone: 'silent',
      isTwice: true,
    },
  ],
  notKept: 7,
  probers: ['02:00:5e:10:00:13'],
  ignored: [{ why: 'too short', count: 2 }],
  gaps: ['interface-down', 'stopped'],
  neighbours: [{ address: '192.0.2.11', mac: '02:00:5e:10:00:11' }],
  ports: [{ protocol: 'HTTPS', port: 443, outcome: 'open', ms: 4, says: 'HTTP 503' }],
  unseen: ['eth0 was down for a while (once): what was said meanwhile is lost'],
};

const read = (value: unknown) => parseWireLook(JSON.parse(JSON.stringify(value)));

test('a look survives its recording', () => {
  expect(read(look)).toEqual(look);
});

test.each<WireReach>([
  { kind: 'routed', gateway: '192.0.2.1' },
  { kind: 'own', interface: 'kube-ipvs0' },
  { kind: 'unroutable' },
])('so does how it was reached: $kind', (reach) => {
  expect(read({ ...look, reach }).reach).toEqual(reach);
});

test('what a newer version wrote and nobody knows here is left out', () => {
  const odd = {
    ...look,
    reach: { kind: 'by-pigeon' },
    gaps: ['stopped', 'odd'],
    withoutSocket: 'odd',
  };
  const { reach, gaps, withoutSocket } = read(odd);
  expect({ reach, gaps, withoutSocket }).toEqual({ gaps: ['stopped'] });
});

test('of a host with more subnets than can be kept none is, because some would be missing', () => {
  const interfaces = Array.from({ length: 65 }, (_, index) => ({
    name: `vlan${index}`,
    addresses: [`198.51.${index}.1/24`, '192.0.2.9/32'],
  }));
  const from = (some: typeof interfaces) =>
    read({ ...look, from: { ...look.from, interfaces: some } }).from;
  expect(from(interfaces).interfaces).toBeUndefined();
  expect(from(interfaces.slice(1)).interfaces?.at(-1)).toEqual({
    name: 'vlan64',
    addresses: ['198.51.64.1/24'],
  });
});
