import type { Cause } from '../../core/diagnosis/cause.ts';

/** Causes that lie between the announcing node and the endpoints. */
export const wayCauses: readonly Cause[] = [
  {
    id: 'network-policy-drops-traffic',
    title: 'A NetworkPolicy keeps the traffic from the pods',
    stage: 'traffic',
    law: 'A pod that any NetworkPolicy selects takes only what some policy allows. With externalTrafficPolicy Cluster it sees the address of the node, with Local that of the client.',
    looksLike:
      'The address answers ARP, connections hang until they time out; from inside the cluster it may work.',
    why: 'A default-deny without an exception for this port, or an exception for pods only, which no client from outside is.',
    howToBeSure:
      'Read the policies that select the pods; allow the port from everywhere for a moment.',
    whatToDo: 'Add a policy that allows the port from outside.',
    whatItIsNot: 'Network plugins that do not enforce policies (flannel alone) ignore them.',
    explains: ['port-unanswered', 'answers-take-another-way'],
  },
  {
    id: 'plugin-policy-drops-traffic',
    title: 'A policy of the network plugin keeps the traffic from the pods',
    stage: 'traffic',
    law: 'Calico and Cilium have policies beside those of Kubernetes, of a namespace and of the cluster. A pod that one selects takes only what the policies together let in; what one denies stays out.',
    looksLike:
      'The address answers ARP, connections hang until they time out; kubectl get networkpolicy shows nothing.',
    why: 'A default-deny for the whole cluster without an exception for this port, or one for pods alone (Cilium: fromEndpoints, and the entity cluster), which no client from outside is.',
    howToBeSure:
      'Read the policies that select the pods; Cilium: cilium-dbg monitor --type drop on the node of the pod. Allow the port from everywhere for a moment.',
    whatToDo:
      'Let the port in from outside: Calico by source.nets or without a source, Cilium by fromEntities world (with externalTrafficPolicy Cluster remote-node too) or by toPorts alone.',
    whatItIsNot:
      'Not AdminNetworkPolicies and their kin: whom these let in or keep out are pods of the cluster, never a client from outside.',
    explains: ['port-unanswered', 'answers-take-another-way'],
  },
  {
    id: 'source-ranges-keep-out',
    title: 'The source ranges of the Service let only some clients in',
    stage: 'traffic',
    law: 'Of each family kube-proxy drops, without a word, clients outside spec.loadBalancerSourceRanges; a family without a range is open.',
    looksLike: 'Some clients connect, others hang until they time out.',
    why: 'The ranges are older than a client network, a NAT stands before the nodes, or 0.0.0.0/32 was written for 0.0.0.0/0.',
    howToBeSure: 'Compare the address of the client as it arrives at the node with the ranges.',
    whatToDo: 'Add the range of the client.',
    whatItIsNot: 'As information only when the ranges are sound: who is let in is then on purpose.',
    explains: ['port-unanswered', 'answers-take-another-way'],
  },
  {
    id: 'kube-proxy-failing',
    title: 'kube-proxy does not run on every node',
    stage: 'traffic',
    law: 'On the node that takes a packet in kube-proxy, or what stands in for it, sends it on to a pod.',
    looksLike: 'The address answers ARP, and connections through some nodes hang or are refused.',
    why: 'Its pods crash, are not scheduled, or the DaemonSet was removed without a replacement.',
    howToBeSure: 'kubectl -n kube-system get daemonset kube-proxy, and its pods.',
    whatToDo: 'Get it to run. k3s, RKE2, Cilium, kube-router and OVN-Kubernetes do without it.',
    whatItIsNot: 'Not a fault of MetalLB: it only gets the packets to the node.',
    explains: ['port-refused', 'port-unanswered', 'connection-reset', 'answers-take-another-way'],
  },
  {
    id: 'network-plugin-failing',
    title: 'The network plugin does not run on every node',
    stage: 'traffic',
    law: 'The network plugin carries packets from the node that takes them in to the pods of other nodes; Cilium and a few others can do the work of kube-proxy as well.',
    looksLike:
      'The address answers ARP; connections hang, or only those to pods of some nodes, or only for what was made lately.',
    why: 'Its agent crashes or is not ready on a node that is: a kernel or an upgrade it does not get on with, a port between the nodes that is closed, BGP of its own that is not established.',
    howToBeSure:
      'See on which nodes its pods are not ready, then try a pod of another node from there by its own address.',
    whatToDo: 'Get its agent to run there.',
    whatItIsNot:
      'Not told of nodes that are down as a whole. What it set up before mostly stays, so traffic may well go on.',
    explains: ['port-unanswered', 'port-refused'],
  },
  {
    id: 'left-out-by-kube-proxy',
    title: 'kube-proxy passes over the Service or one of its addresses',
    stage: 'traffic',
    law: 'kube-proxy leaves out Services with the label service.kubernetes.io/service-proxy-name or service.kubernetes.io/headless, headless Services, and addresses whose ipMode is Proxy.',
    looksLike: 'The address answers ARP, and the node refuses or drops every connection.',
    why: 'The label was copied from elsewhere, or another controller wrote ipMode into the status.',
    howToBeSure: 'Read the labels and status.loadBalancer.ingress of the Service.',
    whatToDo: 'Take the label off, or stop what writes the status.',
    whatItIsNot: 'Not a missing endpoint.',
    explains: ['port-refused', 'port-unanswered', 'connection-reset', 'answers-take-another-way'],
  },
  {
    id: 'address-in-external-ips',
    title: 'Another Service claims the address in spec.externalIPs',
    stage: 'traffic',
    law: 'kube-proxy makes rules for spec.externalIPs as it does for the addresses that MetalLB gave.',
    looksLike: 'Connections end at the wrong application, on some nodes or always.',
    why: 'Somebody wrote the address into another Service, often before MetalLB was there.',
    howToBeSure: 'Look through spec.externalIPs of all Services.',
    whatToDo: 'Take it out there.',
    whatItIsNot: 'Not a second announcer: nobody else answers ARP.',
    explains: [],
  },
  {
    id: 'answers-take-another-way',
    title: 'The answers may leave by another way than the questions came',
    stage: 'traffic',
    law: 'A node answers by its own routes; with rp_filter 1 its kernel drops packets that came in by another interface than the answer would leave by, and firewalls drop answers to what they never saw.',
    looksLike: 'ARP is answered by the right node, packets arrive, and nothing comes back.',
    why: 'The address is in another network than the node itself, the node has several interfaces, or a firewall sees only one direction.',
    howToBeSure:
      'tcpdump on the node: SYN comes in, and no SYN-ACK leaves, or it leaves elsewhere.',
    whatToDo:
      'Routes by source address on the node, rp_filter 2, or announce on the interface of the default route.',
    whatItIsNot: 'A suspicion until tcpdump has shown it.',
    explains: ['port-unanswered'],
  },
  {
    id: 'tried-from-a-node-without-endpoint',
    title: 'It was tried from a node that has no endpoint',
    stage: 'traffic',
    law: 'With externalTrafficPolicy Local a node sends what it has for the address to its own endpoints only.',
    looksLike: 'The address works from outside and not from some nodes.',
    why: 'The test was made on a node of the cluster, or in a pod there; in mode ipvs kube-proxy then knows no endpoint elsewhere (iptables and nftables make an exception for what comes from inside).',
    howToBeSure:
      'Try it from a host of the segment that is no node. spec.healthCheckNodePort of each node says 200 where kube-proxy knows of an endpoint there, and 503 elsewhere.',
    whatToDo: 'Nothing, if it works from outside; pods use the cluster IP.',
    whatItIsNot: 'Not an outage.',
    explains: ['port-unanswered', 'port-refused', 'port-unreachable'],
  },
  {
    id: 'packets-dropped-on-node',
    title: 'A node says that it drops such packets',
    stage: 'traffic',
    law: 'Kernels and firewalls log what they drop.',
    looksLike: 'The address answers ARP, connections hang.',
    why: 'A firewall rule of the node, rp_filter, or a full table of connections.',
    howToBeSure: 'The lines name the destination and the port.',
    whatToDo: 'Mend the rule, the routes or the limit on that node.',
    whatItIsNot: 'Not a fault of MetalLB.',
    explains: ['port-unanswered', 'answers-take-another-way'],
  },
];
