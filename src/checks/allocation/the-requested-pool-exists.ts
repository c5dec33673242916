import { nearestName } from '../models/near.ts';
import { freeLines } from '../models/pool-lines.ts';
import { refusalCheck } from '../models/refusals.ts';
import { annotateCommand, dropAnnotationCommand, prefixOf } from '../models/remedies.ts';

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
    const key = `${prefixOf(model)}address-pool`;
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
      suggests: [
        ...(near === undefined
          ? []
          : [
              {
                says: `name ${near}`,
                command: annotateCommand(suspect.service, key, near),
                mutates: true,
              },
            ]),
        {
          says:
            near === undefined ? 'bring the pool back, or drop the request' : 'drop the request',
          command: dropAnnotationCommand(suspect.service, key),
          mutates: true,
        },
      ],
    };
  },
});
