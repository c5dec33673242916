import type { Cause } from '../../core/diagnosis/cause.ts';

/** Causes that lie in how the nodes are numbered. */
export const nodeCauses: readonly Cause[] = [
  {
    id: 'node-networks-collide',
    title: 'Nodes share an address, or a pod range lies over one',
    stage: 'traffic',
    law: 'A node reaches the pods of another node by the address of that node, and takes what lies in a pod range for pods.',
    looksLike:
      'Connections that end at a pod of the announcing node work, others hang; speakers do not see one another.',
    why: 'All virtual machines have the same address on their first interface (10.0.2.15 in VirtualBox), a node was cloned, or the pod network was laid over the network of the nodes (192.168.0.0/16 at home).',
    howToBeSure: 'kubectl get nodes -o wide, and spec.podCIDR of each node.',
    whatToDo:
      'Give each kubelet the address that the others reach it at (--node-ip); a pod network that overlaps has to be made anew.',
    whatItIsNot:
      'Not a fault of MetalLB. Network plugins with ranges of their own may leave spec.podCIDR unused.',
    explains: [
      'memberlist-split',
      'address-in-no-subnet',
      'network-plugin-failing',
      'port-unanswered',
      'answers-take-another-way',
    ],
  },
];
