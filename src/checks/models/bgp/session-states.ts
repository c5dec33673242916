import type { Evidence } from '../../../core/facts/evidence.ts';
import { familyOf, parseAddress, parseCidr, contains } from '../../../core/facts/ip.ts';
import type { BGPSessionState, Service } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { isSilent } from '../announcing/speaker-on.ts';
import { isFRRK8s, routersOf } from '../programs/frr-k8s.ts';
import { refOf } from '../references.ts';
import { seenField, seenLine, workedOut } from '../seen.ts';
import { type BGPFacts, type BGPWay, bgpWayOf } from './bgp-way.ts';
import { routerOf, sessionsOn, type Session } from './sessions.ts';
import { type SessionFacts, toldByFRR, toldBySpeaker, type Told } from './session-logs.ts';
import type { Trouble } from './session-words.ts';

/** How a session that should carry the Service fares. */
export interface SessionStanding extends Session {
  readonly state: 'up' | 'down' | 'unknown';
  readonly trouble: Trouble;
  /** What was said or written of it; empty when nothing. */
  readonly words: string;
  readonly at: string | undefined;
  readonly flaps: boolean;
  /** `up` or `down`, where FRR-K8s says so. */
  readonly bfd: 'up' | 'down' | undefined;
  readonly evidence: readonly Evidence[];
}

/** How every session that should carry the Service fares. */
export function standingsOn(way: BGPWay, facts: BGPFacts): readonly SessionStanding[] {
  return sessionsOn(way, facts).map((session) => standingOf(session, facts));
}

/** Those of them that should carry one address; none where BGP is not to advertise it. */
export function sessionsCarrying(
  address: string,
  service: Service,
  facts: BGPFacts,
): readonly SessionStanding[] {
  const way = bgpWayOf(facts, service);
  const own = parseAddress(address);
  return typeof way === 'string' || own === undefined
    ? []
    : standingsOn(way, facts).filter(({ addresses }) => addresses.includes(own));
}

/** How one session fares; of a node that fell silent the last word is old, and no session outlives its hold time. */
export function standingOf(session: Session, facts: SessionFacts): SessionStanding {
  const standing = lastKnown(session, facts);
  const node = facts.nodes.find(({ metadata }) => metadata.name === session.node);
  return standing.state === 'up' && node !== undefined && isSilent(node)
    ? withTold(session, undefined)
    : standing;
}

function lastKnown(session: Session, facts: SessionFacts): SessionStanding {
  const { bgpType } = facts.installation ?? {};
  if (bgpType === 'frr-k8s') {
    return byFRRK8s(session, facts);
  }
  return withTold(
    session,
    bgpType === 'frr' ? toldByFRR(session, facts) : toldBySpeaker(session, facts),
  );
}

function withTold(session: Session, told: Told | undefined): SessionStanding {
  return told === undefined
    ? { ...session, ...nothingTold, state: 'unknown' }
    : {
        ...session,
        bfd: undefined,
        state: told.state,
        trouble: told.trouble,
        words: told.words,
        at: told.at,
        flaps: told.flaps,
        evidence: [seenLine(told.line)],
      };
}

const nothingTold = {
  trouble: 'unknown',
  words: '',
  at: undefined,
  flaps: false,
  bfd: undefined,
  evidence: [],
} as const;

/** FRR-K8s writes a status per session; FRR's own words, where a dump has them, say why. */
function byFRRK8s(session: Session, facts: SessionFacts): SessionStanding {
  const told = toldByFRR(session, facts);
  const status = itemsIfRead(facts.bgpSessionStates).find((each) => isOf(each, session));
  if (status === undefined) {
    return (
      withoutRouter(session, facts) ?? withoutSelection(session, facts) ?? withTold(session, told)
    );
  }
  const { bgpStatus = '', bfdStatus = '' } = status.status;
  const isUp = bgpStatus === 'Established';
  const bfd = (['up', 'down'] as const).find((each) => each === bfdStatus.toLowerCase());
  const reason = told?.state === 'down' ? told : undefined;
  return {
    ...session,
    state: isUp ? 'up' : 'down',
    trouble: reason?.trouble ?? guessed(session, { bgpStatus, bfd }, facts),
    words: reason?.words ?? `BGP ${bgpStatus}${bfd === undefined ? '' : `, BFD ${bfd}`}`,
    at: reason?.at,
    flaps: false,
    bfd,
    evidence: [
      seenField(refOf(status), 'status.bgpStatus', bgpStatus),
      ...(bfd === undefined ? [] : [seenField(refOf(status), 'status.bfdStatus', bfdStatus)]),
      ...(reason === undefined ? [] : [seenLine(reason.line)]),
    ],
  };
}

