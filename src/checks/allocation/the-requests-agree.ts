import { refusalCheck } from '../models/refusals.ts';
import { annotateCommand, dropAnnotationCommand, prefixOf } from '../models/remedies.ts';

/** When both an address and a pool are requested, the address must belong to that pool. */
export const theRequestsAgree = refusalCheck({
  id: 'MLB-A22',
  asks: 'Is the requested address in the requested pool?',
  cause: 'request-contradicts-pool',
  reasons: ['request-contradicts-pool'],
  groupOf: ({ suspect }) => suspect.key,
  tell: ({ suspect, reason }, model) => {
    const says = `it requests ${reason.requested.join(', ')} from pool ${reason.pool}, but that address is in pool ${reason.owner}`;
    return {
      says,
      many: says,
      details: [`requested pool: ${reason.pool}`, `pool of the address: ${reason.owner}`],
      suggests: [
        {
          says: `name the pool the address is in`,
          command: annotateCommand(suspect.service, `${prefixOf(model)}address-pool`, reason.owner),
          mutates: true,
        },
        {
          says: 'drop the request for the pool',
          command: dropAnnotationCommand(suspect.service, `${prefixOf(model)}address-pool`),
          mutates: true,
        },
      ],
    };
  },
});
