import type { Told } from './case.ts';

/** What each case of BGP must be told as, by check and title. */
export const bgpTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-B01 no BGPPeer at all': [
    {
      cause: 'bgp-without-peer',
      severity: 'error',
      about: 'IPAddressPool metallb-system/wan',
      affects: ['shop/web'],
      says: 'pool wan is advertised by BGP, and there is no BGPPeer: the speakers have no router to tell',
      details: ['advertised by bgp/edge', 'addresses of it: shop/web'],
      because: ['derived: no BGPPeer in metallb-system'],
      against: [],
      commands: [
        'kubectl -n metallb-system explain bgppeers.spec',
        'kubectl -n metallb-system get l2advertisements.metallb.io,bgpadvertisements.metallb.io -o yaml',
      ],
    },
  ],
  'MLB-B01 no BGPPeer, and nobody asks for one Service: the holders are named': [
    {
      cause: 'bgp-without-peer',
      severity: 'error',
      about: 'IPAddressPool metallb-system/wan',
      affects: ['shop/web'],
      says: 'pool wan is advertised by BGP, and there is no BGPPeer: the speakers have no router to tell',
      details: [
        'advertised by bgp/edge',
        'MetalLB only looks at metallb-system; elsewhere there are: default/router-a',
        'addresses of it: shop/web',
      ],
      because: ['derived: no BGPPeer in metallb-system'],
      against: [],
      commands: [
        'kubectl -n metallb-system explain bgppeers.spec',
        'kubectl -n metallb-system get l2advertisements.metallb.io,bgpadvertisements.metallb.io -o yaml',
      ],
    },
  ],
  'MLB-B01 no BGPPeer, and layer 2 announces the pool too: a warning': [
    {
      cause: 'bgp-without-peer',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/wan',
      affects: ['shop/web'],
      says: 'pool wan is advertised by BGP, and there is no BGPPeer: the speakers have no router to tell',
      details: [
        'advertised by bgp/edge',
        'an L2Advertisement selects the pool too: whoever is in that segment reaches it',
        'addresses of it: shop/web',
      ],
      because: ['derived: no BGPPeer in metallb-system'],
      against: [],
      commands: [
        'kubectl -n metallb-system explain bgppeers.spec',
        'kubectl -n metallb-system get l2advertisements.metallb.io,bgpadvertisements.metallb.io -o yaml',
      ],
    },
  ],
  'MLB-B02 peers names somebody who is not there': [
    {
      cause: 'bgp-peer-unknown',
      severity: 'error',
      about: 'BGPAdvertisement metallb-system/edge',
      affects: ['shop/web'],
      says: 'bgp/edge names routr-a under peers, and no BGPPeer has such a name: no router hears of pool wan',
      details: [
        'BGPPeers there are: router-a',
        'perhaps "router-a" was meant by "routr-a"',
        'addresses of it: shop/web',
      ],
      because: ['field: spec.peers is routr-a'],
      against: [],
      commands: ['! kubectl -n metallb-system edit bgpadvertisement edge'],
    },
  ],
  'MLB-B03 no node has the labels of the peer': [
    {
      cause: 'bgp-peer-not-dialled',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'no node matches the nodeSelectors of router-a, so nobody tells a router of pool wan',
      details: [
        'BGPAdvertisement edge: n1, n2, n3',
        'BGPPeer router-a: no node',
        'addresses of it: shop/web',
      ],
      because: ['derived: no node is selected by both for pool wan'],
      against: [],
      commands: [
        'kubectl get nodes --show-labels',
        '! kubectl -n metallb-system edit bgppeer router-a',
      ],
    },
  ],
  'MLB-B03 advertisement and peer select different nodes': [
    {
      cause: 'bgp-peer-not-dialled',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'no node that is to advertise pool wan dials a router: advertisement and BGPPeer select different nodes',
      details: [
        'BGPAdvertisement edge: n1',
        'BGPPeer router-a: n2, n3',
        'addresses of it: shop/web',
      ],
      because: ['derived: no node is selected by both for pool wan'],
      against: [],
      commands: [
        'kubectl get nodes --show-labels',
        '! kubectl -n metallb-system edit bgppeer router-a',
      ],
    },
  ],
  'MLB-B03 the advertisement selects no node': [
    {
      cause: 'advertisement-selects-nothing',
      severity: 'error',
      about: 'BGPAdvertisement metallb-system/edge',
      affects: ['shop/web'],
      says: 'the nodeSelectors of bgp/edge match no node, so nobody advertises pool wan by BGP',
      details: [
        'BGPAdvertisement edge: no node',
        'BGPPeer router-a: n1, n2, n3',
        'addresses of it: shop/web',
      ],
      because: ['derived: no node is selected by both for pool wan'],
      against: [],
      commands: [
        'kubectl get nodes --show-labels',
        '! kubectl -n metallb-system edit bgpadvertisement edge',
      ],
    },
  ],
  'MLB-B04 serviceSelectors leave the Service out': [
    {
      cause: 'service-not-selected',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'bgp/edge is for other Services than shop/web, so no router hears of its addresses',
      details: [
        'bgp/edge takes Services with tier=edge',
        'the Service has no labels',
        'the selectors look at the labels of the Service itself, not at those of its pods',
      ],
      because: [
        'field: metadata.labels is {}',
        'derived: spec.serviceSelectors of bgp/edge match no label of the Service',
      ],
      against: [],
      commands: ['! kubectl -n shop edit service web'],
    },
  ],
  'MLB-B05 a special advertisement meets the general one': [
    {
      cause: 'bgp-preferences-conflict',
      severity: 'error',
      about: 'BGPAdvertisement metallb-system/edge',
      affects: ['shop/web'],
      says: 'bgp/all, bgp/edge want different local preferences for the same routes of shop/web, so n1, n2, n3 advertise none of its addresses',
      details: [
        'bgp/all: localPref 100',
        'bgp/edge: localPref 200',
        'the conflict takes the whole Service off the node, advertisements that agree included',
      ],
      because: ['derived: two local preferences for shop/web on n1, n2, n3'],
      against: [],
      commands: ['kubectl -n metallb-system get bgpadvertisements.metallb.io -o yaml'],
    },
  ],
  'MLB-B06 the only node that advertises is excluded by label': [
    {
      cause: 'nodes-excluded-by-label',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'no node may advertise it by BGP: n1 carries the label that keeps a node out of external load balancers',
      details: [
        'speakers heed node.kubernetes.io/exclude-from-external-load-balancers, whatever its value is, even "false"; kubeadm and Talos set it on control planes',
      ],
      because: [
        'field: metadata.labels[node.kubernetes.io/exclude-from-external-load-balancers] is (empty)',
      ],
      against: [],
      commands: [
        '! kubectl label node n1 node.kubernetes.io/exclude-from-external-load-balancers-',
        '! undefined',
      ],
    },
  ],
  'MLB-B06 every node is cordoned, in the one release that minds': [
    {
      cause: 'cordoned-nodes-silent',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'no node may advertise it by BGP: n1, n2, n3 are cordoned, and speakers of v0.14.9 do not advertise from such nodes',
      details: ['only v0.14.9 does so (#2470); v0.15.0 took it back (#2715)'],
      because: [
        'field: spec.unschedulable is true',
        'field: spec.unschedulable is true',
        'field: spec.unschedulable is true',
      ],
      against: [],
      commands: ['! kubectl uncordon n1', '! undefined'],
    },
  ],
  'MLB-B06 the network of every node is said not to be up': [
    {
      cause: 'node-network-unavailable',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'no node may advertise it by BGP: n1, n2, n3 say that their network is not up (NetworkUnavailable)',
      details: [
        'the network plugin, or the cloud controller, sets this condition to False once the network of the node works',
      ],
      because: [
        'field: status.conditions[NetworkUnavailable] is True',
        'field: status.conditions[NetworkUnavailable] is True',
        'field: status.conditions[NetworkUnavailable] is True',
      ],
      against: [],
      commands: ['kubectl describe node n1'],
    },
  ],
  'MLB-B07 an address stands twice, once unready': [
    {
      cause: 'bgp-endpoint-distrusted',
      severity: 'error',
      about: 'EndpointSlice shop/web-abcde',
      affects: ['shop/web'],
      says: 'BGP counts 10.244.0.5 as unhealthy although an endpoint there serves, so n1, n2, n3 do not advertise shop/web',
      details: [
        'v0.15.3 wants every entry of an address to be able to serve: one that stands twice in the EndpointSlices, once unready, is out',
        'with externalTrafficPolicy: Cluster entries of all nodes count',
      ],
      because: ['field: endpoints[].conditions.ready is false for 10.244.0.5'],
      against: [],
      commands: [
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml',
        '! undefined',
      ],
    },
  ],
  'MLB-B08 no endpoint serves': [
    {
      cause: 'silent-without-endpoints',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'nobody advertises 10.4.11.2 by BGP, because no endpoint of the Service can serve',
      details: [
        'it has 1 endpoint, and none is ready',
        'speakers withdraw an address while nothing can serve it, and advertise it again by themselves',
      ],
      because: ['derived: no serving endpoint for n1, n2, n3'],
      against: [],
      commands: ['kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml'],
    },
  ],
  'MLB-B08 Local, and the endpoints are where nobody advertises': [
    {
      cause: 'local-endpoints-elsewhere',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'endpoints of shop/web are on n2, n3, and only n1 may advertise it: with externalTrafficPolicy: Local nobody does',
      details: [
        'n2: no BGPAdvertisement of the pool selects this node',
        'n3: no BGPAdvertisement of the pool selects this node',
      ],
      because: ['field: spec.externalTrafficPolicy is Local', 'derived: no serving endpoint on n1'],
      against: [],
      commands: [
        '! kubectl -n metallb-system edit bgpadvertisement edge',
        '! kubectl -n shop patch service web --type=merge -p \'{"spec":{"externalTrafficPolicy":"Cluster"}}\'',
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml',
      ],
    },
  ],
  'MLB-B08 Local, and the endpoints do not say where they are': [
    {
      cause: 'endpoints-without-node',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'with externalTrafficPolicy: Local nobody advertises shop/web, because its endpoints do not say on which node they are',
      details: [],
      because: [
        'field: spec.externalTrafficPolicy is Local',
        'derived: no serving endpoint on n1, n2, n3',
      ],
      against: [],
      commands: [
        '! kubectl -n shop patch service web --type=merge -p \'{"spec":{"externalTrafficPolicy":"Cluster"}}\'',
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml',
      ],
    },
  ],
  'MLB-B09 an IPv6 address, and a router dialled by IPv4': [
    {
      cause: 'bgp-family-left-out',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'no router hears of fd00:4:11::2: router-a (10.0.0.254) is reached over the other family, and such sessions carry no IPv6 prefixes',
      details: [
        'MetalLB leaves the prefix out in silence: ServiceBGPStatus and events name the peer all the same',
        'up to v0.14.9 every router got both families; this is v0.15.3',
      ],
      because: [
        'field: spec.peerAddress is 10.0.0.254',
        'derived: no IPv6 prefix to router-a (10.0.0.254)',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system patch bgppeer router-a --type=merge -p \'{"spec":{"dualStackAddressFamily":true}}\'',
        'kubectl -n metallb-system get bgppeers.metallb.io -o yaml',
      ],
    },
  ],
  'MLB-B10 the router refuses every node': [
    {
      cause: 'bgp-peer-refuses',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there is no BGP session between n1, n2, n3 and router-a (10.0.0.254): the router answers and turns it away (TCP 179); no other session carries 10.4.11.2',
      details: [
        'n1 30 s ago: dial "10.0.0.254": connect: connection refused',
        'n2 30 s ago: dial "10.0.0.254": connect: connection refused',
        'n3 30 s ago: dial "10.0.0.254": connect: connection refused',
      ],
      because: [
        'log: {"ts":"2026-03-14T03:12:10Z","localASN":64500,"peerASN":64501,"peer":"10.0.0.254","level":"error","op":"connect","error":"dial \\"10.0.0.254\\": connect: connection refused","msg":"failed to connect to peer"}',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'nc -vz -w 3 10.0.0.254 179   # on n1',
      ],
    },
  ],
  'MLB-B10 one node cannot reach the router, the others can': [
    {
      cause: 'bgp-peer-unreachable',
      severity: 'warning',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there is no BGP session between n2 and router-a (10.0.0.254): nobody answers on TCP 179',
      details: [
        'n2 30 s ago: dial "10.0.0.254": i/o timeout',
        '2 of 3 sessions are up: router-a from n1, router-a from n3; routers that have one of them still know a way',
      ],
      because: [
        'log: {"ts":"2026-03-14T03:12:10Z","localASN":64500,"peerASN":64501,"peer":"10.0.0.254","level":"error","op":"connect","error":"dial \\"10.0.0.254\\": i/o timeout","msg":"failed to connect to peer"}',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'nc -vz -w 3 10.0.0.254 179   # on n2',
      ],
    },
  ],
  'MLB-B10 the AS numbers do not fit: up and down again and again': [
    {
      cause: 'bgp-as-mismatch',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there is no BGP session between n1, n2, n3 and router-a (10.0.0.254): the AS numbers do not fit, MetalLB says it is AS 64500 and expects AS 64501; no other session carries 10.4.11.2',
      details: [
        'n1 27 s ago: got BGP notification code 0x0202 (Bad peer AS)',
        'n2 27 s ago: got BGP notification code 0x0202 (Bad peer AS)',
        'n3 27 s ago: got BGP notification code 0x0202 (Bad peer AS)',
        'it comes up and goes down again and again',
      ],
      because: [
        'log: {"ts":"2026-03-14T03:12:13Z","localASN":64500,"peerASN":64501,"peer":"10.0.0.254","level":"error","event":"peerNotification","error":"got BGP notification code 0x0202 (Bad peer AS)","msg":"peer sent notification, closing session"}',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'nc -vz -w 3 10.0.0.254 179   # on n1',
      ],
    },
  ],
  'MLB-B10 the router has another AS than expected, and layer 2 announces too': [
    {
      cause: 'bgp-as-mismatch',
      severity: 'warning',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there is no BGP session between n1, n2, n3 and router-a (10.0.0.254): the AS numbers do not fit, MetalLB says it is AS 64500 and expects AS 64501; no other session carries 10.4.11.2',
      details: [
        'n1 30 s ago: unexpected peer ASN 64999, want 64501',
        'n2 30 s ago: unexpected peer ASN 64999, want 64501',
        'n3 30 s ago: unexpected peer ASN 64999, want 64501',
        'layer 2 announces it too, from n3: whoever is in that segment reaches it, who comes by the routers may not',
      ],
      because: [
        'log: {"ts":"2026-03-14T03:12:10Z","localASN":64500,"peerASN":64501,"peer":"10.0.0.254","level":"error","op":"connect","error":"unexpected peer ASN 64999, want 64501","msg":"failed to connect to peer"}',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'nc -vz -w 3 10.0.0.254 179   # on n1',
      ],
    },
  ],
  'MLB-B10 the hold timer expires': [
    {
      cause: 'bgp-hold-timer-expired',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there is no BGP session between n1, n2, n3 and router-a (10.0.0.254): the hold timer expired, so nothing was heard for too long; no other session carries 10.4.11.2',
      details: [
        'n1 40 s ago: got BGP notification code 0x0400 (Hold Timer Expired (unspecific))',
        'n2 40 s ago: got BGP notification code 0x0400 (Hold Timer Expired (unspecific))',
        'n3 40 s ago: got BGP notification code 0x0400 (Hold Timer Expired (unspecific))',
      ],
      because: [
        'log: {"ts":"2026-03-14T03:12:00Z","localASN":64500,"peerASN":64501,"peer":"10.0.0.254","level":"error","event":"peerNotification","error":"got BGP notification code 0x0400 (Hold Timer Expired (unspecific))","msg":"peer sent notification, closing session"}',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'nc -vz -w 3 10.0.0.254 179   # on n1',
      ],
    },
  ],
  'MLB-B10 the source address is on no interface': [
    {
      cause: 'bgp-source-address-missing',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there is no BGP session between n1, n2, n3 and router-a (10.0.0.254): sourceAddress 10.0.0.77 is on no interface of the node; no other session carries 10.4.11.2',
      details: [
        'n1 30 s ago: dial "10.0.0.254": address "10.0.0.77" doesn\'t exist on this host',
        'n2 30 s ago: dial "10.0.0.254": address "10.0.0.77" doesn\'t exist on this host',
        'n3 30 s ago: dial "10.0.0.254": address "10.0.0.77" doesn\'t exist on this host',
      ],
      because: [
        'log: {"ts":"2026-03-14T03:12:10Z","localASN":64500,"peerASN":64501,"peer":"10.0.0.254","level":"error","op":"connect","error":"dial \\"10.0.0.254\\": address \\"10.0.0.77\\" doesn\'t exist on this host","msg":"failed to connect to peer"}',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'nc -vz -w 3 10.0.0.254 179   # on n1',
      ],
    },
  ],
  'MLB-B10 the password differs, as the router says': [
    {
      cause: 'bgp-password-differs',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there is no BGP session between n1, n2, n3 and router-a (10.0.0.254): the passwords differ (TCP MD5); no other session carries 10.4.11.2',
      details: [
        'n1 30 s ago: read OPEN from "10.0.0.254": got BGP notification code 0x0205 (unknown code)',
        'n2 30 s ago: read OPEN from "10.0.0.254": got BGP notification code 0x0205 (unknown code)',
        'n3 30 s ago: read OPEN from "10.0.0.254": got BGP notification code 0x0205 (unknown code)',
        '0x0205 is "authentication failure" of RFC 1771, which RFC 4271 took out: some routers still say so',
      ],
      because: [
        'log: {"ts":"2026-03-14T03:12:10Z","localASN":64500,"peerASN":64501,"peer":"10.0.0.254","level":"error","op":"connect","error":"read OPEN from \\"10.0.0.254\\": got BGP notification code 0x0205 (unknown code)","msg":"failed to connect to peer"}',
      ],
      against: [],
      commands: ['kubectl -n metallb-system get bgppeer router-a -o yaml'],
    },
  ],
  'MLB-B10 FRR-K8s cannot connect to a router further away': [
    {
      cause: 'bgp-multihop-missing',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there is no BGP session between n1, n2, n3 and router-a (172.16.9.1): the router seems not to be directly connected, and ebgpMultiHop is not set; no other session carries 10.4.11.2',
      details: ['n1: BGP Idle', 'n2: BGP Idle', 'n3: BGP Idle'],
      because: ['field: status.bgpStatus is Idle'],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'kubectl get bgpsessionstates.frrk8s.metallb.io -A',
      ],
    },
  ],
  'MLB-B10 FRR-K8s connects, and the OPEN is not answered': [
    {
      cause: 'bgp-session-down',
      severity: 'warning',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there is no BGP session between n2 and router-a (10.0.0.254)',
      details: [
        'n2: BGP OpenSent, BFD up',
        'TCP comes about and the OPEN is not answered: AS numbers, router identifier or capabilities differ',
        'BFD is up, so the router is reached: it is BGP itself that fails',
        '1 of 3 sessions is up: router-a from n1; routers that have one of them still know a way',
      ],
      because: ['field: status.bgpStatus is OpenSent', 'field: status.bfdStatus is Up'],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'kubectl get bgpsessionstates.frrk8s.metallb.io -A',
      ],
    },
    {
      cause: 'bgp-session-down',
      severity: 'warning',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there is no BGP session between n3 and router-a (10.0.0.254)',
      details: [
        'n3: BGP Active, BFD down',
        'FRR cannot connect: nobody listens on TCP 179, a firewall drops it, or the password differs',
        'BFD is down as well, so the router itself may not be reached',
        '1 of 3 sessions is up: router-a from n1; routers that have one of them still know a way',
      ],
      because: ['field: status.bgpStatus is Active', 'field: status.bfdStatus is Down'],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'kubectl get bgpsessionstates.frrk8s.metallb.io -A',
      ],
    },
  ],
  'MLB-B10 only the session for IPv6 is down': [
    {
      cause: 'bgp-session-down',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-6',
      affects: ['shop/web'],
      says: 'there is no BGP session between n1, n2, n3 and router-6 (fd00::254); no other session carries fd00:4:11::2',
      details: [
        'n1: BGP Active',
        'n2: BGP Active',
        'n3: BGP Active',
        'FRR cannot connect: nobody listens on TCP 179, a firewall drops it, or the password differs',
        '3 of 6 sessions are up: router-a from n1, router-a from n2, router-a from n3; routers that have one of them still know a way',
      ],
      because: ['field: status.bgpStatus is Active'],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-6 -o yaml',
        'kubectl get bgpsessionstates.frrk8s.metallb.io -A',
      ],
    },
  ],
  'MLB-B10 in FRR mode a dump holds the words of FRR': [
    {
      cause: 'bgp-as-mismatch',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there is no BGP session between n1, n2, n3 and router-a (10.0.0.254): the AS numbers do not fit, MetalLB says it is AS 64500 and expects AS 64501; no other session carries 10.4.11.2',
      details: [
        'n1 39 s ago: %NOTIFICATION: received from neighbor 10.0.0.254 2/2 (OPEN Message Error/Bad Peer AS) 4 bytes',
        'n2 39 s ago: %NOTIFICATION: received from neighbor 10.0.0.254 2/2 (OPEN Message Error/Bad Peer AS) 4 bytes',
        'n3 39 s ago: %NOTIFICATION: received from neighbor 10.0.0.254 2/2 (OPEN Message Error/Bad Peer AS) 4 bytes',
      ],
      because: [
        'log: 2026/03/14 03:12:01.500 BGP: [P2JHP-FQ0D4] %NOTIFICATION: received from neighbor 10.0.0.254 2/2 (OPEN Message Error/Bad Peer AS) 4 bytes',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'nc -vz -w 3 10.0.0.254 179   # on n1',
      ],
    },
  ],
  'MLB-B11 the container frr of the speakers crashes': [
    {
      cause: 'speaker-frr-failing',
      severity: 'error',
      about: 'Pod metallb-system/speaker-n1',
      affects: ['shop/web'],
      says: 'container frr of the speakers does not come up, so FRR does not run: speaker-n1 on n1, speaker-n2 on n2, speaker-n3 on n3',
      details: [
        'frr: 9 restarts, last end 60 s ago: exit code 1',
        'BGP sessions end with it; layer 2 does not need FRR',
      ],
      because: ['field: status.containerStatuses[frr].restartCount is 9'],
      against: [],
      commands: [
        'kubectl -n metallb-system logs speaker-n1 -c frr --previous --tail=50',
        '! kubectl -n metallb-system rollout undo daemonset/speaker',
      ],
    },
  ],
  'MLB-B12 the speakers rely on FRR-K8s, and there is none': [
    {
      cause: 'bgp-backend-missing',
      severity: 'error',
      about: 'DaemonSet metallb-system/speaker',
      affects: ['shop/web'],
      says: 'the speakers leave BGP to FRR-K8s (METALLB_BGP_TYPE=frr-k8s), and there is no FRR-K8s in this cluster: nobody speaks BGP',
      details: ['its kinds (frrk8s.metallb.io) are not served either'],
      because: ['field: spec.template METALLB_BGP_TYPE is frr-k8s'],
      against: [],
      commands: ['kubectl get daemonsets -A'],
    },
  ],
  'MLB-B12 the speakers rely on FRR in their pods, and there is none': [
    {
      cause: 'bgp-backend-missing',
      severity: 'error',
      about: 'DaemonSet metallb-system/speaker',
      affects: ['shop/web'],
      says: 'the speakers leave BGP to FRR in their own pods (METALLB_BGP_TYPE=frr), and their pods have no container frr: nobody speaks BGP',
      details: [
        'the setting and the pods are of different manifests: the flavours native and frr do not mix',
      ],
      because: ['field: spec.template METALLB_BGP_TYPE is frr'],
      against: [],
      commands: ['kubectl get daemonsets -A'],
    },
  ],
  'MLB-B13 another FRRConfiguration contradicts the one of MetalLB': [
    {
      cause: 'frr-configuration-refused',
      severity: 'error',
      about: 'FRRNodeState -/n1',
      affects: ['shop/web'],
      says: 'FRR-K8s cannot use the configuration of n1, n2, n3: failed: different asns (64500 != 64999) specified for same vrf:',
      details: [
        'all FRRConfigurations that select a node are merged with the one of MetalLB (metallb-NODE); where two contradict each other none of them comes into force',
        'the node goes on with what FRR had before: what was advertised then still is, nothing new is',
      ],
      because: [
        'field: status.lastConversionResult is failed: different asns (64500 != 64999) specified for same vrf:',
        'field: status.lastConversionResult is failed: different asns (64500 != 64999) specified for same vrf:',
      ],
      against: [],
      commands: ['kubectl get frrconfigurations.frrk8s.metallb.io -A -o yaml'],
    },
  ],
  'MLB-B13 FRR of one node refuses what it is given': [
    {
      cause: 'frr-configuration-refused',
      severity: 'warning',
      about: 'FRRNodeState -/n2',
      affects: ['shop/web'],
      says: 'FRR-K8s cannot use the configuration of n2: Failed to start new configuration; line 14: % Unknown command',
      details: [
        'FRR itself refused what was made of the FRRConfigurations',
        'the node goes on with what FRR had before: what was advertised then still is, nothing new is',
        '2 of 3 nodes that advertise the address took theirs',
      ],
      because: [
        'field: status.lastReloadResult is Failed to start new configuration; line 14: % Unknown command',
      ],
      against: [],
      commands: ['kubectl get frrconfigurations.frrk8s.metallb.io -A -o yaml'],
    },
  ],
  'MLB-B14 prefixes of two pools coincide under two preferences': [
    {
      cause: 'bgp-merge-fails',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'the prefix of shop/web is to be sent under several local preferences, which FRR mode of v0.14.9 cannot: BGP updates of n1, n2, n3 fail',
      details: [
        '10.4.11.0/24 for shop/web (pool wan): localPref 100',
        '10.4.11.0/24 for shop/mail (pool dmz): localPref 200',
        'the Service that comes second is not announced in layer 2 either, and every later BGP update of that node fails as well',
        'which of them is served depends on the order of events; what was sent before stays',
      ],
      because: [
        'derived: cannot merge advertisements with different local preferences: 100 != 200',
        'log: {"level":"error","ts":"2026-03-14T03:10:00Z","op":"setBalancer","error":"cannot merge advertisements with different local preferences: 100 != 200","msg":"failed to announce service"}',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgpadvertisements.metallb.io -o yaml',
        '! undefined',
      ],
    },
  ],
  'MLB-B15 the prefix holds the nodes and the router': [
    {
      cause: 'bgp-prefix-too-wide',
      severity: 'warning',
      about: 'BGPAdvertisement metallb-system/edge',
      affects: ['shop/web'],
      says: 'the prefix that is advertised, 10.0.0.0/24, holds addresses of machines: node n1 (10.0.0.1), node n2 (10.0.0.2), node n3 (10.0.0.3), router router-a (10.0.0.254)',
      details: [
        'a router that takes it sends traffic for all of it to the nodes of MetalLB, where no more specific route says otherwise',
        'nodes and routers may then not be reached, or the session itself breaks off as soon as it is up',
      ],
      because: [
        'derived: 10.0.0.0/24 holds node n1 (10.0.0.1), node n2 (10.0.0.2), node n3 (10.0.0.3), router router-a (10.0.0.254)',
      ],
      against: [],
      commands: ['! kubectl -n metallb-system edit bgpadvertisement edge'],
    },
  ],
  'MLB-B15 two Services of policy Local share a prefix, and their endpoints are on different nodes':
    [
      {
        cause: 'bgp-prefix-too-wide',
        severity: 'warning',
        about: 'BGPAdvertisement metallb-system/edge',
        affects: ['shop/web'],
        says: 'shop/web shares the prefix that is advertised, 10.4.11.0/28, with shop/mail: n2 advertises it without an endpoint of shop/web, and with externalTrafficPolicy: Local drops what comes for it',
        details: ['some clients reach it and others do not, by the node that the router picks'],
        because: ['derived: 10.4.11.0/28 goes out from n2 for shop/mail'],
        against: [],
        commands: ['! kubectl -n metallb-system edit bgpadvertisement edge'],
      },
    ],
  'MLB-B15 a Service of policy Cluster takes the prefix to every node': [
    {
      cause: 'bgp-prefix-too-wide',
      severity: 'warning',
      about: 'BGPAdvertisement metallb-system/edge',
      affects: ['shop/web'],
      says: 'shop/web shares the prefix that is advertised, 10.4.11.0/28, with shop/mail: n2, n3 advertise it without an endpoint of shop/web, and with externalTrafficPolicy: Local drop what comes for it',
      details: ['some clients reach it and others do not, by the node that the router picks'],
      because: ['derived: 10.4.11.0/28 goes out from n2, n3 for shop/mail'],
      against: [],
      commands: ['! kubectl -n metallb-system edit bgpadvertisement edge'],
    },
  ],
  'MLB-B16 Calico speaks BGP from the same nodes': [
    {
      cause: 'bgp-beside-cni',
      severity: 'warning',
      about: 'DaemonSet kube-system/calico-node',
      affects: ['shop/web'],
      says: 'Calico speaks BGP from the same nodes: if it peers with the same router, the router turns one of the two sessions away',
      details: [
        'failing: router-a from n1, router-a from n2, router-a from n3',
        'a router allows one session per pair of addresses, and both come from the address of the node',
        'Calico can advertise addresses of LoadBalancer Services itself (serviceLoadBalancerIPs)',
      ],
      because: ['field: env CALICO_NETWORKING_BACKEND is bird'],
      against: [],
      commands: [
        'kubectl get bgppeers.crd.projectcalico.org,bgpconfigurations.crd.projectcalico.org -o yaml',
        'kubectl -n kube-system get daemonset calico-node -o yaml',
      ],
    },
  ],
  'MLB-B17 no node says it, and all say so of another Service': [
    {
      cause: 'bgp-advertisers-differ',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'no node says that it advertises shop/web, and n1, n2, n3 should',
      details: ['the speakers there say so of other Services: they run, and can write'],
      because: ['derived: none from n1, n2, n3'],
      against: [],
      commands: [
        'kubectl -n metallb-system get configurationstates.metallb.io,servicebgpstatuses.metallb.io -o wide',
      ],
    },
  ],
  'MLB-B17 one node does not say it, and one says it that should not': [
    {
      cause: 'bgp-advertisers-differ',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'n3 should advertise shop/web and does not say so; n1 says that it advertises shop/web and should not',
      details: [
        'a speaker there works with another configuration than this one, or cannot write, or is no longer there',
      ],
      because: ['field: status.node is n1', 'derived: none from n3'],
      against: [],
      commands: [
        'kubectl -n metallb-system get configurationstates.metallb.io,servicebgpstatuses.metallb.io -o wide',
      ],
    },
  ],
  'MLB-B18 peers without anything to tell them': [
    {
      cause: 'bgp-peers-idle',
      severity: 'info',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there are BGPPeers (router-a) and no BGPAdvertisement: sessions may be up, and no router hears of any address',
      details: [
        'if the addresses moved to layer 2, the peers are left over and do no harm',
        'if routers should know the addresses, the BGPAdvertisement is missing: nothing warns',
      ],
      because: ['derived: no BGPAdvertisement in metallb-system'],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeers.metallb.io,bgpadvertisements.metallb.io,l2advertisements.metallb.io',
      ],
    },
  ],
  'MLB-B18 the pool is announced both ways': [
    {
      cause: 'announced-both-ways',
      severity: 'info',
      about: 'IPAddressPool metallb-system/wan',
      affects: ['shop/web'],
      says: 'pool wan is announced in layer 2 and by BGP: who is in the segment goes one way, who comes by a router the other',
      details: [
        'selected by bgp/edge, l2/lan',
        'one way may work while the other does not: test from where the trouble is',
      ],
      because: ['derived: selected by bgp/edge, l2/lan'],
      against: [],
      commands: [
        'kubectl -n metallb-system get l2advertisements.metallb.io,bgpadvertisements.metallb.io -o yaml',
      ],
    },
  ],
  'MLB-B19 BFD is down while BGP is up': [
    {
      cause: 'bfd-down',
      severity: 'warning',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'BFD with router-a (10.0.0.254) is down while BGP is up: router-a from n1, router-a from n2, router-a from n3',
      details: [
        'prefixes are exchanged; a dead node or router is noticed only when the hold timer expires, and until then traffic to it is lost',
        'once BFD has been up, its going down takes the BGP session down at once',
      ],
      because: [
        'field: status.bgpStatus is Established',
        'field: status.bfdStatus is down',
        'field: status.bgpStatus is Established',
        'field: status.bfdStatus is down',
      ],
      against: [],
      commands: ['kubectl -n metallb-system get bgppeer router-a -o yaml'],
    },
  ],
  'MLB-B20 one speaker refuses its configuration, the others advertise (v0.16)': [
    {
      cause: 'config-rejected',
      severity: 'warning',
      about: 'BGPAdvertisement metallb-system/rack-a',
      affects: ['shop/web'],
      says: 'the speaker on n1 refuses its whole configuration because of BGPAdvertisement metallb-system/rack-a',
      details: [
        'BGPAdvertisement metallb-system/rack-a: invalid local preference 200: local preferernce 100 was already set for the same type of BGP update. Check existing BGP advertisements with common pools and aggregation lengths',
        'Services still get addresses, the controller reads none of these objects; what the speakers announced before goes on, nothing new is announced',
        'a speaker that starts now has no configuration and announces nothing, neither by BGP nor in layer 2, and the others still count its node as a candidate',
        'n2, n3 can advertise the address all the same',
      ],
      because: [
        'derived: invalid local preference 200: local preferernce 100 was already set for the same type of BGP update. Check existing BGP advertisements with common pools and aggregation lengths',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system edit bgpadvertisement rack-a',
        'kubectl -n metallb-system get bgpadvertisement edge -o yaml',
      ],
    },
  ],
  'MLB-B21 the only node that dials a router has no speaker': [
    {
      cause: 'no-speaker-where-advertised',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'only n1 dials a router for 10.4.11.2, and no speaker works there',
      details: ['n1: no speaker', 'its node selector asks for kubernetes.io/os=linux'],
      because: ['derived: no speaker works on n1'],
      against: [],
      commands: ['kubectl -n metallb-system get pods -o wide'],
    },
  ],
  'MLB-B21 with policy Local its only endpoint is on a node that dials no router': [
    {
      cause: 'bgp-peer-not-dialled',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'only n2 may advertise 10.4.11.2, and no BGPPeer selects it',
      details: [
        'n1 dials a router for its pool, and may not advertise it',
        'with externalTrafficPolicy: Local only nodes with an endpoint of their own advertise it',
      ],
      because: ['derived: no BGPPeer selects n2'],
      against: [],
      commands: ['! kubectl -n metallb-system edit bgppeer router-a'],
    },
  ],
  'MLB-B06 workers are cordoned in v0.14.9, and the control plane is excluded as ever': [
    {
      cause: 'nodes-excluded-by-label',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'no node may advertise it by BGP: n1 carries the label that keeps a node out of external load balancers',
      details: [
        'speakers heed node.kubernetes.io/exclude-from-external-load-balancers, whatever its value is, even "false"; kubeadm and Talos set it on control planes',
      ],
      because: [
        'field: metadata.labels[node.kubernetes.io/exclude-from-external-load-balancers] is (empty)',
      ],
      against: [],
      commands: [
        '! kubectl label node n1 node.kubernetes.io/exclude-from-external-load-balancers-',
        '! undefined',
      ],
    },
    {
      cause: 'cordoned-nodes-silent',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'no node may advertise it by BGP: n2, n3 are cordoned, and speakers of v0.14.9 do not advertise from such nodes',
      details: ['only v0.14.9 does so (#2470); v0.15.0 took it back (#2715)'],
      because: ['field: spec.unschedulable is true', 'field: spec.unschedulable is true'],
      against: [],
      commands: ['! kubectl uncordon n2', '! undefined'],
    },
  ],
  'MLB-B06 with policy Local the network of the only node with an endpoint is not up': [
    {
      cause: 'node-network-unavailable',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'no node with an endpoint may advertise it by BGP: n2 says that its network is not up (NetworkUnavailable)',
      details: [
        'the network plugin, or the cloud controller, sets this condition to False once the network of the node works',
      ],
      because: ['field: status.conditions[NetworkUnavailable] is True'],
      against: [],
      commands: ['kubectl describe node n2'],
    },
  ],
  'MLB-B10 FRR-K8s has no pod on the only node with an endpoint': [
    {
      cause: 'bgp-backend-missing',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there is no BGP session between n1 and router-a (10.0.0.254): no FRR-K8s runs on the node to speak BGP; no other session carries 10.4.11.2',
      details: ['n1: no pod of frr-k8s-daemon is on it'],
      because: ['derived: no pod of daemonset/frr-k8s-daemon is on n1'],
      against: [],
      commands: [
        'kubectl get pods -A -l app.kubernetes.io/component=frr-k8s -o wide',
        'kubectl get bgpsessionstates.frrk8s.metallb.io -A',
      ],
    },
  ],
  'MLB-B10 a node without a speaker has no session to lose': [
    {
      cause: 'bgp-peer-refuses',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there is no BGP session between n2, n3 and router-a (10.0.0.254): the router answers and turns it away (TCP 179); no other session carries 10.4.11.2',
      details: [
        'n2 30 s ago: dial "10.0.0.254": connect: connection refused',
        'n3 30 s ago: dial "10.0.0.254": connect: connection refused',
      ],
      because: [
        'log: {"ts":"2026-03-14T03:12:10Z","localASN":64500,"peerASN":64501,"peer":"10.0.0.254","level":"error","op":"connect","error":"dial \\"10.0.0.254\\": connect: connection refused","msg":"failed to connect to peer"}',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'nc -vz -w 3 10.0.0.254 179   # on n2',
      ],
    },
  ],
  'MLB-B16 Cilium is there, and whether it speaks BGP is not known': [
    {
      cause: 'bgp-beside-cni',
      severity: 'info',
      about: 'DaemonSet kube-system/cilium',
      affects: ['shop/web'],
      says: 'Cilium may speak BGP from the same nodes: if it peers with the same router, the router turns one of the two sessions away',
      details: [
        'failing: router-a from n1, router-a from n2, router-a from n3',
        'a router allows one session per pair of addresses, and both come from the address of the node',
        'its BGP is off unless bgpControlPlane.enabled was set, which is not read',
      ],
      because: ['field: metadata.name is cilium'],
      against: [],
      commands: [
        'kubectl -n kube-system get configmap cilium-config -o yaml',
        'kubectl -n kube-system get daemonset cilium -o yaml',
      ],
    },
  ],
  'MLB-B16 kube-router routes': [
    {
      cause: 'bgp-beside-cni',
      severity: 'warning',
      about: 'DaemonSet kube-system/kube-router',
      affects: ['shop/web'],
      says: 'kube-router speaks BGP from the same nodes: if it peers with the same router, the router turns one of the two sessions away',
      details: [
        'failing: router-a from n1, router-a from n2, router-a from n3',
        'a router allows one session per pair of addresses, and both come from the address of the node',
        'its part that speaks BGP is on unless --run-router=false is given',
      ],
      because: ['field: spec.template args is (none)'],
      against: [],
      commands: [
        'kubectl -n kube-system get daemonset kube-router -o yaml',
        'kubectl -n kube-system get daemonset kube-router -o yaml',
      ],
    },
  ],
  'MLB-B22 the router refuses every node, and no pool is heard of': [
    {
      cause: 'bgp-peer-refuses',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there is no BGP session between n1, n2, n3 and router-a (10.0.0.254): the router answers and turns it away (TCP 179); no other session carries pool wan',
      details: [
        'n1 30 s ago: dial "10.0.0.254": connect: connection refused',
        'n2 30 s ago: dial "10.0.0.254": connect: connection refused',
        'n3 30 s ago: dial "10.0.0.254": connect: connection refused',
        'announced by BGP alone: shop/web',
      ],
      because: [
        'log: {"ts":"2026-03-14T03:12:10Z","localASN":64500,"peerASN":64501,"peer":"10.0.0.254","level":"error","op":"connect","error":"dial \\"10.0.0.254\\": connect: connection refused","msg":"failed to connect to peer"}',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'nc -vz -w 3 10.0.0.254 179   # on n1',
      ],
    },
  ],
  'MLB-B22 one of three sessions is down': [
    {
      cause: 'bgp-peer-unreachable',
      severity: 'warning',
      about: 'BGPPeer metallb-system/router-a',
      affects: [],
      says: 'there is no BGP session between n2 and router-a (10.0.0.254): nobody answers on TCP 179',
      details: [
        'n2 30 s ago: dial "10.0.0.254": i/o timeout',
        '2 of 3 sessions are up: router-a from n1, router-a from n3; routers that have one of them still know a way',
      ],
      because: [
        'log: {"ts":"2026-03-14T03:12:10Z","localASN":64500,"peerASN":64501,"peer":"10.0.0.254","level":"error","op":"connect","error":"dial \\"10.0.0.254\\": i/o timeout","msg":"failed to connect to peer"}',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'nc -vz -w 3 10.0.0.254 179   # on n2',
      ],
    },
  ],
  'MLB-B22 of one session nothing is told, so the pool is not called lost': [
    {
      cause: 'bgp-peer-unreachable',
      severity: 'warning',
      about: 'BGPPeer metallb-system/router-a',
      affects: [],
      says: 'there is no BGP session between n1, n2 and router-a (10.0.0.254): nobody answers on TCP 179',
      details: [
        'n1 30 s ago: dial "10.0.0.254": i/o timeout',
        'n2 30 s ago: dial "10.0.0.254": i/o timeout',
        'of router-a from n3 nothing is told',
      ],
      because: [
        'log: {"ts":"2026-03-14T03:12:10Z","localASN":64500,"peerASN":64501,"peer":"10.0.0.254","level":"error","op":"connect","error":"dial \\"10.0.0.254\\": i/o timeout","msg":"failed to connect to peer"}',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'nc -vz -w 3 10.0.0.254 179   # on n1',
      ],
    },
  ],
  'MLB-B22 all sessions are down, and layer 2 announces too': [
    {
      cause: 'bgp-peer-unreachable',
      severity: 'warning',
      about: 'BGPPeer metallb-system/router-a',
      affects: [],
      says: 'there is no BGP session between n1, n2, n3 and router-a (10.0.0.254): nobody answers on TCP 179; no other session carries pool wan',
      details: [
        'n1 30 s ago: dial "10.0.0.254": i/o timeout',
        'n2 30 s ago: dial "10.0.0.254": i/o timeout',
        'n3 30 s ago: dial "10.0.0.254": i/o timeout',
        'layer 2 announces as well: whoever is in that segment still reaches the addresses',
      ],
      because: [
        'log: {"ts":"2026-03-14T03:12:10Z","localASN":64500,"peerASN":64501,"peer":"10.0.0.254","level":"error","op":"connect","error":"dial \\"10.0.0.254\\": i/o timeout","msg":"failed to connect to peer"}',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'nc -vz -w 3 10.0.0.254 179   # on n1',
      ],
    },
  ],
  'MLB-B22 no session of FRR-K8s is established': [
    {
      cause: 'bgp-session-down',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-a',
      affects: ['shop/web'],
      says: 'there is no BGP session between n1, n2, n3 and router-a (10.0.0.254); no other session carries pool wan',
      details: [
        'n1: BGP OpenSent',
        'n2: BGP OpenSent',
        'n3: BGP OpenSent',
        'TCP comes about and the OPEN is not answered: AS numbers, router identifier or capabilities differ',
        'announced by BGP alone: shop/web',
      ],
      because: ['field: status.bgpStatus is OpenSent'],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-a -o yaml',
        'kubectl get bgpsessionstates.frrk8s.metallb.io -A',
      ],
    },
  ],
  'MLB-B22 the router of one pool is down, that of the other pool is not': [
    {
      cause: 'bgp-session-down',
      severity: 'error',
      about: 'BGPPeer metallb-system/router-b',
      affects: ['shop/api'],
      says: 'there is no BGP session between n1, n2, n3 and router-b (10.0.0.253); no other session carries pool dmz',
      details: [
        'n1: BGP Active',
        'n2: BGP Active',
        'n3: BGP Active',
        'FRR cannot connect: nobody listens on TCP 179, a firewall drops it, or the password differs',
        'announced by BGP alone: shop/api',
      ],
      because: ['field: status.bgpStatus is Active'],
      against: [],
      commands: [
        'kubectl -n metallb-system get bgppeer router-b -o yaml',
        'kubectl get bgpsessionstates.frrk8s.metallb.io -A',
      ],
    },
  ],
  'MLB-B23 there is no FRR-K8s, and its kinds are not served': [
    {
      cause: 'bgp-backend-missing',
      severity: 'error',
      about: 'DaemonSet metallb-system/speaker',
      affects: ['shop/web'],
      says: 'the speakers leave BGP to FRR-K8s (METALLB_BGP_TYPE=frr-k8s), and there is no FRR-K8s in this cluster: nobody speaks BGP',
      details: [
        'its kinds (frrk8s.metallb.io) are not served either',
        'announced by BGP alone: shop/web',
      ],
      because: ['field: spec.template METALLB_BGP_TYPE is frr-k8s'],
      against: [],
      commands: ['kubectl get daemonsets -A'],
    },
  ],
  'MLB-B23 the pods of the speakers have no FRR, and layer 2 announces too': [
    {
      cause: 'bgp-backend-missing',
      severity: 'warning',
      about: 'DaemonSet metallb-system/speaker',
      affects: [],
      says: 'the speakers leave BGP to FRR in their own pods (METALLB_BGP_TYPE=frr), and their pods have no container frr: nobody speaks BGP',
      details: [
        'the setting and the pods are of different manifests: the flavours native and frr do not mix',
      ],
      because: ['field: spec.template METALLB_BGP_TYPE is frr'],
      against: [],
      commands: ['kubectl get daemonsets -A'],
    },
  ],
};
