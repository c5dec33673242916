import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Found, Subject } from '../../../core/diagnosis/check.ts';
import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import { eventsAbout } from '../testimony/events.ts';
import type { Program } from './programs.ts';
import { everyoneOr } from '../reach.ts';
import { refOf } from '../references.ts';
import { seenEvent, seenField } from '../seen.ts';
import { leftLines } from './speakers-left.ts';
import { podNames, serves, troubledPods } from './troubled-pods.ts';

/** Pods of `program` whose image cannot be had, as one finding. */
export function imageFindings(
  program: Program | undefined,
  facts: Facts<never, 'events'>,
  subject: Subject,
): readonly Found[] {
  const troubled = program === undefined ? [] : troubledPods(program, 'image', facts.takenAt);
  const [first] = troubled;
  if (program === undefined || first === undefined) {
    return [];
  }
  const about = refOf(first.pod);
  const events = eventsAbout(facts, about).filter((event) => event.type === 'Warning');
  return [
    {
      cause: `${program.name}-image-pull-failing`,
      severity: serves(program, facts.takenAt) ? 'warning' : 'error',
      about,
      affects: everyoneOr(subject),
      says: `MetalLB's ${program.name} cannot start: its image ${first.trouble.image} cannot be pulled`,
      details: [
        `pods waiting for it: ${podNames(troubled)}`,
        first.trouble.says,
        ...leftLines(program, facts.takenAt),
      ],
      because: [
        seenField(about, 'status.containerStatuses[].image', first.trouble.image),
        ...events.slice(0, 1).map(seenEvent),
      ],
      suggests: remediesFor(program, first.pod.metadata.name),
    },
  ];
}

function remediesFor({ namespace, handle }: Program, pod: string): readonly Remedy[] {
  return [
    {
      says: 'mend the image name or tag, or the way to its registry (name resolution, proxy, pull secret, rate limit)',
      command: kubectl`-n ${namespace} describe pod ${pod}`,
      mutates: false,
    },
    {
      says: 'go back to the version that ran before, if it was just changed',
      command: kubectl`-n ${namespace} rollout undo ${handle}`,
      mutates: true,
    },
  ];
}
