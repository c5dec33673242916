import { l2Advertisement, loadBalancer, namespace, pool } from './manifest.ts';
import { failedFor, kubectl } from './situation.ts';
import type { Stage } from './situation.ts';

const annotate = (name: string, ...changes: string[]): readonly string[] =>
  kubectl(`-n ask annotate --overwrite service ${name}`, ...changes);

const unask = (name: string): readonly string[] =>
  annotate(name, 'metallb.io/loadBalancerIPs-', 'metallb.io/address-pool-');

/** Services that ask for an address or a pool that they cannot have. */
export const requests: Stage = {
  name: 'what a Service asks for',
  objects: [
    namespace('ask'),
    pool('lan', '10.20.0.0/27'),
    pool('careful', '10.20.1.0/24', { autoAssign: false, avoidBuggyIPs: true }),
    pool('tiny', '10.20.2.1/32', { autoAssign: false }),
    pool('bank', '10.20.3.0/28', {
      autoAssign: false,
      serviceAllocation: { namespaces: ['bank'] },
    }),
    pool('edge', '10.20.4.0/28', {
      autoAssign: false,
      serviceAllocation: { serviceSelectors: [{ matchLabels: { tier: 'edge' } }] },
    }),
    l2Advertisement('everything'),
  ],
  holders: [
    loadBalancer('ask/holder', { asks: { loadBalancerIPs: '10.20.0.20' } }),
    loadBalancer('ask/tiny-holder', { asks: { 'address-pool': 'tiny' } }),
  ],
  content: [
    { subject: 'ask/holder', says: ['is not pending', '10.20.0.20'] },
    { subject: 'ask/inner', says: ['ClusterIP'] },
  ],
  troubled: [
    loadBalancer('ask/outside', { asks: { loadBalancerIPs: '192.168.77.7' } }),
    loadBalancer('ask/outside-by-field', { spec: { loadBalancerIP: '192.168.77.8' } }),
    loadBalancer('ask/held', { asks: { loadBalancerIPs: '10.20.0.20' } }),
    loadBalancer('ask/zero', { asks: { loadBalancerIPs: '10.20.1.0' } }),
    loadBalancer('ask/last', { asks: { loadBalancerIPs: '10.20.1.255' } }),
    loadBalancer('ask/nowhere', { asks: { 'address-pool': 'nowhere' } }),
    loadBalancer('ask/no-room', { asks: { 'address-pool': 'tiny' } }),
    loadBalancer('ask/both', {
      asks: { loadBalancerIPs: '10.20.0.21' },
      spec: { loadBalancerIP: '10.20.0.21' },
    }),
    loadBalancer('ask/mistyped', { asks: { loadBalancerIPs: '10.20.0.300' } }),
    loadBalancer('ask/contradiction', {
      asks: { loadBalancerIPs: '10.20.0.22', 'address-pool': 'tiny' },
    }),
    loadBalancer('ask/other-family', { asks: { loadBalancerIPs: '2001:db8:20::1' } }),
    loadBalancer('ask/not-the-bank', { asks: { 'address-pool': 'bank' } }),
    loadBalancer('ask/not-the-edge', {
      asks: { 'address-pool': 'edge' },
      labels: { tier: 'back' },
    }),
    loadBalancer('ask/in-the-bank', { asks: { loadBalancerIPs: '10.20.3.3' } }),
    loadBalancer('ask/inner', { spec: { type: 'ClusterIP' } }),
    loadBalancer('ask/another-class', { spec: { loadBalancerClass: 'example.com/other' } }),
  ],
  situations: [
    {
      name: 'an address outside every pool is asked for',
      subject: 'ask/outside',
      cause: 'requested-address-outside-pools',
      event: failedFor('ask/outside', '["192.168.77.7"] is not allowed in config'),
      says: ['192.168.77.7'],
      mend: [annotate('outside', 'metallb.io/loadBalancerIPs=10.20.0.7')],
    },
    {
      name: 'an address outside every pool is asked for in spec.loadBalancerIP',
      subject: 'ask/outside-by-field',
      cause: 'requested-address-outside-pools',
      event: failedFor('ask/outside-by-field', '["192.168.77.8"] is not allowed in config'),
      says: ['192.168.77.8'],
      mend: [kubectl('-n ask patch service outside-by-field -p {"spec":{"loadBalancerIP":null}}')],
    },
    {
      name: 'another Service holds the address that is asked for',
      subject: 'ask/held',
      cause: 'requested-address-held',
      event: failedFor(
        'ask/held',
        `can't change sharing key for "ask/held", address also in use by ask/holder`,
      ),
      says: ['10.20.0.20', 'ask/holder'],
      mend: [unask('held')],
    },
    {
      name: 'an address ending in .0 is asked for and the pool avoids it',
      subject: 'ask/zero',
      cause: 'requested-address-buggy',
      event: failedFor('ask/zero', '["10.20.1.0"] is not allowed in config'),
      says: ['10.20.1.0', 'careful', 'avoidBuggyIPs'],
      mend: [unask('zero')],
    },
    {
      name: 'an address ending in .255 is asked for and the pool avoids it',
      subject: 'ask/last',
      cause: 'requested-address-buggy',
      event: failedFor('ask/last', '["10.20.1.255"] is not allowed in config'),
      says: ['10.20.1.255', 'careful', 'avoidBuggyIPs'],
      mend: [annotate('last', 'metallb.io/loadBalancerIPs=10.20.1.254')],
    },
    {
      name: 'a pool that does not exist is asked for',
      subject: 'ask/nowhere',
      cause: 'requested-pool-missing',
      event: failedFor('ask/nowhere', 'unknown pool "nowhere"'),
      says: ['nowhere'],
      mend: [annotate('nowhere', 'metallb.io/address-pool=lan')],
    },
    {
      name: 'the pool that is asked for is full',
      subject: 'ask/no-room',
      cause: 'requested-pool-exhausted',
      event: {
        'v0.14.9': failedFor('ask/no-room', 'no available IPs in pool tiny for ipv4 IPFamily'),
        'v0.15.3': failedFor('ask/no-room', '["<nil>"] is not allowed in config'),
        'v0.16.1': failedFor('ask/no-room', 'no available IPs in pool tiny'),
      },
      says: ['tiny', 'ask/tiny-holder'],
      mend: [kubectl('-n ask delete service tiny-holder')],
    },
    {
      name: 'an address is asked for in both ways at once',
      subject: 'ask/both',
      cause: 'both-requests-set',
      event: failedFor(
        'ask/both',
        'service can not have both metallb.io/loadBalancerIPs and svc.Spec.LoadBalancerIP',
      ),
      says: ['loadBalancerIP', 'metallb.io/loadBalancerIPs'],
      mend: [unask('both')],
    },
    {
      name: 'what is asked for is no address',
      subject: 'ask/mistyped',
      cause: 'request-malformed',
      event: failedFor('ask/mistyped', 'invalid metallb.io/loadBalancerIPs: "10.20.0.300"'),
      says: ['10.20.0.300'],
      mend: [unask('mistyped')],
    },
    {
      name: 'the address asked for is not in the pool asked for',
      subject: 'ask/contradiction',
      cause: 'request-contradicts-pool',
      event: failedFor(
        'ask/contradiction',
        'requested loadBalancer IP(s) ["10.20.0.22"] is not compatible with requested address pool tiny',
      ),
      says: ['10.20.0.22', 'tiny', 'lan'],
      mend: [annotate('contradiction', 'metallb.io/address-pool-')],
    },
    {
      name: 'an IPv6 address is asked for by a Service of IPv4',
      subject: 'ask/other-family',
      cause: 'requested-family-mismatch',
      event: failedFor(
        'ask/other-family',
        'requested loadBalancer IP(s) ["2001:db8:20::1"] does not match the ipFamily of the service',
      ),
      says: ['2001:db8:20::1', 'IPv4'],
      mend: [unask('other-family')],
    },
    {
      name: 'the pool asked for belongs to another namespace',
      subject: 'ask/not-the-bank',
      cause: 'requested-pool-not-for-service',
      event: failedFor('ask/not-the-bank', 'pool bank not compatible for ip assignment'),
      says: ['bank'],
      mend: [unask('not-the-bank')],
    },
    {
      name: 'the pool asked for selects other Services',
      subject: 'ask/not-the-edge',
      cause: 'requested-pool-not-for-service',
      event: failedFor('ask/not-the-edge', 'pool edge not compatible for ip assignment'),
      says: ['edge'],
      mend: [kubectl('-n ask label --overwrite service not-the-edge tier=edge')],
    },
    {
      name: 'the address asked for lies in a pool of another namespace',
      subject: 'ask/in-the-bank',
      cause: 'requested-pool-not-for-service',
      event: failedFor('ask/in-the-bank', 'pool bank not compatible for ip assignment'),
      says: ['10.20.3.3', 'bank'],
      mend: [unask('in-the-bank')],
    },
    {
      name: 'the Service is of a class that this controller leaves alone',
      subject: 'ask/another-class',
      cause: 'class-not-handled',
      event: undefined,
      says: ['example.com/other'],
    },
  ],
};
