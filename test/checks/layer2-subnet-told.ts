import type { Told } from './case.ts';

/** What is told of where addresses are. */
export const layer2SubnetTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-L17 no interface of the elected node is in its subnet, and nobody answers': [
    {
      about: 'Service shop/search',
      affects: ['shop/search'],
      against: [],
      because: [
        'wire: n1 has 10.0.0.1/26 on eth0',
        'wire: laptop has 10.0.0.50/26 on eth0, beside 10.0.0.1',
        'wire: nothing comes back from 10.0.0.100',
      ],
      cause: 'address-in-no-subnet',
      commands: ['ip -brief address'],
      details: [
        'nobody in those subnets asks for it by ARP or NDP: it has to be routed, or taken from one of them',
        'nothing of it comes back to laptop (eth0), which sends it to the router 10.0.0.62',
      ],
      says: '10.0.0.100 is in no subnet of n1, which is elected to announce it: 10.0.0.0/26',
      severity: 'error',
    },
  ],
  'MLB-L17 no interface of the elected node is in its subnet, and nobody tried it from outside': [
    {
      about: 'Service shop/search',
      affects: ['shop/search'],
      against: [],
      because: ['wire: n1 has 10.0.0.1/26 on eth0'],
      cause: 'address-in-no-subnet',
      commands: ['ip -brief address'],
      details: [
        'nobody in those subnets asks for it by ARP or NDP: it has to be routed, or taken from one of them',
      ],
      says: '10.0.0.100 is in no subnet of n1, which is elected to announce it: 10.0.0.0/26',
      severity: 'warning',
    },
  ],
  'MLB-L17 the elected node tells that it is in another subnet, and nobody answers': [
    {
      about: 'Service shop/search',
      affects: ['shop/search'],
      against: [],
      because: [
        'wire: n1 has 10.0.1.1/24 on eth0',
        'wire: laptop has 10.0.0.200/24 on eth0, beside 10.0.0.2',
        'wire: laptop has 10.0.0.200/24 on eth0, beside 10.0.0.3',
        'wire: nothing comes back from 10.0.0.100',
      ],
      cause: 'elected-outside-subnet',
      commands: ['kubectl get nodes -o wide --show-labels'],
      details: [
        '10.0.0.0/24 contains the address; of it are n2, n3',
        'speakers answer on every interface whatever the subnet, so the election does not heed this',
        'nothing of it comes back to laptop (eth0)',
      ],
      says: 'n1 is elected to announce 10.0.0.100, and it is not in that subnet: 10.0.1.0/24',
      severity: 'error',
    },
  ],
  'MLB-L17 a host beside the nodes has to ask a router for it': [
    {
      about: 'Service shop/search',
      affects: ['shop/search'],
      against: [],
      because: [
        'wire: laptop has 10.0.0.50/26 on eth0, beside 10.0.0.1',
        'wire: laptop has 10.0.0.50/26 on eth0, beside 10.0.0.2',
        'wire: laptop has 10.0.0.50/26 on eth0, beside 10.0.0.3',
        'wire: nothing comes back from 10.0.0.100',
      ],
      cause: 'address-in-no-subnet',
      commands: ['ip -brief address', 'triage no-traffic shop/search --from-node n1'],
      details: [
        'of a node only one subnet is known: another interface, or a VLAN, may have that of the address',
        'nobody in those subnets asks for it by ARP or NDP: it has to be routed, or taken from one of them',
        'nothing of it comes back to laptop (eth0), which sends it to the router 10.0.0.62',
      ],
      says: '10.0.0.100 is in no known subnet of a node: 10.0.0.0/26',
      severity: 'warning',
    },
  ],
  'MLB-L17 it is far from every node, and its interfaces are named': [
    {
      about: 'Service shop/search',
      affects: ['shop/search'],
      against: [],
      because: ['field: status.addresses is 10.0.0.1'],
      cause: 'address-in-no-subnet',
      commands: ['ip -brief address', 'triage no-traffic shop/search --from-node n1'],
      details: [
        'nodes have 10.0.0.1, 10.0.0.2, 10.0.0.3',
        'none of them shares its first 16 bits; how long their prefixes are no object tells',
      ],
      says: '192.168.1.240 is far from the address of every node: it may be in none of their subnets',
      severity: 'info',
    },
  ],
  'MLB-L17 a public address before private nodes': [
    {
      about: 'Service shop/search',
      affects: ['shop/search'],
      against: [],
      because: ['field: status.addresses is 10.0.0.1'],
      cause: 'address-in-no-subnet',
      commands: ['ip -brief address', 'triage no-traffic shop/search --from-node n1'],
      details: [
        'nodes have 10.0.0.1, 10.0.0.2, 10.0.0.3',
        'none of them shares its first 16 bits; how long their prefixes are no object tells',
      ],
      says: '203.0.113.4 is far from the address of every node: it may be in none of their subnets',
      severity: 'info',
    },
  ],
  'MLB-L17 the elected node is in another /64': [
    {
      about: 'Service shop/search',
      affects: ['shop/search'],
      against: [],
      because: ['field: status.addresses is 2001:db8:0:2::1'],
      cause: 'elected-outside-subnet',
      commands: ['ip -brief address', 'triage no-traffic shop/search --from-node n1'],
      details: [
        'next to the address: n4; how long the prefixes are no object tells',
        'speakers answer on every interface whatever the subnet, so the election does not heed this',
      ],
      says: 'n1 is elected to announce 2001:db8:0:1::100, and may be in another segment: it has 2001:db8:0:2::1',
      severity: 'warning',
    },
  ],
};
