import { deprecatedPrefix, newPrefix } from '../../core/metallb/annotations.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import {
  type RefusalCase,
  refusalCheck,
  type RefusalFacts,
} from '../models/allocation/refusals.ts';
import { annotateCommand } from '../models/allocation/remedies.ts';
import type { AllocationModel } from '../models/allocation/allocation.ts';
import { servicesByKey } from '../models/service-index.ts';
import { keyOfService } from '../models/services.ts';
import { unreadSharing } from '../models/allocation/suspects.ts';
import { unreadText } from '../models/allocation/unread-keys.ts';
import { heldGroup, heldTelling } from '../models/allocation/who-is-in-the-way.ts';

/** A sharing key counts only as an annotation of exactly that name, with a prefix the release reads. */
export const theSharingKeyIsRead = refusalCheck({
  id: 'MLB-A28',
  asks: 'Does MetalLB read the sharing keys that Services carry?',
  cause: 'sharing-key-unread',
  reasons: ['requested-address-held'],
  groupOf: heldGroup,
  tell: (found, model, facts) => {
    const base = heldTelling(found, model, facts);
    const unread = unreadOf(found, model, facts);
    const prefix = model.behaviour.knowsNewPrefix ? newPrefix : deprecatedPrefix;
    const who = unread.map(({ service }) => keyOfService(service)).join(' and ');
    return {
      ...base,
      says: `${base.says}, and the sharing key of ${who} is written where MetalLB does not read it`,
      many: `${base.many}, and the sharing key of ${who} is written where MetalLB does not read it`,
      details: [
        ...unread.map(({ service, key }) => `${keyOfService(service)}: ${unreadText(key, prefix)}`),
        ...base.details,
      ],
      suggests: [
        {
          says: 'write the sharing key as the annotation that MetalLB reads',
          command: unread
            .map(({ service, key }) =>
              annotateCommand(service, `${prefix}allow-shared-ip`, key.value),
            )
            .join(' && '),
          mutates: true,
        },
        ...base.suggests.filter(({ command }) => !(command ?? '').includes('allow-shared-ip=')),
      ],
    };
  },
});

function unreadOf(
  { suspect, reason }: RefusalCase<'requested-address-held'>,
  model: AllocationModel,
  facts: RefusalFacts,
) {
  const holders = reason.obstacle.holders.flatMap((key) => servicesByKey(facts).get(key) ?? []);
  return [suspect.service, ...holders].flatMap((service: Service) => {
    const key = unreadSharing(service, model.behaviour);
    return key === undefined ? [] : [{ service, key }];
  });
}
