import { type Facts, remembered } from '../../../core/diagnosis/facts.ts';
import { parseAddress } from '../../../core/facts/ip.ts';
import { ageMs, newestOf } from '../ages.ts';
import { speakerOn } from '../announcing/speaker-on.ts';
import type { AnnouncingFacts } from '../announcing/speakers-at-work.ts';
import { logLines, type LogLine } from '../testimony/log-lines.ts';
import { hintIn } from './session-hints.ts';
import { routerOf, type Session } from './sessions.ts';
import { troubleIn, type Trouble } from './session-words.ts';

/** What tells how sessions fare. */
export type SessionFacts = AnnouncingFacts & Facts<never, 'bgpSessionStates' | 'otherLogs'>;

/** What a log tells of one session. */
export interface Told {
  readonly state: 'up' | 'down';
  readonly trouble: Trouble;
  readonly words: string;
  readonly at: string | undefined;
  readonly line: LogLine;
  /** It comes up again and again. */
  readonly flaps: boolean;
}

interface Word {
  readonly state: 'up' | 'down' | 'reason';
  readonly line: LogLine;
  readonly at: string | undefined;
  readonly words: string;
}

/** A speaker that speaks BGP itself tries again every two minutes at the latest. */
const currentMs = 15 * 60_000;
const flapsFrom = 3;

/** What the speaker of the node says of the session; undefined when nothing that counts today. */
export function toldBySpeaker(session: Session, facts: SessionFacts): Told | undefined {
  const pod = speakerOn(session.node, facts).pod?.metadata.name ?? '';
  const { byPod, now } = speakerWords(facts);
  const words = (byPod.get(pod) ?? [])
    .filter((line) => isAbout(line, session))
    .flatMap((line) => wordOf(line) ?? []);
  return toldIn(words, now);
}

/** Sessions are many, and the logs of all speakers long: they are gone through once. */
const speakerWords = remembered((facts: SessionFacts) => {
  const lines = logLines(facts.speakerLogs, facts.takenAt);
  const told = lines.filter(({ previous, values }) => !previous && values.has('peer'));
  // a log of warnings alone falls silent when a session comes up: then only the reader's clock tells that it is old
  const tellsOfUps = lines.some(({ values }) => /^(?:info|debug)$/.test(values.get('level') ?? ''));
  return {
    byPod: Map.groupBy(told, ({ pod }) => pod),
    now: tellsOfUps ? endOf(lines, facts) : facts.takenAt,
  };
});

/** What FRR says of it, where a dump holds its log: nobody reads it from a live cluster. */
export function toldByFRR(session: Session, facts: SessionFacts): Told | undefined {
  const router = routerOf(session.peer);
  const pods = new Set(
    facts.pods
      .filter(({ spec }) => spec.nodeName === session.node)
      .map(({ metadata }) => metadata.name),
  );
  const { lines, now } = frrWords(facts);
  const words = lines
    .filter(({ pod, previous }) => !previous && pods.has(pod))
    .flatMap((line) => frrWordOf(line, router) ?? []);
  return toldIn(words, now) ?? neverUp(words, now);
}

/** FRR tries again every two minutes at the latest. */
const stillMs = 5 * 60_000;

/** A session that never comes up changes no state: then notifications alone tell of it, again and again. */
function neverUp(words: readonly Word[], now: string): Told | undefined {
  const reasons = lately(words, now);
  const last = reasons.findLast(isTelling);
  const isStill = (ageMs(reasons.at(-1)?.at, now) ?? stillMs + 1) <= stillMs;
  return words.some(({ state }) => state !== 'reason') ||
    last === undefined ||
    !isStill ||
    reasons.length < flapsFrom
    ? undefined
    : {
        state: 'down',
        trouble: troubleIn(last.words),
        words: last.words,
        at: last.at,
        line: last.line,
        flaps: false,
      };
}

const frrWords = remembered((facts: SessionFacts) => {
  const lines = logLines(facts.otherLogs, facts.takenAt).filter(
    ({ container }) => container === 'frr',
  );
  return { lines, now: endOf(lines, facts) };
});

/** Minutes count to the last line of any of these logs: nobody knows that the reader's clock is right. */
function endOf(lines: readonly LogLine[], { takenAt }: Pick<SessionFacts, 'takenAt'>): string {
  return newestOf(lines.map(({ at }) => at)) ?? takenAt;
}

