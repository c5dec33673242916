import { exclusionText } from '../models/allocation/pool-lines.ts';
import { refusalCheck } from '../models/allocation/refusals.ts';
import { editPool } from '../models/allocation/remedies.ts';
import { droppingTheRequest } from '../models/allocation/sharing-remedies.ts';

/** A reserved pool refuses everybody it does not name, requests included. */
export const theRequestedPoolIsForTheService = refusalCheck({
  id: 'MLB-A17',
  asks: 'Is the requested pool open to the Service?',
  cause: 'requested-pool-not-for-service',
  reasons: ['requested-pool-not-for-service'],
  groupOf: ({ suspect, reason }) => `${reason.pool} ${suspect.service.metadata.namespace}`,
  tell: ({ suspect, reason }, model, facts) => {
    const what =
      suspect.answer.stage !== 'named-pool'
        ? `${reason.requested.join(', ')}, which it asks for, is in pool ${reason.pool}`
        : `it asks for pool ${reason.pool}`;
    const says = `${what}, but that pool is not for it: ${exclusionText(reason.excludedBy)}`;
    return {
      says,
      many: `pool ${reason.pool}, which they ask for, is not for them: ${exclusionText(reason.excludedBy)}`,
      about: { kind: 'IPAddressPool', namespace: model.namespace, name: reason.pool },
      details: [
        `${suspect.key} is in namespace ${suspect.service.metadata.namespace ?? 'default'}`,
        `${reason.pool}: ${exclusionText(reason.excludedBy)}`,
      ],
      suggests: [
        ...(suspect.answer.stage === 'named-pool'
          ? []
          : droppingTheRequest({ service: suspect.service, model, facts })),
        editPool(reason.pool, 'let it in: serviceAllocation of the pool', model),
      ],
    };
  },
});
