import type { Told } from './case.ts';

/** What each case of addresses that moved must be told as, by check and title. */
export const moveTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-H09 a full pool of its own, and an address from a common one': [
    {
      cause: 'pinned-pool-spill',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/own',
      affects: ['shop/checkout'],
      says: 'shop/checkout has its address from common pool lan, because own, reserved for it, is full',
      details: [
        'shop/checkout  10.4.11.10  from lan',
        'own  1 of 1 taken',
        'firewall rules and quotas made for the reserved range do not cover these addresses; MetalLB never moves them back by itself',
      ],
      because: [
        'field: status.loadBalancer.ingress is 10.4.11.10',
        'derived: shop/checkout would be served from own first',
      ],
      against: [],
      commands: ['! kubectl -n metallb-system edit ipaddresspool own'],
    },
  ],
  'MLB-H09 a pool of its own that has room again': [
    {
      cause: 'pinned-pool-spill',
      severity: 'info',
      about: 'IPAddressPool metallb-system/own',
      affects: ['shop/checkout'],
      says: 'shop/checkout has its address from common pool lan, although own, reserved for it, has 1 free',
      details: [
        'shop/checkout  10.4.11.10  from lan',
        'own  0 of 1 taken',
        'firewall rules and quotas made for the reserved range do not cover these addresses; MetalLB never moves them back by itself',
      ],
      because: [
        'field: status.loadBalancer.ingress is 10.4.11.10',
        'derived: shop/checkout would be served from own first',
      ],
      against: [],
      commands: ['! kubectl -n shop annotate service checkout metallb.io/address-pool=own'],
    },
  ],
  'MLB-H10 an address that ends in .255': [
    {
      cause: 'buggy-address-held',
      severity: 'info',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'shop/checkout has 10.4.8.255, which some old routers and clients drop',
      details: [
        '10.4.8.255 is an ordinary host address here; only look at this if some clients cannot connect while others can',
        'pool wide has avoidBuggyIPs off; turning it on takes 10.4.8.255 away and gives another at once',
      ],
      because: ['field: status.loadBalancer.ingress is 10.4.8.255'],
      against: [],
      commands: [
        '! kubectl -n metallb-system patch ipaddresspool wide --type=merge -p \'{"spec":{"avoidBuggyIPs":true}}\'',
      ],
    },
  ],
  'MLB-H11 a second address that comes and goes': [
    {
      cause: 'second-address-flaps',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'shop/checkout gains and loses its second address without end: PreferDualStack with one cluster IP, and a pool that offers both families',
      details: [
        'now: 10.4.11.10 and 2001:db8::; cluster IP: 10.96.0.9',
        'one pass adds the other family, the next one takes both away because the cluster IP has one family, and so on; every turn writes the status',
      ],
      because: [
        'field: spec.ipFamilyPolicy is PreferDualStack',
        'field: spec.clusterIPs is 10.96.0.9',
        'derived: the family of its addresses and that of its cluster IP never agree for long',
        'event: IPAllocated: Assigned additional IP "2001:db8::"',
        'event: IPAllocated: Assigned IP ["10.4.11.10"]',
      ],
      against: [],
      commands: [
        '! kubectl -n shop patch service checkout --type=merge -p \'{"spec":{"ipFamilyPolicy":"SingleStack"}}\'',
      ],
    },
  ],
  'MLB-H11 v0.14.9 gives two families to one cluster IP': [
    {
      cause: 'address-moves',
      severity: 'warning',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'its address changes whenever a lower one becomes free, as when another Service is deleted',
      details: [
        'now: 10.4.11.12 and 2001:db8::2; cluster IP: 10.96.0.9; policy: PreferDualStack',
        'v0.14.9 gives such a Service both families and allocates anew each time it looks, with nothing but IPAllocated events to show for it (mended in v0.15.0, #2723)',
      ],
      because: [
        'field: spec.ipFamilyPolicy is PreferDualStack',
        'field: spec.clusterIPs is 10.96.0.9',
        'derived: the family of its addresses and that of its cluster IP never agree for long',
      ],
      against: [],
      commands: [
        '! kubectl -n shop patch service checkout --type=merge -p \'{"spec":{"ipFamilyPolicy":"SingleStack"}}\'',
        'kubectl get deployments -A -o wide | grep -i metallb',
      ],
    },
  ],
  'MLB-H12 a range was cut under a Service': [
    {
      cause: 'pool-change-moved-addresses',
      severity: 'warning',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'shop/checkout lost its address 2 min ago: a range was cut, moved or removed, so that no pool contains what was held',
      details: [
        'shop/checkout lost 10.4.11.22, has 10.4.11.10 now',
        'pool lan was written 2 min ago by kubectl-edit',
      ],
      because: [
        'derived: a range was cut, moved or removed, so that no pool contains what was held',
        'event: ClearAssignment: current IP for "shop/checkout" not allowed by config, will attempt for new IP assignment: ["10.4.11.22"] is not allowed in config',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system get ipaddresspools.metallb.io -o yaml',
        '! kubectl -n shop annotate service checkout metallb.io/loadBalancerIPs=10.4.11.22 --overwrite',
      ],
    },
  ],
  'MLB-H12 avoidBuggyIPs was turned on under one, a reservation under another': [
    {
      cause: 'pool-change-moved-addresses',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/wide',
      affects: ['shop/checkout'],
      says: 'shop/checkout lost its address 2 min ago: pool wide now avoids addresses that end in .0 or .255',
      details: ['shop/checkout lost 10.4.8.0, has 10.4.8.1 now'],
      because: [
        'derived: pool wide now avoids addresses that end in .0 or .255',
        'event: ClearAssignment: current IP for "shop/checkout" not allowed by config, will attempt for new IP assignment: ["10.4.8.0"] is not allowed in config',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system get ipaddresspool wide -o yaml',
        '! kubectl -n shop annotate service checkout metallb.io/loadBalancerIPs=10.4.8.0 --overwrite',
      ],
    },
    {
      cause: 'pool-change-moved-addresses',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/own',
      affects: ['lab/x'],
      says: 'lab/x lost its address 119 s ago: pool own was then not for it, so its serviceAllocation or the labels were changed',
      details: ['lab/x has none now'],
      because: [
        'derived: pool own was then not for it, so its serviceAllocation or the labels were changed',
        'event: ClearAssignment: current IP for "lab/x" not allowed by config, will attempt for new IP assignment: pool own not compatible for ip assignment',
      ],
      against: [],
      commands: ['kubectl -n metallb-system get ipaddresspool own -o yaml'],
    },
  ],
  'MLB-H13 an old controller started and dealt anew': [
    {
      cause: 'addresses-reshuffled',
      severity: 'warning',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'shop/checkout was given an address anew when the controller started 4 d ago; v0.13.7 does not keep them over a start',
      details: [
        'shop/checkout: now 10.4.11.10',
        'clients, DNS records and firewall rules may still have the addresses from before; MetalLB keeps no record of them',
      ],
      because: [
        'field: controller startedAt is 2026-03-10T00:00:00Z',
        'event: IPAllocated: Assigned IP ["10.4.11.10"]',
      ],
      against: [],
      commands: [
        '! kubectl -n shop annotate service checkout metallb.universe.tf/loadBalancerIPs=10.4.11.10',
      ],
    },
  ],
  'MLB-H14 MetalLB was removed under a Service': [
    {
      cause: 'status-left-behind',
      severity: 'warning',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'shop/checkout still shows an address of a MetalLB that is no longer here, and nobody announces it',
      details: ['shop/checkout: 10.4.11.10'],
      because: ['field: status.loadBalancer.ingress is 10.4.11.10'],
      against: [],
      commands: [
        '! kubectl -n shop patch service checkout --subresource=status --type=merge -p \'{"status":{"loadBalancer":{"ingress":null}}}\'',
      ],
    },
  ],
  'MLB-H15 an address of a pool written into spec.externalIPs': [
    {
      cause: 'external-ips-lookalike',
      severity: 'warning',
      about: 'Service shop/legacy',
      affects: ['shop/legacy'],
      says: 'shop/legacy shows 10.4.11.15 from spec.externalIPs, which MetalLB neither gives nor announces',
      details: [
        '10.4.11.15 lies in pool lan, so MetalLB may give it to somebody else as well',
        '10.4.11.15 is the address that MetalLB gave to shop/web',
        'kubectl get service prints both kinds in the column EXTERNAL-IP; nobody answers for this one on the network unless something else was set up for it',
        'its type is ClusterIP, so it asks MetalLB for nothing',
      ],
      because: ['field: spec.externalIPs is 10.4.11.15'],
      against: [],
      commands: ['! kubectl -n shop edit service legacy'],
    },
  ],
  'MLB-H15 a pending Service that seems to have an address': [
    {
      cause: 'external-ips-lookalike',
      severity: 'info',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'shop/checkout shows 198.51.100.4 from spec.externalIPs, which MetalLB neither gives nor announces',
      details: [
        'kubectl get service prints both kinds in the column EXTERNAL-IP; nobody answers for this one on the network unless something else was set up for it',
        'from MetalLB it has no address',
      ],
      because: ['field: spec.externalIPs is 198.51.100.4'],
      against: [],
      commands: ['! kubectl -n shop edit service checkout'],
    },
  ],
  'MLB-H16 the old prefix on two Services, hidden by the new one on the second': [
    {
      cause: 'deprecated-annotation',
      severity: 'info',
      about: 'Service shop/checkout',
      affects: ['shop/checkout', 'shop/web'],
      says: '2 Services use annotations of the old prefix metallb.universe.tf/, which still work',
      details: [
        'shop/checkout: metallb.universe.tf/address-pool=lan',
        'shop/web: metallb.universe.tf/allow-shared-ip=old, but metallb.io/allow-shared-ip=new is there too and wins',
        'the warning events about them are harmless',
      ],
      because: [
        'field: metadata.annotations.metallb.universe.tf/address-pool is lan',
        'field: metadata.annotations.metallb.universe.tf/allow-shared-ip is old',
        'event: deprecatedAnnotation: Service uses deprecated annotation metallb.universe.tf/address-pool',
      ],
      against: [],
      commands: [
        '! kubectl -n shop annotate service checkout metallb.io/address-pool=lan && kubectl -n shop annotate service checkout metallb.universe.tf/address-pool-',
      ],
    },
  ],
  'MLB-H17 a fault that was undone': [
    {
      cause: 'stale-flag-lingers',
      severity: 'info',
      about: 'Pod metallb-system/controller-0',
      affects: [],
      says: 'the controller refused its configuration 2 h ago and never says that it took it again, though it is valid now; an alert on the stale flag is false',
      details: [
        'it said then: parsing address pool lan: pool has no prefixes defined',
        'a fault that is undone leaves the configuration as it was loaded before, so there is nothing to load and metallb_k8s_client_config_stale_bool stays 1 (#2245)',
      ],
      because: [
        'log: {"caller":"pool_controller.go:98","controller":"PoolReconciler","error":"parsing address pool lan: pool has no prefixes defined","level":"error","ts":"2026-03-14T01:10:40Z"}',
        'derived: the pools as they are now can be loaded',
      ],
      against: [],
      commands: ['kubectl -n metallb-system logs controller-0 --tail=50'],
    },
  ],
  'MLB-H18 another address than an hour ago, and an heir on the old one': [
    {
      cause: 'old-address-lingers',
      severity: 'info',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'shop/checkout changed from 10.4.11.10 to 10.4.11.11 4 min ago; clients may still go to the old address',
      details: [
        '10.4.11.10 now belongs to shop/web',
        'DNS records, neighbour caches and firewall rules outlive the change; speakers older than v0.8 go on answering for the old address (#471)',
      ],
      because: [
        'event: IPAllocated: Assigned IP ["10.4.11.10"]',
        'event: IPAllocated: Assigned IP ["10.4.11.11"]',
      ],
      against: [],
      commands: ['arping -c 3 10.4.11.10', 'kubectl -n shop describe service checkout'],
    },
  ],
  'MLB-H19 the old controller still works beside the new one': [
    {
      cause: 'controllers-overlap',
      severity: 'warning',
      about: 'Deployment metallb-system/controller',
      affects: [],
      says: 'two controllers of MetalLB run at once during a roll-out (controller-0, controller-old); they allocate without knowing of each other',
      details: [
        'controller-0: ready, image quay.io/metallb/controller:v0.15.3',
        'controller-old: ready, being deleted, image quay.io/metallb/controller:v0.15.3',
        'an address that both give out is taken back from one of the Services at the next look',
        'strategy of the Deployment: RollingUpdate (the default)',
      ],
      because: ['field: status.conditions.Ready is True', 'field: status.conditions.Ready is True'],
      against: [],
      commands: [
        'kubectl -n metallb-system rollout status deployment/controller',
        '! kubectl -n metallb-system patch deployment/controller --type=merge -p \'{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}\'',
      ],
    },
  ],
};
