import { defineCheck } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import { agoText } from '../models/ages.ts';
import { type Program, speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { leftLines, severityOfPods } from '../models/programs/speakers-left.ts';
import { podNames, troubledPods } from '../models/programs/troubled-pods.ts';

/** Containers of FRR in a speaker's pod, and those that copy its programs there first. */
const ofFRR = /^(?:frr|reloader|cp-)/;

/** In FRR mode the pod is Ready only with FRR, its reloader and its exporter; the speaker itself may be well. */
export const frrComesUp = defineCheck({
  id: 'MLB-I37',
  asks: `Do the FRR containers of the speakers come up?`,
  symptoms: ['health'],
  causes: ['speaker-frr-failing'],
  needs: ['pods'],
  helps: ['deployments', 'daemonSets'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts) => {
    const speaker = speakerOf(facts);
    const troubled =
      speaker === undefined
        ? []
        : troubledPods(speaker, 'crash', facts.takenAt).filter(({ trouble }) =>
            ofFRR.test(trouble.container),
          );
    const [first] = troubled;
    if (speaker === undefined || first === undefined) {
      return [];
    }
    const { container, restarts, lastEnd, exit } = first.trouble;
    const about = refOf(first.pod);
    return [
      {
        cause: 'speaker-frr-failing',
        severity: severityOfPods(speaker, facts.takenAt),
        about,
        affects: [],
        says: `container ${container} of the speakers does not come up, so FRR does not run: ${podNames(troubled.slice(0, 4))}`,
        details: [
          `${container}: ${restarts} restarts, last end${agoText(lastEnd, facts.takenAt)}: ${exit}`,
          'BGP sessions end with it; layer 2 does not need FRR',
          ...leftLines(speaker, facts.takenAt),
        ],
        because: [
          seenField(about, `status.containerStatuses[${container}].restartCount`, String(restarts)),
        ],
        suggests: remediesFor(speaker, first.pod.metadata.name, container),
      },
    ];
  },
});

function remediesFor(
  { namespace, handle }: Program,
  pod: string,
  container: string,
): readonly Remedy[] {
  return [
    {
      says: 'read what it said before it ended',
      command: kubectl`-n ${namespace} logs ${pod} -c ${container} --previous --tail=50`,
      mutates: false,
    },
    {
      says: 'if it began with a roll-out, go back',
      command: kubectl`-n ${namespace} rollout undo ${handle}`,
      mutates: true,
    },
  ];
}
