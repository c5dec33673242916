import type { Told } from './case.ts';

/** What each case of the agents on the nodes must be told as, by check and title. */
export const nodeAgentsTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-D10 a kube-proxy without a DaemonSet is not ready on the node that announces': [
    {
      cause: 'kube-proxy-failing',
      severity: 'error',
      about: 'Pod kube-system/kube-proxy-n2',
      affects: ['shop/web'],
      says: 'kube-proxy is not ready on n2, which announces the address',
      details: [
        'kube-proxy-n2 on n2: containers with unready status: [web]',
        'kube-proxy on the node that a packet reaches sends it on to a pod; without it the node drops or refuses what comes to the address',
        'rules that it made before stay on the node, so only what has changed since is wrong there; after a restart of the node there are none',
      ],
      because: ['field: status.conditions[Ready] is False'],
      against: [],
      commands: [
        'kubectl -n kube-system logs kube-proxy-n2 --all-containers --tail=50',
        'kubectl -n kube-system describe pod kube-proxy-n2',
      ],
    },
  ],
  'MLB-D10 one kube-proxy is not ready, and its node is': [
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
  'MLB-D19 the network plugin is not ready on a node that is': [
    {
      cause: 'network-plugin-failing',
      severity: 'warning',
      about: 'DaemonSet kube-system/calico-node',
      affects: ['shop/web'],
      says: 'Calico (kube-system/calico-node) is ready on 2 of 3 nodes',
      details: [
        'it carries packets from the node that takes them in to the pods on the others',
        'what it set up before mostly stays, so only what has changed since may be wrong there',
      ],
      because: ['field: status.numberReady is 2 of 3'],
      against: [],
      commands: ['kubectl -n kube-system get pods -o wide'],
    },
  ],
  'MLB-D19 nor is the one that does the work of kube-proxy': [
    {
      cause: 'network-plugin-failing',
      severity: 'warning',
      about: 'DaemonSet kube-system/cilium',
      affects: ['shop/web'],
      says: 'Cilium (kube-system/cilium) is ready on 2 of 3 nodes',
      details: [
        'it carries packets from the node that takes them in to the pods on the others',
        'no DaemonSet kube-proxy was seen, so it may be what sends packets for the address on to pods, too',
        'what it set up before mostly stays, so only what has changed since may be wrong there',
      ],
      because: ['field: status.numberReady is 2 of 3'],
      against: [],
      commands: ['kubectl -n kube-system get pods -o wide'],
    },
  ],
  'MLB-D20 the kernel takes no rules of kube-proxy, which passes for ready': [
    {
      cause: 'kube-proxy-failing',
      severity: 'warning',
      about: 'Pod kube-system/kube-proxy-x7k2p',
      affects: ['shop/web'],
      says: 'kube-proxy-x7k2p says again and again that its rules were not taken',
      details: [
        'it passes for ready all the same; one rule that the kernel does not know keeps out all others, those of this Service among them',
        'rules that it made before stay on the node; after a restart of the node there are none',
      ],
      because: [
        'log: I0314 03:11:09.484752       1 proxier.go:836] "Sync failed" ipFamily="IPv4" retryingTime="30s"',
      ],
      against: [],
      commands: ['kubectl -n kube-system logs kube-proxy-x7k2p --tail=50'],
    },
  ],
};
