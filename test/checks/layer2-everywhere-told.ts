import type { Told } from './case.ts';

/** What is told of all Services at once. */
export const layer2EverywhereTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-L22 a label bars every node': [
    {
      cause: 'addresses-announced-by-nobody',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'nobody announces 10.0.0.100 of shop/search, although it has endpoints that can serve',
      details: [
        'layer 2: no candidate: it has the label node.kubernetes.io/exclude-from-external-load-balancers, on all 3 nodes',
      ],
      because: [
        'derived: layer 2: no candidate: it has the label node.kubernetes.io/exclude-from-external-load-balancers, on all 3 nodes',
      ],
      against: [],
      commands: ['triage no-traffic shop/search'],
    },
  ],
  'MLB-L22 two Services, each for its own reason': [
    {
      cause: 'addresses-announced-by-nobody',
      severity: 'error',
      about: 'Cluster -/cluster',
      affects: ['shop/edge', 'shop/search'],
      says: 'nobody announces the addresses of 2 Services, although they have endpoints that can serve: shop/edge, shop/search',
      details: [
        'layer 2: no L2Advertisement of the pool selects the Service, on all 3 nodes: 1 Service',
        'layer 2: no candidate: externalTrafficPolicy is Local and no endpoint on it can take traffic, on all 3 nodes: 1 Service',
      ],
      because: [
        'derived: layer 2: no candidate: externalTrafficPolicy is Local and no endpoint on it can take traffic, on all 3 nodes',
        'derived: layer 2: no L2Advertisement of the pool selects the Service, on all 3 nodes',
      ],
      against: [],
      commands: ['triage no-traffic shop/edge', 'triage announcers'],
    },
  ],
  'MLB-L22 BGP reaches no neighbour, and the neighbours are known': [
    {
      cause: 'addresses-announced-by-nobody',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'nobody announces 10.0.0.100 of shop/search, although it has endpoints that can serve',
      details: ['BGP: there is no BGPPeer, on all 3 nodes'],
      because: ['derived: BGP: there is no BGPPeer, on all 3 nodes'],
      against: [],
      commands: ['triage no-traffic shop/search'],
    },
  ],
};
