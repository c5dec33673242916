import type { Told } from './case.ts';

/** What each case of how requests are written must be told as, by check and title. */
export const requestTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-A27 a holder whose request is misspelled, and one whose key is a label': [
    {
      cause: 'request-unread',
      severity: 'warning',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'shop/checkout: annotation metallb.io/loadBalancerIP asks for something that MetalLB does not read',
      details: [
        'annotation metallb.io/loadBalancerIP=10.4.11.15: MetalLB does not know it; the annotation is metallb.io/loadBalancerIPs',
        'the Service has its address as if it had asked for nothing; with the right name it may get another one',
      ],
      because: ['field: metadata.annotations.metallb.io/loadBalancerIP is 10.4.11.15'],
      against: [],
      commands: [
        '! kubectl -n shop annotate service checkout metallb.io/loadBalancerIPs=10.4.11.15',
      ],
    },
    {
      cause: 'request-unread',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'shop/web: label metallb.io/allow-shared-ip asks for something that MetalLB does not read',
      details: [
        'label metallb.io/allow-shared-ip=x: MetalLB reads annotations only; the annotation is metallb.io/allow-shared-ip',
        'the Service has its address as if it had asked for nothing; with the right name it may get another one',
      ],
      because: ['field: metadata.labels.metallb.io/allow-shared-ip is x'],
      against: [],
      commands: ['! kubectl -n shop annotate service web metallb.io/allow-shared-ip=x'],
    },
  ],
  'MLB-A27 a prefix that the release does not read yet, on a holder': [
    {
      cause: 'annotation-prefix-unknown',
      severity: 'warning',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'its annotation metallb.io/address-pool asks for something that MetalLB does not read',
      details: [
        'annotation metallb.io/address-pool=lan: this release only reads metallb.universe.tf/address-pool (the other prefix came with v0.14.9)',
        'the Service has its address as if it had asked for nothing; with the right name it may get another one',
      ],
      because: ['field: metadata.annotations.metallb.io/address-pool is lan'],
      against: [],
      commands: [
        '! kubectl -n shop annotate service checkout metallb.universe.tf/address-pool=lan',
      ],
    },
  ],
  'MLB-A30 a pool named by a misspelled annotation': [
    {
      cause: 'request-unread',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'its request (annotation metallb.io/addresspool) is written where MetalLB does not read it',
      details: [
        'annotation metallb.io/addresspool=lan: MetalLB does not know it; the annotation is metallb.io/address-pool',
        'without the request: no available IPs',
      ],
      because: ["derived: by MetalLB's own rules shop/checkout gets no address: no available IPs"],
      against: [],
      commands: ['! kubectl -n shop annotate service checkout metallb.io/address-pool=lan'],
    },
  ],
  'MLB-A28 a sharing key that is a label': [
    {
      cause: 'sharing-key-unread',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: '10.4.11.13, which it asks for, is held by media/tv, and the sharing key of shop/checkout is written where MetalLB does not read it',
      details: [
        'shop/checkout: label metallb.io/allow-shared-ip=tv: MetalLB reads annotations only; the annotation is metallb.io/allow-shared-ip',
        '10.4.11.13 is held by media/tv',
        'they do not share: shop/checkout has no metallb.io/allow-shared-ip',
      ],
      because: [
        'derived: by MetalLB\'s own rules shop/checkout gets no address: can\'t change sharing key for "shop/checkout", address also in use by media/tv',
      ],
      against: [],
      commands: [
        '! kubectl -n shop annotate service checkout metallb.io/allow-shared-ip=tv',
        'kubectl -n media get service tv -o yaml',
        '! kubectl -n shop annotate service checkout metallb.io/loadBalancerIPs-',
      ],
    },
  ],
  'MLB-A29 the only pool is a range between two families': [
    {
      cause: 'pool-without-addresses',
      severity: 'error',
      about: 'IPAddressPool metallb-system/six',
      affects: ['shop/checkout'],
      says: 'pool six contains no address that could be handed out',
      details: [
        'six: 10.4.11.10-fe80::1',
        'a range whose two ends are of different families is accepted and holds nothing',
        'MetalLB only says "no available IPs", as of a full pool',
      ],
      because: ["derived: by MetalLB's own rules shop/checkout gets no address: no available IPs"],
      against: [],
      commands: ['! kubectl -n metallb-system edit ipaddresspool six'],
    },
  ],
  'MLB-A29 the pool asked for is such a range': [
    {
      cause: 'pool-without-addresses',
      severity: 'error',
      about: 'IPAddressPool metallb-system/six',
      affects: ['shop/checkout'],
      says: 'pool six contains no address that could be handed out',
      details: [
        'six: 10.4.11.10-fe80::1',
        'a range whose two ends are of different families is accepted and holds nothing',
        'MetalLB only says "["<nil>"] is not allowed in config", as of a full pool',
        'lan has 10 free, but not for this Service',
      ],
      because: [
        'derived: by MetalLB\'s own rules shop/checkout gets no address: ["<nil>"] is not allowed in config',
      ],
      against: [],
      commands: ['! kubectl -n metallb-system edit ipaddresspool six'],
    },
  ],
  'MLB-H07 a pool that holds nothing beside one that serves': [
    {
      cause: 'pool-without-addresses',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/six',
      affects: [],
      says: 'pool six (10.4.11.10-fe80::1) contains no address that could be handed out',
      details: [
        'a range whose two ends are of different families is accepted and holds nothing; so does one that avoidBuggyIPs empties',
      ],
      because: ['derived: 10.4.11.10-fe80::1: empty'],
      against: [],
      commands: ['! kubectl -n metallb-system edit ipaddresspool six'],
    },
  ],
  'MLB-A31 v0.15.0 refused a pool': [
    {
      cause: 'pool-refused-for-node-address',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/lan',
      affects: [],
      says: 'v0.15.0 refused to let pool lan be written 2 min ago: pool cidr "10.4.11.10/31" contains nodeIp "10.4.11.11"',
      details: [
        'the check came with v0.15.0 and was taken back in v0.15.1 (#2779, #2780); no other release has it',
        'what was refused is not in the cluster: the pools are as they were before',
      ],
      because: [
        'field: controller version is v0.15.0',
        'log: {"action":"update","caller":"ipaddresspool_webhook.go:138","error":"pool cidr \\"10.4.11.10/31\\" contains nodeIp \\"10.4.11.11\\"","level":"error","name":"lan","namespace":"metallb-system","ts":"2026-03-14T03:10:40Z","webhook":"ipAddress"}',
      ],
      against: [],
      commands: ['kubectl -n metallb-system get deployments -o wide'],
    },
  ],
  'MLB-A32 only its own namespace was read, and MetalLB names the holder': [
    {
      cause: 'requested-address-held',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: '10.4.11.13, which it asks for, is held by media/tv',
      details: [
        'MetalLB said so 2 min ago; not all Services and pools are known, so it could not be checked',
      ],
      because: [
        'event: AllocationFailed: Failed to allocate IP for "shop/checkout": can\'t change sharing key for "shop/checkout", address also in use by media/tv',
      ],
      against: [],
      commands: [
        '! kubectl -n shop edit service checkout',
        'kubectl get services,ipaddresspools.metallb.io -A -o yaml',
      ],
    },
  ],
  'MLB-A32 only its own namespace was read, and the pool counts for itself': [
    {
      cause: 'pool-exhausted',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'every pool it may use is full: lan',
      details: [
        'MetalLB said so 2 min ago; not all Services and pools are known, so it could not be checked',
      ],
      because: [
        'event: AllocationFailed: Failed to allocate IP for "shop/checkout": no available IPs',
      ],
      against: [],
      commands: [
        '! kubectl -n shop edit service checkout',
        'kubectl get services,ipaddresspools.metallb.io -A -o yaml',
      ],
    },
  ],
  'MLB-H08 a pool for namespaces with a label that none has': [
    {
      cause: 'pinned-pool-open-to-all',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/gold',
      affects: [],
      says: 'pool gold is reserved for nobody: its namespaceSelectors match no namespace',
      details: [
        'namespaceSelectors: [{"matchLabels":{"tier":"gold"},"matchExpressions":[]}]',
        'any Service that names it, or one of its addresses, is served from it; and nobody gets an address of it unasked',
        'on it now: shop/web (10.4.11.10)',
      ],
      because: [
        'field: spec.serviceAllocation.namespaceSelectors is [{"matchLabels":{"tier":"gold"},"matchExpressions":[]}]',
        'derived: none of 1 namespaces matches',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system edit ipaddresspool gold',
        'kubectl get namespaces --show-labels',
      ],
    },
  ],
  'MLB-H08 a pool for labelled Services of namespaces that are not there': [
    {
      cause: 'pinned-pool-open-to-all',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/gold',
      affects: [],
      says: 'pool gold is open to labelled Services of every namespace: its namespaceSelectors match no namespace',
      details: [
        'namespaceSelectors: [{"matchLabels":{"tier":"gold"},"matchExpressions":[]}]',
        'only its serviceSelectors still count',
      ],
      because: [
        'field: spec.serviceAllocation.namespaceSelectors is [{"matchLabels":{"tier":"gold"},"matchExpressions":[]}]',
        'derived: none of 1 namespaces matches',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system edit ipaddresspool gold',
        'kubectl get namespaces --show-labels',
      ],
    },
  ],
};
