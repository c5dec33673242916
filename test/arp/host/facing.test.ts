import { describe, expect, test } from 'vitest';
import { facing, type Standing } from '../../../src/arp/host/facing.ts';
import type { HostInterface, HostRoute } from '../../../src/arp/host/host-port.ts';
import { parseAddress, type IpAddress } from '../../../src/core/facts/ip.ts';

const ip = (text: string): IpAddress => parseAddress(text) as IpAddress;
const at = (text: string) => {
  const [address = '', length] = text.split('/');
  return { address: ip(address), prefixLength: Number(length) };
};

function made(
  name: string,
  addresses: readonly string[],
  more: Partial<HostInterface> = {},
): HostInterface {
  return {
    name,
    index: 2,
    mac: '02:00:5e:10:00:01',
    type: 'ether',
    isUp: true,
    hasCarrier: true,
    speaksArp: true,
    master: undefined,
    addresses: addresses.map(at),
    ...more,
  };
}

const lo = made('lo', ['127.0.0.1/8'], { type: 'loopback' });
const eth0 = made('eth0', ['192.0.2.200/24', '2001:db8::200/64', 'fe80::1/64']);
const eth1 = made('eth1', ['10.0.0.5/8', '10.9.9.9/24']);
const onLink = (name: string): HostRoute => ({
  kind: 'on-link',
  interface: name,
  source: undefined,
});

const standing = (route: HostRoute, interfaces = [lo, eth0, eth1]): Standing => ({
  interfaces,
  route,
});

describe('without --interface', () => {
  test('the route says which faces it, and the network why', () => {
    expect(facing(ip('192.0.2.9'), undefined, standing(onLink('eth0')))).toEqual({
      interface: eth0,
      why: '192.0.2.9 is in 192.0.2.0/24 of eth0',
      reach: { kind: 'on-link' },
      source: '192.0.2.200',
      hindrance: undefined,
    });
  });

  test('a route without a gateway to no network of ours leads straight out', () => {
    const { why, source } = facing(ip('198.51.100.9'), undefined, standing(onLink('eth0')));
    expect({ why, source }).toEqual({
      why: 'the route to 198.51.100.9 leads straight out of eth0',
      source: '192.0.2.200',
    });
  });

  test('the address to ask with is of the same network, else link-local', () => {
    const near = facing(ip('2001:db8::9'), undefined, standing(onLink('eth0')));
    const far = facing(ip('2001:db8:7::9'), undefined, standing(onLink('eth0')));
    const inner = facing(ip('10.9.9.7'), undefined, standing(onLink('eth1')));
    expect([near.source, far.source, inner.source]).toEqual([
      '2001:db8::200',
      'fe80::1',
      '10.0.0.5',
    ]);
  });

  test('behind a gateway nobody can be asked', () => {
    const route: HostRoute = { kind: 'routed', interface: 'eth0', gateway: '192.0.2.1' };
    const found = facing(ip('198.51.100.9'), undefined, standing(route));
    expect(found).toMatchObject({
      interface: eth0,
      reach: { kind: 'routed', gateway: '192.0.2.1' },
    });
    expect(found.hindrance).toContain('the way to it goes through 192.0.2.1 on eth0');
  });

  test('without a route nobody can be asked', () => {
    expect(facing(ip('198.51.100.9'), undefined, standing({ kind: 'none' }))).toMatchObject({
      interface: undefined,
      reach: { kind: 'unroutable' },
      why: '198.51.100.9 is on no network of this host, and no route to it is known',
    });
  });

  test.each([
    { kind: 'none' },
    { kind: 'routed', interface: 'eth0', gateway: '192.0.2.1' },
  ] as const)('an interface of its network that is down is told, route $kind', (route) => {
    const down = made('eth2', ['10.8.0.2/24'], { isUp: false });
    const found = facing(ip('10.8.0.9'), undefined, standing(route, [lo, eth0, down]));
    expect(found).toMatchObject({
      interface: down,
      why: '10.8.0.9 is in 10.8.0.0/24 of eth2',
      reach: { kind: 'on-link' },
      hindrance: 'eth2 is down',
    });
  });

  test.each([
    ['of this host', '192.0.2.200', onLink('eth0'), 'eth0'],
    ['that the kernel calls local', '192.0.2.77', { kind: 'own' }, 'lo'],
  ] as const)('an address %s never reaches the wire', (_, address, route, name) => {
    const found = facing(ip(address), undefined, standing(route));
    expect(found.reach).toEqual({ kind: 'own', interface: name });
    expect(found.hindrance).toContain('never reaches the wire');
  });

  test.each([
    [
      made('wg0', ['10.8.0.2/24'], { type: 'none' }),
      'wg0 is not Ethernet but a tunnel without Ethernet addresses: there is no ARP or NDP that could be looked at',
    ],
    [
      made('ib0', ['10.8.0.2/24'], { type: 'infiniband' }),
      'ib0 is not Ethernet but infiniband: there is no ARP or NDP that could be looked at',
    ],
    [made('eth2', ['10.8.0.2/24'], { isUp: false }), 'eth2 is down'],
    [made('eth2', ['10.8.0.2/24'], { speaksArp: false }), 'eth2 has ARP switched off'],
    [
      made('eth2', ['10.8.0.2/24'], { master: 'br0' }),
      'eth2 is a port of br0, which takes all its frames',
    ],
  ])('what cannot be asked on is told and not refused: %#', (found, why) => {
    const look = facing(ip('10.8.0.9'), undefined, standing(onLink(found.name), [lo, found]));
    expect(look.hindrance).toBe(why);
    expect(() =>
      facing(ip('10.8.0.9'), found.name, standing(onLink(found.name), [lo, found])),
    ).toThrow(why);
  });
});

