import type { Cause } from '../../core/diagnosis/cause.ts';

/** Pools that are valid and yet do not do what they were made for. */
export const poolCauses: readonly Cause[] = [
  {
    id: 'pinned-pool-open-to-all',
    title: 'A reserved pool is reserved for nobody',
    stage: 'health',
    law: 'namespaceSelectors are turned into names when the pool is loaded; when they match no namespace, the empty list means "no restriction".',
    looksLike:
      'Nothing at first. Then the team it was made for gets no address of it, and others who name it do; with serviceSelectors in it, Services of any namespace with those labels get them.',
    why: 'A typing error in the selector, a label that was never set, or a namespace that was deleted and made again without its labels.',
    howToBeSure:
      "kubectl get namespaces --show-labels, against the pool's serviceAllocation.namespaceSelectors.",
    whatToDo:
      'Label the namespaces, correct the selector, or list the namespaces by name: names need no label.',
    whatItIsNot: 'Not a refused configuration: MetalLB accepts such a pool without a word.',
    explains: [],
  },
  {
    id: 'pinned-pool-spill',
    title: 'A reserved pool is full and its Services use common addresses',
    stage: 'health',
    law: 'MetalLB tries the pools reserved for a Service first; when none of them has room it takes any pool that is open to all, and says nothing.',
    looksLike:
      'Every Service has an address. Some are outside the range that firewall, DNS or the customer expects.',
    why: 'The reserved pool ran full, or was reserved only after the address was given. MetalLB never moves a Service back by itself.',
    howToBeSure:
      'Compare the annotation metallb.io/ip-allocated-from-pool with the pools whose serviceAllocation names the namespace.',
    whatToDo:
      'Widen the reserved pool. To forbid the spill set autoAssign: false on the common pools, or name the pool on each Service. Naming the pool moves the Service: its address changes.',
    whatItIsNot: 'Not a leak of the pool: others do not get in, its own Services get out.',
    explains: [],
  },
  {
    id: 'buggy-address-held',
    title: 'A Service has an address that ends in .0 or .255',
    stage: 'health',
    law: 'Every address of a range is handed out, the first and the last included, unless the pool has avoidBuggyIPs.',
    looksLike: 'Most clients connect; some, often behind old routers or on Windows, never do.',
    why: 'Old devices take such addresses for network or broadcast addresses of a /24 and drop the packets.',
    howToBeSure:
      'Connect from one client that works and one that does not. Without clients that fail this is no fault.',
    whatToDo:
      'Set avoidBuggyIPs: true, or leave those addresses out of the range. Either takes the address away at once and gives another.',
    whatItIsNot: 'Not proof of anything: it is a suspicion to follow only when clients fail.',
    explains: [],
  },
  {
    id: 'external-ips-lookalike',
    title: 'The external address is not from MetalLB',
    stage: 'health',
    law: 'MetalLB writes status.loadBalancer.ingress and announces that; spec.externalIPs is written by people and announced by nobody.',
    looksLike: 'kubectl shows an EXTERNAL-IP, and nobody on the network answers for it.',
    why: 'kubectl prints both fields in one column. Somebody set externalIPs to get "this address", or copied it from another cluster.',
    howToBeSure:
      'kubectl get service -o jsonpath={.status.loadBalancer.ingress} against {.spec.externalIPs}.',
    whatToDo:
      'Empty externalIPs and request the address with metallb.io/loadBalancerIPs on a Service of type LoadBalancer.',
    whatItIsNot:
      'Not a silent speaker: MetalLB was never asked. Nor a fault where a router sends that address to the nodes on purpose.',
    explains: [],
  },
  {
    id: 'deprecated-annotation',
    title: 'Annotations of the old prefix are in use',
    stage: 'health',
    law: 'From v0.14.9 on metallb.universe.tf/… is read as before, unless the same key with metallb.io/ stands beside it, which then wins.',
    looksLike: 'Warning events deprecatedAnnotation at every change of the Service.',
    why: 'The Service was written for an older release.',
    howToBeSure: 'Look at the annotations of the Service.',
    whatToDo: 'Nothing at night. By day write the new key with the same value, then drop the old.',
    whatItIsNot: 'Never the reason for a missing address.',
    explains: [],
  },
];
