import type { Cause } from '../../core/diagnosis/cause.ts';

/** What is not MetalLB's fault and strikes it all the same. */
export const surroundingCauses: readonly Cause[] = [
  {
    id: 'operator-without-metallb',
    title: 'The operator is there, but has not made a MetalLB',
    stage: 'installation',
    law: 'The operator installs MetalLB when it finds a resource MetalLB called metallb in its own namespace, and only then.',
    looksLike:
      'The operator runs; there is no controller, no speaker, and every Service is pending.',
    why: 'The resource was never created, lies in another namespace, or has another name: then it is Degraded with IncorrectMetalLBResourceName.',
    howToBeSure:
      'kubectl get metallbs.metallb.io -A -o yaml: none, another name, or a condition Degraded.',
    whatToDo: "Create the resource MetalLB with the name metallb in the operator's namespace.",
    whatItIsNot:
      'Not a missing installation: the operator brings all definitions along, so pools can be created and nobody reads them.',
    explains: ['metallb-not-installed', 'controller-absent', 'speaker-absent', 'no-pool'],
  },
  {
    id: 'api-server-unreachable',
    title: "MetalLB cannot reach the API server: the cluster's network is at fault",
    stage: 'installation',
    law: 'Controller and speakers know and change everything by way of the API server, mostly by the address of the Service kubernetes.',
    looksLike:
      'CrashLoopBackOff or a pod that looks well and does nothing; its log says "dial tcp 10.96.0.1:443: i/o timeout" or "no route to host".',
    why: "The pod network (CNI) or kube-proxy of that node is broken, a firewall stands between, or a network policy shuts MetalLB in: the chart's own needs networkpolicies.apiPort to be the port of the API server.",
    howToBeSure:
      'The same call from another pod of that node fails as well; on a node where it works MetalLB works too.',
    whatToDo:
      "Mend the node's network, kube-proxy or the policy. Nothing has to be done to MetalLB.",
    whatItIsNot:
      'Not a fault of MetalLB, and rolling MetalLB back does not help. Not a missing right either: then the log says "is forbidden".',
    explains: [
      'controller-crash-looping',
      'controller-not-ready',
      'speaker-crash-looping',
      'speaker-not-ready',
      'memberlist-secret-missing',
      'probe-blocked',
      'webhook-not-ready',
      'webhook-without-endpoints',
      'status-write-fails',
      'watch-stale',
      'waiting-for-retry',
    ],
  },
  {
    id: 'api-server-troubled',
    title: 'The API server itself is in trouble',
    stage: 'installation',
    law: 'MetalLB waits for the API server like everything else in the cluster, and tries again.',
    looksLike:
      'Its log says "etcdserver: request timed out", "the server is currently unable to handle the request" or "has received too many requests"; other controllers say the same.',
    why: 'etcd is slow (disk), without quorum or full; the API server is overloaded or restarts; an aggregated API is down.',
    howToBeSure: "kubectl get --raw '/readyz?verbose', and etcd's own metrics.",
    whatToDo: 'Mend the control plane. MetalLB catches up by itself.',
    whatItIsNot: 'Not a fault of MetalLB; restarting it only adds load.',
    explains: [
      'controller-crash-looping',
      'controller-not-ready',
      'speaker-crash-looping',
      'speaker-not-ready',
      'status-write-fails',
      'webhook-fails',
      'watch-stale',
      'waiting-for-retry',
    ],
  },
  {
    id: 'watch-stale',
    title: 'The controller runs and no longer sees changes: its watch is stale',
    stage: 'installation',
    law: 'The controller keeps a copy of all Services and pools and hears of changes over a watch that stays open for ever. Where that goes silent without an error, nobody notices: it decides by its old copy, and its probes stay green.',
    looksLike:
      'What had an address keeps it. A new Service stays pending, or a new pool has no effect, without any event; the controller is Ready and its log ends in the middle of the day. Deleting and making the Service again does not help.',
    why: 'The way to the API server broke off without a word (a load balancer or packet filter dropped the connection), or etcd was restored from a backup, so that the API server knows only versions older than those the controller asks from. Old releases of client-go also gave up after "too old resource version" (#299).',
    howToBeSure:
      'MetalLB logs "start reconcile" for every Service and pool it looks at: the new one does not occur, and nothing of its kind since it was made. A line "too old resource version" alone is harmless: the client lists anew and goes on.',
    whatToDo:
      'Restart the controller: kubectl -n metallb-system rollout restart deployment/controller. It reads everything anew within seconds, and since v0.14.2 every Service keeps its address. After a restore of etcd restart the speakers and all other controllers too.',
    whatItIsNot:
      'Not waiting-for-retry: there the log shows that MetalLB looked at the Service and refused it. Not a missing right either: then the log says "is forbidden".',
    explains: ['waiting-for-retry', 'config-stale'],
  },
  {
    id: 'namespace-terminating',
    title: 'The namespace of MetalLB is being deleted',
    stage: 'installation',
    law: 'In a namespace that is being deleted nothing can be created any more.',
    looksLike:
      'Pods are gone and not made again; kubectl get namespace says Terminating, perhaps for hours.',
    why: 'Somebody, or a pruning GitOps tool, deleted the namespace; a finalizer or a dead aggregated API keeps it from going.',
    howToBeSure:
      'kubectl get namespace -o yaml: deletionTimestamp, and conditions that name what remains.',
    whatToDo:
      'Let it go (mend what holds it), then install MetalLB again and restore pools and advertisements from Git.',
    whatItIsNot:
      'Not a fault of MetalLB. Addresses that are assigned stay in the status of the Services.',
    explains: [
      'controller-absent',
      'speaker-absent',
      'no-pool',
      'configuration-lost',
      'address-outside-pools',
      'pool-unadvertised',
    ],
  },
  {
    id: 'pods-blocked-by-quota',
    title: "A quota does not let MetalLB's pods be created",
    stage: 'installation',
    law: 'A ResourceQuota refuses every pod that would exceed it, and every pod without limits when it counts limits.',
    looksLike:
      'The Deployment or DaemonSet wants pods and has none; the event FailedCreate says "exceeded quota".',
    why: 'The namespace has a quota on memory, CPU or pods; something else used it up, or MetalLB states no limits.',
    howToBeSure: "kubectl describe resourcequotas in MetalLB's namespace.",
    whatToDo: 'Raise the quota, free some of it, or exempt the namespace.',
    whatItIsNot: "Not a scheduling problem: the pods do not exist yet. Not MetalLB's own limit.",
    explains: ['controller-absent', 'speaker-absent'],
  },
  {
    id: 'services-blocked-by-quota',
    title: 'A quota does not let the Service be made',
    stage: 'installation',
    law: 'A ResourceQuota can limit how many Services a namespace has: services, services.loadbalancers, services.nodeports. One more is refused by the API server, and so is a change of type to LoadBalancer.',
    looksLike:
      'kubectl get services does not show the Service, or shows it as the ClusterIP it was, while Git, Helm or an operator says it is there. Whoever applies it says "exceeded quota".',
    why: 'Other LoadBalancer Services of the namespace have used it up, or a LoadBalancer needs node ports and the quota allows none (allocateLoadBalancerNodePorts: false asks for none).',
    howToBeSure:
      'kubectl -n NAMESPACE describe resourcequotas: Used equals Hard. Applying the Service by hand prints the refusal.',
    whatToDo:
      'Raise the quota (kubectl -n NAMESPACE edit resourcequota NAME), or make a Service that needs no address of its own a ClusterIP; then apply again, nobody does it by itself at once.',
    whatItIsNot:
      "Not a full pool: MetalLB never hears of the Service. Not the quota of MetalLB's own namespace, which keeps its pods away (pods-blocked-by-quota).",
    explains: [],
  },
  {
    id: 'pods-blocked-by-admission',
    title: "Another product's admission rule refuses MetalLB's pods",
    stage: 'installation',
    law: 'Every admission webhook and policy of the cluster has a say when a pod is created.',
    looksLike:
      'FailedCreate events that say \'admission webhook "…" denied the request\', or that this webhook could not be called.',
    why: 'A policy (Kyverno, Gatekeeper, an image policy) forbids host network, capabilities or the registry; or its webhook is down and set to Fail.',
    howToBeSure: 'The event names the webhook or policy.',
    whatToDo: "Exempt MetalLB's namespace there, or mend that product.",
    whatItIsNot: "Not MetalLB's own webhook: that one only guards MetalLB's objects.",
    explains: ['controller-absent', 'speaker-absent'],
  },
  {
    id: 'pods-blocked-by-pod-security',
    title: "Pod Security does not let MetalLB's pods be created",
    stage: 'installation',
    law: 'Speakers use the host network and NET_RAW, which only the level privileged allows.',
    looksLike:
      'The DaemonSet wants pods and has none; the event FailedCreate says "violates PodSecurity". Services have addresses and nobody answers.',
    why: 'The manifests label metallb-system as privileged; the Helm chart labels nothing, so a namespace made by hand keeps the default of the cluster, which Talos and others set to baseline.',
    howToBeSure:
      'kubectl get namespace --show-labels: pod-security.kubernetes.io/enforce is not privileged.',
    whatToDo:
      'Label the namespace pod-security.kubernetes.io/enforce=privileged, also where it is declared.',
    whatItIsNot:
      'Not a node selector or taint: then the DaemonSet wants no pod in the first place.',
    explains: ['controller-absent', 'speaker-absent', 'speaker-not-ready'],
  },
  {
    id: 'pods-blocked-by-scc',
    title: "OpenShift's security context constraints do not let MetalLB's pods be created",
    stage: 'installation',
    law: 'OpenShift creates a pod only when one constraint that its ServiceAccount may use allows all it asks for.',
    looksLike:
      'FailedCreate events that say "unable to validate against any security context constraint".',
    why: 'MetalLB was installed by manifest or chart, and its ServiceAccount is not bound to privileged.',
    howToBeSure: 'The event lists every constraint and why it does not fit.',
    whatToDo: 'Bind the ServiceAccount of the speakers to privileged, or install by the operator.',
    whatItIsNot: 'Not Pod Security, which OpenShift derives from the constraints.',
    explains: ['controller-absent', 'speaker-absent'],
  },
  {
    id: 'probe-blocked',
    title: "The kubelet's probes do not get through",
    stage: 'installation',
    law: 'A pod counts as ready only when the kubelet of its node gets an answer: from port 7472, from v0.16.0 on 17472.',
    looksLike:
      'Running and never Ready, or restarted every minute; the event Unhealthy says "context deadline exceeded" or "no route to host" while the log goes on.',
    why: "A packet filter on the host (firewalld, ufw, a host policy of the CNI) drops the kubelet's own call.",
    howToBeSure:
      'curl the probe from that node: it hangs too, while ss shows that the program listens.',
    whatToDo: 'Let the port pass on the node.',
    whatItIsNot:
      'Not a crash. "connection refused" is something else: nobody listens there (v0.16.0 bound its probe to loopback, #3062).',
    explains: [
      'controller-not-ready',
      'speaker-not-ready',
      'controller-crash-looping',
      'speaker-crash-looping',
    ],
  },
  {
    id: 'git-ops-cannot-apply',
    title: "GitOps or Helm cannot apply MetalLB's objects",
    stage: 'installation',
    law: 'The cluster holds what was applied, not what stands in Git.',
    looksLike:
      'A pool or release is in Git and not in the cluster; the Application, Kustomization or HelmRelease shows an error.',
    why: "Definitions are applied after the objects that need them, the chart does not render, a field cannot be changed, MetalLB's webhook refuses the object.",
    howToBeSure:
      'Describe the Application, Kustomization or HelmRelease: its last message says what it ran into.',
    whatToDo: 'Mend what the message says and sync again.',
    whatItIsNot:
      'Not a webhook that cannot be called: that one is told as such. MetalLB itself never reads Git.',
    explains: ['no-pool'],
  },
];
