import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { CauseId, Remedy } from '../../../core/facts/finding.ts';
import { parseAddress } from '../../../core/facts/ip.ts';
import { agoText } from '../ages.ts';
import type { SessionFacts } from './session-logs.ts';
import { adviceIn, hintIn } from './session-hints.ts';
import { routerOf, sessionText } from './sessions.ts';
import type { SessionStanding } from './session-states.ts';
import type { Trouble } from './session-words.ts';
import { someOf } from '../../../core/facts/in-words.ts';

/** The cause behind each kind of trouble. */
export const causeOfTrouble: Readonly<Record<Trouble, CauseId>> = {
  refused: 'bgp-peer-refuses',
  unreachable: 'bgp-peer-unreachable',
  'as-mismatch': 'bgp-as-mismatch',
  password: 'bgp-password-differs',
  'hold-timer': 'bgp-hold-timer-expired',
  'source-address': 'bgp-source-address-missing',
  multihop: 'bgp-multihop-missing',
  'no-backend': 'bgp-backend-missing',
  unselected: 'frr-configuration-refused',
  unknown: 'bgp-session-down',
};

/** Why there is no session, after a colon; nothing where only its state is known. */
export function troubleText({ trouble, peer }: SessionStanding): string {
  const { peerPort = 179, sourceAddress } = peer.spec;
  switch (trouble) {
    case 'refused':
      return `: the router answers and turns it away (TCP ${peerPort})`;
    case 'unreachable':
      return `: nobody answers on TCP ${peerPort}`;
    case 'as-mismatch':
      return `: the AS numbers do not fit, ${numbersText(peer.spec)}`;
    case 'password':
      return ': the passwords differ (TCP MD5)';
    case 'hold-timer':
      return ': the hold timer expired, so nothing was heard for too long';
    case 'source-address':
      return `: sourceAddress ${sourceAddress ?? ''} is on no interface of the node`;
    case 'multihop':
      return ': the router seems not to be directly connected, and ebgpMultiHop is not set';
    case 'no-backend':
      return ': no FRR-K8s runs on the node to speak BGP';
    case 'unselected':
      return ': FRR-K8s does not take what MetalLB wants of the node, as its label kubernetes.io/hostname is not its name';
    case 'unknown':
      return '';
  }
}

function numbersText({ myASN, peerASN, dynamicASN }: SessionStanding['peer']['spec']): string {
  return `MetalLB says it is AS ${myASN ?? 0} and expects ${dynamicASN === undefined ? `AS ${peerASN ?? 0}` : `an ${dynamicASN} AS`}`;
}

/** What else is to be known of it. */
export function hintLines(
  { trouble, words, bfd, peer }: SessionStanding,
  { nodes }: Pick<SessionFacts, 'nodes'>,
): readonly string[] {
  const { spec } = peer;
  const hasPassword = spec.hasPassword || spec.passwordSecret !== undefined;
  return [
    ...[hintIn(words) ?? []].flat(),
    ...ownNodeLines(routerOf(peer), nodes),
    ...(trouble === 'unreachable' && hasPassword
      ? ['with a password that differs routers drop the connection in silence: that looks the same']
      : []),
    ...(trouble === 'refused' && /EOF|broken pipe/.test(words)
      ? [
          'the router closed at once: it does not know this node as a neighbour, or has a session with it already',
        ]
      : []),
    ...(trouble === 'unknown' ? stateLines(words, spec.peerPort ?? 179) : []),
    ...(bfd === 'up' ? ['BFD is up, so the router is reached: it is BGP itself that fails'] : []),
    ...(bfd === 'down' ? ['BFD is down as well, so the router itself may not be reached'] : []),
  ];
}

/** A router may run on a node; more often somebody took the wrong address. */
function ownNodeLines(router: string, nodes: SessionFacts['nodes']): readonly string[] {
  const own = parseAddress(router);
  return nodes
    .filter(({ status }) =>
      status.addresses.some(({ address }) => own !== undefined && parseAddress(address) === own),
    )
    .map(
      ({ metadata }) =>
        `${router} is the address of node ${metadata.name}: is a router meant that runs there?`,
    );
}

