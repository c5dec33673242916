import type { WireInterface, WireLook } from '../../src/core/facts/wire.ts';
import { aLook, anAnswer, anAttempt, macs } from '../builders/a-look.ts';
import { aNode, anL2Advertisement, aPool } from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';
import { announced, held, threeNodes } from './layer2-scenes.ts';

const subject = 'shop/search';
const address = '10.0.0.100';

/** n1 is elected, and tells its interfaces. */
const fromElected = (...interfaces: readonly WireInterface[]): WireLook =>
  aLook(address, {
    from: {
      host: 'n1',
      node: 'n1',
      interface: 'eth0',
      mac: macs.n1,
      addresses: interfaces[0]?.addresses ?? [],
      interfaces,
    },
    reach: { kind: 'routed', gateway: '10.0.0.62' },
    asked: 0,
  });
const eth0 = { name: 'eth0', addresses: ['10.0.0.1/26'] };
const cni0 = { name: 'cni0', addresses: ['10.244.1.1/24'] };
const vlan20 = { name: 'vlan20', addresses: ['10.0.0.65/26'] };

const laptop = { ...aLook(address).from, addresses: ['10.0.0.50/26'] };
const routed = { kind: 'routed', gateway: '10.0.0.62' } as const;
const fromLaptop = (outcome: 'open' | 'timeout', more: Partial<WireLook> = {}) =>
  aLook(address, {
    from: laptop,
    reach: routed,
    asked: 0,
    ports: [anAttempt(80, outcome)],
    ...more,
  });
const seeing = (...looks: readonly WireLook[]) => announced.withSnapshot({ wire: looks });
const apart = [aNode('n1', '10.0.1.1'), aNode('n2', '10.0.0.2'), aNode('n3', '10.0.0.3')];
const elsewhere = { name: 'eth0', addresses: ['10.0.1.1/24'] };
const far = announced
  .with('ipAddressPools', aPool('lan', '192.168.1.240-192.168.1.250'))
  .with('services', held({ ip: '192.168.1.240' }));

/** Where an address is, by what looks at the wire and the addresses of nodes tell. */
export const layer2SubnetCases: readonly CheckCase[] = [
  {
    check: 'MLB-L17',
    title: 'no interface of the elected node is in its subnet, and nobody answers',
    sick: seeing(fromElected(eth0, cni0), fromLaptop('timeout')),
    healthy: seeing(fromElected(eth0, cni0), fromLaptop('open')),
    subject,
  },
  {
    check: 'MLB-L17',
    title: 'no interface of the elected node is in its subnet, and nobody tried it from outside',
    sick: seeing(fromElected(eth0, cni0)),
    healthy: seeing(fromElected(eth0, cni0, vlan20)),
    subject,
  },
  {
    check: 'MLB-L17',
    title: 'the elected node tells that it is in another subnet, and nobody answers',
    sick: seeing(fromElected(elsewhere), aLook(address)).with('nodes', ...apart),
    healthy: seeing(fromElected(elsewhere), aLook(address, { answers: [anAnswer(macs.n1)] })).with(
      'nodes',
      ...threeNodes({}),
    ),
    subject,
  },
  {
    check: 'MLB-L17',
    title: 'a host beside the nodes has to ask a router for it',
    sick: seeing(fromLaptop('timeout')),
    healthy: seeing(fromLaptop('timeout', { neighbours: [] })),
    subject,
  },
  {
    check: 'MLB-L17',
    title: 'it is far from every node, and its interfaces are named',
    sick: far.with('l2Advertisements', anL2Advertisement('all', { interfaces: ['vlan20'] })),
    healthy: far.with(
      'nodes',
      ...threeNodes({}).map((node) => ({
        ...node,
        status: {
          ...node.status,
          addresses: [...node.status.addresses, { type: 'ExternalIP', address: '192.168.1.11' }],
        },
      })),
    ),
    subject,
  },
  {
    check: 'MLB-L17',
    title: 'a public address before private nodes',
    sick: announced
      .with('ipAddressPools', aPool('lan', '203.0.113.0/28'))
      .with('services', held({ ip: '203.0.113.4' })),
    healthy: announced,
    subject,
  },
  {
    check: 'MLB-L17',
    title: 'the elected node is in another /64',
    sick: announced
      .with('ipAddressPools', aPool('lan', '2001:db8:0:1::100-2001:db8:0:1::1ff'))
      .with('services', held({ ip: '2001:db8:0:1::100' }))
      .with(
        'nodes',
        aNode('n1', '2001:db8:0:2::1'),
        aNode('n2', '2001:db8:0:2::2'),
        aNode('n3', '2001:db8:0:2::3'),
        aNode('n4', '2001:db8:0:1::4'),
      ),
    healthy: announced
      .with('ipAddressPools', aPool('lan', '2001:db8:0:1::100-2001:db8:0:1::1ff'))
      .with('services', held({ ip: '2001:db8:0:1::100' }))
      .with('nodes', aNode('n1', '2001:db8:0:1::1'), aNode('n2', '2001:db8:0:1::2')),
    subject,
  },
];
