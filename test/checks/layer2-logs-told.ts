import type { Told } from './case.ts';

/** What is told where only the logs of the speakers tell. */
export const layer2LogsTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-L10 before v0.15.3 the log of the elected speaker alone says that it refuses': [
    {
      cause: 'config-rejected',
      severity: 'error',
      about: 'BGPPeer metallb-system/second',
      affects: ['shop/search'],
      says: 'the speakers refuse their whole configuration because BGPPeer metallb-system/second wants its password from Secret metallb-system/gone',
      details: [
        'BGPPeer metallb-system/second: secret ref not found for peer config "metallb-system"/"second"; failed to parse peer second password secret; parsing peer second',
        'Services still get addresses, the controller reads none of these objects; what the speakers announced before goes on, nothing new is announced',
        'a speaker that starts now has no configuration and announces nothing, neither by BGP nor in layer 2, and the others still count its node as a candidate',
        'node n1 is elected to announce the address all the same: the other speakers leave it to that one',
        'the speaker on n1 has nothing to announce by',
      ],
      because: [
        'log: {"level":"error","ts":"2026-03-14T03:12:05Z","controller":"ConfigReconciler","error":"secret ref not found for peer config \\"metallb-system\\"/\\"second\\"\\nfailed to parse peer second password secret\\nparsing peer second"}',
      ],
      against: [],
      commands: [
        'kubectl -n metallb-system describe secret gone',
        '! read -rs password && printf %s "$password" | kubectl -n metallb-system create secret generic gone --type=kubernetes.io/basic-auth --from-file=password=/dev/stdin',
      ],
    },
  ],
  'MLB-L13 two speakers delete the status of each other without end': [
    {
      cause: 'memberlist-split',
      severity: 'error',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'n1 and n3 both announce 10.0.0.100: their speakers do not see one another',
      details: [
        'each deletes the ServiceL2Status that another wrote, several times a second: so say the logs of speaker-n1, speaker-n3',
        'port 7946 must be open between the nodes, TCP and UDP',
      ],
      because: [
        'log: {"level":"error","ts":"2026-03-14T03:12:02Z","msg":"Reconciler error","controller":"servicel2status","namespace":"shop","name":"search","error":"servicel2statuses.metallb.io \\"l2-n1\\" not found"}',
        'log: {"level":"error","ts":"2026-03-14T03:12:02Z","msg":"Reconciler error","controller":"servicel2status","namespace":"shop","name":"search","error":"servicel2statuses.metallb.io \\"l2-n3\\" not found"}',
      ],
      against: [],
      commands: ['nc -vz -w 3 n3 7946   # on n1'],
    },
  ],
  'MLB-L28 the kernel gives the speaker of the elected node no raw socket': [
    {
      cause: 'speaker-may-not-listen',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'the kernel of n1 does not let the speaker listen for who asks for the address: operation not permitted',
      details: [
        'it is elected and says that it announces, for the election does not look at this; no other node steps in',
      ],
      because: [
        'log: {"level":"error","ts":"2026-03-14T03:12:30Z","op":"createARPResponder","interface":"eth0","msg":"failed to create ARP responder","error":"creating ARP responder for \\"eth0\\": operation not permitted"}',
      ],
      against: [],
      commands: ['kubectl -n metallb-system get pod speaker-n1 -o yaml'],
    },
  ],
  'MLB-L28 the only interface cannot open its responder for IPv6': [
    {
      cause: 'speaker-may-not-listen',
      severity: 'warning',
      about: 'Service shop/search',
      affects: ['shop/search'],
      says: 'on no interface of n1 does the speaker listen for IPv6: cannot assign requested address, on eth0',
      details: [
        'it is elected and says that it announces, for the election does not look at this; no other node steps in',
        'it binds to the link-local address of the interface, which fails while that is tentative or a duplicate (#2685)',
      ],
      because: [
        'log: {"level":"error","ts":"2026-03-14T03:12:30Z","op":"createNDPResponder","interface":"eth0","msg":"failed to create NDP responder","error":"creating NDP responder for \\"eth0\\": listen ip6:ipv6-icmp fe80::1%eth0: bind: cannot assign requested address"}',
      ],
      against: [],
      commands: ['ip -6 address show dev eth0   # on n1'],
    },
  ],
};
