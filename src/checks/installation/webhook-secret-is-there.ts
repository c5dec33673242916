import { defineCheck } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { Pod } from '../../core/facts/kube-objects.ts';
import { eventsAbout } from '../models/testimony/events.ts';
import { controllerOf, type Program, type WorkloadFacts } from '../models/programs/programs.ts';
import { everyoneOr } from '../models/reach.ts';
import { refOf } from '../models/references.ts';
import { seenEvent, seenField } from '../models/seen.ts';
import { podNames, serves, troubledPods } from '../models/programs/troubled-pods.ts';

const notFound = /secret "?([\w.-]*webhook[\w.-]*)"? not found/i;

/** The controller fills the Secret of its webhook, but does not make it: its pod mounts it and waits until it is there. */
export const webhookSecretIsThere = defineCheck({
  id: 'MLB-I46',
  asks: `Is the Secret there that the controller mounts for its webhook?`,
  symptoms: ['pending', 'health'],
  causes: ['webhook-secret-missing'],
  needs: ['pods'],
  helps: ['deployments', 'daemonSets', 'events'],
  basis: 'observed',
  alsoNeeds: (facts) => {
    const controller = controllerOf(facts);
    const waits =
      controller !== undefined && troubledPods(controller, 'not-ready', facts.takenAt).length > 0;
    return waits && waiting(controller, facts).length === 0 ? ['events'] : [];
  },
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) => {
    const controller = controllerOf(facts);
    const struck = controller === undefined ? [] : waiting(controller, facts);
    const [first] = struck;
    if (controller === undefined || first === undefined) {
      return [];
    }
    const { namespace } = controller;
    return [
      {
        cause: 'webhook-secret-missing',
        severity: serves(controller, facts.takenAt) ? 'warning' : 'error',
        about: { kind: 'Secret', namespace, name: first.secret },
        affects: everyoneOr(subject),
        says: `the controller cannot start: Secret ${first.secret} in ${namespace}, which it mounts for its webhook, is missing`,
        details: [`waiting for it: ${podNames(struck)}`, first.says],
        because: struck.slice(0, 2).map(({ evidence }) => evidence),
        suggests: [
          {
            says: 'make it, empty: the controller fills it (and put it back where manifest or chart have it)',
            command: kubectl`-n ${namespace} create secret generic ${first.secret}`,
            mutates: true,
          },
        ],
      },
    ];
  },
});

interface Struck {
  readonly pod: Pod;
  readonly secret: string;
  readonly says: string;
  readonly evidence: Evidence;
}

function waiting(
  controller: Program,
  facts: WorkloadFacts & Facts<never, 'events'>,
): readonly Struck[] {
  return troubledPods(controller, 'not-ready', facts.takenAt).flatMap(({ pod, trouble }) => {
    const about = refOf(pod);
    const event = eventsAbout(facts, about).find(({ message }) => notFound.test(message));
    const says = event?.message ?? trouble.says;
    const secret = notFound.exec(says)?.[1];
    const evidence =
      event === undefined
        ? seenField(about, 'status.containerStatuses[].state.waiting', says)
        : seenEvent(event);
    return secret === undefined ? [] : [{ pod, secret, says, evidence }];
  });
}
