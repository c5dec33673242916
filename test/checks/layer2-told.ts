import type { Told } from './case.ts';
import { layer2EverywhereTold } from './layer2-everywhere-told.ts';
import { layer2NetworkTold } from './layer2-network-told.ts';
import { layer2SpeakersTold } from './layer2-speakers-told.ts';

const eligibleTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-L12 no advertisement selects the pool': [
    {
      cause: 'pool-unadvertised',
      severity: 'error',
      about: 'IPAddressPool metallb-system/lan',
      affects: ['shop/search'],
      says: 'no advertisement selects pool lan, so nobody announces 10.0.0.100',
      details: ['shop/search has its address from pool lan'],
      because: ['derived: no advertisement selects lan'],
      against: [],
      commands: [
        '! echo \'{"apiVersion":"metallb.io/v1beta1","kind":"L2Advertisement","metadata":{"name":"lan","namespace":"metallb-system"},"spec":{"ipAddressPools":["lan"]}}\' | kubectl apply -f -',
      ],
    },
  ],
  'MLB-L01 the only advertisement is for Services with another label': [
    {
      cause: 'service-not-selected',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'every advertisement of pool lan is for other Services, so nobody announces 10.0.0.100',
      details: [
        'l2/edge takes Services with tier=edge',
        'the Service has no labels',
        'the selectors look at the labels of the Service itself, not at those of its pods',
      ],
      because: [
        'field: metadata.labels is {}',
        'derived: spec.serviceSelectors of edge match no label of the Service',
      ],
      against: [],
      commands: [
        '! kubectl -n shop edit service search',
        '! kubectl -n metallb-system edit l2advertisement edge',
      ],
    },
  ],
  'MLB-L01 a sharing key and an advertisement for some Services': [
    {
      cause: 'shared-address-with-selectors',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'the Service may share its address, and l2/edge of pool lan is for some Services only: speakers refuse both together',
      details: [
        'its reason in the log is sharedIPWithServiceSelector (v0.16.2): who shares an address could otherwise be announced from different nodes',
      ],
      because: ['derived: it carries allow-shared-ip, and l2/edge has serviceSelectors'],
      against: [],
      commands: ['! kubectl -n shop annotate service search metallb.io/allow-shared-ip-'],
    },
  ],
  'MLB-L02 the advertisement selects nodes by a label that none has': [
    {
      cause: 'advertisement-selects-nothing',
      severity: 'error',
      about: 'L2Advertisement metallb-system/edge',
      affects: ['shop/search'],
      says: 'advertisement l2/edge selects no node, so nobody announces 10.0.0.100',
      details: ['its nodeSelectors match the labels of no node'],
      because: [
        'field: spec.nodeSelectors is [{"matchLabels":{"edge":"yes"},"matchExpressions":[]}]',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system edit l2advertisement edge',
        'kubectl get nodes --show-labels',
      ],
    },
  ],
  'MLB-L03 every node carries the label, with the value false': [
    {
      cause: 'nodes-excluded-by-label',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'every node that could announce it carries the label that keeps it from announcing: nodes n1, n2, n3',
      details: [
        'speakers heed node.kubernetes.io/exclude-from-external-load-balancers, whatever its value is, even "false"; kubeadm and Talos set it on control planes',
      ],
      because: [
        'field: metadata.labels[node.kubernetes.io/exclude-from-external-load-balancers] is false',
        'field: metadata.labels[node.kubernetes.io/exclude-from-external-load-balancers] is false',
        'field: metadata.labels[node.kubernetes.io/exclude-from-external-load-balancers] is false',
      ],
      against: [],
      commands: [
        '! kubectl label node n2 node.kubernetes.io/exclude-from-external-load-balancers-',
        '! undefined',
      ],
    },
  ],
  'MLB-L03 every node carries the label, and no endpoint is ready either': [
    {
      cause: 'nodes-excluded-by-label',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'every node that could announce it carries the label that keeps it from announcing: nodes n1, n2, n3',
      details: [
        'speakers heed node.kubernetes.io/exclude-from-external-load-balancers, whatever its value is, even "false"; kubeadm and Talos set it on control planes',
      ],
      because: [
        'field: metadata.labels[node.kubernetes.io/exclude-from-external-load-balancers] is false',
        'field: metadata.labels[node.kubernetes.io/exclude-from-external-load-balancers] is false',
        'field: metadata.labels[node.kubernetes.io/exclude-from-external-load-balancers] is false',
      ],
      against: [],
      commands: [
        '! kubectl label node n2 node.kubernetes.io/exclude-from-external-load-balancers-',
        '! undefined',
      ],
    },
  ],
  'MLB-L03 the label on the nodes with endpoints, and policy Local': [
    {
      cause: 'nodes-excluded-by-label',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'every node with an endpoint carries the label that keeps it from announcing: node n2',
      details: [
        'speakers heed node.kubernetes.io/exclude-from-external-load-balancers, whatever its value is, even "false"; kubeadm and Talos set it on control planes',
        'with externalTrafficPolicy: Local only a node with an endpoint of its own announces',
      ],
      because: [
        'field: metadata.labels[node.kubernetes.io/exclude-from-external-load-balancers] is (empty)',
      ],
      against: [],
      commands: [
        '! kubectl label node n2 node.kubernetes.io/exclude-from-external-load-balancers-',
        '! undefined',
        '! kubectl -n shop patch service search --type=merge -p \'{"spec":{"externalTrafficPolicy":"Cluster"}}\'',
      ],
    },
  ],
  'MLB-L03 the network of every node is not up': [
    {
      cause: 'node-network-unavailable',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'every node that could announce it says that its network is not up (NetworkUnavailable): nodes n1, n2, n3',
      details: [
        'the network plugin, or the cloud controller, sets this condition to False once the network of the node works',
      ],
      because: [
        'field: status.conditions[NetworkUnavailable] is True',
        'field: status.conditions[NetworkUnavailable] is True',
        'field: status.conditions[NetworkUnavailable] is True',
      ],
      against: [],
      commands: ['kubectl describe node n1'],
    },
  ],
  'MLB-L03 every node is cordoned, in v0.14.9': [
    {
      cause: 'cordoned-nodes-silent',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'every node that could announce it is cordoned, and speakers of v0.14.9 do not announce from such a node: nodes n1, n2, n3',
      details: ['only v0.14.9 does so (#2470); v0.15.0 took it back (#2715)'],
      because: [
        'field: spec.unschedulable is true',
        'field: spec.unschedulable is true',
        'field: spec.unschedulable is true',
      ],
      against: [],
      commands: ['! kubectl uncordon n1', '! undefined'],
    },
  ],
  'MLB-L04 no endpoint at all': [
    {
      cause: 'silent-without-endpoints',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'nobody announces 10.0.0.100, because no endpoint of the Service can serve',
      details: [
        'it has no endpoints at all',
        'speakers announce an address only while something can serve it; as soon as an endpoint is ready they do so by themselves',
      ],
      because: ['derived: no EndpointSlice belongs to it'],
      against: [],
      commands: ['kubectl -n shop get endpointslices -l kubernetes.io/service-name=search -o yaml'],
    },
  ],
  'MLB-L04 endpoints that are not ready, one of them terminating': [
    {
      cause: 'silent-without-endpoints',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'nobody announces 10.0.0.100, because no endpoint of the Service can serve',
      details: [
        'it has 2 endpoints, and none is ready (1 terminating)',
        'speakers announce an address only while something can serve it; as soon as an endpoint is ready they do so by themselves',
      ],
      because: ['field: endpoints is 2, none ready or serving'],
      against: [],
      commands: ['kubectl -n shop get endpointslices -l kubernetes.io/service-name=search -o yaml'],
    },
  ],
  'MLB-L04 the only endpoint is on a node that no longer answers': [
    {
      cause: 'endpoint-on-a-silent-node',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'all its endpoints are on node n2, which no longer answers, so nobody announces the address',
      details: [
        'Kubernetes makes such pods anew elsewhere after five minutes (tolerationSeconds: 300); MetalLB itself moves an address within seconds',
        'two replicas on two nodes would have kept the address answering',
      ],
      because: ['field: status.conditions[Ready] is Unknown'],
      against: [],
      commands: ['kubectl get pods -A -o wide --field-selector=spec.nodeName=n2'],
    },
  ],
  'MLB-L05 policy Local: endpoints on a node that the advertisement does not select': [
    {
      cause: 'local-endpoints-elsewhere',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'its endpoints are on n2, and only n1 may announce it: with externalTrafficPolicy: Local nobody does',
      details: ['endpoints that can serve: on node n2', 'selected by l2/edge: node n1'],
      because: ['field: spec.externalTrafficPolicy is Local', 'field: endpoints[].nodeName is n2'],
      against: [],
      commands: [
        'kubectl get nodes --show-labels',
        '! kubectl -n shop patch service search --type=merge -p \'{"spec":{"externalTrafficPolicy":"Cluster"}}\'',
      ],
    },
  ],
  'MLB-L05 policy Local: endpoints made by hand, without their node': [
    {
      cause: 'endpoints-without-node',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'with externalTrafficPolicy: Local nobody announces it, because its endpoints do not say on which node they are',
      details: [
        '1 endpoint without nodeName, in search-abcde',
        'Kubernetes fills nodeName in for pods that a selector finds; endpoints made by hand have none unless it is written',
      ],
      because: ['field: endpoints[].nodeName is (not set)'],
      against: [],
      commands: [
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=search -o yaml',
        '! kubectl -n shop patch service search --type=merge -p \'{"spec":{"externalTrafficPolicy":"Cluster"}}\'',
      ],
    },
  ],
  'MLB-L06 the last endpoints are terminating': [
    {
      cause: 'only-terminating-endpoints',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'its last endpoint is terminating: when it is gone nobody announces the address',
      details: ['on n2', 'new connections may be refused already, while the address still answers'],
      because: ['field: endpoints[].conditions.terminating is true'],
      against: [],
      commands: ['kubectl -n shop get endpointslices -l kubernetes.io/service-name=search -o yaml'],
    },
  ],
};

/** What each layer 2 case must be told as, by check and title. */
export const layer2Told: Readonly<Record<string, readonly Told[]>> = {
  ...eligibleTold,
  ...layer2EverywhereTold,
  ...layer2SpeakersTold,
  ...layer2NetworkTold,
};
