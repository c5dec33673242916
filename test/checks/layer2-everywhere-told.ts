import type { Told } from './case.ts';

/** What is told of all Services at once. */
export const layer2EverywhereTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-L22 a label bars every node': [
    {
      cause: 'addresses-announced-by-nobody',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'nobody announces 10.0.0.100 of shop/search, although it has endpoints that can serve',
      details: [
        'layer 2: no candidate: it has the label node.kubernetes.io/exclude-from-external-load-balancers, on all 3 nodes',
      ],
      because: [
        'derived: layer 2: no candidate: it has the label node.kubernetes.io/exclude-from-external-load-balancers, on all 3 nodes',
      ],
      against: [],
      commands: ['triage no-traffic shop/search'],
    },
  ],
  'MLB-L22 two Services, each for its own reason': [
    {
      cause: 'addresses-announced-by-nobody',
      severity: 'error',
      about: 'Cluster -/cluster',
      affects: ['shop/edge', 'shop/search'],
      says: 'nobody announces the addresses of 2 Services, although they have endpoints that can serve: shop/edge, shop/search',
      details: [
        'layer 2: no L2Advertisement of the pool selects the Service, on all 3 nodes: 1 Service',
        'layer 2: no candidate: externalTrafficPolicy is Local and no endpoint on it can take traffic, on all 3 nodes: 1 Service',
      ],
      because: [
        'derived: layer 2: no candidate: externalTrafficPolicy is Local and no endpoint on it can take traffic, on all 3 nodes',
        'derived: layer 2: no L2Advertisement of the pool selects the Service, on all 3 nodes',
      ],
      against: [],
      commands: ['triage no-traffic shop/edge', 'triage announcers'],
    },
  ],
  'MLB-L22 BGP reaches no neighbour, and the neighbours are known': [
    {
      cause: 'addresses-announced-by-nobody',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'nobody announces 10.0.0.100 of shop/search, although it has endpoints that can serve',
      details: ['BGP: there is no BGPPeer, on all 3 nodes'],
      because: ['derived: BGP: there is no BGPPeer, on all 3 nodes'],
      against: [],
      commands: ['triage no-traffic shop/search'],
    },
  ],
  'MLB-L23 two speakers announce two addresses, and one says that it cannot join the other': [
    {
      cause: 'memberlist-split',
      severity: 'error',
      about: 'DaemonSet metallb-system/speaker',
      affects: ['shop/edge', 'shop/search'],
      says: 'n1 and n3 both announce the addresses of 2 Services (shop/edge, shop/search): their speakers do not see one another',
      details: ['joining failed in part: port 7946 must be open between the nodes, TCP and UDP'],
      because: [
        'log: {"level":"info","ts":"2026-03-14T02:00:00Z","event":"serviceAnnounced","protocol":"layer2","ips":["10.0.0.103"]}',
        'log: {"level":"info","ts":"2026-03-14T02:00:00Z","event":"serviceAnnounced","protocol":"layer2","ips":["10.0.0.100","10.0.0.103"]}',
        'log: {"level":"info","ts":"2026-03-14T03:12:02Z","op":"memberDiscovery","msg":"partial join","error":"* Failed to join 10.0.0.1:7946: dial tcp 10.0.0.1:7946: i/o timeout"}',
      ],
      against: [],
      commands: ['nc -vz -w 3 10.0.0.1 7946   # on n3'],
    },
  ],
  'MLB-L23 a speaker does not see another, and nobody announces twice yet': [
    {
      cause: 'memberlist-split',
      severity: 'warning',
      about: 'DaemonSet metallb-system/speaker',
      affects: [],
      says: 'the speaker on n3 does not see all the others, so two nodes may announce one address',
      details: ['joining failed in part: port 7946 must be open between the nodes, TCP and UDP'],
      because: [
        'log: {"level":"info","ts":"2026-03-14T03:12:02Z","op":"memberDiscovery","msg":"partial join","error":"* Failed to join 10.0.0.1:7946: dial tcp 10.0.0.1:7946: i/o timeout"}',
      ],
      against: [],
      commands: ['nc -vz -w 3 10.0.0.1 7946   # on n3'],
    },
  ],
  'MLB-L23 two logs say so, and nothing why': [
    {
      cause: 'two-announcers',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'n1 and n3 both say that they announce 10.0.0.100 of shop/search',
      details: [
        'n1: by its log, its speaker runs (speaker-n1)',
        'n3: by its log, its speaker runs (speaker-n3)',
        'either their speakers do not see one another (port 7946, TCP and UDP), or one of the two words is left over',
      ],
      because: [
        'log: {"level":"info","ts":"2026-03-14T02:00:00Z","event":"serviceAnnounced","protocol":"layer2","ips":["10.0.0.100"]}',
        'log: {"level":"info","ts":"2026-03-14T02:00:00Z","event":"serviceAnnounced","protocol":"layer2","ips":["10.0.0.100"]}',
      ],
      against: [],
      commands: [
        'triage no-traffic shop/search --probe',
        'kubectl get servicel2statuses.metallb.io -A',
      ],
    },
  ],
  'MLB-L23 two pairs of speakers': [
    {
      cause: 'two-announcers',
      severity: 'warning',
      about: 'Cluster -/cluster',
      affects: ['shop/edge', 'shop/search'],
      says: 'two or more of n1, n2, n3 say that they announce the addresses of 2 Services (shop/edge, shop/search)',
      details: [
        'n2: by its log, its speaker runs (speaker-n2)',
        'n3: by its log, its speaker runs (speaker-n3)',
        'either their speakers do not see one another (port 7946, TCP and UDP), or one of the two words is left over',
      ],
      because: [
        'log: {"level":"info","ts":"2026-03-14T02:00:00Z","event":"serviceAnnounced","protocol":"layer2","ips":["10.0.0.103"]}',
        'log: {"level":"info","ts":"2026-03-14T02:00:00Z","event":"serviceAnnounced","protocol":"layer2","ips":["10.0.0.103"]}',
      ],
      against: [],
      commands: ['kubectl get servicel2statuses.metallb.io -A'],
    },
  ],
  'MLB-L24 the settings of kube-proxy choose IPVS': [
    {
      cause: 'ipvs-without-strict-arp',
      severity: 'warning',
      about: 'ConfigMap kube-system/kube-proxy',
      affects: ['shop/search'],
      says: 'kube-proxy runs in IPVS mode without strictARP, so every node answers for 10.0.0.100 of shop/search',
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
  'MLB-L24 k3s runs it in IPVS mode, for two Services': [
    {
      cause: 'ipvs-without-strict-arp',
      severity: 'warning',
      about: 'Node -/n1',
      affects: ['shop/edge', 'shop/search'],
      says: 'kube-proxy runs in IPVS mode without strictARP on n1, n2, n3, so each of these nodes answers for the addresses of 2 Services (shop/edge, shop/search)',
      details: [
        'it puts the address on kube-ipvs0 of each node, and the kernel answers ARP for it beside the speaker',
        'clients send to whichever node answered last',
      ],
      because: [
        'field: metadata.annotations[k3s.io/node-args] is ["server","--kube-proxy-arg","proxy-mode=ipvs"]',
        'field: metadata.annotations[k3s.io/node-args] is ["server","--kube-proxy-arg","proxy-mode=ipvs"]',
        'field: metadata.annotations[k3s.io/node-args] is ["server","--kube-proxy-arg","proxy-mode=ipvs"]',
      ],
      against: [],
      commands: ['kubectl get nodes -o yaml'],
    },
  ],
  'MLB-L25 the elected nodes lack the interface': [
    {
      cause: 'interface-missing',
      severity: 'error',
      about: 'L2Advertisement metallb-system/all',
      affects: ['shop/edge', 'shop/search'],
      says: 'n1, n3 are elected and have no interface eth9, so nobody answers for the addresses of 2 Services (shop/edge, shop/search)',
      details: [
        'the election does not look at interfaces, and no other node steps in',
        'the advertisements name eth9',
      ],
      because: [
        'log: {"level":"warn","ts":"2026-03-14T03:00:00Z","op":"SetBalancer","service":"shop/edge","msg":"the specified interfaces used to announce LB IP don\'t exist"}',
        'log: {"level":"warn","ts":"2026-03-14T03:00:00Z","op":"SetBalancer","service":"shop/search","msg":"the specified interfaces used to announce LB IP don\'t exist"}',
      ],
      against: [],
      commands: ['! kubectl -n metallb-system edit l2advertisement all', 'ssh n3 ip -brief link'],
    },
  ],
  'MLB-L25 the list of interfaces to leave alone takes it out, and BGP brings the traffic': [
    {
      cause: 'interface-excluded',
      severity: 'warning',
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
  'MLB-L25 a member of a bond': [
    {
      cause: 'interface-without-responder',
      severity: 'warning',
      about: 'L2Advertisement metallb-system/all',
      affects: ['shop/search'],
      says: 'the speaker on n1 opened no responder on enp1s0, the only interface on which it should answer',
      details: [
        'it answers on bond0',
        'an interface that is part of a bond, bridge or VRF gets none, and no event says so: name the master; nor does one that is down or has no broadcast',
      ],
      because: [
        'log: {"level":"info","ts":"2026-03-10T00:00:04Z","event":"createARPResponder","interface":"bond0"}',
      ],
      against: [],
      commands: ['ssh n1 ip -brief link', '! kubectl -n metallb-system edit l2advertisement all'],
    },
  ],
  'MLB-L26 no node is Ready': [
    {
      cause: 'unready-node-elected',
      severity: 'warning',
      about: 'Cluster -/cluster',
      affects: ['shop/edge', 'shop/search'],
      says: 'n1, n3 are elected to announce the addresses of 2 Services (shop/edge, shop/search), and they are not Ready',
      details: [
        'speakers do not heed that: as long as memberlist answers there, the addresses stay (#2514)',
      ],
      because: [
        'field: status.conditions[Ready] is False',
        'field: status.conditions[Ready] is False',
      ],
      against: [],
      commands: [
        'triage drill --node n1',
        '! kubectl label node n1 node.kubernetes.io/exclude-from-external-load-balancers=',
        'kubectl describe node n1',
      ],
    },
  ],
  'MLB-L26 without memberlist a dead node is elected': [
    {
      cause: 'dead-node-elected',
      severity: 'error',
      about: 'Node -/n1',
      affects: ['shop/search'],
      says: 'n1 is elected to announce 10.0.0.100 of shop/search, and it no longer answers',
      details: [
        'without memberlist the speakers take every node for alive, so a dead one keeps its addresses until its Node object is deleted or excluded',
      ],
      because: ['field: status.conditions[Ready] is Unknown'],
      against: [],
      commands: [
        'triage drill --node n1',
        '! kubectl label node n1 node.kubernetes.io/exclude-from-external-load-balancers=',
        'kubectl describe node n1',
      ],
    },
  ],
  'MLB-L26 two elected nodes no longer report': [
    {
      cause: 'unready-node-elected',
      severity: 'warning',
      about: 'Cluster -/cluster',
      affects: ['shop/edge', 'shop/search'],
      says: 'n1, n3 no longer report, and may go on announcing the addresses of 2 Services (shop/edge, shop/search) all the same',
      details: [
        'speakers do not heed that: as long as memberlist answers there, the addresses stay (#2514)',
      ],
      because: [
        'field: status.conditions[Ready] is Unknown',
        'field: status.conditions[Ready] is Unknown',
      ],
      against: [],
      commands: [
        'triage drill --node n1',
        '! kubectl label node n1 node.kubernetes.io/exclude-from-external-load-balancers=',
        'kubectl describe node n1',
      ],
    },
  ],
  'MLB-L27 the second address of one Service is the first of another': [
    {
      cause: 'shared-address-two-announcers',
      severity: 'error',
      about: 'Service shop/admin',
      affects: ['shop/admin', 'shop/search'],
      says: '10.0.0.100 is announced by n3 for shop/admin and by n1 for shop/search',
      details: [
        'shop/admin has 10.0.0.104, 10.0.0.100',
        'shop/search has 10.0.0.100',
        'the node is elected by the first address of each Service; where the first ones differ, so can the nodes',
      ],
      because: ['derived: n3 for shop/admin', 'derived: n1 for shop/search'],
      against: [],
      commands: ['kubectl get services -A -o wide'],
    },
  ],
};
