import type { Cause } from '../../core/diagnosis/cause.ts';

const notPending =
  'Not the reason for a pending Service: speakers announce, the controller allocates.';

/** What keeps speakers from their nodes. */
export const speakerCauses: readonly Cause[] = [
  {
    id: 'speaker-without-permission',
    title: 'The speakers lack a right',
    stage: 'installation',
    law: 'A speaker that may not list or watch one of its kinds never finishes starting.',
    looksLike:
      'After an upgrade speakers restart every two minutes, or are Running and announce nothing; the log says "is forbidden".',
    why: 'Its roles are older than the program: the operator, or a chart that does not bring them, was upgraded in part.',
    howToBeSure: 'kubectl auth can-i with --as of the account that the log names.',
    whatToDo: 'Apply the roles of the running version and restart the speakers.',
    whatItIsNot: `Not a missing definition: then the log says "no matches for kind". ${notPending}`,
    explains: ['speaker-crash-looping', 'speaker-not-ready'],
  },
  {
    id: 'speaker-port-taken',
    title: 'Another program has a port that the speakers need',
    stage: 'installation',
    law: "Speakers use the host's network: 7946 for memberlist, 7472 for metrics (from v0.16.0 9120 and 17472), once per node.",
    looksLike:
      'One or some speakers crash with "bind: address already in use", or stay Pending with "didn\'t have free ports".',
    why: 'Docker Swarm uses 7946 too, an exporter or proxy has the metrics port, or a second MetalLB is installed.',
    howToBeSure: 'ss -lntup on that node names the program.',
    whatToDo: 'Stop the other program, or give the speakers another port, the same on all nodes.',
    whatItIsNot: notPending,
    explains: ['speaker-crash-looping', 'speaker-not-ready', 'speaker-not-scheduled'],
  },
  {
    id: 'memberlist-secret-missing',
    title: 'The Secret by which speakers know each other is missing',
    stage: 'installation',
    law: 'The controller makes the Secret memberlist when it starts; no speaker starts without it.',
    looksLike:
      'Speakers stay in ContainerCreating; the event FailedMount says \'secret "memberlist" not found\'. For some seconds after an installation that is normal.',
    why: 'The controller has not run yet or lacks rights to Secrets, METALLB_DEPLOYMENT is not its name, or its Deployment was replaced: the Secret belongs to it and goes with it.',
    howToBeSure:
      'kubectl get secrets, and "failed to create memberlist secret" in the log of the controller.',
    whatToDo:
      'Get the controller running, restart it once, or make the Secret by hand with the key secretkey.',
    whatItIsNot: notPending,
    explains: ['speaker-not-ready', 'speaker-crash-looping'],
  },
  {
    id: 'speaker-not-scheduled',
    title: 'Speaker pods wait for their node',
    stage: 'installation',
    law: "A DaemonSet's pod is made for one node; when that has no room for it, it waits.",
    looksLike: 'Some speaker pods are Pending without a node.',
    why: 'The node is full (CPU, memory, number of pods), or the pod asks for something it has not.',
    howToBeSure: 'The PodScheduled condition of the pod.',
    whatToDo: 'Free room on that node, or give the speakers a priority class.',
    whatItIsNot: 'Not a taint: for a tainted node no pod is made at all.',
    explains: ['speaker-not-ready'],
  },
  {
    id: 'speaker-missing-on-nodes',
    title: 'Some nodes have no speaker',
    stage: 'installation',
    law: 'Speakers tolerate the taints of control planes with effect NoSchedule, and no others.',
    looksLike:
      'The DaemonSet is complete and has fewer pods than there are nodes; a Service with externalTrafficPolicy: Local is not reached on these nodes.',
    why: 'The nodes carry a taint that the DaemonSet does not tolerate, or a toleration lacks operator: Exists and so only fits an empty value (#814).',
    howToBeSure: 'Compare the taints of the nodes with the tolerations of the DaemonSet.',
    whatToDo: 'Add the toleration where these nodes shall announce addresses.',
    whatItIsNot: 'Not a fault when the nodes are not meant to take traffic.',
    explains: [],
  },
  {
    id: 'speaker-frr-failing',
    title: 'FRR does not come up, or does not take its configuration',
    stage: 'installation',
    law: 'In FRR mode the pod of a speaker also runs frr, reloader and frr-metrics, and is Ready only with all of them. In FRR-K8s mode FRR runs in pods of its own, and the speakers are Ready without it.',
    looksLike:
      'Speaker pods are at 3/4 or in Init:CrashLoopBackOff, or the pods of frr-k8s are; BGP sessions are down.',
    why: 'An init container cannot copy its programs, frr-metrics cannot take its port (v0.14.9, #2708), or FRR refuses its configuration.',
    howToBeSure: 'kubectl logs --previous of the container that restarts.',
    whatToDo: 'Mend what it says; where BGP is not used, switch FRR off.',
    whatItIsNot: notPending,
    explains: ['speaker-crash-looping', 'speaker-not-ready'],
  },
  {
    id: 'metrics-port-moved',
    title: 'Monitoring still asks for metrics where they were before v0.16',
    stage: 'installation',
    law: 'From v0.16.0 metrics are served by HTTPS on port 9120, to accounts that may get /metrics; before it was HTTP on 7472.',
    looksLike:
      "Since the upgrade MetalLB's targets are down in Prometheus, and its alerts are silent.",
    why: 'Services or ServiceMonitors of the older release were kept (#3055).',
    howToBeSure: 'Their targetPort is 7472.',
    whatToDo: 'Apply the ServiceMonitor and roles of this version.',
    whatItIsNot: 'Not a fault of MetalLB: addresses are given and announced as before.',
    explains: [],
  },
  {
    id: 'frr-k8s-unasked',
    title: 'FRR-K8s runs although nobody announces by BGP',
    stage: 'installation',
    law: 'From v0.16.0 FRR-K8s is the default BGP backend of the chart.',
    looksLike: 'After the upgrade a DaemonSet frr-k8s appears on every node.',
    why: 'The values do not switch it off; the key is frrk8s.enabled, not frr-k8s.enabled (#3053).',
    howToBeSure: 'There is no BGPAdvertisement and no BGPPeer.',
    whatToDo: 'Leave it or switch it off.',
    whatItIsNot: 'Not an incident.',
    explains: [],
  },
];
