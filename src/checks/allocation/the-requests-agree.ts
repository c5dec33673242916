import type { Remedy } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { annotationKey } from '../../core/metallb/annotations.ts';
import type { AllocationModel } from '../models/allocation/allocation.ts';
import { refusalCheck, type RefusalFacts } from '../models/allocation/refusals.ts';
import {
  annotateCommand,
  annotated,
  dropAnnotationsCommand,
} from '../models/allocation/remedies.ts';
import { requestKeys, trialOf, without } from '../models/allocation/trial.ts';

/** When both an address and a pool are requested, the address must belong to that pool. */
export const theRequestsAgree = refusalCheck({
  id: 'MLB-A22',
  asks: 'Is the requested address in the requested pool?',
  cause: 'request-contradicts-pool',
  reasons: ['request-contradicts-pool'],
  groupOf: ({ suspect }) => suspect.key,
  tell: ({ suspect, reason }, model, facts) => {
    const says = `it requests ${reason.requested.join(', ')} from pool ${reason.pool}, but that address is in pool ${reason.owner}`;
    return {
      says,
      many: says,
      details: [`requested pool: ${reason.pool}`, `pool of the address: ${reason.owner}`],
      suggests: remedies(suspect.service, reason.owner, { model, facts }),
    };
  },
});

function remedies(
  service: Service,
  owner: string,
  { model, facts }: { readonly model: AllocationModel; readonly facts: RefusalFacts },
): readonly Remedy[] {
  const key = annotationKey(service, 'address-pool', model.behaviour);
  const keys = requestKeys(service, ['address-pool']);
  const named = trialOf(model.answerFor(annotated(service, key, owner)), facts);
  const dropped = trialOf(model.answerFor(without(service, keys)), facts);
  return [
    {
      says: named.works
        ? 'name the pool the address is in'
        : `name the pool the address is in, which alone does not help: ${named.why}`,
      command: annotateCommand(service, key, owner),
      mutates: true,
    },
    ...(dropped.works
      ? [
          {
            says: 'drop the request for the pool',
            command: dropAnnotationsCommand(service, keys),
            mutates: true,
          },
        ]
      : []),
  ];
}
