import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { ageMs } from '../models/ages.ts';
import {
  canI,
  type DeniedRight,
  deniedRights,
  isVital,
  rightOf,
} from '../models/programs/denied-rights.ts';
import { isGivenBack } from '../models/programs/restored-rights.ts';
import { type LogLine, logLines } from '../models/testimony/log-lines.ts';
import { type Program, speakerOf } from '../models/programs/programs.ts';
import { troubleOf } from '../models/programs/pod-trouble.ts';
import { accountRef } from '../models/references.ts';
import { seenLine } from '../models/seen.ts';

const currentMs = 15 * 60_000;
/** A refused list is asked for again every minute at the least (client-go). */
const listedAgainMs = 3 * 60_000;

/** A speaker that may not list one of its kinds ends after two minutes, or waits for ever (metallb-operator#379). */
export const speakersHaveTheirRights = defineCheck({
  id: 'MLB-I33',
  asks: 'Have the speakers every right they need?',
  symptoms: ['health'],
  causes: ['speaker-without-permission'],
  needs: ['pods'],
  helps: ['deployments', 'daemonSets', 'speakerLogs'],
  skipWhen: ({ installation, speakerLogs }) => {
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    return speakerLogs.state === 'read' ? undefined : 'no log of a speaker was read';
  },
  run: (facts) => {
    const speaker = speakerOf(facts);
    const lines = logLines(facts.speakerLogs, facts.takenAt);
    const denied = deniedRights(
      lines.filter((line) => isCurrent(line, facts.takenAt) && !isOver(line, lines)),
    );
    return speaker === undefined || denied.length === 0
      ? []
      : [
          findingOf(
            speaker,
            denied,
            speaker.pods.every((pod) => troubleOf(pod, facts.takenAt) === undefined),
          ),
        ];
  },
});

/** The last words of a run that ended hold until the next run has said otherwise. */
function isCurrent({ at, previous }: LogLine, now: string): boolean {
  const age = ageMs(at, now);
  return age === undefined || age <= (previous ? currentMs : listedAgainMs);
}

function isOver(line: LogLine, all: readonly LogLine[]): boolean {
  return deniedRights([line]).some((each) => isGivenBack(each, all));
}

function findingOf(speaker: Program, denied: readonly DeniedRight[], works: boolean): Found {
  const vital = denied.filter(isVital);
  const rights = (vital.length > 0 ? vital : denied).map(rightOf).toSorted();
  const [first] = vital.length > 0 ? vital : denied;
  const account = first?.account ?? 'system:serviceaccount:metallb-system:speaker';
  return {
    cause: 'speaker-without-permission',
    severity: vital.length > 0 && !works ? 'error' : 'warning',
    about: accountRef(account),
    affects: [],
    says: `MetalLB's speakers lack the right to ${rights[0] ?? 'do their work'}`,
    details: rights.map((right) => `denied: ${right}`),
    because: denied.map(({ line }) => seenLine(line)).slice(0, 5),
    suggests: [
      {
        says: 'apply the ClusterRole and Role that belong to the running version (of the operator: its bundle), then restart the speakers',
        command: kubectl`-n ${speaker.namespace} rollout restart ${speaker.handle}`,
        mutates: true,
      },
      ...(first === undefined
        ? []
        : [
            {
              says: 'see that the right is missing',
              command: canI(first, account),
              mutates: false,
            },
          ]),
    ],
  };
}
