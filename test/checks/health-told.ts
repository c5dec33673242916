import type { Told } from './case.ts';

/** What each health case must be told as, by check and title. */
export const healthTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-H22 no memberlist in a release that needs it: nobody announces in layer 2': [
    {
      cause: 'memberlist-off',
      severity: 'error',
      about: 'DaemonSet metallb-system/speaker',
      affects: ['shop/search'],
      says: 'the speakers run without memberlist, and in this release nobody announces the addresses of shop/search in layer 2 then',
      details: [
        'without memberlist speakers of v0.14.9 count no node as alive, so none of them is chosen',
        'pools that only layer 2 advertises: lan',
      ],
      because: ['field: spec.template env METALLB_ML_LABELS is not set'],
      against: [],
      commands: ['kubectl -n metallb-system get daemonset/speaker -o yaml', '! undefined'],
    },
  ],
  'MLB-H22 no memberlist, and nothing announced in layer 2 yet: a warning': [
    {
      cause: 'memberlist-off',
      severity: 'warning',
      about: 'DaemonSet metallb-system/speaker',
      affects: [],
      says: 'the speakers run without memberlist, and in this release nobody announces an address in layer 2 then',
      details: [
        'without memberlist speakers of v0.14.9 count no node as alive, so none of them is chosen',
        'pools that only layer 2 advertises: lan',
      ],
      because: ['field: spec.template env METALLB_ML_LABELS is not set'],
      against: [],
      commands: ['kubectl -n metallb-system get daemonset/speaker -o yaml', '! undefined'],
    },
  ],
  'MLB-H01 a pool in use that nobody advertises': [
    {
      cause: 'pool-unadvertised',
      severity: 'error',
      about: 'IPAddressPool metallb-system/lan',
      affects: ['shop/search'],
      says: 'no advertisement selects pool lan, so nobody announces the addresses of shop/search',
      details: ['there is no L2Advertisement and no BGPAdvertisement in metallb-system'],
      because: ['derived: no advertisement selects lan'],
      against: [],
      commands: [
        '! echo \'{"apiVersion":"metallb.io/v1beta1","kind":"L2Advertisement","metadata":{"name":"lan","namespace":"metallb-system"},"spec":{"ipAddressPools":["lan"]}}\' | kubectl apply -f -',
      ],
    },
  ],
  'MLB-H01 an unused pool that nobody advertises is a warning': [
    {
      cause: 'pool-unadvertised',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/lan',
      affects: [],
      says: 'no advertisement selects pool lan, so its addresses would not be announced',
      details: ['the only advertisement, l2/other, selects other pools'],
      because: ['derived: no advertisement selects lan'],
      against: [],
      commands: [
        '! kubectl -n metallb-system patch l2advertisement other --type=merge -p \'{"spec":{"ipAddressPools":["lan"]}}\'',
        '! echo \'{"apiVersion":"metallb.io/v1beta1","kind":"L2Advertisement","metadata":{"name":"lan","namespace":"metallb-system"},"spec":{"ipAddressPools":["lan"]}}\' | kubectl apply -f -',
      ],
    },
  ],
  'MLB-H01 with two idle advertisements nobody knows which one was meant': [
    {
      cause: 'pool-unadvertised',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/lan',
      affects: [],
      says: 'no advertisement selects pool lan, so its addresses would not be announced',
      details: ['every advertisement selects other pools: l2/a, l2/b'],
      because: ['derived: no advertisement selects lan'],
      against: [],
      commands: [
        '! echo \'{"apiVersion":"metallb.io/v1beta1","kind":"L2Advertisement","metadata":{"name":"lan","namespace":"metallb-system"},"spec":{"ipAddressPools":["lan"]}}\' | kubectl apply -f -',
      ],
    },
  ],
  'MLB-H06 the advertisement still names the pool as it was called before': [
    {
      cause: 'pool-unadvertised',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/lan',
      affects: ['shop/search'],
      says: 'no advertisement selects pool lan, so MetalLB does not announce it',
      details: ['shop/search has its address from pool lan'],
      because: ['derived: no advertisement selects lan'],
      against: [],
      commands: [
        '! kubectl -n metallb-system patch l2advertisement prod --type=merge -p \'{"spec":{"ipAddressPools":["lan"]}}\'',
        '! echo \'{"apiVersion":"metallb.io/v1beta1","kind":"L2Advertisement","metadata":{"name":"lan","namespace":"metallb-system"},"spec":{"ipAddressPools":["lan"]}}\' | kubectl apply -f -',
      ],
    },
  ],
  'MLB-H06 the advertisement of its pool lies where MetalLB does not look': [
    {
      cause: 'pool-unadvertised',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/lan',
      affects: ['shop/search'],
      says: 'no advertisement selects pool lan, so MetalLB does not announce it',
      details: [
        'shop/search has its address from pool lan',
        'L2Advertisement shop/lan names it, and MetalLB heeds only what is in metallb-system: move it there',
      ],
      because: ['derived: no advertisement selects lan'],
      against: [],
      commands: [
        `! echo '{"apiVersion":"metallb.io/v1beta1","kind":"L2Advertisement","metadata":{"name":"lan","namespace":"metallb-system"},"spec":{"ipAddressPools":["lan"]}}' | kubectl apply -f -`,
      ],
    },
  ],
  'MLB-H06 a Service has its address from a pool that nobody advertises': [
    {
      cause: 'pool-unadvertised',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/lan',
      affects: ['shop/search'],
      says: 'no advertisement selects pool lan, so MetalLB does not announce it',
      details: ['shop/search has its address from pool lan'],
      because: ['derived: no advertisement selects lan'],
      against: [],
      commands: [
        `! echo '{"apiVersion":"metallb.io/v1beta1","kind":"L2Advertisement","metadata":{"name":"lan","namespace":"metallb-system"},"spec":{"ipAddressPools":["lan"]}}' | kubectl apply -f -`,
      ],
    },
  ],
  'MLB-H02 an advertisement names a pool that is not there': [
    {
      cause: 'advertisement-selects-nothing',
      severity: 'warning',
      about: 'L2Advertisement metallb-system/lan',
      affects: [],
      says: 'advertisement l2/lan selects no pool',
      details: ['it names lann', 'pools there are: lan', 'perhaps "lan" was meant by "lann"'],
      because: ['field: spec.ipAddressPools is lann'],
      against: [],
      commands: ['! kubectl -n metallb-system edit l2advertisement lan'],
    },
  ],
  'MLB-H02 the only advertisement of a pool selects no node': [
    {
      cause: 'advertisement-selects-nothing',
      severity: 'error',
      about: 'L2Advertisement metallb-system/lan',
      affects: [],
      says: 'advertisement l2/lan selects no node, so nobody announces pool lan',
      details: ['its nodeSelectors match the labels of no node'],
      because: [
        'field: spec.nodeSelectors is [{"matchLabels":{"edge":"yes"},"matchExpressions":[]}]',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system edit l2advertisement lan',
        'kubectl get nodes --show-labels',
      ],
    },
  ],
  'MLB-H03 an address that no pool contains': [
    {
      cause: 'address-outside-pools',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'a Service holds an address that no pool contains (shop/search: 10.4.12.10)',
      details: ['shop/search: 10.4.12.10', 'pool lan: 10.4.11.10-10.4.11.19'],
      because: ['field: status.loadBalancer.ingress is 10.4.12.10'],
      against: [],
      commands: ['kubectl -n metallb-system get ipaddresspools.metallb.io -o yaml'],
    },
  ],
  'MLB-H03 the Service in question has an address that no pool contains': [
    {
      cause: 'address-outside-pools',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'no pool contains 10.4.12.10',
      details: ['shop/search: 10.4.12.10', 'pool lan: 10.4.11.10-10.4.11.19'],
      because: ['field: status.loadBalancer.ingress is 10.4.12.10'],
      against: [],
      commands: ['kubectl -n metallb-system get ipaddresspools.metallb.io -o yaml'],
    },
  ],
  'MLB-H04 one address on two Services that do not share': [
    {
      cause: 'duplicate-address',
      severity: 'error',
      about: 'Service shop/twin',
      affects: ['shop/search', 'shop/twin'],
      says: 'shop/search and shop/twin hold the same address 10.4.11.10 without sharing it',
      details: [
        'shop/search: ports TCP/80, sharing key (none)',
        'shop/twin: ports TCP/80, sharing key (none)',
      ],
      because: [
        'field: status.loadBalancer.ingress is 10.4.11.10',
        'field: status.loadBalancer.ingress is 10.4.11.10',
      ],
      against: [],
      commands: ['! kubectl -n shop annotate service twin triage/woken-at=2026-03-14T03:12:40Z'],
    },
  ],
  'MLB-H05 one address left of ten': [
    {
      cause: 'pool-nearly-full',
      severity: 'warning',
      about: 'IPAddressPool metallb-system/lan',
      affects: [],
      says: 'pool lan is nearly full: 1 left',
      details: ['lan  10.4.11.10-10.4.11.19  9 of 10 taken'],
      because: ['derived: 9 of 10 taken'],
      against: [],
      commands: ['! kubectl -n metallb-system edit ipaddresspool lan'],
    },
  ],
};