const states: readonly (readonly [state: RegExp, means: (port: number) => string])[] = [
  [
    /OpenConfirm/,
    () =>
      'each side has taken the OPEN of the other, and the last keepalive is missing: look again in a minute, then at what the router says',
  ],
  [
    /OpenSent/,
    () =>
      'TCP comes about and the OPEN is not answered: AS numbers, router identifier or capabilities differ',
  ],
  [
    /Active|Connect/,
    (port) =>
      `FRR cannot connect: nobody listens on TCP ${port}, a firewall drops it, or the password differs`,
  ],
  [
    /Idle/,
    () =>
      'Idle: there is no route to the router, it is not directly connected, or it ended the last session',
  ],
];

/** Where FRR-K8s writes only the state of the session. */
function stateLines(words: string, port: number): readonly string[] {
  const means = states.find(([state]) => state.test(words))?.[1];
  return means === undefined ? [] : [means(port)];
}

/** What to do about a session; the speaker's own words come first. */
export function sessionRemedies(
  standing: SessionStanding,
  { installation, bgpSessionStates }: Pick<SessionFacts, 'installation' | 'bgpSessionStates'>,
): readonly Remedy[] {
  const home = installation?.namespace ?? 'metallb-system';
  const { peer, node } = standing;
  const advice = adviceIn(standing.words);
  const edit: Remedy = {
    says: advice ?? doText[standing.trouble],
    command: lookingUp[standing.trouble] ?? kubectl`-n ${home} get bgppeer ${peer.name} -o yaml`,
    mutates: false,
  };
  const look: Remedy =
    bgpSessionStates.state === 'read' && bgpSessionStates.items.length > 0
      ? {
          says: 'see how all sessions fare',
          command: 'kubectl get bgpsessionstates.frrk8s.metallb.io -A',
          mutates: false,
        }
      : {
          says: `try the router from ${node} itself`,
          command: `nc -vz -w 3 ${routerOf(peer)} ${peer.spec.peerPort ?? 179}   # on ${node}`,
          mutates: false,
        };
  // that the port opens says nothing of passwords, nor where the router has spoken already
  return standing.trouble === 'password' || advice !== undefined ? [edit] : [edit, look];
}

/** Where the BGPPeer has nothing to do with it. */
const lookingUp: Partial<Readonly<Record<Trouble, string>>> = {
  'no-backend': 'kubectl get pods -A -l app.kubernetes.io/component=frr-k8s -o wide',
  unselected: 'kubectl get nodes -L kubernetes.io/hostname',
};

const doText: Readonly<Record<Trouble, string>> = {
  refused: `let the router know every node as a neighbour, by the address the node comes from, and listen on that port`,
  unreachable:
    'check the address and the port, the way to it, and any firewall in between, on node and router',
  'as-mismatch': `make myASN and peerASN the mirror image of what the router has for this neighbour`,
  password: 'make the password on both sides the same, or take it off both',
  'hold-timer':
    'look for loss or a busy router between them; a hold time of a few seconds is soon over',
  'source-address':
    'take sourceAddress out, or set an address that the node has: it is one per BGPPeer, so one per node',
  multihop: 'set ebgpMultiHop: true, and the same on the router',
  'no-backend':
    'let FRR-K8s run on every node where a speaker does (taints, node selector, room on the node)',
  unselected:
    'make the label kubernetes.io/hostname of each node the name of the node (--hostname-override of its kubelet, or the cloud provider sets it)',
  unknown: `compare address, AS numbers, password and port with the router's own configuration`,
};

/** The last words on a session, where there are any. */
export function saidLine({ node, words, at }: SessionStanding, now: string): readonly string[] {
  return words === '' ? [] : [`${node}${agoText(at, now)}: ${words.replaceAll('\n', '; ')}`];
}

/** One session is enough for the router to know a way, and its nodes carry all the traffic then. */
export function leftLines(standings: readonly SessionStanding[]): readonly string[] {
  const up = standings.filter(({ state }) => state === 'up');
  const unknown = standings.filter(({ state }) => state === 'unknown');
  const count = `${up.length} of ${standings.length} sessions ${up.length === 1 ? 'is' : 'are'} up`;
  return [
    ...(up.length === 0
      ? []
      : [
          `${count}: ${someOf(up.map(sessionText).toSorted())}; routers that have one of them still know a way`,
        ]),
    ...(unknown.length === 0
      ? []
      : [`of ${someOf(unknown.map(sessionText).toSorted())} nothing is told`]),
  ];
}
