import type { Told } from './case.ts';

/** What each installation case must be told as, by check and title. */
export const installationTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-I01 no MetalLB at all': [
    {
      cause: 'metallb-not-installed',
      severity: 'error',
      about: 'Cluster -/cluster',
      affects: [],
      says: 'no MetalLB is installed in this cluster, so nobody hands out addresses',
      details: [
        'no Deployment or DaemonSet in any namespace looks like MetalLB by image, labels or name',
        'its resource definitions (ipaddresspools.metallb.io) are not installed',
        'no Service is of type LoadBalancer either: make sure that this is the cluster you mean',
      ],
      because: [],
      against: [],
      commands: ['kubectl get deployments,daemonsets -A | grep -i metallb'],
    },
  ],
  'MLB-I02 the controller is scaled to zero': [
    {
      cause: 'controller-absent',
      severity: 'error',
      about: 'Deployment metallb-system/controller',
      affects: [],
      says: "MetalLB's controller is scaled to 0, so nobody hands out addresses",
      details: ['deployment/controller in metallb-system has replicas: 0'],
      because: ['field: spec.replicas is 0'],
      against: [],
      commands: ['! kubectl -n metallb-system scale deployment/controller --replicas=1'],
    },
  ],
  'MLB-I02 there is no controller Deployment': [
    {
      cause: 'controller-absent',
      severity: 'error',
      about: 'Namespace -/metallb-system',
      affects: [],
      says: 'MetalLB has no controller in namespace metallb-system, so nobody hands out addresses',
      details: ["no Deployment and no pod in metallb-system runs MetalLB's controller"],
      because: [],
      against: [],
      commands: ['kubectl -n metallb-system get deployments,daemonsets,pods'],
    },
  ],
  'MLB-I02 the Deployment wants a pod and none is made': [
    {
      cause: 'controller-absent',
      severity: 'error',
      about: 'Deployment metallb-system/controller',
      affects: [],
      says: "MetalLB's controller should run, but has no pod",
      details: ['deployment/controller in metallb-system wants 1 and has none'],
      because: ['field: status.readyReplicas is 0', 'event: FailedCreate: exceeded quota'],
      against: [],
      commands: ['kubectl -n metallb-system describe deployment/controller'],
    },
  ],
  'MLB-I03 no node takes the controller': [
    {
      cause: 'controller-not-scheduled',
      severity: 'error',
      about: 'Pod metallb-system/controller-0',
      affects: [],
      says: "no node takes MetalLB's controller: 0/3 nodes are available: 3 had taints.",
      details: [
        'pod controller-0 waits for a node',
        'its node selector asks for kubernetes.io/os=linux',
      ],
      because: ['field: status.conditions[PodScheduled] is False'],
      against: [],
      commands: [
        'kubectl -n metallb-system describe pod controller-0',
        'kubectl get nodes -o wide',
      ],
    },
  ],
  'MLB-I04 the image of the controller cannot be pulled': [
    {
      cause: 'controller-image-pull-failing',
      severity: 'error',
      about: 'Pod metallb-system/controller-0',
      affects: [],
      says: "MetalLB's controller cannot start: its image quay.io/metallb/controller:v9.9.9 cannot be pulled",
      details: ['pods waiting for it: controller-0 on n1', 'Back-off pulling image: not found'],
      because: ['field: status.containerStatuses[].image is quay.io/metallb/controller:v9.9.9'],
      against: [],
      commands: [
        'kubectl -n metallb-system describe pod controller-0',
        '! kubectl -n metallb-system rollout undo deployment/controller',
      ],
    },
  ],
  'MLB-I05 the controller crashes, with its last words': [
    {
      cause: 'controller-crash-looping',
      severity: 'error',
      about: 'Pod metallb-system/controller-0',
      affects: [],
      says: "MetalLB's controller crashes again and again",
      details: [
        'controller-0 on n1: 7 restarts, last end 3 min ago: exit code 1',
        'last words: no route to host',
      ],
      because: [
        'field: status.containerStatuses[controller].restartCount is 7',
        'log: {"level":"error","error":"no route to host"}',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system logs controller-0 -c controller --previous --tail=50',
        '! kubectl -n metallb-system rollout undo deployment/controller',
      ],
    },
  ],
  'MLB-I05 a controller without a way to the API server crashes on account of the network': [
    {
      cause: 'controller-crash-looping',
      severity: 'error',
      about: 'Pod metallb-system/controller-0',
      affects: [],
      says: "MetalLB's controller crashes again and again: it cannot reach the API server from w7",
      details: [
        'controller-0 on w7: 0 restarts, last end 3 min ago: exit code 1',
        'last words: Get "https://10.96.0.1:443/api?timeout=32s": dial tcp 10.96.0.1:443: i/o timeout',
        'it cannot reach the API server: look at the pod network (CNI), kube-proxy and network policies of its node, not at MetalLB',
      ],
      because: [
        'field: status.containerStatuses[controller].restartCount is 0',
        'log: {"level":"error","error":"Get \\"https://10.96.0.1:443/api?timeout=32s\\": dial tcp 10.96.0.1:443: i/o timeout"}',
      ],
      against: [],
      commands: [
        'kubectl -n kube-system get pods -o wide --field-selector spec.nodeName=w7',
        'kubectl -n metallb-system logs controller-0 -c controller --previous --tail=50',
      ],
    },
  ],
  'MLB-I06 the controller is not ready': [
    {
      cause: 'controller-not-ready',
      severity: 'error',
      about: 'Pod metallb-system/controller-0',
      affects: [],
      says: "MetalLB's controller is not ready: it has not started",
      details: ['controller-0: it has not started'],
      because: ['field: status.conditions[Ready] is False'],
      against: [],
      commands: [
        'kubectl -n metallb-system describe pod controller-0',
        'kubectl -n metallb-system logs controller-0 --all-containers --tail=50',
      ],
    },
  ],
  'MLB-I07 the controller may not list pools': [
    {
      cause: 'controller-without-permission',
      severity: 'error',
      about: 'ServiceAccount metallb-system/controller',
      affects: [],
      says: "MetalLB's controller lacks the right to list ipaddresspools.metallb.io in namespace metallb-system",
      details: ['denied: list ipaddresspools.metallb.io in namespace metallb-system'],
      because: [
        'log: {"level":"error","ts":"2026-03-14T03:12:00Z","error":"failed to list *v1beta1.IPAddressPool: ipaddresspools.metallb.io is forbidden: User \\"system:serviceaccount:metallb-system:controller\\" cannot list resource \\"ipaddresspools\\" in API group \\"metallb.io\\" in the namespace \\"metallb-system\\""}',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system rollout restart deployment/controller',
        'kubectl auth can-i list ipaddresspools.metallb.io -n metallb-system --as=system:serviceaccount:metallb-system:controller',
      ],
    },
  ],
  'MLB-I08 two controllers at once': [
    {
      cause: 'several-controllers',
      severity: 'error',
      about: 'Deployment metallb-system/controller',
      affects: [],
      says: 'MetalLB runs 2 controllers at once; they allocate without knowing of each other',
      details: ['ready: controller-0', 'ready: controller-1'],
      because: ['field: spec.replicas is 2'],
      against: [],
      commands: ['! kubectl -n metallb-system scale deployment/controller --replicas=1'],
    },
  ],
  'MLB-I09 two pools overlap': [
    {
      cause: 'config-rejected',
      severity: 'error',
      about: 'IPAddressPool metallb-system/lan-2',
      affects: [],
      says: 'MetalLB refuses its whole configuration because of IPAddressPool metallb-system/lan-2 (and IPAddressPool metallb-system/lan)',
      details: [
        'IPAddressPool metallb-system/lan-2: CIDR "10.4.11.16/28" in pool "lan-2" overlaps with already defined CIDR "10.4.11.0/24"',
        'one bad object refuses the whole new configuration: the controller keeps its last good one, or has none if it restarted since',
      ],
      because: [
        'derived: CIDR "10.4.11.16/28" in pool "lan-2" overlaps with already defined CIDR "10.4.11.0/24"',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system edit ipaddresspool lan-2',
        'kubectl -n metallb-system get ipaddresspool lan-2 lan -o yaml',
      ],
    },
  ],
  'MLB-I19 an old version keeps its pools for an address in use': [
    {
      cause: 'config-rejected',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/checkout'],
      says: 'MetalLB v0.13.12 refuses the pools as they are, because shop/search holds 10.9.9.9, which none of them contains',
      details: [
        'shop/search holds 10.9.9.9',
        'versions from v0.14.2 on take the pools and give new addresses',
      ],
      because: ['derived: no pool contains 10.9.9.9'],
      against: [],
      commands: ['kubectl get ipaddresspools.metallb.io -A -o yaml'],
    },
  ],
  'MLB-I11 a webhook refuses the status': [
    {
      cause: 'status-write-fails',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'MetalLB has an address for it, but cannot write it: admission webhook "policy.example.net" denied the request: no',
      details: ['shop/checkout: admission webhook "policy.example.net" denied the request: no'],
      because: [
        'log: {"level":"error","ts":"2026-03-14T03:12:00Z","op":"updateServiceStatus","msg":"failed to update service","error":"admission webhook \\"policy.example.net\\" denied the request: no"}',
      ],
      against: [],
      commands: [
        '! kubectl -n shop edit service checkout',
        'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
      ],
    },
  ],
  'MLB-I12 no speaker': [
    {
      cause: 'speaker-absent',
      severity: 'error',
      about: 'DaemonSet metallb-system/speaker',
      affects: [],
      says: 'MetalLB has no speaker pod, so no address is announced on the network',
      details: [
        'daemonset/speaker in metallb-system wants 0 pods and has none',
        'its node selector asks for kubernetes.io/os=linux',
      ],
      because: ['field: status.desiredNumberScheduled is 0'],
      against: [],
      commands: ['kubectl -n metallb-system describe daemonset/speaker'],
    },
  ],
  'MLB-I13 a speaker crashes': [
    {
      cause: 'speaker-crash-looping',
      severity: 'warning',
      about: 'Pod metallb-system/speaker-n1',
      affects: [],
      says: "MetalLB's speaker crashes again and again",
      details: [
        'speaker-n1 on n1: 4 restarts, last end 3 min ago: exit code 1',
        'its last words are not known: the log of the run before was not read',
        '1 of 3 speakers is out (n1): addresses move to other nodes; a Service with externalTrafficPolicy: Local whose endpoints are only there is not reached',
      ],
      because: ['field: status.containerStatuses[speaker].restartCount is 4'],
      against: [],
      commands: [
        'kubectl -n metallb-system logs speaker-n1 -c speaker --previous --tail=50',
        '! kubectl -n metallb-system rollout undo daemonset/speaker',
      ],
    },
  ],
  'MLB-I14 one speaker of three is not ready: a warning': [
    {
      cause: 'speaker-not-ready',
      severity: 'warning',
      about: 'Pod metallb-system/speaker-n1',
      affects: [],
      says: "not every pod of MetalLB's speaker is ready: speaker-n1 on n1",
      details: [
        'speaker-n1: ContainerCreating',
        '1 of 3 speakers is out (n1): addresses move to other nodes; a Service with externalTrafficPolicy: Local whose endpoints are only there is not reached',
      ],
      because: ['field: status.conditions[Ready] is False'],
      against: [],
      commands: [
        'kubectl -n metallb-system describe pod speaker-n1',
        'kubectl -n metallb-system logs speaker-n1 --all-containers --tail=50',
      ],
    },
  ],
  "MLB-I15 the speakers' image cannot be pulled": [
    {
      cause: 'speaker-image-pull-failing',
      severity: 'error',
      about: 'Pod metallb-system/speaker-0',
      affects: [],
      says: "MetalLB's speaker cannot start: its image quay.io/metallb/speaker:v0.15.3 cannot be pulled",
      details: ['pods waiting for it: speaker-0 on n1', 'Back-off pulling image: not found'],
      because: ['field: status.containerStatuses[].image is quay.io/metallb/speaker:v0.15.3'],
      against: [],
      commands: [
        'kubectl -n metallb-system describe pod speaker-0',
        '! kubectl -n metallb-system rollout undo daemonset/speaker',
      ],
    },
  ],
  'MLB-I16 controller and speakers of two versions': [
    {
      cause: 'version-skew',
      severity: 'warning',
      about: 'Namespace -/metallb-system',
      affects: [],
      says: 'the controller is v0.15.3, the speakers are v0.14.9',
      details: ['controller-0: v0.15.3', 'speaker-0: v0.14.9'],
      because: ['field: controller version is v0.15.3', 'field: speaker version is v0.14.9'],
      against: [],
      commands: ['kubectl -n metallb-system get deployments,daemonsets -o wide'],
    },
  ],
  'MLB-I17 a kind of this version is not served': [
    {
      cause: 'crd-skew',
      severity: 'error',
      about: 'Namespace -/metallb-system',
      affects: [],
      says: 'MetalLB v0.15.3 needs kinds that the cluster does not have: configurationstates',
      details: [
        'served now: bfdprofiles, bgpadvertisements, bgppeers, communities, ipaddresspools, l2advertisements, servicebgpstatuses, servicel2statuses',
        'the resource definitions (CRDs) were not upgraded or not installed together with the program',
      ],
      because: ['field: served is false'],
      against: [],
      commands: ['kubectl get crd -o name | grep metallb.io'],
    },
  ],
  'MLB-I18 a webhook without a CA bundle': [
    {
      cause: 'webhook-unreachable-risk',
      severity: 'warning',
      about: 'ValidatingWebhookConfiguration -/metallb-webhook-configuration',
      affects: [],
      says: "metallb-webhook-configuration has no CA bundle, so changes to MetalLB's objects will be refused",
      details: ['ipaddresspoolvalidationwebhook.metallb.io: failurePolicy Fail, no caBundle'],
      because: [
        'field: webhooks[ipaddresspoolvalidationwebhook.metallb.io].clientConfig.caBundle is empty',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system rollout restart deployment/controller',
        'kubectl -n metallb-system logs deployment/controller --tail=500 | grep cert-rotation',
      ],
    },
  ],
};
