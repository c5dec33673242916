import type { Cause } from '../../core/diagnosis/cause.ts';

/** Whether MetalLB is the one to serve the Service at all. */
export const selectionCauses: readonly Cause[] = [
  {
    id: 'class-not-handled',
    title: 'MetalLB does not serve this load balancer class',
    stage: 'selection',
    law: 'A controller without --lb-class serves only Services without loadBalancerClass; one with it serves only Services of exactly that class.',
    looksLike:
      'The Service stays pending and there is no event at all, however many addresses are free.',
    why: 'spec.loadBalancerClass and the controller flag --lb-class differ, so the Service is passed over before anything else is looked at. Only a debug log line tells.',
    howToBeSure:
      "Compare the Service's spec.loadBalancerClass with the arguments of the controller's container.",
    whatToDo:
      'Give both the same class. The class of a LoadBalancer Service cannot be edited: change its type to NodePort, with loadBalancerClass null, and back; cluster IP and node ports stay. If another product owns that class, look there.',
    whatItIsNot: 'Not a full pool and not a refused request: MetalLB never weighed any of that.',
    explains: [],
  },
  {
    id: 'rival-controller',
    title: 'Another load balancer controller works on the same Services',
    stage: 'selection',
    law: 'Any controller may write the status of a Service; two that both believe to own it overwrite each other.',
    looksLike:
      'The address flips, is a node address, lies outside every pool, or vanishes again right after it was assigned.',
    why: 'k3s ServiceLB, kube-vip, Cilium LB-IPAM, a cloud controller, PureLB, OpenELB or a second MetalLB is also active. Without a class every one of them serves every LoadBalancer Service.',
    howToBeSure:
      'Look for its marks: annotations and labels on the Service, svclb- DaemonSets, who last wrote the status (managedFields), node addresses in the status.',
    whatToDo:
      'Keep one: switch the other off (k3s: --disable=servicelb; kube-vip: svc_enable=false; Cilium: no CiliumLoadBalancerIPPool; OpenELB, PureLB: scale it down), or give each its own loadBalancerClass.',
    whatItIsNot:
      'Not a MetalLB bug, although its log shows the address changing without anybody editing the Service. The product being installed proves nothing while it leaves the Service alone.',
    explains: ['waiting-for-retry', 'address-outside-pools', 'duplicate-address'],
  },
];
