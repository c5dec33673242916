import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { placementLines } from '../models/programs/placement.ts';
import { speakerCheck } from '../models/programs/speaker-check.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

/** A DaemonSet's pod is made for one node; when that one has no room, nobody takes its place. */
export const speakersAreScheduled = speakerCheck({
  id: 'MLB-I34',
  asks: 'Has every speaker pod found its node?',
  cause: 'speaker-not-scheduled',
  kind: 'not-scheduled',
  // Told by MLB-I31.
  means: ({ trouble }) => !/free ports/.test(trouble.says),
  tell: ({ speaker, first, all }) => ({
    about: refOf(first.pod),
    says: `${all.length === 1 ? 'a speaker pod waits' : `${all.length} speaker pods wait`} for a node: ${first.trouble.says}`,
    details: [
      ...all.map(({ pod }) => `waiting: ${pod.metadata.name}`).toSorted(),
      ...placementLines(first.pod.spec),
    ],
    because: [seenField(refOf(first.pod), 'status.conditions[PodScheduled]', 'False')],
    suggests: [
      {
        says: 'free room on that node, or take back what keeps the pod from it',
        command: kubectl`-n ${speaker.namespace} describe pod ${first.pod.metadata.name}`,
        mutates: false,
      },
    ],
  }),
});
