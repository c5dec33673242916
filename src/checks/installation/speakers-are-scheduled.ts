import { defineCheck } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { placementLines } from '../models/programs/placement.ts';
import { speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { leftLines, severityOfPods } from '../models/programs/speakers-left.ts';
import { troubledPods } from '../models/programs/troubled-pods.ts';

/** A DaemonSet's pod is made for one node; when that one has no room, nobody takes its place. */
export const speakersAreScheduled = defineCheck({
  id: 'MLB-I34',
  asks: 'Has every speaker pod found its node?',
  symptoms: ['health'],
  causes: ['speaker-not-scheduled'],
  needs: ['pods'],
  helps: ['deployments', 'daemonSets'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts) => {
    const speaker = speakerOf(facts);
    const troubled =
      speaker === undefined
        ? []
        : troubledPods(speaker, 'not-scheduled', facts.takenAt).filter(
            // Told by MLB-I31.
            ({ trouble }) => !/free ports/.test(trouble.says),
          );
    const [first] = troubled;
    if (speaker === undefined || first === undefined) {
      return [];
    }
    const about = refOf(first.pod);
    return [
      {
        cause: 'speaker-not-scheduled',
        severity: severityOfPods(speaker, facts.takenAt),
        about,
        affects: [],
        says: `${troubled.length === 1 ? 'a speaker pod waits' : `${troubled.length} speaker pods wait`} for a node: ${first.trouble.says}`,
        details: [
          ...troubled.map(({ pod }) => `waiting: ${pod.metadata.name}`).toSorted(),
          ...placementLines(first.pod.spec),
          ...leftLines(speaker, facts.takenAt),
        ],
        because: [seenField(about, 'status.conditions[PodScheduled]', 'False')],
        suggests: [
          {
            says: 'free room on that node, or take back what keeps the pod from it',
            command: kubectl`-n ${speaker.namespace} describe pod ${first.pod.metadata.name}`,
            mutates: false,
          },
        ],
      },
    ];
  },
});
