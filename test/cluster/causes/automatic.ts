import { l2Advertisement, loadBalancer, namespace, pool } from './manifest.ts';
import { failedFor, kubectl } from './situation.ts';
import type { Stage } from './situation.ts';

const patchPool = (name: string, spec: object): readonly string[] =>
  kubectl(
    `-n metallb-system patch ipaddresspool ${name} --type=merge -p`,
    JSON.stringify({ spec }),
  );

const noPool: Stage = {
  name: 'no pool at all',
  objects: [namespace('bare')],
  holders: [],
  troubled: [loadBalancer('bare/web')],
  situations: [
    {
      name: 'MetalLB has no pool and says nothing',
      subject: 'bare/web',
      cause: 'no-pool',
      event: undefined,
      says: ['metallb-system'],
    },
  ],
};

export const fullPool: Stage = {
  name: 'a full pool beside one that must be named',
  objects: [
    namespace('full'),
    pool('lan', '10.23.0.4/31'),
    pool('dmz', '10.23.1.0/30', { autoAssign: false }),
    l2Advertisement('everything'),
  ],
  holders: [loadBalancer('full/search'), loadBalancer('full/old-api')],
  troubled: [loadBalancer('full/checkout')],
  situations: [
    {
      name: 'every address of the only automatic pool is taken',
      subject: 'full/checkout',
      cause: 'pool-exhausted',
      event: failedFor('full/checkout', 'no available IPs'),
      says: ['lan', '2 of 2', 'full/old-api', 'full/search', 'dmz', 'autoAssign'],
      mend: [kubectl('-n full delete service old-api')],
    },
  ],
};

const manualPools: Stage = {
  name: 'only pools that must be named',
  objects: [
    namespace('manual'),
    pool('dmz', '10.23.2.0/30', { autoAssign: false }),
    l2Advertisement('everything'),
  ],
  holders: [],
  troubled: [loadBalancer('manual/web')],
  situations: [
    {
      name: 'no pool hands out addresses by itself',
      subject: 'manual/web',
      cause: 'only-manual-pools',
      event: failedFor('manual/web', 'no available IPs'),
      says: ['dmz', 'autoAssign'],
      mend: [kubectl('-n manual annotate service web metallb.io/address-pool=dmz')],
    },
  ],
};

const pinnedPools: Stage = {
  name: 'only pools of others',
  objects: [
    namespace('others'),
    namespace('bank', { zone: 'inner' }),
    pool('bank', '10.23.3.0/30', { serviceAllocation: { namespaces: ['bank'] } }),
    pool('inner', '10.23.4.0/30', {
      serviceAllocation: { namespaceSelectors: [{ matchLabels: { zone: 'inner' } }] },
    }),
    pool('edge', '10.23.5.0/30', {
      serviceAllocation: { serviceSelectors: [{ matchLabels: { tier: 'edge' } }] },
    }),
    l2Advertisement('everything'),
  ],
  holders: [
    loadBalancer('bank/teller'),
    loadBalancer('others/proxy', { labels: { tier: 'edge' } }),
  ],
  troubled: [loadBalancer('others/web')],
  situations: [
    {
      name: 'every pool is for other namespaces or other Services',
      subject: 'others/web',
      cause: 'pool-not-for-service',
      event: failedFor('others/web', 'no available IPs'),
      says: ['bank', 'edge', 'inner'],
      mend: [kubectl('-n others label service web tier=edge')],
    },
  ],
};

const onlyFour: Stage = {
  name: 'only pools of IPv4',
  objects: [namespace('fours'), pool('four', '10.23.6.0/30'), l2Advertisement('everything')],
  holders: [],
  troubled: [
    loadBalancer('fours/six', { spec: { ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv6'] } }),
    loadBalancer('fours/both', { spec: { ipFamilyPolicy: 'RequireDualStack' } }),
  ],
  situations: [
    {
      name: 'no pool has an address of the family',
      subject: 'fours/six',
      cause: 'no-pool-of-family',
      event: failedFor('fours/six', 'no available IPs'),
      says: ['four', 'IPv6'],
      mend: [patchPool('four', { addresses: ['10.23.6.0/30', '2001:db8:23::/126'] })],
    },
    {
      name: 'both families are required and the pools have one',
      subject: 'fours/both',
      cause: 'no-dual-stack-pool',
      event: failedFor('fours/both', 'no available IPs'),
      says: ['four'],
      // The same change of the pool.
      mend: [],
    },
  ],
};

const deletedPool: Stage = {
  name: 'a pool that was deleted',
  objects: [
    namespace('deleted'),
    pool('lan', '10.23.7.0/30'),
    pool('old', '10.23.8.0/30', { autoAssign: false }),
    l2Advertisement('everything'),
  ],
  holders: [loadBalancer('deleted/web', { asks: { 'address-pool': 'old' } })],
  troubled: [],
  situations: [
    {
      name: 'the pool that the Service names was deleted under it',
      subject: 'deleted/web',
      cause: 'requested-pool-missing',
      beforehand: [kubectl('-n metallb-system delete ipaddresspool old')],
      event: failedFor('deleted/web', 'unknown pool "old"'),
      says: ['old', 'lan'],
      mend: [kubectl('-n deleted annotate service web metallb.io/address-pool-')],
    },
  ],
};

const onlyPriority: Stage = {
  name: 'a pool with a priority and no selector',
  objects: [
    namespace('priority'),
    pool('first', '10.23.9.0/30', { serviceAllocation: { priority: 10 } }),
    l2Advertisement('everything'),
  ],
  holders: [],
  troubled: [loadBalancer('priority/web')],
  situations: [
    {
      name: 'v0.14.9 takes a priority alone for a pool of nobody (#2656)',
      subject: 'priority/web',
      cause: 'pool-not-for-service',
      event: failedFor('priority/web', 'no available IPs'),
      says: ['first'],
      mend: [kubectl('-n priority annotate service web metallb.io/address-pool=first')],
    },
  ],
  versions: ['v0.14.9'],
};

/** Stages that need MetalLB's whole configuration for themselves. */
export const automatic: readonly Stage[] = [
  noPool,
  fullPool,
  manualPools,
  pinnedPools,
  onlyFour,
  deletedPool,
  onlyPriority,
];