function toldIn(words: readonly Word[], now: string): Told | undefined {
  const last = words.findLast(({ state }) => state !== 'reason');
  const newest = words.at(-1);
  if (last === undefined || newest === undefined) {
    return undefined;
  }
  const isFlapping = lossesIn(words, now) >= flapsFrom;
  const reason = reasonIn(isFlapping ? lately(words, now) : sinceUp(words)) ?? newest;
  const told = { words: reason.words, at: reason.at, line: reason.line, flaps: isFlapping };
  if (last.state === 'up' && !isFlapping) {
    return { ...told, state: 'up', trouble: 'unknown' };
  }
  return isCurrent(newest.at, now)
    ? { ...told, state: 'down', trouble: troubleIn(reason.words) }
    : undefined;
}

/** A reason from before the session last came up is not the reason now. */
function sinceUp(words: readonly Word[]): readonly Word[] {
  return words.slice(words.findLastIndex(({ state }) => state === 'up') + 1);
}

function lately(words: readonly Word[], now: string): readonly Word[] {
  return words.filter(({ at }) => isCurrent(at, now));
}

/** How often it was up and went down of late: attempts that fail until a router is back are no losses. */
function lossesIn(words: readonly Word[], now: string): number {
  const turns = words.filter(({ state }) => state !== 'reason');
  return turns.filter(
    ({ state, at }, index) =>
      state === 'down' && turns[index - 1]?.state === 'up' && isCurrent(at, now),
  ).length;
}

/** A router that has said why hangs up without a word on the next attempts (seen with BIRD 2.0). */
const saidBeforeMs = 3 * 60_000;

function reasonIn(words: readonly Word[]): Word | undefined {
  const known = words.filter((each) => each.state !== 'up' && isTelling(each));
  const last = known.at(-1);
  if (last === undefined || !/read OPEN from/.test(last.words)) {
    return last;
  }
  const said = known.findLast(({ state }) => state === 'reason');
  const age = ageMs(said?.at, last.at ?? '');
  return said !== undefined && age !== undefined && age <= saidBeforeMs ? said : last;
}

function isTelling({ words }: Word): boolean {
  return troubleIn(words) !== 'unknown' || hintIn(words) !== undefined;
}

function isCurrent(at: string | undefined, now: string): boolean {
  return (ageMs(at, now) ?? 0) <= currentMs;
}

function isAbout({ values }: LogLine, { peer }: Session): boolean {
  const said = values.get('peer');
  return (
    said !== undefined && (said === peer.name || addressIn(said) === addressIn(routerOf(peer)))
  );
}

/** `192.0.2.1`, and with the port of older releases `192.0.2.1:179` or `[2001:db8::1]:179`. */
function addressIn(text: string): string {
  const bare = text.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return parseAddress(text) ?? parseAddress(bare) ?? text;
}

function wordOf(line: LogLine): Word | undefined {
  const { values, at, words } = line;
  const event = values.get('event');
  if (event === 'sessionUp') {
    return { state: 'up', line, at, words };
  }
  if (event === 'peerNotification') {
    return { state: 'reason', line, at, words };
  }
  const isDown = event === 'sessionDown' || values.get('op') === 'connect';
  return isDown ? { state: 'down', line, at, words } : undefined;
}

const stamp = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d)/;

/** `%ADJCHANGE: neighbor 192.0.2.1(router) in vrf default Down BGP Notification received`. */
function frrWordOf(line: LogLine, router: string): Word | undefined {
  const { text } = line;
  const [, change = ''] = /%ADJCHANGE: neighbor (.*)/.exec(text) ?? [];
  const [, notification = ''] =
    /%NOTIFICATION: (?:sent to|received from) neighbor (.*)/.exec(text) ?? [];
  const [, failure = ''] = /BGP: (?:\[[^\]]*\])+ (\S+ \[Error\] .*)/.exec(text) ?? [];
  const words = [change, notification, failure].find((each) => each !== '') ?? '';
  if (words === '' || !words.startsWith(router) || /^[\w.:]/.test(words.slice(router.length))) {
    return undefined;
  }
  const [, year, month, day, time] = stamp.exec(text) ?? [];
  const at = year === undefined ? line.at : `${year}-${month}-${day}T${time}Z`;
  if (change === '') {
    const said = notification === '' ? words : text.slice(text.indexOf('%'));
    return { state: 'reason', line, at, words: said };
  }
  const state = / Up\b/.test(change) ? 'up' : 'down';
  return { state, line, at, words: text.slice(text.indexOf('%')) };
}
