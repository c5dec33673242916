import type { Found } from '../../../core/diagnosis/check.ts';
import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import { ageMs } from '../ages.ts';
import { seenLine } from '../seen.ts';
import { type LogLine, logLines } from '../testimony/log-lines.ts';
import { shortWords } from './last-words.ts';

const refused =
  /admission webhook "?frr[\w.-]*metallb\.io"? denied the request|failed calling webhook "?frr[\w.-]*metallb\.io/;

const unanswered = /failed calling webhook/;

/** The speakers try again after ever longer pauses, of a quarter of an hour in the end. */
const currentMs = 20 * 60_000;

/**
 * What FRR-K8s does not take from the speakers, by their logs: another FRRConfiguration says otherwise. Nothing else
 * shows it, and once the other one is mended the speakers may not notice (#2944).
 */
export function refusedByFRRK8s({
  speakerLogs,
  installation,
  takenAt,
}: Facts<never, 'speakerLogs'>): readonly Found[] {
  const lines = logLines(speakerLogs, takenAt).filter((line) => isCurrent(line, takenAt));
  const newest = lines.toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1))[0];
  if (newest === undefined) {
    return [];
  }
  const isUnanswered = unanswered.test(newest.words);
  const pods = [...new Set(lines.map(({ pod }) => pod))].toSorted();
  return [
    {
      cause: 'speaker-frr-failing',
      severity: 'warning',
      about: {
        kind: 'Pod',
        namespace: installation?.namespace ?? 'metallb-system',
        name: newest.pod,
      },
      affects: [],
      says: isUnanswered
        ? 'the webhook of FRR-K8s does not answer, so BGP goes on without the latest changes of the speakers'
        : 'FRR-K8s refuses what the speakers want of it, so BGP goes on without their latest changes',
      details: [
        shortWords(newest).replaceAll('\n', '; '),
        `said by ${pods.join(', ')}`,
        isUnanswered
          ? 'once it answers the speakers may not try again by themselves: restart them then (#2944)'
          : 'once the other FRRConfiguration is mended the speakers may not try again by themselves: restart them then (#2944)',
      ],
      because: [seenLine(newest)],
      doubts: ['it was mended since, and the speakers had nothing to say of it'],
      suggests: [isUnanswered ? awakeIt : compareThem],
    },
  ];
}

const awakeIt: Remedy = {
  says: 'see how its webhook server fares: it runs beside the pods that speak BGP',
  command: 'kubectl get pods -A -o wide | grep frr-k8s',
  mutates: false,
};

const compareThem: Remedy = {
  says: 'see which FRRConfiguration says otherwise of the same neighbour, and make the two agree',
  command: 'kubectl get frrconfigurations.frrk8s.metallb.io -A -o yaml',
  mutates: false,
};

function isCurrent(line: LogLine, now: string): boolean {
  const age = ageMs(line.at, now);
  return !line.previous && age !== undefined && age <= currentMs && refused.test(line.words);
}
