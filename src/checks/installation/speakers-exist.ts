import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { defineCheck } from '../../core/diagnosis/check.ts';
import { eventsAbout } from '../models/testimony/events.ts';
import { placementLines } from '../models/programs/placement.ts';
import { speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenEvent, seenField } from '../models/seen.ts';

/** Only speakers announce addresses: without any, an assigned address answers nowhere. */
export const speakersExist = defineCheck({
  id: 'MLB-I12',
  asks: 'Are there speakers that could announce addresses?',
  symptoms: ['health'],
  causes: ['speaker-absent'],
  needs: ['deployments', 'daemonSets', 'pods'],
  helps: ['events'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts) => {
    const speaker = speakerOf(facts);
    if (speaker === undefined || speaker.pods.length > 0) {
      return [];
    }
    const { workload, namespace, handle } = speaker;
    const about = workload === undefined ? { kind: 'Namespace', name: namespace } : refOf(workload);
    const events = eventsAbout(facts, about).filter((event) => event.type === 'Warning');
    return [
      {
        cause: 'speaker-absent',
        severity: 'error',
        about,
        affects: [],
        says: 'MetalLB has no speaker pod, so no address is announced on the network',
        details:
          workload === undefined
            ? [`no DaemonSet and no pod in ${namespace} runs MetalLB's speaker`]
            : [
                `${handle} in ${namespace} wants ${workload.status.desired} pods and has none`,
                ...placementLines(workload.spec.template),
                ...events.slice(0, 1).map((event) => event.message),
              ],
        because: [
          ...(workload === undefined
            ? []
            : [seenField(about, 'status.desiredNumberScheduled', String(workload.status.desired))]),
          ...events.slice(0, 2).map(seenEvent),
        ],
        suggests: [
          {
            says: 'see why no pod is made (node selector, Pod Security labels of the namespace, admission)',
            command: kubectl`-n ${namespace} describe ${handle}`,
            mutates: false,
          },
        ],
      },
    ];
  },
});
