import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { annotationKey } from '../../core/metallb/annotations.ts';
import type { AllocationModel } from '../models/allocation/allocation.ts';
import { nearestName } from '../models/allocation/near.ts';
import { freeLines } from '../models/allocation/pool-lines.ts';
import { refusalCheck, type RefusalFacts } from '../models/allocation/refusals.ts';
import {
  annotateCommand,
  annotated,
  dropAnnotationsCommand,
  namePoolRemedies,
} from '../models/allocation/remedies.ts';
import { requestKeys, trialOf, without } from '../models/allocation/trial.ts';

/** A pool is requested by its exact name, and MetalLB falls back to no other. */
export const theRequestedPoolExists = refusalCheck({
  id: 'MLB-A23',
  asks: 'Does the requested pool exist?',
  cause: 'requested-pool-missing',
  reasons: ['requested-pool-missing'],
  groupOf: ({ reason }) => reason.pool,
  tell: ({ suspect, reason }, model, facts) => {
    const names = model.usages.map((usage) => usage.pool);
    const near = nearestName(reason.pool, names);
    const stray = facts.ipAddressPools.find(
      (pool) => pool.metadata.name === reason.pool && pool.metadata.namespace !== model.namespace,
    );
    return {
      says: `it asks for pool "${reason.pool}", and there is no such pool`,
      many: `they ask for pool "${reason.pool}", and there is no such pool`,
      details: [
        ...(near === undefined ? [] : [`perhaps "${near}" was meant`]),
        ...(stray === undefined
          ? []
          : [
              `a pool of that name is in namespace ${stray.metadata.namespace ?? 'default'}, where MetalLB does not look`,
            ]),
        ...freeLines(model.usages, facts.ipAddressPools),
      ],
      suggests: remedies(suspect.service, near, { model, facts }),
    };
  },
});

interface Place {
  readonly model: AllocationModel;
  readonly facts: RefusalFacts;
}

/** What works comes first; what does not work is told with what else it takes, or not at all. */
function remedies(service: Service, near: string | undefined, place: Place): readonly Remedy[] {
  const corrected = near === undefined ? undefined : correction(service, near, place);
  const release = releaseOf(service, place);
  const others = otherPools(service, near, place);
  const ways =
    corrected?.works === true
      ? [...corrected.remedies, ...release, ...others]
      : [...release, ...others, ...(corrected?.remedies ?? [])];
  return ways.length > 0
    ? ways
    : [
        {
          says: 'bring the pool back: without the request MetalLB has no address for it either',
          command: kubectl`-n ${place.model.namespace} get ipaddresspools.metallb.io`,
          mutates: false,
        },
      ];
}

const othersTold = 2;

/** Pools that nobody confuses with the one that is asked for, and that have an address for it. */
function otherPools(service: Service, near: string | undefined, place: Place): readonly Remedy[] {
  const names = place.model.usages.map(({ pool }) => pool).filter((pool) => pool !== near);
  return namePoolRemedies(service, names, place).announced.slice(0, othersTold);
}

function correction(service: Service, near: string, { model, facts }: Place) {
  const key = annotationKey(service, 'address-pool', model.behaviour);
  const trial = trialOf(model.answerFor(annotated(service, key, near)), facts);
  const rename = annotateCommand(service, key, near);
  const room = kubectl`-n ${model.namespace} edit ipaddresspool ${near}`;
  const remedy: Remedy = trial.works
    ? { says: `name ${near}; it gets ${trial.gets} then`, command: rename, mutates: true }
    : {
        says: `name ${near} and change that pool too: ${trial.why}`,
        command: `${rename} && ${room}`,
        mutates: true,
      };
  return { works: trial.works, remedies: [remedy] };
}

function releaseOf(service: Service, { model, facts }: Place): readonly Remedy[] {
  const keys = requestKeys(service, ['address-pool']);
  const trial = trialOf(model.answerFor(without(service, keys)), facts);
  return trial.works
    ? [
        {
          says: `drop the request; it gets ${trial.gets} then`,
          command: dropAnnotationsCommand(service, keys),
          mutates: true,
        },
      ]
    : [];
}
