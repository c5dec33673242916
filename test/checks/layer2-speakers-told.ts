import type { Told } from './case.ts';

/** What is told of the speakers themselves. */
export const layer2SpeakersTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-L07 a host name beside the address': [
    {
      cause: 'status-not-an-address',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'the status of shop/search holds search.example.org, which is no address, so nobody announces 10.0.0.100 either',
      details: [
        'one entry that cannot be read as an address spoils the whole Service, in layer 2 and in BGP (invalidIP)',
        'MetalLB writes addresses only: somebody else wrote that entry',
      ],
      because: ['field: status.loadBalancer.ingress is 10.0.0.100, search.example.org'],
      against: [],
      commands: [
        'kubectl -n shop get service search -o yaml --show-managed-fields',
        '! kubectl -n shop edit service search --subresource=status',
      ],
    },
  ],
  'MLB-L07 addresses of two pools': [
    {
      cause: 'addresses-of-two-pools',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'shop/search has addresses of two pools, and speakers announce none of them',
      details: [
        '10.0.0.100 is of pool lan',
        'fd00::100 is of pool six',
        'speakers want one pool that holds all addresses of a Service (ipNotAllowed)',
      ],
      because: ['field: status.loadBalancer.ingress is 10.0.0.100, fd00::100'],
      against: [],
      commands: ['kubectl -n shop get service search -o yaml'],
    },
  ],
  'MLB-L08 only the controller was given the class': [
    {
      cause: 'speaker-class-differs',
      severity: 'error',
      about: 'DaemonSet metallb-system/speaker',
      affects: ['shop/search'],
      says: 'the controller serves the class of the Service and the speakers do not, so it has an address that nobody announces',
      details: ['spec.loadBalancerClass: metallb.io/lan', "the speakers' --lb-class: (not set)"],
      because: [
        'field: spec.template args --lb-class is (not set)',
        'field: spec.loadBalancerClass is metallb.io/lan',
      ],
      against: [],
      commands: ['! kubectl -n metallb-system edit daemonset/speaker'],
    },
  ],
  'MLB-L09 no speaker pod at all': [
    {
      cause: 'speaker-absent',
      severity: 'error',
      about: 'DaemonSet metallb-system/speaker',
      affects: ['shop/search'],
      says: 'MetalLB has no speaker pod, so no address is announced on the network',
      details: [
        'daemonset/speaker in metallb-system wants 3 pods and has none',
        'its node selector asks for kubernetes.io/os=linux',
        '10.0.0.100 may only be announced by nodes n1, n2, n3',
      ],
      because: ['field: status.desiredNumberScheduled is 3'],
      against: [],
      commands: ['kubectl -n metallb-system describe daemonset/speaker'],
    },
  ],
  'MLB-L09 no speaker pod, and no endpoint is ready either': [
    {
      cause: 'speaker-absent',
      severity: 'error',
      about: 'DaemonSet metallb-system/speaker',
      affects: ['shop/search'],
      says: 'MetalLB has no speaker pod, so no address is announced on the network',
      details: [
        'daemonset/speaker in metallb-system wants 3 pods and has none',
        'its node selector asks for kubernetes.io/os=linux',
        '10.0.0.100 may only be announced by nodes n1, n2, n3',
      ],
      because: ['field: status.desiredNumberScheduled is 3'],
      against: [],
      commands: ['kubectl -n metallb-system describe daemonset/speaker'],
    },
  ],
  'MLB-L09 the only node with an endpoint has a speaker that crashes': [
    {
      cause: 'speaker-crash-looping',
      severity: 'error',
      about: 'Pod metallb-system/speaker-n2',
      affects: ['shop/search'],
      says: "MetalLB's speaker crashes again and again",
      details: [
        'speaker-n2 on n2: 7 restarts, last end 2 min ago: exit code 1',
        'its last words are not known: the log of the run before was not read',
        '10.0.0.100 may only be announced by node n2',
      ],
      because: ['field: status.containerStatuses[speaker].restartCount is 7'],
      against: [],
      commands: [
        'kubectl -n metallb-system logs speaker-n2 -c speaker --previous --tail=50',
        '! kubectl -n metallb-system rollout undo daemonset/speaker',
      ],
    },
  ],
  'MLB-L09 all speakers crash, and the first of them is on a node that may not announce': [
    {
      cause: 'speaker-crash-looping',
      severity: 'error',
      about: 'Pod metallb-system/speaker-n1',
      affects: ['shop/search'],
      says: "MetalLB's speaker crashes again and again",
      details: [
        'speaker-n1 on n1: 7 restarts, last end 2 min ago: exit code 1',
        'speaker-n2 on n2: 7 restarts, last end 2 min ago: exit code 1',
        'speaker-n3 on n3: 7 restarts, last end 2 min ago: exit code 1',
        'its last words are not known: the log of the run before was not read',
        '10.0.0.100 may only be announced by node n3',
      ],
      because: ['field: status.containerStatuses[speaker].restartCount is 7'],
      against: [],
      commands: [
        'kubectl -n metallb-system logs speaker-n1 -c speaker --previous --tail=50',
        '! kubectl -n metallb-system rollout undo daemonset/speaker',
      ],
    },
  ],
  'MLB-L09 no speaker pod, and a configuration that only speakers with FRR take': [
    {
      cause: 'speaker-absent',
      severity: 'error',
      about: 'DaemonSet metallb-system/speaker',
      affects: ['shop/search'],
      says: 'MetalLB has no speaker pod, so no address is announced on the network',
      details: [
        'daemonset/speaker in metallb-system wants 3 pods and has none',
        'its node selector asks for kubernetes.io/os=linux',
      ],
      because: ['field: status.desiredNumberScheduled is 3'],
      against: [],
      commands: ['kubectl -n metallb-system describe daemonset/speaker'],
    },
  ],
  'MLB-L09 the only node that is selected has no speaker': [
    {
      cause: 'no-speaker-where-advertised',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'only node n1 may announce it, and no speaker works there',
      details: ['its node selector asks for kubernetes.io/os=linux'],
      because: ['field: status.desiredNumberScheduled is 3'],
      against: [],
      commands: ['kubectl -n metallb-system get pods -o wide'],
    },
  ],
  'MLB-L09 the only node that is selected no longer answers': [
    {
      cause: 'speakers-nodes-silent',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'the only node that may announce it no longer answers: n1',
      details: ['another node takes over only if the advertisements select it'],
      because: ['field: status.conditions[Ready] is Unknown'],
      against: [],
      commands: ['kubectl describe node n1'],
    },
  ],
  'MLB-L10 the speakers refuse an advertisement, and nobody says that it is still announced': [
    {
      cause: 'config-rejected',
      severity: 'error',
      about: 'BGPAdvertisement metallb-system/edge',
      affects: ['shop/search'],
      says: 'every speaker refuses its whole configuration because of BGPAdvertisement metallb-system/edge',
      details: [
        'BGPAdvertisement metallb-system/edge: invalid aggregation length 40 for IPv4',
        'Services still get addresses, the controller reads none of these objects; what the speakers announced before goes on, nothing new is announced',
        'a speaker that starts now has no configuration and announces nothing, neither by BGP nor in layer 2, and the others still count its node as a candidate',
        'every speaker has nothing to announce by',
      ],
      because: ['derived: invalid aggregation length 40 for IPv4'],
      against: [],
      commands: ['! kubectl -n metallb-system edit bgpadvertisement edge'],
    },
  ],
  'MLB-L11 the elected node is not Ready': [
    {
      cause: 'unready-node-elected',
      severity: 'warning',
      about: 'Node -/n1',
      affects: ['shop/search'],
      says: 'n1 is elected to announce the address, and it is not Ready',
      details: [
        'speakers do not heed that: as long as memberlist answers there, the address stays (#2514)',
      ],
      because: ['field: status.conditions[Ready] is False'],
      against: [],
      commands: ['triage announcers shop/search', 'kubectl describe node n1'],
    },
  ],
  'MLB-L11 without memberlist a dead node is elected': [
    {
      cause: 'dead-node-elected',
      severity: 'error',
      about: 'Node -/n1',
      affects: ['shop/search'],
      says: 'n1 is elected to announce the address, and it no longer answers',
      details: [
        'without memberlist the speakers take every node for alive, so a dead one keeps its addresses until its Node object is deleted or excluded',
      ],
      because: ['field: status.conditions[Ready] is Unknown'],
      against: [],
      commands: ['triage announcers shop/search', 'kubectl describe node n1'],
    },
  ],
  'MLB-L13 two speakers say that they announce it, and one cannot join the others': [
    {
      cause: 'two-announcers',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'n1 and n3 both say that they announce 10.0.0.100',
      details: [
        'n1: by its ServiceL2Status, its speaker runs (speaker-n1)',
        'n3: by its ServiceL2Status, its speaker runs (speaker-n3)',
        'either their speakers do not see one another (port 7946, TCP and UDP), or one of the two words is left over',
      ],
      because: ['field: status.node is n1', 'field: status.node is n3'],
      against: [],
      commands: [
        'triage no-traffic shop/search --probe',
        'kubectl get servicel2statuses.metallb.io -A',
      ],
    },
  ],
  'MLB-L13 one speaker has another key, and releases with other keys run side by side': [
    {
      cause: 'memberlist-split',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'the speaker on n2 does not see all the others, so two nodes may announce one address',
      details: [
        'messages cannot be decrypted: the speakers do not use the same key',
        'speakers of v0.16.1 and v0.16.2 run side by side: from v0.16.2 on the key is made differently, and they cannot read each other until all are upgraded',
      ],
      because: [
        'log: {"level":"info","ts":"2026-03-14T03:12:00Z","op":"memberDiscovery","msg":"partial join","error":"No installed keys could decrypt the message"}',
      ],
      against: [],
      commands: ['! kubectl -n metallb-system rollout restart daemonset/speaker'],
    },
  ],
  'MLB-L13 two statuses and no word of why': [
    {
      cause: 'two-announcers',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'n1 and n3 both say that they announce 10.0.0.100',
      details: [
        'n1: by its ServiceL2Status, its speaker runs (speaker-n1)',
        'n3: by its ServiceL2Status, its speaker runs (speaker-n3)',
        'either their speakers do not see one another (port 7946, TCP and UDP), or one of the two words is left over',
      ],
      because: ['field: status.node is n1', 'field: status.node is n3'],
      against: [],
      commands: [
        'triage no-traffic shop/search --probe',
        'kubectl get servicel2statuses.metallb.io -A',
      ],
    },
  ],
  'MLB-L18 the second address of another Service is the first of this one': [
    {
      cause: 'shared-address-two-announcers',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search', 'shop/admin'],
      says: '10.0.0.100 is announced by n1 for this Service and by n3 for shop/admin',
      details: [
        'shop/search has 10.0.0.100; shop/admin has 10.0.0.103, 10.0.0.100',
        'the node is elected by the first address of each Service; where the first ones differ, so can the nodes',
      ],
      because: ['derived: n1 for shop/search, n3 for shop/admin'],
      against: [],
      commands: ['kubectl get services -A -o wide'],
    },
  ],
  'MLB-L14 a status of a node without a speaker': [
    {
      cause: 'stale-announcement-status',
      severity: 'info',
      about: 'ServiceL2Status metallb-system/l2-n1',
      affects: ['shop/search'],
      says: 'a ServiceL2Status says that n1 announces the address, and no speaker is on n1 any more',
      details: ['it announces nothing by itself, and misleads'],
      because: ['field: status.node is n1'],
      against: [],
      commands: ['! kubectl -n metallb-system delete servicel2status l2-n1'],
    },
  ],
  'MLB-L14 another node than the elected one says that it announces': [
    {
      cause: 'announced-elsewhere',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: "by MetalLB's rules n1 announces 10.0.0.100, and n2 says that it does",
      details: [
        'the speaker on n2 does not see n1 among the members, or works by another configuration',
        'as long as only one of them answers, traffic arrives there',
      ],
      because: ['field: status.node is n2'],
      against: [],
      commands: ['kubectl -n metallb-system logs speaker-n1 --tail=200'],
    },
  ],
  'MLB-L14 the elected speaker withdrew it': [
    {
      cause: 'withdrawn-by-the-elected',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: "by MetalLB's rules n1 announces the address, and its speaker says that it withdrew it: notOwner",
      details: [
        'notOwner: it saw another node in front of it, no endpoint, or was barred itself',
        'nobody is known to have announced it since',
      ],
      because: [
        'log: {"level":"info","ts":"2026-03-14T02:00:09Z","event":"serviceWithdrawn","ip":["10.0.0.100"],"reason":"notOwner"}',
      ],
      against: [],
      commands: ['! kubectl -n metallb-system delete pod speaker-n1'],
    },
  ],
  'MLB-L14 a speaker goes on announcing what no pool contains': [
    {
      cause: 'speaker-on-old-configuration',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'n1 still announces 10.0.0.100, which no pool contains',
      details: [
        'a speaker that announces an address outside the new configuration refuses all of that: whatever else was changed does not reach it either',
        'it goes on by the old one until the controller has taken the address from the Service',
      ],
      because: ['field: status.node is n1'],
      against: [],
      commands: ['kubectl get configurationstates.metallb.io -A'],
    },
  ],
};
