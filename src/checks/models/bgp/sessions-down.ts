import { remembered } from '../../../core/diagnosis/facts.ts';
import type { BGPDecision } from '../../../core/metallb/election/bgp.ts';
import { routesOn } from '../../../core/metallb/election/sessions.ts';
import { peersOn } from '../../../core/metallb/election/speakers.ts';
import { speakerOn } from '../announcing/speaker-on.ts';
import { speakersAtWork } from '../announcing/speakers-at-work.ts';
import { type AllSessionFacts, allStandings } from './all-sessions.ts';
import { backendMissing } from './backend-missing.ts';
import type { SessionStanding } from './session-states.ts';
import { someOf } from '../../../core/facts/in-words.ts';

/** BGP sessions of running speakers that are known to be down; all others may be up. */
export interface SessionsDown {
  /** Names of the BGPPeers, by node. */
  readonly byNode: ReadonlyMap<string, ReadonlySet<string>>;
  /** Of those the ones that come up and go down again and again, by node. */
  readonly flapping: ReadonlyMap<string, ReadonlySet<string>>;
  /** True when no FRR is there that would speak BGP for the speakers. */
  readonly isWithoutBackend: boolean;
  /** True when of some session nothing is told. */
  readonly someUnknown: boolean;
}

/** Where nobody looked at sessions. */
export const noneKnownDown: SessionsDown = {
  byNode: new Map(),
  flapping: new Map(),
  isWithoutBackend: false,
  someUnknown: true,
};

/** What is known to be down. One that comes and goes counts too, as it does in MLB-B10 and MLB-B22: nothing can rely on it. */
export const sessionsDown = remembered((facts: AllSessionFacts): SessionsDown => {
  if (backendMissing(facts) !== undefined) {
    return {
      ...noneKnownDown,
      byNode: everySession(facts),
      isWithoutBackend: true,
      someUnknown: false,
    };
  }
  const standings = allStandings(facts);
  const down = standings.filter(({ state }) => state === 'down');
  return {
    byNode: peersByNode(down),
    flapping: peersByNode(down.filter(({ flaps }) => flaps)),
    isWithoutBackend: false,
    someUnknown: standings.some(({ state }) => state === 'unknown'),
  };
});

function peersByNode(standings: readonly SessionStanding[]): SessionsDown['byNode'] {
  return new Map(
    [...Map.groupBy(standings, ({ node }) => node)].map(([node, all]) => [
      node,
      new Set(all.map(({ peer }) => peer.name)),
    ]),
  );
}

function everySession(facts: AllSessionFacts): SessionsDown['byNode'] {
  return new Map(
    (speakersAtWork(facts)?.nodes ?? [])
      .filter(({ name }) => speakerOn(name, facts).state === 'running')
      .map((node) => [node.name, new Set(peersOn(node).map(({ name }) => name))] as const)
      .filter(([, peers]) => peers.size > 0),
  );
}

/** True when the session of this node with this peer is known to be down. */
export function isDown({ byNode }: SessionsDown, node: string, peer: string): boolean {
  return byNode.get(node)?.has(peer) === true;
}

/** Why nobody hears what a node would advertise; undefined as long as one of its sessions may be up. */
export function sessionsDownText(
  node: string,
  decision: BGPDecision | undefined,
  down: SessionsDown,
): string | undefined {
  const peers = [...new Set(routesOn(decision).map(({ peer }) => peer))].toSorted();
  const lost = peers.filter((peer) => isDown(down, node, peer));
  if (lost.length === 0 || lost.length < peers.length) {
    return undefined;
  }
  const comes = lost.filter((peer) => down.flapping.get(node)?.has(peer) === true);
  const text = lost.length === comes.length ? comingAndGoing(lost) : lostText(lost);
  return down.isWithoutBackend ? `${text}, as no FRR is there to speak BGP` : text;
}

function lostText(lost: readonly string[]): string {
  return lost.length === 1
    ? `its session with ${lost.join()} is down`
    : `its sessions with ${someOf(lost)} are down`;
}

function comingAndGoing(lost: readonly string[]): string {
  return lost.length === 1
    ? `its session with ${lost.join()} comes up and goes down again and again`
    : `its sessions with ${someOf(lost)} come up and go down again and again`;
}
