import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { defineCheck } from '../../core/diagnosis/check.ts';
import type { Node } from '../../core/facts/kube-objects.ts';
import { itemsIfRead, type Reading } from '../../core/facts/reading.ts';
import { eventsAbout } from '../models/testimony/events.ts';
import { placementLines } from '../models/programs/placement.ts';
import { controllerOf } from '../models/programs/programs.ts';
import { everyoneOr } from '../models/reach.ts';
import { refOf } from '../models/references.ts';
import { seenEvent, seenField } from '../models/seen.ts';
import { serves, troubledPods } from '../models/programs/troubled-pods.ts';

/** A pod without a node runs nowhere; the scheduler says why in the pod's status. */
export const controllerIsScheduled = defineCheck({
  id: 'MLB-I03',
  asks: 'Has the controller found a node to run on?',
  symptoms: ['pending', 'health'],
  causes: ['controller-not-scheduled'],
  needs: ['pods'],
  helps: ['deployments', 'daemonSets', 'events', 'nodes'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) => {
    const controller = controllerOf(facts);
    const troubled =
      controller === undefined ? [] : troubledPods(controller, 'not-scheduled', facts.takenAt);
    const [first] = troubled;
    if (controller === undefined || first === undefined) {
      return [];
    }
    const about = refOf(first.pod);
    const events = eventsAbout(facts, about).filter((each) => each.reason === 'FailedScheduling');
    return [
      {
        cause: 'controller-not-scheduled',
        severity: serves(controller, facts.takenAt) ? 'warning' : 'error',
        about,
        affects: everyoneOr(subject),
        says: `no node takes MetalLB's controller: ${first.trouble.says}`,
        details: [
          `pod ${first.pod.metadata.name} waits for a node`,
          ...placementLines(first.pod.spec),
          ...cordoned(facts.nodes),
        ],
        because: [
          seenField(about, 'status.conditions[PodScheduled]', 'False'),
          ...events.slice(0, 1).map(seenEvent),
        ],
        suggests: [
          {
            says: 'free or add a node it may run on, or let it tolerate the taints',
            command: kubectl`-n ${controller.namespace} describe pod ${first.pod.metadata.name}`,
            mutates: false,
          },
          { says: 'see the nodes', command: 'kubectl get nodes -o wide', mutates: false },
        ],
      },
    ];
  },
});

function cordoned(reading: Reading<Node>): readonly string[] {
  const names = itemsIfRead(reading)
    .filter((node) => node.spec.unschedulable)
    .map((node) => node.metadata.name)
    .toSorted();
  return names.length === 0 ? [] : [`cordoned: ${names.join(', ')}`];
}
