import type { Cause } from '../../core/diagnosis/cause.ts';

/** Why an address is handed to no router. */
export const bgpAdvertisingCauses: readonly Cause[] = [
  {
    id: 'bgp-without-peer',
    title: 'A pool is advertised by BGP, and there is no router to tell',
    stage: 'announcement',
    law: 'A BGPAdvertisement says what is advertised; only a BGPPeer in the namespace of MetalLB says to whom. Without one there is no session.',
    looksLike:
      'The Service has its address, the speakers look well, nothing warns; no router has a route to it.',
    why: 'The BGPPeer was never made, lies in another namespace, or was deleted; or the pool moved to layer 2 and the BGPAdvertisement stayed.',
    howToBeSure: 'kubectl -n metallb-system get bgppeers.metallb.io: none.',
    whatToDo:
      'Declare the router with its address and both AS numbers, or advertise the pool in layer 2 if it lies in the segment of the nodes.',
    whatItIsNot: 'Not a session that is down: no speaker even tries.',
    explains: [
      'addresses-announced-by-nobody',
      'bgp-peer-unknown',
      'bgp-peer-not-dialled',
      'bgp-advertisers-differ',
    ],
  },
  {
    id: 'bgp-peer-unknown',
    title: 'The advertisement is for peers that do not exist',
    stage: 'announcement',
    law: 'spec.peers of a BGPAdvertisement holds names of BGPPeers; names that nobody has are accepted in silence, and an empty list means all of them.',
    looksLike: 'Sessions are up, other pools are known to the routers, this one is not.',
    why: 'A typing error, an address where a name belongs, or a BGPPeer that was renamed.',
    howToBeSure: 'Compare spec.peers with kubectl -n metallb-system get bgppeers.metallb.io.',
    whatToDo: 'Correct the names, or take the list out.',
    whatItIsNot: 'Not a matter of the router: nothing is sent to it.',
    explains: ['addresses-announced-by-nobody', 'bgp-advertisers-differ'],
  },
  {
    id: 'bgp-peer-not-dialled',
    title: 'No node that advertises the pool dials a router',
    stage: 'announcement',
    law: 'A speaker dials a BGPPeer only if the nodeSelectors of the peer select its node, and advertises a pool only if those of the BGPAdvertisement do.',
    looksLike: 'No session, or sessions only from nodes that have nothing to advertise.',
    why: 'A label that the nodes do not have, racks that were mixed up, nodes that were made anew without their labels.',
    howToBeSure:
      'kubectl get nodes --show-labels against the nodeSelectors of both; speakers log peerRemoved with reason filteredByNodeSelector.',
    whatToDo: 'Label the nodes, or correct the selectors.',
    whatItIsNot: 'Not a fault of the router or of the network.',
    explains: ['addresses-announced-by-nobody', 'bgp-advertisers-differ'],
  },
  {
    id: 'bgp-preferences-conflict',
    title: 'Two advertisements want different local preferences for the same routes',
    stage: 'announcement',
    law: 'Two BGPAdvertisements of a pool conflict when localPref differs and prefix length, a peer and a node are common. Without serviceSelectors the whole configuration is refused; with them (v0.16.0) the Service is left out on that node.',
    looksLike:
      'The Service is not advertised from some nodes or from none; others of the pool are.',
    why: 'A general advertisement and a special one for some Services overlap.',
    howToBeSure: 'The speakers log conflictingAdvertisements for the Service.',
    whatToDo: 'Give both one localPref, or let them differ in peers, nodes or aggregation length.',
    whatItIsNot: 'Not a missing advertisement: there is one too many.',
    explains: ['bgp-advertisers-differ'],
  },
  {
    id: 'bgp-family-left-out',
    title: 'The sessions do not carry the family of the address',
    stage: 'announcement',
    law: 'From v0.15.0 on, with FRR or FRR-K8s, a neighbour gets only prefixes of the family of its own address, unless dualStackAddressFamily is set or it is reached by interface.',
    looksLike:
      'Of a Service with two addresses one is reached and the other is not; often right after an upgrade from v0.14.',
    why: 'An IPv6 pool and only routers dialled by IPv4, or the other way round. Up to v0.14.9 both families went over every session.',
    howToBeSure:
      'The routing table of the router has no route for it, although ServiceBGPStatus names the peer.',
    whatToDo:
      'Set dualStackAddressFamily: true on the BGPPeer, or declare a second one by the other address of the router.',
    whatItIsNot: 'Not a session that is down; it carries the other family well.',
    explains: [],
  },
  {
    id: 'bgp-endpoint-distrusted',
    title: 'BGP counts the endpoint as unhealthy although it serves',
    stage: 'announcement',
    law: 'Before v0.16.0 BGP looks at every entry of an endpoint address: one that cannot serve makes the address unhealthy, whatever other entries say. Layer 2 has no such rule.',
    looksLike:
      'The Service works inside the cluster and in layer 2, and BGP withdraws it (noEndpoints, noLocalEndpoints).',
    why: 'One address stands in several EndpointSlices or ports, once ready and once not: hand-made slices, pods on the network of the host.',
    howToBeSure:
      'kubectl get endpointslices of the Service: the address occurs more than once, once with ready: false.',
    whatToDo: 'Take the stale entry out, or go to v0.16.0.',
    whatItIsNot: 'Not a Service without endpoints: something does serve.',
    explains: ['bgp-advertisers-differ'],
  },
  {
    id: 'bgp-merge-fails',
    title: 'One prefix is to be sent under two local preferences, and FRR mode fails',
    stage: 'announcement',
    law: 'FRR mode below v0.15.0 keeps one local preference per prefix and peer. Two pools whose aggregated prefixes coincide with different localPref make every BGP update of the node fail.',
    looksLike:
      'The log says "cannot merge advertisements with different local preferences"; the Service is not announced in layer 2 either; what was sent before stays.',
    why: 'Aggregation makes prefixes of two pools equal; nothing checks this across pools.',
    howToBeSure: 'The log of the speakers, and the aggregationLength of both advertisements.',
    whatToDo: 'One localPref for both, or a longer aggregationLength; or go to v0.15.0.',
    whatItIsNot: 'Not a refused configuration: it loads, the updates fail.',
    explains: ['bgp-advertisers-differ'],
  },
  {
    id: 'bgp-advertisers-differ',
    title: 'Other nodes say that they advertise the address than should',
    stage: 'announcement',
    law: 'From v0.15.0 each speaker that hands an address to its sessions writes a ServiceBGPStatus; the rules say from the configuration which nodes must.',
    looksLike: 'Routers know fewer next hops than expected, or one that has nothing behind it.',
    why: 'A speaker works with an older configuration, cannot write, or was cut off; or a status outlived its speaker.',
    howToBeSure: 'ConfigurationState of the speakers that differ, and their logs.',
    whatToDo: 'Restart the speaker that differs, after its log told why.',
    whatItIsNot: 'No proof that traffic fails: the other next hops may carry it.',
    explains: [],
  },
];
