import { isAtLeast } from '../../../core/metallb/releases.ts';
import { speakerOn } from '../announcing/speaker-on.ts';
import type { AnnouncingFacts } from '../announcing/speakers-at-work.ts';
import { ageMs } from '../ages.ts';
import { speakerOf } from '../programs/programs.ts';
import { type LogLine, logLines } from '../testimony/log-lines.ts';

/** A speaker that says it cannot reach, or cannot understand, some of the others. */
export interface MemberlistTrouble {
  readonly kind: 'key' | 'join';
  readonly node: string | undefined;
  readonly line: LogLine;
}

const key = /No installed keys could decrypt the message/;
const partial = /partial join/;
const joined = /memberlist join(?:ed)? successfully/;

/** The last word of each speaker on joining the others, where it is not that it worked. */
export function memberlistTroubles(facts: AnnouncingFacts): readonly MemberlistTrouble[] {
  const nodes = new Map(facts.pods.map(({ metadata, spec }) => [metadata.name, spec.nodeName]));
  const all = logLines(facts.speakerLogs, facts.takenAt).filter(({ previous }) => !previous);
  const lines = all.filter(({ text }) => key.test(text) || partial.test(text) || joined.test(text));
  return [...Map.groupBy(lines, ({ pod }) => pod)].flatMap(([pod, own]) => {
    const last = own.at(-1);
    return last === undefined ||
      joined.test(last.text) ||
      !nodes.has(pod) ||
      areMembersNow(
        missedBy(last, nodes.get(pod), facts),
        all.filter((line) => line.pod === pod),
      ) ||
      areOut(last, facts) ||
      isOver(last, facts.takenAt)
      ? []
      : [
          {
            kind: own.some(({ text }) => key.test(text)) ? ('key' as const) : ('join' as const),
            node: nodes.get(pod),
            line: last,
          },
        ];
  });
}

const recentMs = 10 * 60_000;

/** Speakers try again every minute, and are silent about it once it works. */
function isOver({ at }: LogLine, now: string): boolean {
  return (ageMs(at, now) ?? 0) > recentMs;
}

/** Releases of running speakers, where some make the memberlist key as v0.16.2 does and others do not. */
export function mixedKeys(facts: AnnouncingFacts): readonly string[] {
  const speaker = speakerOf({ ...facts, deployments: facts.deployments });
  const versions = [
    ...new Set(
      (speaker?.pods ?? [])
        .flatMap(({ spec }) => spec.containers)
        .filter(({ name }) => name.endsWith('speaker'))
        .flatMap(({ image }) => /:(v\d+\.\d+\.\d+)/.exec(image)?.[1] ?? []),
    ),
  ].toSorted();
  const isNew = (version: string) => isAtLeast(version, 'v0.16.2');
  return versions.some(isNew) && !versions.every(isNew) ? versions : [];
}

const failedAddress = /Failed to join \[?([\d.a-f:]+?)\]?:\d+:/gi;

function failedIn({ text }: LogLine): readonly (string | undefined)[] {
  return [...text.matchAll(failedAddress)].map(([, address]) => address);
}

/** Whoever is missed has no speaker at work, or its node is silent: that is found by itself, and splits nobody. */
function areOut(line: LogLine, facts: AnnouncingFacts): boolean {
  const failed = failedIn(line);
  return (
    failed.length > 0 &&
    !key.test(line.text) &&
    failed.every((missed) => {
      const node = facts.nodes.find(({ status }) =>
        status.addresses.some(({ address }) => address === missed),
      );
      return node !== undefined && speakerOn(node.metadata.name, facts).state !== 'running';
    })
  );
}

/**
 * The addresses of each speaker that may have been missed. Where at least one was joined the line names nobody
 * (memberlist gives no error then), and it may have been any that runs; undefined where it is not about joining.
 */
function missedBy(
  line: LogLine,
  own: string | undefined,
  facts: AnnouncingFacts,
): readonly (readonly string[])[] | undefined {
  if (key.test(line.text)) {
    return undefined;
  }
  const failed = failedIn(line);
  if (failed.length > 0) {
    return failed.map((address) => (address === undefined ? [] : [address]));
  }
  return facts.nodes.flatMap(({ metadata: { name }, status }) =>
    name === own || speakerOn(name, facts).state !== 'running'
      ? []
      : [status.addresses.map(({ address }) => address)],
  );
}

/** Speakers that start at one moment miss each other, and some join the others a moment later (seen on a test bed). */
function areMembersNow(missed: ReturnType<typeof missedBy>, own: readonly LogLine[]): boolean {
  const events = own.filter(({ values }) => values.has('node event'));
  return (
    missed !== undefined &&
    missed.every((addresses) => {
      const last = events.findLast(({ values }) =>
        addresses.includes(values.get('node addr') ?? ''),
      );
      return last?.values.get('node event') === 'NodeJoin';
    })
  );
}
