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
  'MLB-D22 two machines have the same first address': [
    {
      cause: 'node-networks-collide',
      severity: 'warning',
      about: 'Node -/n1',
      affects: ['shop/web'],
      says: 'nodes n1, n2 have the same address, 10.0.2.15',
      details: [
        'a node reaches the pods of another by its address, and speakers find one another by theirs: between these nodes neither works',
      ],
      because: ['field: status.addresses is 10.0.2.15', 'field: status.addresses is 10.0.2.15'],
      against: [],
      commands: ['kubectl get nodes -o wide', '! undefined'],
    },
  ],
  'MLB-D22 two nodes have the same pod range': [
    {
      cause: 'node-networks-collide',
      severity: 'warning',
      about: 'Node -/n1',
      affects: ['shop/web'],
      says: 'the pod ranges of nodes n1, n2 overlap: 10.244.1.0/24 and 10.244.0.0/16',
      details: ['packets for pods of the one go to the other'],
      because: ['field: spec.podCIDRs is 10.244.1.0/24', 'field: spec.podCIDRs is 10.244.0.0/16'],
      against: [],
      commands: [
        'kubectl get nodes -o custom-columns=NODE:.metadata.name,PODS:.spec.podCIDRs',
        '! undefined',
      ],
    },
  ],
  'MLB-D22 the pod network lies over that of the nodes': [
    {
      cause: 'node-networks-collide',
      severity: 'warning',
      about: 'Node -/n1',
      affects: ['shop/web'],
      says: '192.168.1.11, the address of node n1, lies in the pod range 192.168.1.0/24 of node n2',
      details: [
        '192.168.1.12, the address of node n2, lies in the pod range 192.168.1.0/24 of that node',
        'what lies in a pod range is taken for a pod: answers to such nodes, and to clients in that range, get lost',
      ],
      because: ['field: spec.podCIDRs is 192.168.0.0/24', 'field: spec.podCIDRs is 192.168.1.0/24'],
      against: [],
      commands: [
        'kubectl get nodes -o custom-columns=NODE:.metadata.name,PODS:.spec.podCIDRs',
        '! undefined',
      ],
    },
  ],
};
