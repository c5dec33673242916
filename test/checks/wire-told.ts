import type { Told } from './case.ts';

/** What each case on the wire must be told as, by check and title. */
export const wireTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-W01 nobody answers, and the elected node is in the segment': [
    {
      cause: 'address-unanswered',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'nobody answers for 10.4.11.10 on the wire, seen from laptop (eth0); n2 should',
      details: [
        'no answer for 10.4.11.10 to 3 questions within 1000 ms',
        'n2 answers there for its own address, so the way to it is open',
      ],
      because: ['wire: no answer for 10.4.11.10 to 3 questions within 1000 ms'],
      against: [],
      commands: [
        'kubectl -n metallb-system logs speaker-n2 -c speaker --tail=-1 | grep -F 10.4.11.10',
        "tcpdump -eni any '(arp or icmp6)' and host 10.4.11.10",
      ],
    },
  ],
  'MLB-W01 nobody answers a node that heard another one': [
    {
      cause: 'address-unanswered',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'nobody answers for 10.4.11.10 on the wire, seen from node n1 (eth0); n2 should',
      details: [
        'no answer for 10.4.11.10 to 3 questions within 1000 ms',
        'n2 did not answer there for its own address either: is it in this segment?',
      ],
      because: ['wire: no answer for 10.4.11.10 to 3 questions within 1000 ms'],
      against: [],
      commands: [
        'kubectl -n metallb-system logs speaker-n2 -c speaker --tail=-1 | grep -F 10.4.11.10',
        "tcpdump -eni any '(arp or icmp6)' and host 10.4.11.10",
      ],
    },
  ],
  'MLB-W01 the elected node does not answer for its own address either': [
    {
      cause: 'address-unanswered',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'nobody answers for 10.4.11.10 on the wire, seen from laptop (eth0); n2 should',
      details: [
        'no answer for 10.4.11.10 to 3 questions within 1000 ms',
        'n2 did not answer there for its own address either: is it in this segment?',
      ],
      because: ['wire: no answer for 10.4.11.10 to 3 questions within 1000 ms'],
      against: [],
      commands: [
        'kubectl -n metallb-system logs speaker-n2 -c speaker --tail=-1 | grep -F 10.4.11.10',
        "tcpdump -eni any '(arp or icmp6)' and host 10.4.11.10",
      ],
    },
  ],
  'MLB-W01 somebody answers at one place and nobody at another': [
    {
      cause: 'address-unanswered',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'nobody answers for 10.4.11.10 on the wire, seen from laptop (eth0); n2 should',
      details: [
        'no answer for 10.4.11.10 to 3 questions within 1000 ms',
        'n2 answers there for its own address, so the way to it is open',
        'seen from node n1 (eth1) somebody answers: 02:00:00:00:00:02 (n2)',
      ],
      because: ['wire: no answer for 10.4.11.10 to 3 questions within 1000 ms'],
      against: [],
      commands: [
        'kubectl -n metallb-system logs speaker-n2 -c speaker --tail=-1 | grep -F 10.4.11.10',
        "tcpdump -eni any '(arp or icmp6)' and host 10.4.11.10",
      ],
    },
  ],
  'MLB-W01 the kernel found nobody, where it knows nodes': [
    {
      cause: 'address-unanswered',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'nobody answers for 10.4.11.10 on the wire, seen from laptop (eth0); n2 should',
      details: [
        'the kernel found nobody who has 10.4.11.10',
        'n2 answers there for its own address, so the way to it is open',
      ],
      because: ['wire: the kernel found nobody who has 10.4.11.10'],
      against: [],
      commands: [
        'kubectl -n metallb-system logs speaker-n2 -c speaker --tail=-1 | grep -F 10.4.11.10',
        "tcpdump -eni any '(arp or icmp6)' and host 10.4.11.10",
      ],
    },
  ],
  'MLB-W01 announced unasked, and no question answered': [
    {
      cause: 'address-announced-only',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: '10.4.11.10 is announced unasked, but nobody answers questions for it',
      details: ['02:00:00:00:00:02 (n2) announced itself unasked, once'],
      because: ['wire: 02:00:00:00:00:02 (n2) announced itself unasked, once'],
      against: [],
      commands: ['tcpdump -eni any arp and host 10.4.11.10'],
    },
  ],
  'MLB-W02 a stranger answers alone': [
    {
      cause: 'address-answered-by-stranger',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: '52:54:00:ab:cd:ef answers for 10.4.11.10 and belongs to no node of this cluster',
      details: [
        '52:54:00:ab:cd:ef answered 3 times to 3 questions, first after 1 ms, of no known node: a virtual machine of QEMU or KVM',
        'it may be another cluster with the same range, a machine with a fixed address, or one that got it by DHCP',
      ],
      because: [
        'wire: 52:54:00:ab:cd:ef answered 3 times to 3 questions, first after 1 ms, of no known node: a virtual machine of QEMU or KVM',
      ],
      against: [],
      commands: ['undefined', '! undefined'],
    },
  ],
  'MLB-W02 a router of a VRRP group answers beside the elected node': [
    {
      cause: 'address-answered-by-stranger',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: '00:00:5E:00:01:33 answers for 10.4.11.10 and belongs to no node of this cluster, and so does n2',
      details: [
        '02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
        '00:00:5E:00:01:33 answered 3 times to 3 questions, first after 1 ms, sent by 52:54:00:ab:cd:ef, of no known node: the virtual address of VRRP group 51 (keepalived or a router)',
        'it may be another cluster with the same range, a machine with a fixed address, or one that got it by DHCP',
      ],
      because: [
        'wire: 00:00:5E:00:01:33 answered 3 times to 3 questions, first after 1 ms, sent by 52:54:00:ab:cd:ef, of no known node: the virtual address of VRRP group 51 (keepalived or a router)',
      ],
      against: [],
      commands: ['undefined', '! undefined'],
    },
  ],
  'MLB-W02 an unknown card answers beside the elected node: a warning': [
    {
      cause: 'address-answered-by-stranger',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: '02:00:00:00:00:a2 answers for 10.4.11.10 beside n2: a second card of n2, or a stranger',
      details: [
        '02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
        '02:00:00:00:00:a2 answered 3 times to 3 questions, first after 1 ms, of no known node',
        'a second card of n2 in this segment looks the same: MetalLB answers on each',
        'it may be another cluster with the same range, a machine with a fixed address, or one that got it by DHCP',
      ],
      because: [
        'wire: 02:00:00:00:00:a2 answered 3 times to 3 questions, first after 1 ms, of no known node',
      ],
      against: [],
      commands: ['ip -br link', 'undefined', '! undefined'],
    },
  ],
  'MLB-W02 an unknown card answers beside the elected node, and connections fail': [
    {
      cause: 'address-answered-by-stranger',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: '52:54:00:ab:cd:ef answers for 10.4.11.10 beside n2: a second card of n2, or a stranger',
      details: [
        '02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
        '52:54:00:ab:cd:ef answered 3 times to 3 questions, first after 1 ms, of no known node: a virtual machine of QEMU or KVM',
        'a second card of n2 in this segment looks the same: MetalLB answers on each',
        'it may be another cluster with the same range, a machine with a fixed address, or one that got it by DHCP',
      ],
      because: [
        'wire: 52:54:00:ab:cd:ef answered 3 times to 3 questions, first after 1 ms, of no known node: a virtual machine of QEMU or KVM',
      ],
      against: [],
      commands: ['ip -br link', 'undefined', '! undefined'],
    },
  ],
  'MLB-W02 a stranger, while one node was not seen: a warning': [
    {
      cause: 'address-answered-by-stranger',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: '52:54:00:ab:cd:ef answers for 10.4.11.10 and belongs to no node of this cluster that was seen',
      details: [
        '52:54:00:ab:cd:ef answered 3 times to 3 questions, first after 1 ms, of no known node: a virtual machine of QEMU or KVM',
        'not seen from laptop (eth0): n1, n3',
        'it may be another cluster with the same range, a machine with a fixed address, or one that got it by DHCP',
      ],
      because: [
        'wire: 52:54:00:ab:cd:ef answered 3 times to 3 questions, first after 1 ms, of no known node: a virtual machine of QEMU or KVM',
      ],
      against: [],
      commands: ['undefined', '! undefined'],
    },
  ],
  'MLB-W03 two speakers that do not hear each other': [
    {
      cause: 'address-answered-by-two-nodes',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'n1 and n2 answer for 10.4.11.10 at the same time',
      details: [
        '02:00:00:00:00:01 (n1) answered 3 times to 3 questions, first after 1 ms',
        '02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
        'n2 is the one that MetalLB elects',
        'speakers that do not hear each other both believe that the address is theirs: TCP and UDP 7946 between the nodes, and one Secret memberlist for all',
      ],
      because: [
        'wire: 02:00:00:00:00:01 (n1) answered 3 times to 3 questions, first after 1 ms',
        'wire: 02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system logs -l component=speaker --prefix --tail=-1 | grep -Ei "memberlist|node (join|leave|event)"',
        'nc -vz -w 3 n2 7946',
      ],
    },
  ],
  'MLB-W03 a kernel answers beside the speaker': [
    {
      cause: 'address-held-by-a-kernel',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'n1 and n2 answer for 10.4.11.10, and nothing says that the speaker of n1 announces it',
      details: [
        '02:00:00:00:00:01 (n1) answered 3 times to 3 questions, first after 1 ms',
        '02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
        'n2 is the one that MetalLB elects',
        'the kernel of n1 answers by itself when the address stands on one of its interfaces: keepalived, kube-vip, an alias left behind',
      ],
      because: [
        'wire: 02:00:00:00:00:01 (n1) answered 3 times to 3 questions, first after 1 ms',
        'wire: 02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
      ],
      against: [],
      commands: ['ip -br address | grep -F 10.4.11.10', '! undefined'],
    },
  ],
  'MLB-W03 all nodes answer, and connections come about': [
    {
      cause: 'address-answered-by-every-node',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: '3 of 3 nodes answer for 10.4.11.10 at once',
      details: [
        'how kube-proxy works is not known: in mode ipvs without strictARP each node has the address on kube-ipvs0 and answers for it',
        'speakers that do not see one another all answer too: the log of each then says whom it lost (port 7946, TCP and UDP)',
        '02:00:00:00:00:01 (n1) answered 3 times to 3 questions, first after 1 ms',
        '02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
        '02:00:00:00:00:03 (n3) answered 3 times to 3 questions, first after 1 ms',
      ],
      because: [
        'wire: 02:00:00:00:00:01 (n1) answered 3 times to 3 questions, first after 1 ms',
        'wire: 02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
        'wire: 02:00:00:00:00:03 (n3) answered 3 times to 3 questions, first after 1 ms',
      ],
      against: [],
      commands: [
        'kubectl -n kube-system get configmap kube-proxy -o yaml',
        '! kubectl -n kube-system rollout restart daemonset kube-proxy',
      ],
    },
  ],
  'MLB-W03 all nodes answer, and kube-proxy does not work with ipvs': [
    {
      cause: 'address-answered-by-two-nodes',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'n1, n2 and n3 answer for 10.4.11.10 at the same time',
      details: [
        '02:00:00:00:00:01 (n1) answered 3 times to 3 questions, first after 1 ms',
        '02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
        '02:00:00:00:00:03 (n3) answered 3 times to 3 questions, first after 1 ms',
        'n2 is the one that MetalLB elects',
        'speakers that do not hear each other both believe that the address is theirs: TCP and UDP 7946 between the nodes, and one Secret memberlist for all',
      ],
      because: [
        'wire: 02:00:00:00:00:01 (n1) answered 3 times to 3 questions, first after 1 ms',
        'wire: 02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
        'wire: 02:00:00:00:00:03 (n3) answered 3 times to 3 questions, first after 1 ms',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system logs -l component=speaker --prefix --tail=-1 | grep -Ei "memberlist|node (join|leave|event)"',
        'nc -vz -w 3 n2 7946',
      ],
    },
  ],
  'MLB-W03 all nodes answer, and two speakers say that they announce it': [
    {
      cause: 'address-answered-by-two-nodes',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'n1, n2 and n3 answer for 10.4.11.10 at the same time',
      details: [
        '02:00:00:00:00:01 (n1) answered 3 times to 3 questions, first after 1 ms',
        '02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
        '02:00:00:00:00:03 (n3) answered 3 times to 3 questions, first after 1 ms',
        'n2 is the one that MetalLB elects',
        'speakers that do not hear each other both believe that the address is theirs: TCP and UDP 7946 between the nodes, and one Secret memberlist for all',
      ],
      because: [
        'wire: 02:00:00:00:00:01 (n1) answered 3 times to 3 questions, first after 1 ms',
        'wire: 02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
        'wire: 02:00:00:00:00:03 (n3) answered 3 times to 3 questions, first after 1 ms',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system logs -l component=speaker --prefix --tail=-1 | grep -Ei "memberlist|node (join|leave|event)"',
        'nc -vz -w 3 n2 7946',
      ],
    },
  ],
  'MLB-W03 both known nodes answer under ipvs without strictARP': [
    {
      cause: 'address-answered-by-every-node',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: '2 of 3 nodes answer for 10.4.11.10 at once',
      details: [
        'kube-proxy runs in mode ipvs without strictARP: each node has the address on kube-ipvs0',
        '02:00:00:00:00:01 (n1) answered 3 times to 3 questions, first after 1 ms',
        '02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
      ],
      because: [
        'wire: 02:00:00:00:00:01 (n1) answered 3 times to 3 questions, first after 1 ms',
        'wire: 02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
      ],
      against: [],
      commands: [
        'kubectl -n kube-system get configmap kube-proxy -o yaml',
        '! kubectl -n kube-system rollout restart daemonset kube-proxy',
      ],
    },
  ],
  'MLB-W03 one node answers with two cards': [
    {
      cause: 'address-answered-by-two-cards',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'n2 answers for 10.4.11.10 with 2 Ethernet addresses',
      details: [
        '02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
        '02:00:00:00:01:03 (n2) answered 3 times to 3 questions, first after 1 ms',
        'n2 has several interfaces in this segment, and its speaker answers on each',
      ],
      because: [
        'wire: 02:00:00:00:00:02 (n2) answered 3 times to 3 questions, first after 1 ms',
        'wire: 02:00:00:00:01:03 (n2) answered 3 times to 3 questions, first after 1 ms',
      ],
      against: [],
      commands: ['kubectl -n metallb-system get l2advertisements.metallb.io -o yaml'],
    },
  ],
  'MLB-W04 another node answers, and no connection comes about': [
    {
      cause: 'address-answered-by-another-node',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'n3 answers for 10.4.11.10; MetalLB elects n2',
      details: [
        '02:00:00:00:00:03 (n3) answered 3 times to 3 questions, first after 1 ms',
        'the speaker of n3 does not see that of n2, works with older facts, or only just took over',
        'if its speaker does not announce it, the kernel of n3 holds the address: keepalived, kube-vip, an alias left behind',
      ],
      because: ['wire: 02:00:00:00:00:03 (n3) answered 3 times to 3 questions, first after 1 ms'],
      against: [],
      commands: [
        'kubectl -n metallb-system logs speaker-n3 -c speaker --tail=-1 | grep -E \'"10.4.11.10"|memberlist|node event\'',
      ],
    },
  ],
  'MLB-W04 a node answers that works, though none is elected': [
    {
      cause: 'address-answered-by-another-node',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: "n3 answers for 10.4.11.10; by MetalLB's rules no node should",
      details: [
        '02:00:00:00:00:03 (n3) answered 3 times to 3 questions, first after 1 ms',
        'if its speaker does not announce it, the kernel of n3 holds the address: keepalived, kube-vip, an alias left behind',
      ],
      because: ['wire: 02:00:00:00:00:03 (n3) answered 3 times to 3 questions, first after 1 ms'],
      against: [],
      commands: [
        'kubectl -n metallb-system logs speaker-n3 -c speaker --tail=-1 | grep -E \'"10.4.11.10"|memberlist|node event\'',
      ],
    },
  ],
  'MLB-W05 refused on one port and silent on another': [
    {
      cause: 'port-refused',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'connections to 10.4.11.10 on TCP 80 are refused, seen from laptop (eth0)',
      details: [
        'TCP 80: refused after 2 ms (ECONNREFUSED)',
        '02:00:00:00:00:02 (n2) answers for the address, so packets reach that node',
        'kube-proxy refuses where the Service has no ready endpoint, or not such a port; a pod refuses where nothing listens on targetPort',
      ],
      because: ['wire: TCP 80: refused after 2 ms (ECONNREFUSED)'],
      against: [],
      commands: ['kubectl -n shop get endpointslices -l kubernetes.io/service-name=search -o yaml'],
    },
    {
      cause: 'port-unanswered',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'nothing comes back from 10.4.11.10 on TCP 443, seen from laptop (eth0)',
      details: [
        'TCP 443: timeout after 3000 ms',
        '02:00:00:00:00:02 (n2) answers for the address, so packets reach that node',
        'something drops the packets without a word: a firewall on the node or before it, a NetworkPolicy, or the answer takes a way on which it is lost',
      ],
      because: ['wire: TCP 443: timeout after 3000 ms'],
      against: [],
      commands: [
        'tcpdump -eni any host 10.4.11.10',
        'kubectl -n shop get networkpolicies',
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=search -o yaml',
      ],
    },
  ],
  'MLB-W05 nothing comes back where no node answers for itself either: not their segment': [
    {
      cause: 'port-unanswered',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'nothing comes back from 10.4.11.10 on TCP 80, seen from laptop (eth0)',
      details: [
        'TCP 80: timeout after 2 ms',
        'something drops the packets without a word: a firewall on the node or before it, a NetworkPolicy, or the answer takes a way on which it is lost',
        'no node answers there for its own address either, so it may not be their segment',
      ],
      because: ['wire: TCP 80: timeout after 2 ms'],
      against: [],
      commands: [
        'tcpdump -eni any host 10.4.11.10',
        'kubectl -n shop get networkpolicies',
        'kubectl -n shop get endpointslices -l kubernetes.io/service-name=search -o yaml',
      ],
    },
  ],
  'MLB-W05 of two looks from one place the newer one counts': [
    {
      cause: 'port-refused',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'connections to 10.4.11.10 on TCP 80 are refused, seen from laptop (eth0)',
      details: [
        'TCP 80: refused after 2 ms',
        '02:00:00:00:00:02 (n2) answers for the address, so packets reach that node',
        'kube-proxy refuses where the Service has no ready endpoint, or not such a port; a pod refuses where nothing listens on targetPort',
      ],
      because: ['wire: TCP 80: refused after 2 ms'],
      against: [],
      commands: ['kubectl -n shop get endpointslices -l kubernetes.io/service-name=search -o yaml'],
    },
  ],
  'MLB-W05 not to be reached from behind a router, and cut from a node': [
    {
      cause: 'port-unreachable',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: '10.4.11.10 cannot be reached on TCP 80, seen from laptop (eth0)',
      details: [
        'TCP 80: unreachable after 2 ms (EHOSTUNREACH)',
        'the host itself, a router or a firewall says so by ICMP: no route, nobody who answers ARP, or a rule that rejects',
      ],
      because: ['wire: TCP 80: unreachable after 2 ms (EHOSTUNREACH)'],
      against: [],
      commands: ['ip route get 10.4.11.10'],
    },
    {
      cause: 'connection-reset',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'connections to 10.4.11.10 on TCP 80 are cut as soon as they stand, seen from node n1 (eth0)',
      details: [
        'TCP 80: reset after 2 ms',
        'the program behind the port closes them, or packets of one connection reach two nodes, the second of which knows nothing of it',
        'it was tried from a node: there kube-proxy takes the packets before they reach the wire',
      ],
      because: ['wire: TCP 80: reset after 2 ms'],
      against: [],
      commands: ['kubectl -n shop get endpointslices -l kubernetes.io/service-name=search -o yaml'],
    },
  ],
  'MLB-W06 the application answers with an error': [
    {
      cause: 'application-fails',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'port 80 answers HTTP 503: traffic arrives, and the application or a proxy before it fails',
      details: ['MetalLB and the way to the pods work: an answer came back'],
      because: ['wire: HTTP 80: HTTP 503'],
      against: [],
      commands: ['kubectl -n shop logs -l app=search --all-containers --prefix --tail=50'],
    },
  ],
  'MLB-W06 the connection stands and the request hangs': [
    {
      cause: 'answers-lost',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: '10.4.11.10 port 80 is open, and a request to it gets no answer, seen from laptop (eth0)',
      details: [
        'the program hangs or speaks no HTTP there; or large packets are lost on the way back (MTU), which small ones are not',
      ],
      because: ['wire: HTTP 80: timeout'],
      against: [],
      commands: ['ping -c 3 -M do -s 1472 10.0.0.2'],
    },
  ],
  'MLB-W07 only the neighbour table could be read': [
    {
      cause: 'look-proves-little',
      severity: 'info',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: "what was seen of 10.4.11.10 proves little: at laptop (eth0) only the kernel's neighbour table could be read",
      details: ['without CAP_NET_RAW nobody could be asked'],
      because: ["wire: at laptop (eth0) only the kernel's neighbour table could be read"],
      against: [],
      commands: ['undefined'],
    },
  ],
  'MLB-W07 looked at from behind a router': [
    {
      cause: 'look-proves-little',
      severity: 'info',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'what was seen of 10.4.11.10 proves little: laptop (eth0) reaches the address by the router 10.9.0.1: who answers for it cannot be seen behind a router, only whether ports are open',
      details: [],
      because: [
        'wire: laptop (eth0) reaches the address by the router 10.9.0.1: who answers for it cannot be seen behind a router, only whether ports are open',
      ],
      against: [],
      commands: ['undefined'],
    },
  ],
  'MLB-W07 somebody answers for all nodes': [
    {
      cause: 'look-proves-little',
      severity: 'info',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'what was seen of 10.4.11.10 proves little: one Ethernet address answers for several nodes at laptop (eth0): something in between answers for all (proxy ARP)',
      details: [],
      because: [
        'wire: one Ethernet address answers for several nodes at laptop (eth0): something in between answers for all (proxy ARP)',
      ],
      against: [],
      commands: ['undefined'],
    },
  ],
  'MLB-W07 looked at from a node': [
    {
      cause: 'look-proves-little',
      severity: 'info',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'what was seen of 10.4.11.10 proves little: node n1 (eth0) looked: from a node kube-proxy takes connections before they reach the wire',
      details: [],
      because: [
        'wire: node n1 (eth0) looked: from a node kube-proxy takes connections before they reach the wire',
      ],
      against: [],
      commands: ['undefined'],
    },
  ],
};
