import { l2Advertisement, loadBalancer, namespace, pool } from './manifest.ts';
import { failedFor, kubectl } from './situation.ts';
import type { Stage } from './situation.ts';

const dual = { ipFamilyPolicy: 'RequireDualStack' } as const;
const six = { ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv6'] } as const;

const single = (name: string): readonly string[] =>
  kubectl(
    `-n stack patch service ${name} -p`,
    JSON.stringify({ spec: { ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv4'] } }),
  );

/** Services of one family or two against pools of one family each. */
export const families: Stage = {
  name: 'pools of one family each',
  objects: [
    namespace('stack'),
    pool('four', '10.22.0.0/28'),
    pool('six', '2001:db8:22::/124'),
    l2Advertisement('everything'),
  ],
  holders: [
    // Every release since v0.14.9 is content with one family here.
    loadBalancer('stack/prefers-both', { spec: { ipFamilyPolicy: 'PreferDualStack' } }),
  ],
  troubled: [
    loadBalancer('stack/wants-both', { spec: dual }),
    loadBalancer('stack/wants-both-of-four', { asks: { 'address-pool': 'four' }, spec: dual }),
    loadBalancer('stack/one-for-two', { asks: { loadBalancerIPs: '10.22.0.9' }, spec: dual }),
    loadBalancer('stack/four-of-six', { asks: { 'address-pool': 'six' } }),
    loadBalancer('stack/six-of-four', { asks: { 'address-pool': 'four' }, spec: six }),
  ],
  content: [{ subject: 'stack/prefers-both', says: ['is not pending'] }],
  situations: [
    {
      name: 'both families are required and no pool has both',
      subject: 'stack/wants-both',
      cause: 'no-dual-stack-pool',
      event: failedFor('stack/wants-both', 'no available IPs'),
      says: ['four', 'six', 'RequireDualStack'],
      mend: [single('wants-both')],
    },
    {
      name: 'both families are required of a pool that has one',
      subject: 'stack/wants-both-of-four',
      cause: 'no-dual-stack-pool',
      event: failedFor(
        'stack/wants-both-of-four',
        'no available IPs in pool four for dual IPFamily',
      ),
      says: ['four', 'IPv6'],
      mend: [single('wants-both-of-four')],
    },
    {
      name: 'a Service of both families asks for one address',
      subject: 'stack/one-for-two',
      cause: 'requested-family-mismatch',
      event: failedFor(
        'stack/one-for-two',
        'requested loadBalancer IP(s) ["10.22.0.9"] does not match the ipFamily of the service',
      ),
      says: ['10.22.0.9'],
      mend: [single('one-for-two')],
    },
    {
      name: 'a Service of IPv4 asks for a pool of IPv6',
      subject: 'stack/four-of-six',
      cause: 'no-pool-of-family',
      event: {
        'v0.14.9': failedFor('stack/four-of-six', 'no available IPs in pool six for ipv4 IPFamily'),
        'v0.15.3': failedFor('stack/four-of-six', '["<nil>"] is not allowed in config'),
        'v0.16.1': failedFor('stack/four-of-six', '["<nil>"] is not allowed in config'),
      },
      says: ['six', 'IPv4'],
      mend: [kubectl('-n stack annotate service four-of-six metallb.io/address-pool-')],
    },
    {
      name: 'a Service of IPv6 asks for a pool of IPv4',
      subject: 'stack/six-of-four',
      cause: 'no-pool-of-family',
      event: {
        'v0.14.9': failedFor(
          'stack/six-of-four',
          'no available IPs in pool four for ipv6 IPFamily',
        ),
        'v0.15.3': failedFor('stack/six-of-four', '["<nil>"] is not allowed in config'),
        'v0.16.1': failedFor('stack/six-of-four', '["<nil>"] is not allowed in config'),
      },
      says: ['four', 'IPv6'],
      mend: [kubectl('-n stack annotate service six-of-four metallb.io/address-pool-')],
    },
  ],
};
