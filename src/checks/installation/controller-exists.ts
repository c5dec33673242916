import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { ObjectRef } from '../../core/facts/object-ref.ts';
import { eventsAbout } from '../models/testimony/events.ts';
import { controllerOf, type Program } from '../models/programs/programs.ts';
import { everyoneOr } from '../models/reach.ts';
import { refOf } from '../models/references.ts';
import { seenEvent, seenField } from '../models/seen.ts';

/** Only a running controller allocates addresses; speakers never do. */
export const controllerExists = defineCheck({
  id: 'MLB-I02',
  asks: 'Is there a controller that could hand out addresses?',
  symptoms: ['pending', 'health'],
  causes: ['controller-absent'],
  needs: ['deployments', 'daemonSets', 'pods'],
  helps: ['events'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) => {
    const controller = controllerOf(facts);
    if (controller === undefined || controller.pods.length > 0) {
      return [];
    }
    return [{ ...absence(controller, facts), affects: everyoneOr(subject) }];
  },
});

function absence(controller: Program, facts: Facts<never, 'events'>): Found {
  const { workload, namespace, handle } = controller;
  const base = { cause: 'controller-absent', severity: 'error', affects: [] } as const;
  if (workload === undefined) {
    return {
      ...base,
      about: { kind: 'Namespace', name: namespace },
      says: `MetalLB has no controller in namespace ${namespace}, so nobody hands out addresses`,
      details: [`no Deployment and no pod in ${namespace} runs MetalLB's controller`],
      because: [],
      suggests: [
        {
          says: 'see what is left of the installation, then install the controller again',
          command: kubectl`-n ${namespace} get deployments,daemonsets,pods`,
          mutates: false,
        },
      ],
    };
  }
  const about = refOf(workload);
  if (workload.status.desired === 0) {
    return {
      ...base,
      about,
      says: `MetalLB's controller is scaled to 0, so nobody hands out addresses`,
      details: [`${handle} in ${namespace} has replicas: 0`],
      because: [seenField(about, 'spec.replicas', '0')],
      suggests: [scaleUp(controller)],
    };
  }
  return { ...base, about, ...noPods(controller, facts, about) };
}

function scaleUp({ namespace, handle }: Program): Remedy {
  return {
    says: 'start it again (find out first who scaled it down, and whether GitOps would undo this)',
    command: kubectl`-n ${namespace} scale ${handle} --replicas=1`,
    mutates: true,
  };
}

function noPods(
  { workload, namespace, handle }: Program,
  facts: Facts<never, 'events'>,
  about: ObjectRef,
): Pick<Found, 'says' | 'details' | 'because' | 'suggests'> {
  const condition = workload?.status.conditions.find(
    (each) => each.type === 'ReplicaFailure' && each.status === 'True',
  );
  const events = eventsAbout(facts, about).filter((event) => event.type === 'Warning');
  const because: readonly Evidence[] = [
    seenField(about, 'status.readyReplicas', '0'),
    ...events.slice(0, 2).map(seenEvent),
  ];
  return {
    says: `MetalLB's controller should run, but has no pod`,
    details: [
      `${handle} in ${namespace} wants ${workload?.status.desired ?? 1} and has none`,
      ...(condition?.message === undefined ? [] : [condition.message]),
    ],
    because,
    suggests: [
      {
        says: 'see why no pod is made (quota, admission, a missing ServiceAccount)',
        command: kubectl`-n ${namespace} describe ${handle}`,
        mutates: false,
      },
    ],
  };
}
