import type { Cause } from '../../core/diagnosis/cause.ts';

/** Pools that hold addresses somebody else uses. */
export const claimedElsewhereCauses: readonly Cause[] = [
  {
    id: 'node-address-in-pool',
    title: 'A pool contains the address of a node',
    stage: 'health',
    law: 'MetalLB knows nothing of the addresses of nodes: what lies in a pool is handed out (a check against it came with v0.15.0 and went with v0.15.1, #2779).',
    looksLike:
      'A node is unreachable now and then, or a Service answers with a node; ARP shows two machines for one address.',
    why: 'The range was taken too wide, or nodes joined later inside it.',
    howToBeSure: 'Compare the pools with the addresses of the nodes: triage pools names each.',
    whatToDo:
      'Take the address out of the pool: write the range in two parts around it. A Service that holds it gets another address then.',
    whatItIsNot:
      'Not a fault where a single node shares its only address on purpose; then no second machine answers for it.',
    explains: [],
  },
  {
    id: 'pool-overlaps-cluster-range',
    title: "A pool overlaps the cluster's own ranges",
    stage: 'health',
    law: 'Cluster IPs are answered by kube-proxy on every node, pod addresses by the CNI, before anything leaves the node.',
    looksLike:
      'The address works from outside and not from inside the cluster, or reaches another Service from inside.',
    why: 'The pool was written with the Service or the pod range of the cluster in mind.',
    howToBeSure: 'Compare the pool with spec.clusterIPs of Services and spec.podCIDRs of nodes.',
    whatToDo: 'Give the pool a range of the outer network that the cluster does not use.',
    whatItIsNot: 'Not a reason for a pending Service: MetalLB hands such addresses out gladly.',
    explains: [],
  },
];
