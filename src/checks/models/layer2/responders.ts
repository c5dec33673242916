import { remembered } from '../../../core/diagnosis/facts.ts';
import { speakerOn } from '../announcing/speaker-on.ts';
import type { AnnouncingFacts as SpeakerFacts } from '../announcing/speakers-at-work.ts';
import { type LogLine, logLines } from '../testimony/log-lines.ts';

/** What the speaker of a node wrote since it started. */
export function linesOn(node: string, facts: SpeakerFacts): readonly LogLine[] {
  return linesByPod(facts).get(speakerOn(node, facts).pod?.metadata.name ?? '') ?? [];
}

const linesByPod = remembered((facts: SpeakerFacts) =>
  Map.groupBy(
    logLines(facts.speakerLogs, facts.takenAt).filter(({ previous }) => !previous),
    ({ pod }) => pod,
  ),
);

/** Lines on the responders that the speaker of a node opened and closed. */
export function responderLines(node: string, facts: SpeakerFacts): readonly LogLine[] {
  return linesOn(node, facts).filter(
    ({ level, values }) =>
      level !== 'error' &&
      /^(?:create|delete)(?:ARP|NDP)Responder$/.test(values.get('event') ?? ''),
  );
}

/** Interfaces on which its speaker answers, by its log. */
export function respondersOn(node: string, facts: SpeakerFacts): readonly string[] {
  const last = new Map(
    responderLines(node, facts).map(({ values }) => [
      values.get('interface') ?? '',
      values.get('event') ?? '',
    ]),
  );
  return [...last]
    .filter(([name, event]) => name !== '' && event.startsWith('create'))
    .map(([name]) => name)
    .toSorted();
}
