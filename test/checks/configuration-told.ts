import type { Told } from './case.ts';

/** What the checks of the configuration say of their sick clusters. */
export const configurationTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-I10 the controller says that its configuration is invalid': [
    {
      cause: 'config-rejected',
      severity: 'error',
      about: 'ConfigurationState metallb-system/controller',
      affects: [],
      says: 'MetalLB refuses its configuration: controller says so',
      details: ['controller: duplicate of b'],
      because: ['field: status.errorSummary is duplicate of b'],
      against: [],
      commands: ['kubectl -n metallb-system get configurationstates.metallb.io -o yaml'],
    },
  ],
  'MLB-I20 an advertisement aggregates a smaller pool': [
    {
      cause: 'config-rejected',
      severity: 'error',
      about: 'BGPAdvertisement metallb-system/edge',
      affects: [],
      says: 'every speaker refuses its whole configuration because of BGPAdvertisement metallb-system/edge',
      details: [
        'BGPAdvertisement metallb-system/edge: invalid aggregation length 24: prefix 28 in this pool is more specific than the aggregation length for addresses 10.4.11.32/28',
        'Services still get addresses, the controller reads none of these objects; what the speakers announced before goes on, nothing new is announced',
        'a speaker that starts now has no configuration and announces nothing, neither by BGP nor in layer 2, and the others still count its node as a candidate',
      ],
      because: [
        'derived: invalid aggregation length 24: prefix 28 in this pool is more specific than the aggregation length for addresses 10.4.11.32/28',
      ],
      against: [],
      commands: ['! kubectl -n metallb-system edit bgpadvertisement edge'],
    },
  ],
  'MLB-I20 a peer waits for its BFD profile': [
    {
      cause: 'config-rejected',
      severity: 'error',
      about: 'BGPPeer metallb-system/router',
      affects: [],
      says: 'every speaker refuses its whole configuration because of BGPPeer metallb-system/router, which waits for BFDProfile metallb-system/fast',
      details: [
        'BGPPeer metallb-system/router: peer router referencing non existing bfd profile fast',
        'Services still get addresses, the controller reads none of these objects; what the speakers announced before goes on, nothing new is announced',
        'a speaker that starts now has no configuration and announces nothing, neither by BGP nor in layer 2, and the others still count its node as a candidate',
      ],
      because: ['derived: peer router referencing non existing bfd profile fast'],
      against: [],
      commands: ['! kubectl -n metallb-system edit bgppeer router'],
    },
  ],
  'MLB-I20 one node has two peers that do not go together': [
    {
      cause: 'config-rejected',
      severity: 'error',
      about: 'BGPPeer metallb-system/spare',
      affects: [],
      says: 'the speaker on n2 refuses its whole configuration because of BGPPeer metallb-system/spare',
      details: [
        'BGPPeer metallb-system/spare: peer 192.0.2.9 has myAsn different from 192.0.2.1, in FRR mode peers selecting the same node must have the same myAsn within the same VRF',
        'Services still get addresses, the controller reads none of these objects; what the speakers announced before goes on, nothing new is announced',
        'a speaker that starts now has no configuration and announces nothing, neither by BGP nor in layer 2, and the others still count its node as a candidate',
      ],
      because: [
        'derived: peer 192.0.2.9 has myAsn different from 192.0.2.1, in FRR mode peers selecting the same node must have the same myAsn within the same VRF',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system edit bgppeer spare',
        'kubectl -n metallb-system get bgppeer router -o yaml',
      ],
    },
  ],
  'MLB-I20 a peer waits for its Secret': [
    {
      cause: 'config-rejected',
      severity: 'error',
      about: 'BGPPeer metallb-system/router',
      affects: [],
      says: 'the speakers refuse their whole configuration because BGPPeer metallb-system/router wants its password from Secret metallb-system/bgp',
      details: [
        'BGPPeer metallb-system/router: parsing peer router secret ref not found for peer config "metallb-system"/"router"; failed to parse peer router password secret',
        'Services still get addresses, the controller reads none of these objects; what the speakers announced before goes on, nothing new is announced',
        'a speaker that starts now has no configuration and announces nothing, neither by BGP nor in layer 2, and the others still count its node as a candidate',
      ],
      because: [
        'log: {"level":"error","controller":"ConfigReconciler","error":"parsing peer router secret ref not found for peer config \\"metallb-system\\"/\\"router\\"\\nfailed to parse peer router password secret","ts":"2026-03-14T03:00:00Z"}',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system describe secret bgp',
        '! read -rs password && printf %s "$password" | kubectl -n metallb-system create secret generic bgp --type=kubernetes.io/basic-auth --from-file=password=/dev/stdin',
      ],
    },
  ],
  'MLB-I21 a speaker says that its configuration is invalid': [
    {
      cause: 'config-rejected',
      severity: 'error',
      about: 'ConfigurationState metallb-system/speaker-n1',
      affects: [],
      says: 'MetalLB refuses its configuration: speaker-n1 says so',
      details: [
        'speaker-n1: secret ref not found for peer config "metallb-system"/"router"',
        'it waits for a Secret: as soon as that exists the speakers load the configuration by themselves',
      ],
      because: [
        'field: status.errorSummary is secret ref not found for peer config "metallb-system"/"router"',
      ],
      against: [],
      commands: ['kubectl -n metallb-system get configurationstates.metallb.io -o yaml'],
    },
  ],
  'MLB-I21 a speaker still announces what no pool contains': [
    {
      cause: 'config-rejected',
      severity: 'error',
      about: 'ConfigurationState metallb-system/speaker-n1',
      affects: [],
      says: 'MetalLB refuses its configuration: speaker-n1 says so',
      details: [
        'speaker-n1: configuration error: general handler sync state error',
        'a speaker takes no configuration while it announces an address that no pool contains: shop/search (10.9.9.9); it goes on as soon as the controller has cleared that',
      ],
      because: [
        'field: status.errorSummary is configuration error: general handler sync state error',
      ],
      against: [],
      commands: ['kubectl -n metallb-system get configurationstates.metallb.io -o yaml'],
    },
  ],
  'MLB-I22 the controller counts the pool as it was': [
    {
      cause: 'config-stale',
      severity: 'error',
      about: 'IPAddressPool metallb-system/lan',
      affects: [],
      says: 'the controller works with an older configuration: it counts 16 in pool lan, which has 32 now',
      details: [
        'pool lan: 32 addresses, changed 10 min ago; status counts 16',
        'until it loads the new one, it gives and keeps addresses by the old pools',
      ],
      because: ['field: status is 16'],
      against: [],
      commands: ['kubectl -n metallb-system logs deployment/controller --tail=200'],
    },
  ],
  'MLB-I22 a refusal is newer than everything it can be about': [
    {
      cause: 'config-stale',
      severity: 'error',
      about: 'Namespace -/metallb-system',
      affects: ['shop/checkout'],
      says: 'the controller works with an older configuration: it refused the pools as they are now, for a reason that they do not show',
      details: [
        'the controller said 7 min ago: parsing address pool lan: odd',
        'until it loads the new one, it gives and keeps addresses by the old pools',
      ],
      because: [
        'log: {"level":"error","controller":"PoolReconciler","error":"parsing address pool lan: odd","ts":"2026-03-14T03:05:00Z"}',
      ],
      against: [],
      commands: ['kubectl -n metallb-system logs deployment/controller --tail=200'],
    },
  ],
};
