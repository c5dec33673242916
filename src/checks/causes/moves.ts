import type { Cause } from '../../core/diagnosis/cause.ts';

/** Addresses that came, went or changed. */
export const moveCauses: readonly Cause[] = [
  {
    id: 'second-address-flaps',
    title: 'A Service gains and loses its second address without end',
    stage: 'health',
    law: 'From v0.15.0 on the controller lets a Service have only the families of its cluster IPs, and still adds an address of the other family where ipFamilyPolicy is PreferDualStack. With one cluster IP the two rules undo each other at every look.',
    looksLike:
      'In kubectl get service -w the second address, mostly the IPv6 one, comes and goes every moment; its clients lose their connections. Events IPAllocated say "Assigned IP" and "Assigned additional IP" in turn, never ClearAssignment, and the log of the controller repeats tryAssignAdditionalIP.',
    why: 'The cluster gives Services one family, the Service asks for two if they are to be had (many charts do), and its pool has both. In v0.14.9 it happens only where an address is requested.',
    howToBeSure:
      "kubectl get service NAME -o jsonpath='{.spec.ipFamilyPolicy} {.spec.clusterIPs}' prints PreferDualStack and one address, and the pool has free addresses of both families.",
    whatToDo:
      'Set ipFamilyPolicy: SingleStack on the Service, in its chart or Git as well: the turning ends at once and the second address goes. If it must stay PreferDualStack, name a pool of one family with the annotation metallb.io/address-pool.',
    whatItIsNot:
      'Not another load balancer that writes the same status, though it looks like one: the controller undoes its own work. Not a lack of addresses, and no release up to v0.16.2 mends it.',
    explains: [],
  },
  {
    id: 'address-moves',
    title: "A Service's address changes when others are deleted",
    stage: 'health',
    law: 'v0.14.9 gives a Service with one cluster IP and a dual-stack policy two families, finds at each look that they do not fit, and allocates anew: the lowest free address.',
    looksLike:
      'The address changes or loses a family when an unrelated Service is deleted; only IPAllocated events tell, no ClearAssignment.',
    why: 'PreferDualStack or RequireDualStack on a single-stack cluster, in v0.14.9 only.',
    howToBeSure:
      'Version v0.14.9, one cluster IP, a dual-stack policy, two addresses in the status.',
    whatToDo: 'Set ipFamilyPolicy: SingleStack, or upgrade to v0.15.0 or later.',
    whatItIsNot: 'Not a pool change: that records ClearAssignment.',
    explains: [],
  },
  {
    id: 'pool-change-moved-addresses',
    title: 'A change of a pool took addresses away',
    stage: 'health',
    law: 'From v0.14.2 on an address that the pools no longer allow is cleared at the next look; the Service then gets another one, or none.',
    looksLike:
      'Events ClearAssignment "current IP for … not allowed by config", many within seconds, and new addresses right after.',
    why: 'A range was cut, moved or removed; avoidBuggyIPs was turned on; serviceAllocation or the labels it looks at were changed.',
    howToBeSure:
      'The end of the event says which: "is not allowed in config" for a range, "not compatible for ip assignment" for a reservation. managedFields of the pools say who wrote last.',
    whatToDo:
      'Undo the change, then request the old addresses again: MetalLB does not give them back by itself.',
    whatItIsNot: 'Not a restart, and not a rival: MetalLB did as it was told.',
    explains: [],
  },
  {
    id: 'addresses-reshuffled',
    title: 'A restart of the controller dealt the addresses anew',
    stage: 'health',
    law: 'Before v0.14.2 a starting controller meets Services in any order; one that waits may take the address of one that it has not seen yet.',
    looksLike:
      'After a restart or a node reboot Services have swapped addresses; a burst of IPAllocated.',
    why: 'The controller keeps nothing but what stands in the status, and old releases do not read all of it first.',
    howToBeSure: 'IPAllocated events right after the start, on Services that are older than it.',
    whatToDo: 'Upgrade to v0.14.2 or later. Until then request every address that must not change.',
    whatItIsNot: 'Not a pool change: that records ClearAssignment.',
    explains: [],
  },
  {
    id: 'status-left-behind',
    title: 'Services still show addresses of a MetalLB that is gone',
    stage: 'health',
    law: 'MetalLB sets no finalizer and clears no status when it is removed.',
    looksLike: 'kubectl shows an EXTERNAL-IP, and nobody on the network answers for it.',
    why: 'MetalLB was uninstalled, or its namespace deleted, while Services had addresses.',
    howToBeSure:
      'No controller and no speaker runs, and the Service carries ip-allocated-from-pool.',
    whatToDo:
      'Install MetalLB again with the same pools: it keeps those addresses. Or empty the status by hand.',
    whatItIsNot: 'Not a silent speaker: there is none.',
    explains: [],
  },
  {
    id: 'stale-flag-lingers',
    title: 'The stale flag stays up although the configuration is well again',
    stage: 'health',
    law: 'The flag goes down when a configuration is loaded; one that is put back as it was is "unchanged" and is not loaded.',
    looksLike: 'MetalLBStaleConfig keeps firing; everything works.',
    why: 'Somebody undid a fault instead of making a new change, so there was nothing to load.',
    howToBeSure:
      'ConfigurationState (v0.15.3 and later) says Valid; the last error line of the log is older than the mended pools.',
    whatToDo: 'Restart the program whose flag is up, or make any real change to a pool.',
    whatItIsNot: 'Not a refused configuration: the pools load.',
    explains: [],
  },
  {
    id: 'old-address-lingers',
    title: 'A Service changed its address a moment ago',
    stage: 'health',
    law: 'MetalLB stops answering for the old address at once and tells nobody; neighbours keep it in their caches for minutes.',
    looksLike: 'Some clients still reach the old address, or somebody else on it.',
    why: 'A request was changed, or the address was taken away; the freed one goes to whoever asks next.',
    howToBeSure: 'Two IPAllocated events with different addresses; arping for the old one.',
    whatToDo:
      'Correct DNS and firewall, clear the neighbour cache of the router, or request the old address again while it is free.',
    whatItIsNot: 'Not two announcers for one address.',
    explains: [],
  },
  {
    id: 'controllers-overlap',
    title: 'Two controllers run at once during a roll-out',
    stage: 'health',
    law: 'MetalLB has no leader election, and a Deployment starts the new pod before it ends the old one.',
    looksLike:
      'For seconds or, when the old pod hangs, for minutes: addresses given twice and taken back.',
    why: 'strategy RollingUpdate, the default, and a pod that is slow to end.',
    howToBeSure: 'kubectl get pods: two controllers Ready, one of them Terminating perhaps.',
    whatToDo: 'Let the roll-out end, or delete the old pod. Set strategy.type: Recreate.',
    whatItIsNot: 'Not several replicas: the Deployment wants one.',
    explains: [],
  },
];
