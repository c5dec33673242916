import type { Cause } from '../../core/diagnosis/cause.ts';

/** What lies beside the advertising itself. */
export const bgpSurroundingCauses: readonly Cause[] = [
  {
    id: 'bgp-prefix-too-wide',
    title: 'The advertised prefix takes in more than the Service',
    stage: 'announcement',
    law: 'An address is advertised cut to the aggregation length: routers send everything in that prefix to every node that advertises it.',
    looksLike:
      'Machines beside the pool are out of reach from elsewhere, or the session flaps as soon as it is up; with policy Local some connections hang and others work.',
    why: 'aggregationLength is shorter than the pool is wide, and the pool lies in the segment of the nodes; or Services of policy Local share the prefix, and nodes advertise it without an endpoint of each.',
    howToBeSure: 'The routing table of the router: to which nodes the prefix points.',
    whatToDo: 'Advertise single addresses, or a prefix in which only the pool lies.',
    whatItIsNot:
      'Harmless where the router has that segment directly connected and prefers it, or knows each address by itself as well.',
    explains: [],
  },
  {
    id: 'bgp-beside-cni',
    title: 'The network plugin may peer with the same router',
    stage: 'announcement',
    law: 'A router keeps one session per pair of addresses. Calico and kube-router speak BGP from the address of the node, as MetalLB does.',
    looksLike: 'Sessions of MetalLB or of the plugin go down in turn; the other one is up.',
    why: 'Both were told of the same router.',
    howToBeSure:
      'The peers of the plugin (Calico: BGPPeer of crd.projectcalico.org) against those of MetalLB.',
    whatToDo:
      'Let the plugin advertise the addresses and do without speakers, or peer with another address or port of the router.',
    whatItIsNot: 'No proof by itself: plugins mostly peer among the nodes only.',
    explains: [],
  },
  {
    id: 'bgp-peers-idle',
    title: 'There are BGPPeers and nothing is advertised to them',
    stage: 'announcement',
    law: 'Sessions come up by BGPPeers alone; what is said over them takes a BGPAdvertisement.',
    looksLike: 'The routers see the sessions up and no prefixes.',
    why: 'The pools moved to layer 2, or the BGPAdvertisement was forgotten or deleted.',
    howToBeSure: 'kubectl -n metallb-system get bgpadvertisements.metallb.io: none.',
    whatToDo: 'Delete the peers, or advertise the pool.',
    whatItIsNot: 'No trouble by itself where layer 2 announces the addresses.',
    explains: [],
  },
  {
    id: 'announced-both-ways',
    title: 'The pool is announced in layer 2 and by BGP',
    stage: 'announcement',
    law: 'Speakers do both independently: one node answers ARP, and all nodes that may tell the routers.',
    looksLike: 'The address works from some places and not from others.',
    why: 'It is wanted, or one of the two advertisements is left over from a move.',
    howToBeSure: 'Both an L2Advertisement and a BGPAdvertisement select the pool.',
    whatToDo: 'Delete the one that is not meant.',
    whatItIsNot: 'No fault by itself.',
    explains: [],
  },
];