/** Where its DaemonSet has pods, and none on this node, nobody there writes a status either. */
function withoutRouter(session: Session, facts: SessionFacts): SessionStanding | undefined {
  const daemonSet = facts.daemonSets.find(isFRRK8s);
  const routers = daemonSet && routersOf(daemonSet, facts.pods, facts.takenAt).pods;
  if (daemonSet === undefined || routers === undefined || routers.length === 0) {
    return undefined;
  }
  const { node } = session;
  const { name } = daemonSet.metadata;
  return routers.some(({ spec }) => spec.nodeName === node)
    ? undefined
    : {
        ...session,
        ...nothingTold,
        state: 'down',
        trouble: 'no-backend',
        words: `no pod of ${name} is on it`,
        evidence: [
          workedOut(
            refOf(daemonSet),
            'metallb/frr-k8s: one pod for each node',
            `no pod of daemonset/${name} is on ${node}`,
          ),
        ],
      };
}

const hostname = 'kubernetes.io/hostname';

/** MetalLB writes a node's name where FRR-K8s looks for its label; where the two differ, FRR is told nothing. */
function withoutSelection(session: Session, facts: SessionFacts): SessionStanding | undefined {
  const node = facts.nodes.find(({ metadata }) => metadata.name === session.node);
  const label = Object.entries(node?.metadata.labels ?? {}).find(([key]) => key === hostname)?.[1];
  const isRead = facts.bgpSessionStates.state === 'read';
  return !isRead || node === undefined || label === undefined || label === session.node
    ? undefined
    : {
        ...session,
        ...nothingTold,
        state: 'down',
        trouble: 'unselected',
        words: `${hostname}=${label}`,
        evidence: [seenField(refOf(node), `metadata.labels[${hostname}]`, label)],
      };
}

function isOf({ status }: BGPSessionState, { node, peer }: Session): boolean {
  return (
    status.node === node &&
    (status.vrf ?? '') === (peer.spec.vrf ?? '') &&
    routerIn(status.peer ?? '') === routerIn(routerOf(peer))
  );
}

/** A label holds no colons, so FRR-K8s writes `2001-0db8-0000-…` for an IPv6 neighbour. */
function routerIn(text: string): string {
  return parseAddress(text) ?? parseAddress(text.replaceAll('-', ':')) ?? text;
}

/** FRR gives up a router of another AS that is not directly connected, unless told that it is far away. */
function guessed(
  { node, peer }: Session,
  { bgpStatus, bfd }: { readonly bgpStatus: string; readonly bfd: string | undefined },
  facts: SessionFacts,
): Trouble {
  const { spec } = peer;
  const isExternal = spec.dynamicASN === 'external' || (spec.peerASN ?? 0) !== (spec.myASN ?? 0);
  const mayBeFar = /^(?:Idle|Active|Connect)$/.test(bgpStatus) && bfd !== 'up';
  return isExternal &&
    mayBeFar &&
    spec.ebgpMultiHop !== true &&
    isFar(node, spec.peerAddress, facts)
    ? 'multihop'
    : 'unknown';
}

/** Outside the subnet of the usual size around every address of the node; nobody tells how large it really is. */
function isFar(name: string, router: string | undefined, { nodes }: SessionFacts): boolean {
  const there = parseAddress(router ?? '');
  const own = (nodes.find(({ metadata }) => metadata.name === name)?.status.addresses ?? [])
    .flatMap(({ address }) => parseAddress(address) ?? [])
    .filter((address) => there !== undefined && familyOf(address) === familyOf(there));
  return (
    there !== undefined &&
    !there.startsWith('fe80:') &&
    own.length > 0 &&
    own.every((address) => {
      const around = parseCidr(`${address}/${familyOf(address) === 'ipv4' ? 24 : 64}`);
      return around !== undefined && !contains(around, there);
    })
  );
}
