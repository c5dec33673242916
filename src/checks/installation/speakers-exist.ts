import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { defineCheck } from '../../core/diagnosis/check.ts';
import {
  announcesInstead,
  insteadLines,
  insteadRemedies,
} from '../models/bgp/announces-instead.ts';
import { eventsAbout } from '../models/testimony/events.ts';
import { placementLines } from '../models/programs/placement.ts';
import { type Program, speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenEvent, seenField } from '../models/seen.ts';

/** Only speakers announce addresses: without any, an assigned address answers nowhere. */
export const speakersExist = defineCheck({
  id: 'MLB-I12',
  asks: 'Are there speakers that could announce addresses?',
  symptoms: ['health'],
  causes: ['speaker-absent'],
  needs: ['deployments', 'daemonSets', 'pods'],
  helps: ['events', 'l2Advertisements', 'bgpAdvertisements'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts) => {
    const speaker = speakerOf(facts);
    if (speaker === undefined || speaker.pods.length > 0) {
      return [];
    }
    const { workload, namespace, handle } = speaker;
    const instead = announcesInstead(facts);
    const about = workload === undefined ? { kind: 'Namespace', name: namespace } : refOf(workload);
    const events = eventsAbout(facts, about).filter((event) => event.type === 'Warning');
    return [
      {
        cause: 'speaker-absent',
        severity: instead === undefined ? 'error' : 'warning',
        about,
        affects: [],
        says: `MetalLB has no speaker pod, so ${instead === undefined ? 'no address is announced on the network' : 'it announces no address itself'}`,
        details: [
          ...absenceLines(speaker),
          ...insteadLines(instead),
          ...(workload === undefined ? [] : events.slice(0, 1).map((event) => event.message)),
        ],
        because: [
          ...(workload === undefined
            ? []
            : [seenField(about, 'status.desiredNumberScheduled', String(workload.status.desired))]),
          ...events.slice(0, 2).map(seenEvent),
        ],
        suggests: [
          ...insteadRemedies(instead),
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

function absenceLines({ workload, namespace, handle }: Program): readonly string[] {
  return workload === undefined
    ? [`no DaemonSet and no pod in ${namespace} runs MetalLB's speaker`]
    : [
        `${handle} in ${namespace} wants ${workload.status.desired} pods and has none`,
        ...placementLines(workload.spec.template),
      ];
}
