import { remembered, type Facts } from '../../../core/diagnosis/facts.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { peersOn } from '../../../core/metallb/election/speakers.ts';
import { speakerOn } from '../announcing/speaker-on.ts';
import { announcingHelps, needsButSlices, speakersAtWork } from '../announcing/speakers-at-work.ts';
import { type Dialling, type DiallingFacts, diallingsOf } from './dialling.ts';
import type { SessionFacts } from './session-logs.ts';
import { type SessionStanding, standingOf } from './session-states.ts';

/** What tells how all sessions of a cluster fare. */
export const sessionNeeds = ['services', ...needsButSlices] as const;
export const sessionHelps = [
  ...announcingHelps,
  'endpointSlices',
  'bgpSessionStates',
  'otherLogs',
] as const;

/** The facts of such a check; sessions are dialled whatever stands behind a Service. */
export function sessionFacts<F extends Facts<never, 'endpointSlices'>>(facts: F) {
  return { ...facts, endpointSlices: itemsIfRead(facts.endpointSlices) };
}
export type AllSessionFacts = SessionFacts & DiallingFacts;

/** How every session fares that a running speaker dials, whatever it is to carry. */
export const allStandings = remembered((facts: AllSessionFacts): readonly SessionStanding[] =>
  (speakersAtWork(facts)?.nodes ?? [])
    .filter(({ name }) => speakerOn(name, facts).state === 'running')
    .flatMap((node) =>
      peersOn(node).map((peer) => standingOf({ node: node.name, peer, addresses: [] }, facts)),
    ),
);

/** A pool of which no router hears, as every session that could carry it is down. */
export interface LostPool {
  readonly dialling: Dialling;
  readonly sessions: readonly SessionStanding[];
}

/** Pools that BGP is to advertise, and of which every session is known to be down. */
export function lostPools(facts: AllSessionFacts): readonly LostPool[] {
  return diallingsOf(facts, undefined).flatMap((dialling) => {
    const peers = new Set(dialling.heardBy.map(({ metadata }) => metadata.name));
    const nodes = new Set(dialling.nodes);
    const sessions = allStandings(facts).filter(
      ({ node, peer }) => nodes.has(node) && peers.has(peer.name),
    );
    return sessions.length > 0 && sessions.every(({ state }) => state === 'down')
      ? [{ dialling, sessions }]
      : [];
  });
}

/** Services that nobody reaches any more: those with an address of one of these pools that layer 2 leaves out. */
export function cutOff(diallings: readonly Dialling[]): readonly Service[] {
  return [...new Set(diallings.flatMap(({ isInLayer2, holders }) => (isInLayer2 ? [] : holders)))];
}
