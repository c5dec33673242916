import type { Cause } from '../../core/diagnosis/cause.ts';

const notPending =
  'Not the reason for a pending Service: speakers announce, the controller allocates.';

/** What lies between the announcing node and the segment. */
export const announcingNetworkCauses: readonly Cause[] = [
  {
    id: 'interface-excluded',
    title: 'The interface to answer on is on the list to leave alone',
    stage: 'announcement',
    law: 'Speakers never answer on interfaces that match announcedInterfacesToExclude of the ConfigMap metallb-excludel2.',
    looksLike: 'announceFailed, or silence, although the interface exists.',
    why: 'Nested clusters have veth or lxc interfaces as their network cards, which the default list takes out.',
    howToBeSure: 'Compare the list with the names of the interfaces.',
    whatToDo: 'Take the pattern out, and restart the speakers: they read the list once.',
    whatItIsNot: notPending,
    explains: ['interface-missing', 'interface-without-responder', 'address-unanswered'],
  },
  {
    id: 'interface-missing',
    title: 'The elected node has none of the interfaces named',
    stage: 'announcement',
    law: 'The election does not look at interfaces: a node without any that the advertisement names still wins, and announces nothing.',
    looksLike: 'Event announceFailed, then nodeAssigned of the same node.',
    why: 'A misspelt name, or nodes whose interfaces are called differently.',
    howToBeSure: 'ip link on that node.',
    whatToDo: 'Correct the names, or select only nodes that have them.',
    whatItIsNot: notPending,
    explains: ['address-unanswered'],
  },
  {
    id: 'interface-without-responder',
    title: 'The speaker answers on no interface that it should',
    stage: 'announcement',
    law: 'A speaker answers only on interfaces that are up, have broadcast and belong to no bond, bridge or VRF.',
    looksLike: 'No event, no answer; the node is elected.',
    why: 'The advertisement names a member of a bond or bridge, or the interface went down or into one.',
    howToBeSure:
      'ip link: "master", DOWN; createARPResponder in the log of the speaker names those it answers on, deleteARPResponder those it left.',
    whatToDo: 'Name the bond or bridge itself; bring the interface up again.',
    whatItIsNot: notPending,
    explains: ['address-unanswered'],
  },
  {
    id: 'speaker-may-not-listen',
    title: 'The kernel does not let the speaker listen for ARP or NDP',
    stage: 'announcement',
    law: 'A speaker needs a raw socket on each interface to hear who asks for an address; the election does not look at whether it has one.',
    looksLike:
      'A node is elected and says that it announces, and nobody answers; the log of its speaker repeats "failed to create ARP responder".',
    why: 'The capability NET_RAW was taken away by a policy for pods or a security profile of the node, or it has too many open files; for IPv6 the link-local address of the interface cannot be used, because it is tentative or a duplicate.',
    howToBeSure: 'Read the log of the speaker on the elected node.',
    whatToDo:
      'Give the speaker NET_RAW again, as its manifest has it, and restart it; resolve the duplicate address.',
    whatItIsNot:
      'Errors about single interfaces, such as one without IPv6 or a tunnel, are usual and do no harm.',
    explains: ['address-unanswered'],
  },
  {
    id: 'ipvs-without-strict-arp',
    title: 'kube-proxy in IPVS mode answers for every address',
    stage: 'announcement',
    law: 'In IPVS mode kube-proxy puts the addresses of Services on kube-ipvs0 of every node; without strictARP the kernel answers ARP for them.',
    looksLike:
      'Many MACs for one address, one of each node; with policy Local connections fail at random.',
    why: 'strictARP is false unless it is set.',
    howToBeSure:
      'kubectl -n kube-system get configmap kube-proxy -o yaml: mode ipvs, strictARP false.',
    whatToDo: 'Set strictARP: true and restart kube-proxy.',
    whatItIsNot: 'Not memberlist: there two nodes answer, here all.',
    explains: ['two-announcers', 'address-answered-by-every-node', 'address-held-by-a-kernel'],
  },
  {
    id: 'address-in-no-subnet',
    title: 'The address is in no subnet of the nodes',
    stage: 'announcement',
    law: 'Hosts ask by ARP or NDP only for addresses of their own subnet.',
    looksLike: 'The speaker announces, and nobody ever asks.',
    why: 'The pool was made up, or belongs to another segment.',
    howToBeSure:
      'ip address on the nodes, or no-traffic --from-node: that Pod tells the subnets of its node; tcpdump arp sees no question for the address.',
    whatToDo:
      'Take the range from the subnet of the nodes, or route it to one of them, or use BGP.',
    whatItIsNot:
      'No fault where a router has a route for the range straight onto the segment of the nodes. Without a look it is a suspicion: the API knows addresses of nodes without their prefix lengths.',
    explains: ['address-unanswered', 'port-unanswered', 'port-unreachable'],
  },
  {
    id: 'elected-outside-subnet',
    title: 'The elected node is in another subnet than the address',
    stage: 'announcement',
    law: 'The election takes all nodes that an advertisement selects, whatever subnet they are in.',
    looksLike: 'In a cluster over several subnets some addresses answer and others do not.',
    why: 'One advertisement without nodeSelectors serves pools of several subnets.',
    howToBeSure:
      'Compare the subnet of the elected node with the address; no-traffic --from-node shows it.',
    whatToDo: 'A pool and an L2Advertisement with nodeSelectors for each subnet.',
    whatItIsNot: notPending,
    explains: ['address-unanswered', 'port-unanswered', 'port-unreachable'],
  },
  {
    id: 'rival-announcer',
    title: 'Something else may answer for addresses of Services',
    stage: 'announcement',
    law: 'Who binds an address to an interface answers for it, whatever MetalLB elects.',
    looksLike:
      'Two MACs for one address, or one of a node that is not elected; also without any speaker.',
    why: 'kube-vip with Services switched on, keepalived, a CiliumL2AnnouncementPolicy, or another load balancer beside MetalLB.',
    howToBeSure: 'Ask by ARP while all speakers are down: nobody should answer.',
    whatToDo: 'Keep one of the two for Services.',
    whatItIsNot: notPending,
    explains: [],
  },
  {
    id: 'layer2-in-a-cloud',
    title: 'Layer 2 in a cloud',
    stage: 'announcement',
    law: 'The networks of clouds deliver by what they know of each machine, and carry no ARP between them.',
    looksLike: 'Everything in the cluster looks right, and nothing arrives from outside.',
    why: 'MetalLB in layer 2 was installed on rented virtual machines.',
    howToBeSure: 'providerID of the nodes.',
    whatToDo: "The cloud's own load balancer, or its way to route an address to a machine.",
    whatItIsNot: notPending,
    explains: ['address-unanswered'],
  },
  {
    id: 'anti-spoofing-suspected',
    title: 'The host of the virtual machines may filter',
    stage: 'announcement',
    law: 'Port security, forged-transmit policies and IP filters drop frames for addresses that a machine was not given.',
    looksLike: 'An answer leaves the node and never arrives.',
    why: 'The hypervisor does not know that the machine may answer for the address.',
    howToBeSure: 'tcpdump on the node and on another host at the same time.',
    whatToDo: 'Allow the range of the pool for the machines.',
    whatItIsNot: notPending,
    explains: [],
  },
];
