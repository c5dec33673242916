import type { Told } from './case.ts';
import { nodeAgentsTold } from './node-agents-told.ts';

/** What each case of the data path must be told as, by check and title. */
export const trafficTold: Readonly<Record<string, readonly Told[]>> = {
  ...nodeAgentsTold,
  'MLB-D01 the selector asks for a label that the pods have with another value': [
    {
      cause: 'selector-matches-no-pod',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'the selector of shop/web (app=web, tier=front) takes no pod; nearest is web-1, where tier is "frontend", not "front"',
      details: [
        '2 pods in namespace shop, none with all of these labels',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: ['field: spec.selector is app=web, tier=front', 'derived: it has no endpoint'],
      against: [],
      commands: [
        '! kubectl -n shop patch service web --type=merge -p \'{"spec":{"selector":{"tier":"frontend"}}}\'',
        'kubectl -n shop get pods --show-labels',
      ],
    },
  ],
  'MLB-D01 the value stands under another key, and two sorts of pods come near': [
    {
      cause: 'selector-matches-no-pod',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'the selector of shop/web (app=web) takes no pod; nearest is web-1, where "web" stands under app.kubernetes.io/name, not under app',
      details: [
        '2 pods in namespace shop, none with all of these labels',
        'near: web-1: "web" stands under app.kubernetes.io/name, not under app',
        'near: webb-1: app is "webb", not "web"',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: ['field: spec.selector is app=web', 'derived: it has no endpoint'],
      against: [],
      commands: ['kubectl -n shop get pods --show-labels'],
    },
  ],
  'MLB-D01 every pod that fits has ended': [
    {
      cause: 'pods-behind-absent',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'every pod that the selector of shop/web takes has ended: web-1 (Failed), web-2 (Succeeded)',
      details: [
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: [
        'field: status.phase is Failed',
        'field: spec.selector is app=web',
        'derived: it has no endpoint',
      ],
      against: [],
      commands: ['kubectl -n shop describe pod web-1', 'kubectl -n shop get pods --show-labels'],
    },
  ],
  'MLB-D01 nothing runs in the namespace': [
    {
      cause: 'selector-matches-no-pod',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'the selector of shop/web (app=web) takes no pod',
      details: [
        'no pod runs in namespace shop',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: ['field: spec.selector is app=web', 'derived: it has no endpoint'],
      against: [],
      commands: ['kubectl -n shop get pods --show-labels'],
    },
  ],
  'MLB-D01 the workload is scaled to zero': [
    {
      cause: 'pods-behind-absent',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'deployment/web, whose pods stand behind shop/web, is scaled to 0',
      details: [
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: [
        'field: spec.replicas is 0',
        'field: spec.selector is app=web',
        'derived: it has no endpoint',
      ],
      against: [],
      commands: [
        '! kubectl -n shop scale deployment/web --replicas=1',
        'kubectl -n shop describe deployment/web',
      ],
    },
  ],
  'MLB-D01 the pods of the workload may not be made': [
    {
      cause: 'pods-behind-absent',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'deployment/web, whose pods stand behind shop/web, should run 2 pods and has none',
      details: [
        'pods "web-" is forbidden: exceeded quota',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: [
        'field: status.replicas is 0',
        'field: spec.selector is app=web',
        'derived: it has no endpoint',
      ],
      against: [],
      commands: ['kubectl -n shop describe deployment/web'],
    },
  ],
  'MLB-D01 no endpoint, and the pods are not known': [
    {
      cause: 'endpoints-missing',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'shop/web has no endpoint for its selector (app=web)',
      details: [
        'why is not known: the pods of namespace shop were not read',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: ['field: spec.selector is app=web', 'derived: it has no endpoint'],
      against: [],
      commands: [
        'kubectl -n shop get pods --show-labels',
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml',
      ],
    },
  ],
  'MLB-D01 no pod comes near, and the Deployments are not known': [
    {
      cause: 'endpoints-missing',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'shop/web has no endpoint for its selector (app=web)',
      details: [
        'whether the selector is wrong or what should make its pods is scaled to 0 is not known: the Deployments of namespace shop were not read',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: ['field: spec.selector is app=web', 'derived: it has no endpoint'],
      against: [],
      commands: [
        'kubectl -n shop get pods --show-labels',
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml',
      ],
    },
  ],
  'MLB-D01 a pod comes near, so the Deployments need not be known': [
    {
      cause: 'selector-matches-no-pod',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'the selector of shop/web (app=web, tier=front) takes no pod; nearest is web-1, where tier is "frontend", not "front"',
      details: [
        '1 pod in namespace shop, none with all of these labels',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: ['field: spec.selector is app=web, tier=front', 'derived: it has no endpoint'],
      against: [],
      commands: [
        '! kubectl -n shop patch service web --type=merge -p \'{"spec":{"selector":{"tier":"frontend"}}}\'',
        'kubectl -n shop get pods --show-labels',
      ],
    },
  ],
  'MLB-D02 the readiness probe of the only pod fails': [
    {
      cause: 'pods-behind-not-ready',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'the only pod behind shop/web is not ready: its readiness probe fails',
      details: [
        'web-1 on n1: Readiness probe failed: HTTP probe failed with statuscode: 503',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: [
        'field: status.conditions[Ready] is False',
        'event: Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503',
      ],
      against: [],
      commands: [
        'kubectl -n shop describe pod web-1',
        'kubectl -n shop logs web-1 --all-containers --tail=50',
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml',
      ],
    },
  ],
  'MLB-D02 two pods crash, and no node takes the third': [
    {
      cause: 'pods-behind-not-ready',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'none of the 3 pods behind shop/web is ready: they crash again and again',
      details: [
        'web-1 on n1: container web restarted 12 times, last end 4 min ago: OOMKilled, exit code 137',
        'web-2 on n1: container web restarted 12 times, last end 4 min ago: OOMKilled, exit code 137',
        'web-3 on n1: 0/3 nodes are available: 3 Insufficient memory.',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: ['field: status.conditions[Ready] is False'],
      against: [],
      commands: [
        'kubectl -n shop describe pod web-1',
        'kubectl -n shop logs web-1 -c web --previous --tail=50',
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml',
      ],
    },
  ],
  'MLB-D02 the image cannot be pulled': [
    {
      cause: 'pods-behind-not-ready',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'the only pod behind shop/web is not ready: image registry.example.net/web:4 cannot be pulled',
      details: [
        'web-1 on n1: registry.example.net/web:4: Back-off pulling image "registry.example.net/web:4"',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: ['field: status.conditions[Ready] is False'],
      against: [],
      commands: [
        'kubectl -n shop describe pod web-1',
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml',
      ],
    },
  ],
  'MLB-D02 all of them are on a node that does not answer': [
    {
      cause: 'endpoint-on-a-silent-node',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'the only pod behind shop/web is not ready: node n1 does not answer',
      details: [
        'web-1 on n1: its containers were ready when node n1 last reported, and the node does not answer now',
        'Kubernetes makes such pods anew elsewhere after five minutes (tolerationSeconds: 300)',
      ],
      because: ['field: status.conditions[Ready] is False'],
      against: [],
      commands: [
        'kubectl describe node n1',
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml',
      ],
    },
  ],
  'MLB-D02 every pod is terminating': [
    {
      cause: 'pods-behind-terminating',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'every pod behind shop/web is terminating, and none comes after',
      details: [
        'being deleted: web-1',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: ['field: metadata.deletionTimestamp is 2026-03-14T03:12:00Z'],
      against: [],
      commands: ['kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml'],
    },
  ],
  'MLB-D02 endpoints that are not ready, and the pods are not known': [
    {
      cause: 'pods-behind-not-ready',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'the only pod behind shop/web is not ready',
      details: [
        'why is not known: the pods of its namespace were not read',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: ['field: endpoints[10.244.1.10].conditions.ready is false'],
      against: [],
      commands: ['kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml'],
    },
  ],
  'MLB-D03 the slices name a pod that is gone, and none of those there are': [
    {
      cause: 'endpoints-stale',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'no EndpointSlice of shop/web names web-1, web-2, which are ready, so no traffic goes there',
      details: ['they name 10.244.9.9 instead, where no pod of it is'],
      because: [
        'derived: 2 ready pods without an endpoint, 1 endpoint without a pod',
        'field: status.podIP is 10.244.1.10',
        'field: status.podIP is 10.244.2.10',
      ],
      against: [],
      commands: [
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml',
        'kubectl -n kube-system get pods -l component=kube-controller-manager -o wide',
      ],
    },
  ],
  'MLB-D03 a slice lost its label, and another is managed by nobody': [
    {
      cause: 'endpoints-stale',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'no EndpointSlice of shop/web names web-2, which is ready, so no traffic goes there',
      details: [
        'EndpointSlice web-hand is managed by nobody: it stays as somebody wrote it',
        "EndpointSlice web-lost was made for it and lacks the label kubernetes.io/service-name=web, so nobody takes it for the Service's",
      ],
      because: [
        'derived: 1 ready pod without an endpoint, 0 endpoints without a pod',
        'field: status.podIP is 10.244.2.10',
      ],
      against: [],
      commands: [
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml',
        'kubectl -n kube-system get pods -l component=kube-controller-manager -o wide',
      ],
    },
  ],
  'MLB-D04 the port is sent to a name that is spelt otherwise': [
    {
      cause: 'target-port-missing',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'port 80/TCP of shop/web leads nowhere: no container behind it has a port named htpp',
      details: [
        'their containers declare http (8080/TCP)',
        'whoever connects to that port is refused, or gets no answer; other ports of the Service are not concerned',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: ['field: spec.ports[80].targetPort is htpp', 'field: ports is none'],
      against: [],
      commands: [
        '! kubectl -n shop patch service web --type=json -p \'[{"op":"replace","path":"/spec/ports/0/targetPort","value":"http"}]\'',
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml',
      ],
    },
  ],
  'MLB-D04 one of two ports has a name that exists for the other protocol only': [
    {
      cause: 'target-port-missing',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'port 53/UDP (dns) of shop/web leads nowhere: no container behind it has a port named dns with protocol UDP (it is TCP there)',
      details: [
        'their containers declare dns (5353/TCP), http (8080/TCP)',
        'whoever connects to that port is refused, or gets no answer; other ports of the Service are not concerned',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: ['field: spec.ports[53].targetPort is dns', 'field: ports is web 8080/TCP'],
      against: [],
      commands: [
        '! kubectl -n shop edit service web',
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml',
      ],
    },
  ],
  'MLB-D04 endpoints made by hand whose port has another name': [
    {
      cause: 'endpoint-ports-differ',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'the endpoints of shop/web have no port for 80/TCP (web)',
      details: [
        'EndpointSlice web-abcde has http 8080/TCP',
        'a port of an EndpointSlice belongs to the port of the Service that has the same name and protocol; a port without a name, to the one without a name',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: ['field: spec.ports[80].targetPort is 8080', 'field: ports is http 8080/TCP'],
      against: [],
      commands: ['kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml'],
    },
  ],
  'MLB-D05 no container declares the number': [
    {
      cause: 'target-port-undeclared',
      severity: 'info',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'port 80/TCP of shop/web goes to 80/TCP, which no container behind it declares',
      details: [
        'their containers declare http (8080/TCP)',
        'containers may serve ports that they do not declare, so this need not be a mistake',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: [
        'field: spec.ports[80].targetPort is 80/TCP',
        'field: spec.containers[].ports is http (8080/TCP)',
      ],
      against: [],
      commands: ['! kubectl -n shop edit service web'],
    },
  ],
  'MLB-D05 the number is declared for the other protocol, and connections are refused': [
    {
      cause: 'target-port-undeclared',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'port 53/UDP of shop/web goes to 8080/UDP, and the containers declare 8080 for TCP',
      details: [
        'their containers declare http (8080/TCP)',
        'the port was refused when it was tried: nothing listens where it leads to',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: [
        'field: spec.ports[53].targetPort is 8080/UDP',
        'field: spec.containers[].ports is http (8080/TCP)',
      ],
      against: [],
      commands: ['! kubectl -n shop edit service web'],
    },
  ],
  'MLB-D06 an IPv6 address with IPv4 endpoints only': [
    {
      cause: 'endpoints-of-other-family',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'nothing behind shop/web takes what comes to fd00::10, as it has no IPv6 endpoint',
      details: [
        'its endpoints are of type IPv4',
        'its families are IPv4, IPv6 (PreferDualStack), so its pods have no address of that family, or bind none',
        'MetalLB announces every address of a Service while any of its endpoints can serve, of whatever family',
      ],
      because: ['field: spec.ipFamilies is IPv4, IPv6', 'field: addressType is IPv4'],
      against: [],
      commands: ['kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml'],
    },
  ],
  'MLB-D06 an address of a family that the Service does not have': [
    {
      cause: 'endpoints-of-other-family',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'nothing behind shop/web takes what comes to fd00::10, as it has no IPv6 endpoint',
      details: [
        'its endpoints are of type IPv4',
        'its families are IPv4 (SingleStack): kube-proxy has no rule for it in another family',
        'MetalLB announces every address of a Service while any of its endpoints can serve, of whatever family',
      ],
      because: ['field: spec.ipFamilies is IPv4', 'field: addressType is IPv4'],
      against: [],
      commands: ['! kubectl -n shop edit service web'],
    },
  ],
  'MLB-D06 an IPv6 Service before pods that have IPv4 addresses': [
    {
      cause: 'endpoints-of-other-family',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'shop/web asks for IPv6 endpoints, and its pods have IPv4 addresses',
      details: [
        'no endpoint is made of a pod without an address of that family, so nothing serves the Service, and nobody announces it',
      ],
      because: ['field: spec.ipFamilies is IPv6', 'field: status.podIP is 10.244.1.10'],
      against: [],
      commands: ['! kubectl -n shop edit service web'],
    },
  ],
  'MLB-D07 no selector and no endpoint': [
    {
      cause: 'endpoints-not-set',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'shop/web has no selector, and nobody gave it endpoints',
      details: [
        'Kubernetes makes endpoints for a selector only; without one somebody writes an EndpointSlice, or Endpoints, of the name and with the label of the Service',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: ['field: spec.selector is (not set)'],
      against: [],
      commands: [
        '! kubectl -n shop edit service web',
        'kubectl -n shop get endpointslices,endpoints --show-labels',
      ],
    },
  ],
  'MLB-D07 endpoints made by hand are marked as not ready': [
    {
      cause: 'endpoints-not-set',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'shop/web has no selector, and its only endpoint, made by hand, is not marked ready',
      details: [
        'Kubernetes makes endpoints for a selector only; without one somebody writes an EndpointSlice, or Endpoints, of the name and with the label of the Service',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: [
        'field: spec.selector is (not set)',
        'field: endpoints[].conditions.ready is false',
      ],
      against: [],
      commands: [
        '! kubectl -n shop edit service web',
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml',
      ],
    },
  ],
  'MLB-D08 a default-deny without an exception': [
    {
      cause: 'network-policy-drops-traffic',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'NetworkPolicy deny-all lets nobody in to the pods behind shop/web on 80/TCP',
      details: [
        'pods that a policy selects take nothing but what a policy allows',
        'Calico enforces NetworkPolicies here',
      ],
      because: ['field: spec.ingress is none', 'derived: 1 pod selected'],
      against: [],
      commands: ['kubectl -n shop describe networkpolicy deny-all', '! undefined'],
    },
  ],
  'MLB-D08 a default-deny, and nobody knows whether anything enforces it: a warning': [
    {
      cause: 'network-policy-drops-traffic',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'NetworkPolicy deny-all lets nobody in to the pods behind shop/web on 80/TCP',
      details: [
        'pods that a policy selects take nothing but what a policy allows',
        'whether the network plugin of this cluster enforces NetworkPolicies is not known',
      ],
      because: ['field: spec.ingress is none', 'derived: 1 pod selected'],
      against: [],
      commands: ['kubectl -n shop describe networkpolicy deny-all', '! undefined'],
    },
  ],
  'MLB-D08 only pods are let in, and only one of two pods is concerned': [
    {
      cause: 'network-policy-drops-traffic',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'NetworkPolicy from-ingress lets only pods of the cluster in to 1 of 2 pods behind shop/web on 80/TCP',
      details: [
        'with externalTrafficPolicy Cluster the pods see the address of the node that took the packet in, not that of the client: it is nodes that must be let in (most plugins let a node in to its own pods always)',
        'whether the network plugin of this cluster enforces NetworkPolicies is not known',
      ],
      because: ['field: spec.ingress is 1 rule', 'derived: 1 pod selected'],
      against: [],
      commands: ['kubectl -n shop describe networkpolicy from-ingress', '! undefined'],
    },
  ],
  'MLB-D08 clients are let in, and with policy Cluster pods see the nodes': [
    {
      cause: 'network-policy-drops-traffic',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'NetworkPolicy clients lets only 192.168.0.0/16 without 192.168.9.0/24 in to the pods behind shop/web on 80/TCP',
      details: [
        'with externalTrafficPolicy Cluster the pods see the address of the node that took the packet in, not that of the client: it is nodes that must be let in (most plugins let a node in to its own pods always)',
        'whether the network plugin of this cluster enforces NetworkPolicies is not known',
      ],
      because: ['field: spec.ingress is 1 rule', 'derived: 1 pod selected'],
      against: [],
      commands: ['kubectl -n shop describe networkpolicy clients', '! undefined'],
    },
  ],
  'MLB-D08 with policy Local some clients are let in: for information': [
    {
      cause: 'network-policy-drops-traffic',
      severity: 'info',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'NetworkPolicy clients lets only 192.168.0.0/16 in to the pods behind shop/web on 80/TCP',
      details: [
        'with externalTrafficPolicy Local the pods see the address of the client, so it is clients that must be let in',
        'whether the network plugin of this cluster enforces NetworkPolicies is not known',
      ],
      because: ['field: spec.ingress is 1 rule', 'derived: 1 pod selected'],
      against: [],
      commands: ['kubectl -n shop describe networkpolicy clients'],
    },
  ],
  'MLB-D09 some clients are let in: for information': [
    {
      cause: 'source-ranges-keep-out',
      severity: 'info',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'shop/web lets only clients from 192.168.0.0/16 in',
      details: [
        'whoever is outside is dropped without a word: connections hang until they time out',
        'for fd00::10 no range is given, so everybody may reach it there',
        'it is the address that arrives at the node that counts: behind a router or firewall that translates addresses, that is its own',
      ],
      because: ['field: spec.loadBalancerSourceRanges is 192.168.0.0/16'],
      against: [],
      commands: ['! kubectl -n shop edit service web'],
    },
  ],
  'MLB-D09 it was tried from where it is not let in': [
    {
      cause: 'source-ranges-keep-out',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'shop/web does not let 10.0.0.200 in: its source ranges are 192.168.0.0/16',
      details: [
        'laptop (10.0.0.200) tried it, and nothing came back',
        'whoever is outside is dropped without a word: connections hang until they time out',
        'it is the address that arrives at the node that counts: behind a router or firewall that translates addresses, that is its own',
      ],
      because: ['field: spec.loadBalancerSourceRanges is 192.168.0.0/16'],
      against: [],
      commands: ['! kubectl -n shop edit service web'],
    },
  ],
  'MLB-D09 nobody is in the ranges': [
    {
      cause: 'source-ranges-keep-out',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'shop/web lets nobody in: its source ranges (0.0.0.0/32) hold no address that a client could have',
      details: [
        'whoever is outside is dropped without a word: connections hang until they time out',
        'it is the address that arrives at the node that counts: behind a router or firewall that translates addresses, that is its own',
      ],
      because: ['field: spec.loadBalancerSourceRanges is 0.0.0.0/32'],
      against: [],
      commands: ['! kubectl -n shop edit service web'],
    },
  ],
  'MLB-D09 an entry is no range': [
    {
      cause: 'source-ranges-keep-out',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'shop/web lets only clients from 10.0.0.0/8 in',
      details: [
        '"192.168.1.1" is no range, and kube-proxy passes over it',
        'whoever is outside is dropped without a word: connections hang until they time out',
        'it is the address that arrives at the node that counts: behind a router or firewall that translates addresses, that is its own',
      ],
      because: ['field: spec.loadBalancerSourceRanges is 10.0.0.0/8, 192.168.1.1'],
      against: [],
      commands: ['! kubectl -n shop edit service web'],
    },
  ],
  'MLB-D10 kube-proxy is ready nowhere': [
    {
      cause: 'kube-proxy-failing',
      severity: 'error',
      about: 'DaemonSet kube-system/kube-proxy',
      affects: ['shop/web'],
      says: 'kube-proxy is ready on 0 of 3 nodes',
      details: [
        'kube-proxy on the node that a packet reaches sends it on to a pod; without it the node drops or refuses what comes to the address',
        'rules that it made before stay on the node, so only what has changed since is wrong there; after a restart of the node there are none',
      ],
      because: ['field: status.numberReady is 0 of 3'],
      against: [],
      commands: ['kubectl -n kube-system get pods -l k8s-app=kube-proxy -o wide'],
    },
  ],
  'MLB-D10 kube-proxy is ready on two of three nodes': [
    {
      cause: 'kube-proxy-failing',
      severity: 'warning',
      about: 'DaemonSet kube-system/kube-proxy',
      affects: ['shop/web'],
      says: 'kube-proxy is ready on 2 of 3 nodes',
      details: [
        'kube-proxy on the node that a packet reaches sends it on to a pod; without it the node drops or refuses what comes to the address',
        'rules that it made before stay on the node, so only what has changed since is wrong there; after a restart of the node there are none',
      ],
      because: ['field: status.numberReady is 2 of 3'],
      against: [],
      commands: ['kubectl -n kube-system get pods -l k8s-app=kube-proxy -o wide'],
    },
  ],
  'MLB-D10 kube-proxy crashes on the node that announces': [
    {
      cause: 'kube-proxy-failing',
      severity: 'error',
      about: 'DaemonSet kube-system/kube-proxy',
      affects: ['shop/web'],
      says: 'kube-proxy is not ready on n2, which announces the address; it is ready on 2 of 3 nodes',
      details: [
        'kube-proxy-2 on n2: container web restarted 7 times, last end 2 min ago: exit code 1',
        'kube-proxy on the node that a packet reaches sends it on to a pod; without it the node drops or refuses what comes to the address',
        'rules that it made before stay on the node, so only what has changed since is wrong there; after a restart of the node there are none',
      ],
      because: ['field: status.numberReady is 2 of 3'],
      against: [],
      commands: [
        'kubectl -n kube-system logs kube-proxy-2 -c web --previous --tail=50',
        'kubectl -n kube-system describe pod kube-proxy-2',
      ],
    },
  ],
  'MLB-D10 kube-proxy crashes on a node of which only an old status says that it announces': [
    {
      cause: 'kube-proxy-failing',
      severity: 'warning',
      about: 'DaemonSet kube-system/kube-proxy',
      affects: ['shop/web'],
      says: 'kube-proxy is not ready on n2; it is ready on 2 of 3 nodes',
      details: [
        'kube-proxy-2 on n2: container web restarted 7 times, last end 2 min ago: exit code 1',
        'kube-proxy on the node that a packet reaches sends it on to a pod; without it the node drops or refuses what comes to the address',
        'rules that it made before stay on the node, so only what has changed since is wrong there; after a restart of the node there are none',
      ],
      because: ['field: status.numberReady is 2 of 3'],
      against: [],
      commands: [
        'kubectl -n kube-system logs kube-proxy-2 -c web --previous --tail=50',
        'kubectl -n kube-system describe pod kube-proxy-2',
      ],
    },
  ],
  'MLB-D10 kube-proxy leaves a node out': [
    {
      cause: 'kube-proxy-failing',
      severity: 'warning',
      about: 'DaemonSet kube-system/kube-proxy',
      affects: ['shop/web'],
      says: 'kube-proxy runs on 2 of 3 nodes',
      details: [
        'kube-proxy on the node that a packet reaches sends it on to a pod; without it the node drops or refuses what comes to the address',
        'rules that it made before stay on the node, so only what has changed since is wrong there; after a restart of the node there are none',
      ],
      because: ['field: status.desiredNumberScheduled is 2'],
      against: [],
      commands: ['kubectl -n kube-system get pods -l k8s-app=kube-proxy -o wide'],
    },
  ],
  'MLB-D10 kube-proxy has a configuration and no DaemonSet': [
    {
      cause: 'kube-proxy-failing',
      severity: 'error',
      about: 'DaemonSet kube-system/kube-proxy',
      affects: ['shop/web'],
      says: 'kube-proxy has a configuration in this cluster and no DaemonSet, so nothing sends packets for 10.0.11.10 on to pods',
      details: [
        'kube-proxy on the node that a packet reaches sends it on to a pod; without it the node drops or refuses what comes to the address',
        'no agent that does its work instead was found: Cilium, kube-router, OVN-Kubernetes, Antrea, Calico',
      ],
      because: ['field: metadata.name is kube-proxy', 'derived: no DaemonSet runs kube-proxy'],
      against: [],
      commands: ['kubectl -n kube-system get daemonsets,pods -o wide'],
    },
  ],
  'MLB-D11 the Service is left to another proxy': [
    {
      cause: 'left-out-by-kube-proxy',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'kube-proxy passes over shop/web, because it has the label service.kubernetes.io/service-proxy-name',
      details: [
        'kube-proxy only looks at Services without that label; the announcing node takes the packets in and has no rule for them',
        'a proxy of its own would have to serve it: the label says "fancy"',
      ],
      because: ['field: metadata.labels[service.kubernetes.io/service-proxy-name] is fancy'],
      against: [],
      commands: ['! kubectl -n shop label service web service.kubernetes.io/service-proxy-name-'],
    },
  ],
  'MLB-D11 it is headless': [
    {
      cause: 'left-out-by-kube-proxy',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'shop/web is headless, and kube-proxy makes no rules for such Services',
      details: ['its address is a leftover: MetalLB gives none to a Service without a cluster IP'],
      because: ['field: spec.clusterIP is None'],
      against: [],
      commands: ['kubectl -n shop get service web -o yaml'],
    },
  ],
  'MLB-D11 one address has ipMode Proxy': [
    {
      cause: 'left-out-by-kube-proxy',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'kube-proxy makes no rules for 10.0.11.10, because its ipMode is Proxy',
      details: [
        'that mode is for load balancers that send to nodes or pods under their own addresses; MetalLB sends packets for the address itself, and needs VIP',
        'the status was last written by cloud-controller',
      ],
      because: ['field: status.loadBalancer.ingress[10.0.11.10].ipMode is Proxy'],
      against: [],
      commands: ['kubectl -n shop get service web -o yaml --show-managed-fields'],
    },
  ],
  'MLB-D12 all endpoints are on a node that fell silent': [
    {
      cause: 'endpoints-on-unready-nodes',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'the only endpoint of shop/web is on n1, which is not ready',
      details: [
        'n1 ceased to be ready 30 s ago: NodeStatusUnknown: Kubelet stopped posting node status.',
        'nothing else can take the traffic until the pods are made elsewhere, five minutes after the node fell silent (tolerationSeconds: 300); MetalLB moving the address does not help',
      ],
      because: ['field: status.conditions[Ready] is Unknown'],
      against: [],
      commands: ['kubectl describe node n1'],
    },
  ],
  'MLB-D12 one of two endpoints is': [
    {
      cause: 'endpoints-on-unready-nodes',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: '1 of 2 endpoints of shop/web is on n1, which is not ready',
      details: [
        'n1 ceased to be ready 30 s ago: NodeStatusUnknown: Kubelet stopped posting node status.',
        'until Kubernetes gives the node up, about that share of the connections hangs',
      ],
      because: ['field: status.conditions[Ready] is Unknown'],
      against: [],
      commands: ['kubectl describe node n1'],
    },
  ],
  'MLB-D13 pods that are not ready take part in the traffic': [
    {
      cause: 'unready-pods-published',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'shop/web sends traffic to pods that are not ready (publishNotReadyAddresses), and its only pod is not: its readiness probe fails',
      details: [
        'web-1 on n1: Readiness probe failed: HTTP probe failed with statuscode: 503',
        'its endpoints all pass for ready, so the address is announced and connections reach pods that may refuse them',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: [
        'field: spec.publishNotReadyAddresses is true',
        'field: status.conditions[Ready] is False',
        'event: Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503',
      ],
      against: [],
      commands: [
        'kubectl -n shop describe pod web-1',
        'kubectl -n shop logs web-1 --all-containers --tail=50',
        '! kubectl -n shop patch service web --type=merge -p \'{"spec":{"publishNotReadyAddresses":false}}\'',
      ],
    },
  ],
  'MLB-D14 another Service claims the address and the port': [
    {
      cause: 'address-in-external-ips',
      severity: 'warning',
      about: 'Service old/web',
      affects: ['shop/web'],
      says: 'old/web claims 10.0.11.10 of shop/web in its spec.externalIPs',
      details: [
        'both want 80/TCP: kube-proxy makes a rule for each, and which of the two gets the traffic is not settled',
      ],
      because: ['field: spec.externalIPs is 10.0.11.10'],
      against: [],
      commands: ['! kubectl -n old edit service web'],
    },
  ],
  'MLB-D14 another Service claims the address on another port': [
    {
      cause: 'address-in-external-ips',
      severity: 'info',
      about: 'Service old/web',
      affects: ['shop/web'],
      says: 'old/web claims 10.0.11.10 of shop/web in its spec.externalIPs',
      details: [
        'their ports differ, so both are served; kube-proxy in mode ipvs puts the address on every node, though',
      ],
      because: ['field: spec.externalIPs is 10.0.11.10'],
      against: [],
      commands: ['! kubectl -n old edit service web'],
    },
  ],
  'MLB-D15 the node that answers is in another network than the address': [
    {
      cause: 'answers-take-another-way',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'n1 takes packets for 10.0.11.10 in, and its own address (10.0.0.1) is in another network: its answers may leave by another interface, and get lost',
      details: [
        'an answer leaves by the route of the node to the client; where that is not the interface the question came in by, the kernel (rp_filter) or a firewall that follows connections drops one of the two',
        'this is no more than a suspicion: a firewall on the node that drops the question looks the same from here',
      ],
      because: ['field: status.addresses[InternalIP] is 10.0.0.1', 'derived: TCP 80: timeout'],
      against: [],
      commands: [
        'ip route get 10.0.11.200',
        'tcpdump -eni any host 10.0.11.10 and tcp',
        'sysctl -a --pattern rp_filter',
      ],
    },
  ],
  'MLB-D15 nothing comes back, and nothing tells why': [
    {
      cause: 'answers-take-another-way',
      severity: 'info',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'n1 takes packets for 10.0.11.10 in, and nothing comes back: the answers may get lost on their way',
      details: [
        'an answer leaves by the route of the node to the client; where that is not the interface the question came in by, the kernel (rp_filter) or a firewall that follows connections drops one of the two',
        'this is no more than a suspicion: a firewall on the node that drops the question looks the same from here',
      ],
      because: ['derived: TCP 80: timeout'],
      against: [],
      commands: [
        'ip route get 10.0.0.200',
        'tcpdump -eni any host 10.0.11.10 and tcp',
        'sysctl -a --pattern rp_filter',
      ],
    },
  ],
  'MLB-D16 policy Local was tried from a node without an endpoint': [
    {
      cause: 'tried-from-a-node-without-endpoint',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: '10.0.11.10 was tried from node n2, which has no endpoint of shop/web: with externalTrafficPolicy Local that says nothing of clients outside',
      details: [
        'its endpoints are on n1',
        'a node sends what it has for the address to its own endpoints and nowhere else, depending on the mode of kube-proxy; a pod there is no better off',
      ],
      because: ['field: spec.externalTrafficPolicy is Local', 'wire: TCP 80: timeout'],
      against: [],
      commands: ['undefined'],
    },
  ],
  'MLB-D17 firewall, martians and a full table in the log of a kernel': [
    {
      cause: 'packets-dropped-on-node',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'a firewall on a node says that it drops packets for 10.0.11.10',
      details: [
        'dropped: TCP from 10.0.9.9 to 10.0.11.10 port 80',
        'a rule of that firewall logs what it drops, and such packets are among it',
      ],
      because: [
        'log: [UFW BLOCK] IN=eth0 OUT= MAC=02:00 SRC=10.0.9.9 DST=10.0.11.10 LEN=60 PROTO=TCP SPT=50000 DPT=80 SYN',
      ],
      against: [],
      commands: ['nft list ruleset'],
    },
    {
      cause: 'packets-dropped-on-node',
      severity: 'error',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'the kernel of a node drops packets for 10.0.11.10 as martians',
      details: [
        'by its routes a packet from that client would have to come in by another interface (rp_filter), so the kernel takes its source for forged',
      ],
      because: ['log: IPv4: martian source 10.0.11.10 from 10.7.0.9, on dev eth1'],
      against: [],
      commands: ['sysctl -a --pattern rp_filter'],
    },
    {
      cause: 'packets-dropped-on-node',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'a node says that its table of connections is full, and that it drops packets',
      details: [
        'new connections through that node fail at random, those of this Service among them',
      ],
      because: ['log: nf_conntrack: nf_conntrack: table full, dropping packet'],
      against: [],
      commands: ['sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max'],
    },
  ],
  'MLB-D18 one Service has an address and no endpoint that can serve': [
    {
      cause: 'silent-without-endpoints',
      severity: 'warning',
      about: 'Service shop/web',
      affects: ['shop/web'],
      says: 'nobody announces 10.0.11.10 of shop/web, because no endpoint of it can serve',
      details: [
        'speakers announce an address only while something can serve it; as soon as an endpoint is ready they do so by themselves',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: ['derived: no endpoint can serve'],
      against: [],
      commands: ['triage no-traffic shop/web'],
    },
  ],
  'MLB-D18 several Services have': [
    {
      cause: 'silent-without-endpoints',
      severity: 'warning',
      about: 'Cluster -/cluster',
      affects: ['lab/s0', 'lab/s1', 'lab/s2', 'lab/s3', 'lab/s4', 'lab/s5', 'lab/s6'],
      says: 'nobody announces the addresses of 7 Services, because no endpoint of theirs can serve: lab/s0, lab/s1, lab/s2, lab/s3, lab/s4 and 2 more',
      details: [
        'speakers announce an address only while something can serve it; as soon as an endpoint is ready they do so by themselves',
        'MetalLB has no part in this: it is for whoever runs the application behind the Service',
      ],
      because: [
        'derived: no endpoint can serve',
        'derived: no endpoint can serve',
        'derived: no endpoint can serve',
        'derived: no endpoint can serve',
      ],
      against: [],
      commands: ['triage no-traffic lab/s0'],
    },
  ],
};
