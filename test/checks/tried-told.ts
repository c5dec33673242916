import type { Told } from './case.ts';

/** What is told of a host that tried it and got no answer. */
export const triedTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-D09 the host that tried it has an address of each family, and is outside the ranges of one':
    [
      {
        cause: 'source-ranges-keep-out',
        severity: 'error',
        about: 'Service shop/web',
        affects: ['shop/web'],
        says: 'shop/web does not let 10.0.0.200 in: its source ranges are 198.18.0.0/15',
        details: [
          'laptop (10.0.0.200) tried it, and nothing came back',
          'whoever is outside is dropped without a word: connections hang until they time out',
          'it is the address that arrives at the node that counts: behind a router or firewall that translates addresses, that is its own',
        ],
        because: ['field: spec.loadBalancerSourceRanges is 198.18.0.0/15'],
        against: [],
        commands: ['! kubectl -n shop edit service web'],
      },
    ],
  'MLB-D09 the host that tried it is outside the ranges, and got in': [
    {
      cause: 'source-ranges-keep-out',
      severity: 'info',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'shop/web lets only clients from 198.18.0.0/15 in',
      details: [
        'laptop (10.0.0.200), from where it was tried, is not among them, and got an answer: it arrives there under another address',
        'whoever is outside is dropped without a word: connections hang until they time out',
        'it is the address that arrives at the node that counts: behind a router or firewall that translates addresses, that is its own',
      ],
      because: ['field: spec.loadBalancerSourceRanges is 198.18.0.0/15'],
      against: [],
      commands: ['! kubectl -n shop edit service web'],
    },
  ],
  'MLB-D08 the host that tried it is outside the ranges of a policy, and pods see the client': [
    {
      cause: 'network-policy-drops-traffic',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'NetworkPolicy clients lets only 192.168.0.0/16 in to the pods behind shop/web on 80/TCP (http)',
      details: [
        'laptop (10.0.0.200) tried it, and nothing came back',
        'with externalTrafficPolicy Local the pods see the address of the client, so it is clients that must be let in',
        'Calico enforces NetworkPolicies here',
      ],
      because: ['field: spec.ingress is 1 rule', 'derived: 1 pod selected'],
      against: [],
      commands: ['kubectl -n shop describe networkpolicy clients'],
    },
  ],
  'MLB-D08 only pods are let in, and the host that tried it got no answer': [
    {
      cause: 'network-policy-drops-traffic',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'NetworkPolicy from-pods lets only pods of the cluster in to the pods behind shop/web on 80/TCP (http)',
      details: [
        'laptop (10.0.0.200) tried it, and nothing came back',
        'with externalTrafficPolicy Cluster the pods see the address of the node that took the packet in, not that of the client: it is nodes that must be let in (most plugins let a node in to its own pods always)',
        'Calico enforces NetworkPolicies here',
      ],
      because: ['field: spec.ingress is 1 rule', 'derived: 1 pod selected'],
      against: [],
      commands: ['kubectl -n shop describe networkpolicy from-pods', '! undefined'],
    },
  ],
};
