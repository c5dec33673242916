import type { Told } from './case.ts';

/** What is told of what lies between the announcing node and the segment. */
export const layer2NetworkTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-L15 the elected node has no such interface': [
    {
      cause: 'interface-missing',
      severity: 'error',
      about: 'L2Advertisement metallb-system/all',
      affects: ['shop/search'],
      says: 'n1 is elected and has no interface eth9, so nobody answers for the address',
      details: [
        'the election does not look at interfaces, and no other node steps in',
        'the advertisements name eth9',
      ],
      because: [
        'event: announceFailed: the interfaces specified by LB IP "10.0.0.100" doesn\'t exist in assigned node "n1" with protocol "layer2"',
      ],
      against: [],
      commands: ['! kubectl -n metallb-system edit l2advertisement all', 'ssh n1 ip -brief link'],
    },
  ],
  'MLB-L15 the interface is on the list to leave alone': [
    {
      cause: 'interface-excluded',
      severity: 'error',
      about: 'ConfigMap metallb-system/metallb-excludel2',
      affects: ['shop/search'],
      says: 'the speakers are told to leave veth0 alone, the only interface on which n1 should answer',
      details: [
        'veth0 matches ^veth.* in ConfigMap metallb-excludel2',
        'the list is read once, when a speaker starts',
      ],
      because: ['field: data["excludel2.yaml"] is ^veth.*'],
      against: [],
      commands: [
        '! kubectl -n metallb-system edit configmap metallb-excludel2',
        '! kubectl -n metallb-system rollout restart daemonset/speaker',
      ],
    },
  ],
  'MLB-L15 a member of a bond is named': [
    {
      cause: 'interface-without-responder',
      severity: 'warning',
      about: 'L2Advertisement metallb-system/all',
      affects: ['shop/search'],
      says: 'the speaker on n1 opened no responder on eth9, the only interface on which it should answer',
      details: [
        'it answers on bond0',
        'an interface that is part of a bond, bridge or VRF gets none, and no event says so: name the master; nor does one that is down or has no broadcast',
      ],
      because: [
        'log: {"level":"info","ts":"2026-03-14T02:00:00Z","event":"createARPResponder","interface":"bond0","msg":"created ARP responder"}',
      ],
      against: [],
      commands: ['ssh n1 ip -brief link', '! kubectl -n metallb-system edit l2advertisement all'],
    },
  ],
  'MLB-L16 IPVS without strictARP': [
    {
      cause: 'ipvs-without-strict-arp',
      severity: 'warning',
      about: 'ConfigMap kube-system/kube-proxy',
      affects: ['shop/search'],
      says: 'kube-proxy runs in IPVS mode without strictARP, so every node answers for 10.0.0.100',
      details: [
        'it puts the address on kube-ipvs0 of each node, and the kernel answers ARP for it beside the speaker',
        'clients send to whichever node answered last',
      ],
      because: ['field: config.conf mode is ipvs', 'field: config.conf ipvs.strictARP is false'],
      against: [],
      commands: [
        '! kubectl -n kube-system edit configmap kube-proxy',
        '! kubectl -n kube-system rollout restart daemonset/kube-proxy',
      ],
    },
  ],
  'MLB-L16 IPVS without strictARP in the arguments of k3s': [
    {
      cause: 'ipvs-without-strict-arp',
      severity: 'warning',
      about: 'Node -/n2',
      affects: ['shop/search'],
      says: 'kube-proxy runs in IPVS mode without strictARP on n2, so each of these nodes answers for 10.0.0.100',
      details: [
        'it puts the address on kube-ipvs0 of each node, and the kernel answers ARP for it beside the speaker',
        'clients send to whichever node answered last',
      ],
      because: [
        'field: metadata.annotations[k3s.io/node-args] is ["server","--kube-proxy-arg","proxy-mode=ipvs"]',
      ],
      against: [],
      commands: ['kubectl get nodes -o yaml'],
    },
  ],
  'MLB-L17 no subnet of any node holds the address': [
    {
      cause: 'address-in-no-subnet',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: '10.0.0.100 is in no known subnet of a node: 10.0.0.0/26',
      details: [
        'of a node only one subnet is known: another interface, or a VLAN, may have that of the address',
        'nobody in those subnets asks for it by ARP or NDP: it has to be routed, or taken from one of them',
      ],
      because: [
        'field: metadata.annotations[projectcalico.org/IPv4Address] is 10.0.0.1/26',
        'field: metadata.annotations[projectcalico.org/IPv4Address] is 10.0.0.1/26',
        'field: metadata.annotations[projectcalico.org/IPv4Address] is 10.0.0.1/26',
      ],
      against: [],
      commands: ['ip -brief address', 'triage no-traffic shop/search --from-node n1'],
    },
  ],
  'MLB-L17 the elected node is in another subnet than the address': [
    {
      cause: 'elected-outside-subnet',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'n1 is elected to announce 10.0.0.100, and it is not in that subnet: 10.0.1.0/24',
      details: [
        '10.0.0.0/24 contains the address; of it are n2, n3',
        'speakers answer on every interface whatever the subnet, so the election does not heed this',
      ],
      because: [
        'field: metadata.annotations[projectcalico.org/IPv4Address] is 10.0.1.1/24',
        'field: metadata.annotations[projectcalico.org/IPv4Address] is 10.0.0.2/24',
        'field: metadata.annotations[projectcalico.org/IPv4Address] is 10.0.0.3/24',
      ],
      against: [],
      commands: [
        'kubectl get nodes -o wide --show-labels',
        'triage no-traffic shop/search --from-node n1',
      ],
    },
  ],
  'MLB-L17 the address is far from every node': [
    {
      cause: 'address-in-no-subnet',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: '192.168.1.240 is far from the address of every node: it may be in none of their subnets',
      details: [
        'nodes have 10.0.0.1, 10.0.0.2, 10.0.0.3',
        'none of them shares its first 16 bits; how long their prefixes are no object tells',
      ],
      because: ['field: status.addresses is 10.0.0.1'],
      against: [],
      commands: ['ip -brief address', 'triage no-traffic shop/search --from-node n1'],
    },
  ],
  'MLB-L17 the elected node is not next to the address as others are': [
    {
      cause: 'elected-outside-subnet',
      severity: 'info',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'n1 is elected to announce 10.0.0.100, and may be in another segment: it has 10.0.4.1',
      details: [
        'next to the address: n2, n3; how long the prefixes are no object tells',
        'speakers answer on every interface whatever the subnet, so the election does not heed this',
      ],
      because: ['field: status.addresses is 10.0.4.1'],
      against: [],
      commands: ['ip -brief address', 'triage no-traffic shop/search --from-node n1'],
    },
  ],
  "MLB-L21 an address of a node that no pool gave is somebody else's": [
    {
      cause: 'node-address-in-pool',
      severity: 'error',
      about: 'Node -/n4',
      affects: ['shop/search'],
      says: '10.0.0.100 is the address of node n4 itself, which answers for it beside the announcer',
      details: [
        'whoever reaches n4 by that address reaches its own programs, not the Service',
        'the pool must keep clear of the addresses of the nodes',
      ],
      because: ['field: status.addresses is 10.0.0.100'],
      against: [],
      commands: ['triage pools'],
    },
  ],
  "MLB-L21 the address is a node's own": [
    {
      cause: 'node-address-in-pool',
      severity: 'error',
      about: 'Node -/n4',
      affects: ['shop/search'],
      says: '10.0.0.100 is the address of node n4 itself, which answers for it beside the announcer',
      details: [
        'whoever reaches n4 by that address reaches its own programs, not the Service',
        'the pool must keep clear of the addresses of the nodes',
      ],
      because: ['field: status.addresses is 10.0.0.100'],
      against: [],
      commands: ['triage pools'],
    },
  ],
  'MLB-L19 machines of a cloud': [
    {
      cause: 'layer2-in-a-cloud',
      severity: 'warning',
      about: 'Node -/n1',
      affects: ['shop/search'],
      says: 'the nodes are machines of AWS, whose network does not carry answers for addresses that are not their own',
      details: [
        'its network is routed by what the cloud knows of each machine; ARP answers and gratuitous ones are ignored',
      ],
      because: ['field: spec.providerID is aws:///eu-central-1a/i-0abc'],
      against: [],
      commands: ['kubectl get nodes -o wide'],
    },
  ],
  'MLB-L19 machines of OpenStack': [
    {
      cause: 'anti-spoofing-suspected',
      severity: 'info',
      about: 'Node -/n1',
      affects: ['shop/search'],
      says: 'the nodes are machines of OpenStack: port security may drop what they send for an address that is not their own',
      details: [
        'to be sure: listen for ARP on the node and on another host at the same time; an answer that leaves the node and never arrives was dropped between',
      ],
      because: ['field: spec.providerID is openstack:///0abc'],
      against: [],
      commands: ['undefined', 'tcpdump -eni any arp'],
    },
  ],
  'MLB-L20 kube-vip serves Services too': [
    {
      cause: 'rival-announcer',
      severity: 'warning',
      about: 'DaemonSet kube-system/kube-vip-ds',
      affects: ['shop/search'],
      says: 'kube-vip runs too (kube-system/kube-vip-ds), and may answer for the address',
      details: [
        'it binds the addresses of Services to an interface of its leader, whoever gave them',
        'who answers is seen on the wire: the MAC of a node that is not elected',
      ],
      because: ['field: metadata.name is kube-vip-ds'],
      against: [],
      commands: ['kubectl -n kube-system get daemonset kube-vip-ds -o yaml'],
    },
  ],
};
