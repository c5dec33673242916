import type { ConfigurationProblem, ConfigurationRule } from '../configuration.ts';

const byRule: Readonly<Record<ConfigurationRule, string>> = {
  'no-addresses': 'give the pool at least one prefix or range under spec.addresses',
  'address-syntax':
    'write a prefix (192.168.10.0/24) or a range (192.168.10.10-192.168.10.50); one address is /32 or /128',
  'range-reversed': 'put the lower address first',
  overlap: 'let every address belong to one entry of one pool only',
  'duplicate-pool': 'give each pool a name of its own',
  'duplicate-namespace': 'name each namespace once',
  'duplicate-selector': 'keep one of the equal selectors',
  'selector-syntax':
    'use In, NotIn, Exists or DoesNotExist, and label keys and values as Kubernetes allows them',
  'community-syntax': 'write a community as 65000:100 or large:65000:1:2',
  'duplicate-community': 'keep one definition of the alias',
  'native-community': 'use a plain community (65000:100), or a MetalLB that runs FRR',
  'aggregation-length':
    'aggregate no shorter than the shortest prefix of each entry of the pool, or make the pool larger',
  'as-path-prepend':
    'use one asPathPrepend per pool, or tell the advertisements apart by peers, nodes or length',
  'bfd-echo-over-ipv6': 'turn echoMode off, or announce the IPv6 pool to other peers only',
  'bfd-range': 'stay within the range that is named',
  'duplicate-entry': 'name it once',
  'duplicate-peer':
    'keep one BGPPeer per router and VRF, or let them select different nodes (v0.16.0 and later)',
  'frr-k8s-only': 'take asPathPrepend out, or use a MetalLB that runs FRR-K8s',
  'local-preference':
    'use one localPref per pool, or tell the advertisements apart by peers, nodes or length',
  'missing-bfd-profile': 'add the BFDProfile, or take the reference out of the peer',
  'missing-community': 'define the alias in a Community, or write the value itself',
  'missing-secret':
    "create the Secret (type kubernetes.io/basic-auth, key password) in MetalLB's namespace",
  'native-bfd': 'take the BFDProfile out, or use a MetalLB that runs FRR',
  'native-ipv6': 'announce IPv6 by layer 2, or use a MetalLB that runs FRR',
  'native-peer': 'take the field out, or use a MetalLB that runs FRR',
  'peer-address': 'give exactly one of peerAddress and interface; addresses without prefix length',
  'peer-asn':
    'set myASN and exactly one of peerASN and dynamicASN; ebgpMultiHop only towards another AS',
  'peer-password':
    'use either password or passwordSecret; the Secret is of type kubernetes.io/basic-auth with the key password',
  'peer-timers':
    'keepaliveTime must not be longer than holdTime, and holdTime is 0s or at least 3s; write times as 90s or 1m30s',
  'router-ids-differ': 'give all peers of a node one routerID, or none',
  'local-asns-differ':
    'give all peers of a node and VRF one myASN (localASN can differ from v0.16.0 on)',
  'selectors-and-aggregation': 'drop serviceSelectors, or leave both lengths at 32 and 128',
};

/** What to do about a fault, in one sentence. */
export function adviceFor({ rule }: ConfigurationProblem): string {
  return byRule[rule];
}