describe('with --interface', () => {
  test('it is asked on, whatever the routes say', () => {
    expect(facing(ip('192.0.2.9'), 'eth1', standing(onLink('eth0')))).toMatchObject({
      interface: eth1,
      why: '--interface eth1; 192.0.2.9 is in no network of it',
      reach: { kind: 'on-link' },
      hindrance: undefined,
    });
  });

  test('its own network is named', () => {
    const { why } = facing(ip('192.0.2.9'), 'eth0', standing({ kind: 'none' }));
    expect(why).toBe('--interface eth0; 192.0.2.9 is in 192.0.2.0/24 of eth0');
  });

  test('a name nobody has is refused with those there are', () => {
    expect(() => facing(ip('192.0.2.9'), 'eth7', standing(onLink('eth0')))).toThrow(
      expect.objectContaining({
        message: 'there is no interface eth7 on this host',
        suggestions: ['the interfaces here: lo, eth0, eth1'],
      }),
    );
  });

  test('of very many interfaces twenty are named', () => {
    const many = Array.from({ length: 25 }, (_, index) => made(`veth${index}`, []));
    expect(() => facing(ip('192.0.2.9'), 'eth7', standing(onLink('eth0'), many))).toThrow(
      expect.objectContaining({ suggestions: [expect.stringMatching(/veth19 and 5 more$/)] }),
    );
  });

  test('the loopback is refused', () => {
    expect(() => facing(ip('192.0.2.9'), 'lo', standing(onLink('eth0')))).toThrow(
      'lo is the loopback: nobody else is there',
    );
  });
});

test.each([
  [
    '192.0.2.255',
    onLink('eth0'),
    '192.0.2.255 is the broadcast address of 192.0.2.0/24 on eth0: everybody hears it and nobody has it',
  ],
  [
    '198.51.100.0',
    { kind: 'broadcast' },
    '198.51.100.0 is the broadcast address: everybody hears it and nobody has it',
  ],
] as const)('%s is refused', (address, route, message) => {
  expect(() => facing(ip(address), undefined, standing(route))).toThrow(message);
});

test('the last address of a network of two is no broadcast', () => {
  const pair = made('eth3', ['10.1.1.0/31']);
  const found = facing(ip('10.1.1.1'), undefined, standing(onLink('eth3'), [pair]));
  expect(found.hindrance).toBeUndefined();
});
