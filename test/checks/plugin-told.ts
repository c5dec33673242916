import type { Told } from './case.ts';

/** What is said of each of the cases. */
export const pluginTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-D21 a GlobalNetworkPolicy denies what no policy allows': [
    {
      cause: 'plugin-policy-drops-traffic',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'GlobalNetworkPolicy default-deny: nobody from outside is let in to the pods behind shop/web on 80/TCP',
      details: [
        'Calico asks its policies by their order, those of Kubernetes among them; what no rule allows is dropped',
        'with externalTrafficPolicy Cluster pods of other nodes see the address of the node that took the packet in: clients and nodes must be let in',
      ],
      because: ['field: spec.ingress is none'],
      against: [],
      commands: [
        'kubectl get globalnetworkpolicies.crd.projectcalico.org default-deny -o yaml',
        '! undefined',
      ],
    },
  ],
  'MLB-D21 a lower order denies before a NetworkPolicy of Kubernetes allows, and somebody tried': [
    {
      cause: 'plugin-policy-drops-traffic',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'GlobalNetworkPolicy quarantine: 10.0.0.200 is not let in to the pods behind shop/web on 80/TCP',
      details: [
        'laptop (10.0.0.200) tried it, and nothing came back',
        'Calico asks its policies by their order, those of Kubernetes among them; what no rule allows is dropped',
        'with externalTrafficPolicy Local the pods see the address of the client, so it is clients that must be let in',
        'judged together with NetworkPolicy shop/all',
      ],
      because: ['field: spec.ingress is 2 rules', 'field: spec.ingress is 1 rule'],
      against: [],
      commands: [
        'kubectl get globalnetworkpolicies.crd.projectcalico.org quarantine -o yaml',
        'kubectl -n shop describe networkpolicies.networking.k8s.io all',
        '! undefined',
      ],
    },
  ],
  'MLB-D21 a rule of Calico that names labels may be about a NetworkSet: for information': [
    {
      cause: 'plugin-policy-drops-traffic',
      severity: 'info',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'Calico NetworkPolicy shop/default.web selects the pods behind shop/web, and may keep clients from 80/TCP',
      details: [
        'Calico asks its policies by their order, those of Kubernetes among them; what no rule allows is dropped',
        'with externalTrafficPolicy Cluster pods of other nodes see the address of the node that took the packet in: clients and nodes must be let in',
      ],
      because: ['field: spec.ingress is 1 rule'],
      against: [],
      commands: [
        'kubectl -n shop get networkpolicies.crd.projectcalico.org default.web -o yaml',
        '! undefined',
      ],
    },
  ],
  'MLB-D21 Calico lets clients in, and of the nodes none: a warning with their names': [
    {
      cause: 'plugin-policy-drops-traffic',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'GlobalNetworkPolicy no-nodes: nodes n2, n3, in whose name clients come, are not let in to the pods behind shop/web on 80/TCP',
      details: [
        'Calico asks its policies by their order, those of Kubernetes among them; what no rule allows is dropped',
        'with externalTrafficPolicy Cluster pods of other nodes see the address of the node that took the packet in: clients and nodes must be let in',
      ],
      because: ['field: spec.ingress is 2 rules'],
      against: [],
      commands: [
        'kubectl get globalnetworkpolicies.crd.projectcalico.org no-nodes -o yaml',
        '! undefined',
      ],
    },
  ],
  'MLB-D08 a policy of Calico lies on one of the pods, and the other is let nobody in to': [
    {
      cause: 'network-policy-drops-traffic',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'NetworkPolicy deny-all lets nobody in to 1 of 2 pods behind shop/web on 80/TCP',
      details: [
        'pods that a policy selects take nothing but what a policy allows',
        'Calico enforces NetworkPolicies here',
      ],
      because: ['field: spec.ingress is none', 'derived: 1 pod selected'],
      against: [],
      commands: ['kubectl -n shop describe networkpolicy deny-all', '! undefined'],
    },
  ],
  'MLB-D21 Cilium lets pods in, and no client is one': [
    {
      cause: 'plugin-policy-drops-traffic',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'CiliumNetworkPolicy shop/web: nobody from outside is let in to the pods behind shop/web on 80/TCP',
      details: [
        'a pod that a policy of Cilium selects takes only what some policy allows, and nothing that one denies',
        'with externalTrafficPolicy Local the pods see the address of the client, so it is clients that must be let in',
      ],
      because: ['field: spec.ingress is 1 rule'],
      against: [],
      commands: [
        'kubectl -n shop get ciliumnetworkpolicies.cilium.io web -o yaml',
        'kubectl -n kube-system get pods -o wide --field-selector spec.nodeName=n1',
        '! undefined',
      ],
    },
  ],
  'MLB-D21 the same behind policy Cluster: nodes stand in for clients, a warning': [
    {
      cause: 'plugin-policy-drops-traffic',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'CiliumNetworkPolicy shop/web: nobody from outside is let in to the pods behind shop/web on 80/TCP',
      details: [
        'a pod that a policy of Cilium selects takes only what some policy allows, and nothing that one denies',
        'with externalTrafficPolicy Cluster pods of other nodes see the address of the node that took the packet in: clients and nodes must be let in',
      ],
      because: ['field: spec.ingress is 1 rule'],
      against: [],
      commands: [
        'kubectl -n shop get ciliumnetworkpolicies.cilium.io web -o yaml',
        'kubectl -n kube-system get pods -o wide --field-selector spec.nodeName=n1',
        '! undefined',
      ],
    },
  ],
  'MLB-D21 what Cilium denies stays out whatever allows it': [
    {
      cause: 'plugin-policy-drops-traffic',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'CiliumClusterwideNetworkPolicy no-outside: nobody from outside is let in to the pods behind shop/web on 80/TCP',
      details: [
        'a pod that a policy of Cilium selects takes only what some policy allows, and nothing that one denies',
        'with externalTrafficPolicy Local the pods see the address of the client, so it is clients that must be let in',
      ],
      because: ['field: spec.ingress is 2 rules'],
      against: [],
      commands: [
        'kubectl get ciliumclusterwidenetworkpolicies.cilium.io no-outside -o yaml',
        'kubectl -n kube-system get pods -o wide --field-selector spec.nodeName=n1',
        '! undefined',
      ],
    },
  ],
  'MLB-L29 Cilium is told to announce all Services, and has the address in a pool': [
    {
      cause: 'rival-announcer',
      severity: 'warning',
      about: 'CiliumL2AnnouncementPolicy -/all',
      affects: ['shop/search'],
      says: 'CiliumL2AnnouncementPolicy all takes shop/search: Cilium may answer ARP for its addresses too, from a node that it elects',
      details: [
        'with loadBalancerIPs Cilium announces what stands in status.loadBalancer.ingress, whoever gave the address',
        'it takes Services without loadBalancerClass, and elects the node by a lease of its own',
        'CiliumLoadBalancerIPPool lan holds the address as well: Cilium may give it to another Service',
      ],
      because: ['field: spec.loadBalancerIPs is true', 'field: spec.blocks is 10.0.0.96/27'],
      against: [],
      commands: [
        'kubectl -n kube-system get lease cilium-l2announce-shop-search -o yaml',
        'kubectl get ciliuml2announcementpolicies.cilium.io all -o yaml',
      ],
    },
  ],
};
