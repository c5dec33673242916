import type { Told } from './case.ts';

/** What each allocation case must be told as, by check and title. */
export const allocationTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-A01 a class that MetalLB does not serve': [
    {
      cause: 'class-not-handled',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'its class is example.net/lb, and this MetalLB only serves Services without a class',
      details: ['spec.loadBalancerClass: example.net/lb', "the controller's --lb-class: (not set)"],
      because: ['field: spec.loadBalancerClass is example.net/lb'],
      against: [],
      commands: [
        '! kubectl -n shop patch service checkout --type=merge -p \'{"spec":{"type":"NodePort","loadBalancerClass":null}}\' && kubectl -n shop patch service checkout --type=merge -p \'{"spec":{"type":"LoadBalancer"}}\'',
        'kubectl -n shop describe service checkout',
      ],
    },
  ],
  'MLB-A01 no class, where MetalLB serves one class only': [
    {
      cause: 'class-not-handled',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'this MetalLB only serves class x.net/m, and the Service names none',
      details: ['spec.loadBalancerClass: (not set)', "the controller's --lb-class: x.net/m"],
      because: ['field: spec.loadBalancerClass is (not set)'],
      against: [],
      commands: [
        '! kubectl -n shop patch service checkout --type=merge -p \'{"spec":{"type":"NodePort","loadBalancerClass":null}}\' && kubectl -n shop patch service checkout --type=merge -p \'{"spec":{"type":"LoadBalancer","loadBalancerClass":"x.net/m"}}\'',
      ],
    },
  ],
  'MLB-A02 a full pool is told with its last holder, the idle one and the pool beside it': [
    {
      cause: 'pool-exhausted',
      severity: 'error',
      about: 'IPAddressPool metallb-system/lan',
      affects: ['shop/checkout'],
      says: 'the only pool it may use, lan, is full',
      details: [
        'lan  10.4.11.10-10.4.11.11  2 of 2 taken, the last 12 min ago by shop/search',
        'dmz  192.0.2.8/30  4 free, but not for this Service: autoAssign is false',
        'lan is held by shop/search (10.4.11.10), shop/old-api (10.4.11.11)',
      ],
      because: [
        "derived: by MetalLB's own rules shop/checkout gets no address: no available IPs",
        'event: AllocationFailed: Failed to allocate IP for "shop/checkout": no available IPs',
      ],
      against: [],
      commands: [
        '! kubectl -n shop annotate service checkout metallb.io/address-pool=dmz',
        '! kubectl -n metallb-system edit ipaddresspool lan',
        '! kubectl -n shop patch service old-api --type=merge -p \'{"spec":{"type":"ClusterIP"}}\'',
      ],
    },
  ],
  'MLB-A03 only pools that assign nothing by themselves': [
    {
      cause: 'only-manual-pools',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'it names no pool, and no pool open to it hands out addresses unasked (autoAssign is false)',
      details: ['lan  10.4.11.10/31  2 free, but not for this Service: autoAssign is false'],
      because: ["derived: by MetalLB's own rules shop/checkout gets no address: no available IPs"],
      against: [],
      commands: [
        '! kubectl -n shop annotate service checkout metallb.io/address-pool=lan',
        '! kubectl -n metallb-system edit ipaddresspool lan',
      ],
    },
  ],
  'MLB-A04 a pool for another namespace': [
    {
      cause: 'pool-not-for-service',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'every pool is reserved for other namespaces or Services (lan)',
      details: [
        'lan  10.4.11.10/31  2 free, but not for this Service: it is for namespace media',
        'shop/checkout is in namespace shop, labels (none)',
      ],
      because: ["derived: by MetalLB's own rules shop/checkout gets no address: no available IPs"],
      against: [],
      commands: [
        '! kubectl -n metallb-system edit ipaddresspool lan',
        'kubectl get namespace shop --show-labels',
      ],
    },
  ],
  'MLB-A05 no pool, but one in a namespace MetalLB does not look at': [
    {
      cause: 'no-pool',
      severity: 'error',
      about: 'Namespace -/metallb-system',
      affects: ['shop/checkout'],
      says: 'there is no IPAddressPool in namespace metallb-system, so MetalLB has no address to give',
      details: [
        'IPAddressPools in metallb-system: none',
        'MetalLB does not look at pools elsewhere: default/lan',
        'MetalLB records no event for this; a ConfigMap is not read since v0.13',
      ],
      because: ["derived: by MetalLB's own rules shop/checkout gets no address: (it tells nobody)"],
      against: [],
      commands: [
        'kubectl get ipaddresspools.metallb.io,l2advertisements.metallb.io,bgpadvertisements.metallb.io -A',
      ],
    },
  ],
  'MLB-A06 an IPv6 Service and IPv4 pools': [
    {
      cause: 'no-pool-of-family',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'it needs an IPv6 address, and no pool that may serve it has one',
      details: [
        'cluster IPs of shop/checkout: fd00::1',
        'lan  10.4.11.10-10.4.11.19  has no IPv6 address',
      ],
      because: ["derived: by MetalLB's own rules shop/checkout gets no address: no available IPs"],
      against: [],
      commands: [
        '! kubectl -n metallb-system edit ipaddresspools.metallb.io',
        'kubectl -n shop get service checkout -o jsonpath={.spec.ipFamilies}',
      ],
    },
  ],
  'MLB-A07 two families in two pools': [
    {
      cause: 'no-dual-stack-pool',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'it needs an IPv4 and an IPv6 address from one pool (RequireDualStack), and no single pool has both',
      details: [
        'lan  10.4.11.10-10.4.11.19  has no IPv6 address',
        'six  2001:db8::/64  has no IPv4 address',
      ],
      because: ["derived: by MetalLB's own rules shop/checkout gets no address: no available IPs"],
      against: [],
      commands: [
        '! kubectl -n metallb-system edit ipaddresspools.metallb.io',
        '! kubectl -n shop patch service checkout --type=merge -p \'{"spec":{"ipFamilyPolicy":"PreferDualStack"}}\'',
      ],
    },
  ],
  'MLB-A08 RequireDualStack with one cluster IP': [
    {
      cause: 'too-few-cluster-ips',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'it requires both families, but has 1 cluster IP',
      details: ['ipFamilyPolicy: RequireDualStack, clusterIPs: 10.96.0.10'],
      because: [
        "derived: by MetalLB's own rules shop/checkout gets no address: Service requires dual stack but not enough clusterips [10.96.0.10]",
      ],
      against: [],
      commands: [
        '! kubectl -n shop patch service checkout --type=merge -p \'{"spec":{"ipFamilyPolicy":"SingleStack"}}\'',
      ],
    },
  ],
  'MLB-A09 no cluster IP': [
    {
      cause: 'no-cluster-ip',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'it has no usable cluster IP, and MetalLB passes over such Services',
      details: ['spec.clusterIP: (not set), spec.clusterIPs: (none)'],
      because: ["derived: by MetalLB's own rules shop/checkout gets no address: (it tells nobody)"],
      against: [],
      commands: ['kubectl -n shop get service checkout -o yaml'],
    },
  ],
  'MLB-A10 two cluster IPs under SingleStack': [
    {
      cause: 'policy-contradicts-cluster-ips',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'it has two cluster IPs but ipFamilyPolicy SingleStack, and MetalLB then chooses no address',
      details: ['clusterIPs: 10.96.0.9, fd00::1, ipFamilyPolicy: SingleStack'],
      because: ["derived: by MetalLB's own rules shop/checkout gets no address: no available IPs"],
      against: [],
      commands: [
        '! kubectl -n shop patch service checkout --type=merge -p \'{"spec":{"ipFamilyPolicy":"PreferDualStack"}}\'',
      ],
    },
  ],
  'MLB-A11 annotation and field at once': [
    {
      cause: 'both-requests-set',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'an address is requested twice, by annotation and by spec.loadBalancerIP, and MetalLB refuses both',
      details: ['annotation: 10.4.11.12', 'spec.loadBalancerIP: 10.4.11.12'],
      because: [
        "derived: by MetalLB's own rules shop/checkout gets no address: service can not have both metallb.io/loadBalancerIPs and svc.Spec.LoadBalancerIP",
      ],
      against: [],
      commands: [
        '! kubectl -n shop patch service checkout --type=json -p \'[{"op":"remove","path":"/spec/loadBalancerIP"}]\'',
      ],
    },
  ],
  'MLB-A12 a request with a prefix length': [
    {
      cause: 'request-malformed',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'its request metallb.io/loadBalancerIPs "10.4.11.12/32" is not a list of plain addresses',
      details: [
        'metallb.io/loadBalancerIPs: "10.4.11.12/32"',
        'no prefix length, range, zone, brackets, leading zeros or trailing comma; at most one address per family',
      ],
      because: [
        'derived: by MetalLB\'s own rules shop/checkout gets no address: invalid metallb.io/loadBalancerIPs: "10.4.11.12/32"',
      ],
      against: [],
      commands: ['! kubectl -n shop edit service checkout'],
    },
  ],
  'MLB-A13 an annotation newer than MetalLB': [
    {
      cause: 'annotation-prefix-unknown',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'MetalLB v0.14.8 does not know annotations that begin with metallb.io/, so its request is not read',
      details: ['not read: metallb.io/address-pool=dmz', 'without the request: no available IPs'],
      because: ["derived: by MetalLB's own rules shop/checkout gets no address: no available IPs"],
      against: [],
      commands: [
        '! kubectl -n shop annotate service checkout metallb.universe.tf/address-pool=dmz',
      ],
    },
  ],
  'MLB-A14 an IPv6 address for an IPv4 Service': [
    {
      cause: 'requested-family-mismatch',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'it requests 2001:db8::7, but the Service is IPv4',
      details: ['requested: 2001:db8::7 (IPv6)', 'cluster IPs: 10.96.0.10 (IPv4)'],
      because: [
        'derived: by MetalLB\'s own rules shop/checkout gets no address: requested loadBalancer IP(s) ["2001:db8::7"] does not match the ipFamily of the service',
      ],
      against: [],
      commands: ['! kubectl -n shop edit service checkout'],
    },
  ],
  'MLB-A15 a requested address with a digit too much': [
    {
      cause: 'requested-address-outside-pools',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'the requested address 10.4.111.12 is in no pool',
      details: [
        'perhaps 10.4.11.12 was meant: one keystroke away',
        'lan  10.4.11.10-10.4.11.19  10 free',
      ],
      because: [
        'derived: by MetalLB\'s own rules shop/checkout gets no address: ["10.4.111.12"] is not allowed in config',
      ],
      against: [],
      commands: ['! kubectl -n shop edit service checkout'],
    },
  ],
  'MLB-A16 a requested address the pool avoids': [
    {
      cause: 'requested-address-buggy',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'pool lan contains 10.4.11.0, but avoids addresses ending in .0 and .255 (avoidBuggyIPs)',
      details: ['lan: avoidBuggyIPs is true'],
      because: [
        'derived: by MetalLB\'s own rules shop/checkout gets no address: ["10.4.11.0"] is not allowed in config',
      ],
      against: [],
      commands: [
        '! kubectl -n shop edit service checkout',
        '! kubectl -n metallb-system edit ipaddresspool lan',
      ],
    },
  ],
  'MLB-A17 a requested pool for other namespaces': [
    {
      cause: 'requested-pool-not-for-service',
      severity: 'error',
      about: 'IPAddressPool metallb-system/lan',
      affects: ['shop/checkout'],
      says: 'it asks for pool lan, but that pool is not for it: it is for namespace media',
      details: ['shop/checkout is in namespace shop', 'lan: it is for namespace media'],
      because: [
        "derived: by MetalLB's own rules shop/checkout gets no address: pool lan not compatible for ip assignment",
      ],
      against: [],
      commands: ['! kubectl -n metallb-system edit ipaddresspool lan'],
    },
  ],
  'MLB-A18 a requested address that is held': [
    {
      cause: 'requested-address-held',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: '10.4.11.13, which it asks for, is held by media/jellyfin',
      details: [
        '10.4.11.13 is held by media/jellyfin',
        'they do not share: shop/checkout has no metallb.io/allow-shared-ip',
        'an equal key alone would not do: media/jellyfin uses port TCP/80 on 10.4.11.13 too',
      ],
      because: [
        'derived: by MetalLB\'s own rules shop/checkout gets no address: can\'t change sharing key for "shop/checkout", address also in use by media/jellyfin',
      ],
      against: [],
      commands: [
        'kubectl -n media get service jellyfin -o yaml',
        '! kubectl -n shop annotate service checkout metallb.io/loadBalancerIPs-',
      ],
    },
  ],
  'MLB-A19 another sharing key': [
    {
      cause: 'sharing-key-differs',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: '10.4.11.13, which it asks for, is held by media/jellyfin under another sharing key',
      details: [
        '10.4.11.13 is held by media/jellyfin',
        'shop/checkout: metallb.io/allow-shared-ip = web',
        'media/jellyfin: metallb.io/allow-shared-ip = tv',
      ],
      because: [
        'derived: by MetalLB\'s own rules shop/checkout gets no address: can\'t change sharing key for "shop/checkout", address also in use by media/jellyfin',
      ],
      against: [],
      commands: [
        '! kubectl -n shop annotate service checkout metallb.io/allow-shared-ip=tv --overwrite',
        'kubectl -n media get service jellyfin -o yaml',
        '! kubectl -n shop annotate service checkout metallb.io/loadBalancerIPs-',
      ],
    },
  ],
  'MLB-A20 Local beside Cluster': [
    {
      cause: 'sharing-backend-differs',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: '10.4.11.13, which it asks for, is held by media/jellyfin, and their traffic policies or selectors do not allow sharing',
      details: [
        '10.4.11.13 is held by media/jellyfin',
        'shop/checkout: externalTrafficPolicy: Local, selector app=checkout',
        'media/jellyfin: externalTrafficPolicy: Cluster',
        'sharing needs externalTrafficPolicy: Cluster on all, or Local with equal selectors',
      ],
      because: [
        'derived: by MetalLB\'s own rules shop/checkout gets no address: can\'t change sharing key for "shop/checkout", address also in use by media/jellyfin',
      ],
      against: [],
      commands: [
        'kubectl -n media get service jellyfin -o yaml',
        '! kubectl -n shop annotate service checkout metallb.io/loadBalancerIPs-',
      ],
    },
  ],
  'MLB-A20 a full pool, and an equal key on Local beside Cluster': [
    {
      cause: 'sharing-backend-differs',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'it may not join media/jellyfin on 10.4.11.10 although their sharing keys are equal: their traffic policies or selectors do not allow it, and lan is full',
      details: [
        'shop/checkout: externalTrafficPolicy: Local, selector app=checkout',
        'media/jellyfin: externalTrafficPolicy: Cluster',
        'sharing needs externalTrafficPolicy: Cluster on all, or Local with equal selectors',
        'MetalLB tells only that there is no address left: lan is full',
      ],
      because: ["derived: by MetalLB's own rules shop/checkout gets no address: no available IPs"],
      against: [],
      commands: [
        `! kubectl -n shop patch service checkout --type=merge -p '{"spec":{"externalTrafficPolicy":"Cluster"}}'`,
        'kubectl -n media get service jellyfin -o yaml',
        '! kubectl -n metallb-system edit ipaddresspool lan',
      ],
    },
  ],
  'MLB-A21 a full pool that is asked for, and an equal key on the same port': [
    {
      cause: 'sharing-port-taken',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'it may not join media/jellyfin on 10.4.11.10 although their sharing keys are equal: media/jellyfin uses port TCP/80 there, and lan is full',
      details: [
        'port TCP/80 on it belongs to media/jellyfin',
        'MetalLB tells only that there is no address left: lan is full',
      ],
      because: [
        'derived: by MetalLB\'s own rules shop/checkout gets no address: ["<nil>"] is not allowed in config',
      ],
      against: [],
      commands: [
        'kubectl -n media get service jellyfin -o yaml',
        '! kubectl -n metallb-system edit ipaddresspool lan',
      ],
    },
  ],
  'MLB-A21 the same port on a shared address': [
    {
      cause: 'sharing-port-taken',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: '10.4.11.13, which it asks for, is held by media/jellyfin, which uses port TCP/80 on it',
      details: [
        '10.4.11.13 is held by media/jellyfin',
        'port TCP/80 on it belongs to media/jellyfin',
      ],
      because: [
        'derived: by MetalLB\'s own rules shop/checkout gets no address: port TCP/80 is already in use on "10.4.11.13"',
      ],
      against: [],
      commands: [
        'kubectl -n media get service jellyfin -o yaml',
        '! kubectl -n shop annotate service checkout metallb.io/loadBalancerIPs-',
      ],
    },
  ],
  'MLB-A22 an address of another pool than the named one': [
    {
      cause: 'request-contradicts-pool',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'it requests 10.4.11.12 from pool dmz, but that address is in pool lan',
      details: ['requested pool: dmz', 'pool of the address: lan'],
      because: [
        'derived: by MetalLB\'s own rules shop/checkout gets no address: requested loadBalancer IP(s) ["10.4.11.12"] is not compatible with requested address pool dmz',
      ],
      against: [],
      commands: [
        '! kubectl -n shop annotate service checkout metallb.io/address-pool=lan --overwrite',
        '! kubectl -n shop annotate service checkout metallb.io/address-pool-',
      ],
    },
  ],
  'MLB-A23 a pool name with a letter too much': [
    {
      cause: 'requested-pool-missing',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'it asks for pool "lann", and there is no such pool',
      details: ['perhaps "lan" was meant', 'lan  10.4.11.10-10.4.11.19  10 free'],
      because: [
        'derived: by MetalLB\'s own rules shop/checkout gets no address: unknown pool "lann"',
      ],
      against: [],
      commands: [
        '! kubectl -n shop annotate service checkout metallb.io/address-pool=lan --overwrite',
        '! kubectl -n shop annotate service checkout metallb.io/address-pool-',
      ],
    },
  ],
  'MLB-A24 a named pool that is full while another has room': [
    {
      cause: 'requested-pool-exhausted',
      severity: 'error',
      about: 'IPAddressPool metallb-system/lan',
      affects: ['shop/checkout'],
      says: 'pool lan, which it asks for, has no address left',
      details: [
        'lan  10.4.11.10-10.4.11.11  2 of 2 taken, the last 12 min ago by shop/search',
        'lan is held by shop/search (10.4.11.10), shop/old-api (10.4.11.11)',
        'this release says ["<nil>"] is not allowed in config then; no address of yours is wrong',
      ],
      because: [
        'derived: by MetalLB\'s own rules shop/checkout gets no address: ["<nil>"] is not allowed in config',
      ],
      against: [],
      commands: [
        '! kubectl -n shop annotate service checkout metallb.io/address-pool=dmz --overwrite',
        '! kubectl -n metallb-system edit ipaddresspool lan',
      ],
    },
  ],
  'MLB-A25 a host name stands beside the address, and nothing else tells of another': [
    {
      cause: 'rival-controller',
      severity: 'warning',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'somebody else writes into the status of shop/checkout too: a cloud controller, a script, or a person',
      details: ['its status holds the host name lb.example.net, which MetalLB never writes'],
      because: ['field: status.loadBalancer.ingress is the host name lb.example.net'],
      against: [],
      commands: ['kubectl get daemonsets,deployments -A -o wide'],
    },
  ],
  'MLB-A25 k3s ServiceLB serves it as well': [
    {
      cause: 'rival-controller',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'k3s ServiceLB serves it too, and overwrites what MetalLB writes',
      details: [
        'k3s wrote 10.0.0.1, 10.0.0.2 into the status (DaemonSet svclb-checkout-0a1b2c3d runs)',
        'DaemonSet kube-system/svclb-checkout-0a1b2c3d serves it on the nodes',
        'its addresses 10.0.0.1, 10.0.0.2 are those of nodes (n1, n2)',
      ],
      because: [
        'field: metadata.managedFields[status].manager is k3s',
        'field: metadata.name is svclb-checkout-0a1b2c3d',
        'field: status.loadBalancer.ingress is 10.0.0.1, 10.0.0.2',
      ],
      against: [],
      commands: ['kubectl -n kube-system get daemonset svclb-checkout-0a1b2c3d -o wide'],
    },
  ],
  'MLB-A33 another pool is asked for than its address is of': [
    {
      cause: 'waiting-for-retry',
      severity: 'warning',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'it asks for pool dmz, and MetalLB has not looked at it since',
      details: ['looked at, it loses 10.4.11.10 and gets 192.0.2.8 of dmz'],
      because: ["derived: by MetalLB's own rules shop/checkout would get 192.0.2.8 of dmz"],
      against: [],
      commands: [
        '! kubectl -n shop annotate service checkout triage/woken-at=2026-03-14T03:12:40Z',
      ],
    },
  ],
  'MLB-A33 other addresses are asked for than it has, in all of the cluster': [
    {
      cause: 'waiting-for-retry',
      severity: 'warning',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'shop/checkout asks for 10.4.11.15 and has 10.4.11.10: MetalLB has not looked at it since, or works with other pools than these',
      details: [
        'looked at, it loses 10.4.11.10 and gets 10.4.11.15 of lan',
        'when it was edited is not known: its managed fields were not read',
      ],
      because: ["derived: by MetalLB's own rules shop/checkout would get 10.4.11.15 of lan"],
      against: [],
      commands: [
        'kubectl -n shop get service checkout -o yaml --show-managed-fields',
        '! kubectl -n shop annotate service checkout triage/woken-at=2026-03-14T03:12:40Z',
      ],
    },
  ],
  'MLB-A26 an address is free and nobody woke MetalLB': [
    {
      cause: 'waiting-for-retry',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'there is an address for it now (10.4.11.10 of lan), but MetalLB was not woken to try again',
      details: [
        'MetalLB tries a pending Service again only when it changes, a pool changes, or another Service gives an address back',
        'last try 30 min ago: Failed to allocate IP for "shop/checkout": no available IPs',
      ],
      because: [
        "derived: by MetalLB's own rules shop/checkout would get 10.4.11.10 of lan",
        'event: AllocationFailed: Failed to allocate IP for "shop/checkout": no available IPs',
      ],
      against: [],
      commands: [
        '! kubectl -n shop annotate service checkout triage/woken-at=2026-03-14T03:12:40Z',
      ],
    },
  ],
};
