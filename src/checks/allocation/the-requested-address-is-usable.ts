import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { refusalCheck } from '../models/allocation/refusals.ts';
import { editPool } from '../models/allocation/remedies.ts';

/** avoidBuggyIPs takes every IPv4 address that ends in .0 or .255 out of a pool. */
export const theRequestedAddressIsUsable = refusalCheck({
  id: 'MLB-A16',
  asks: 'May the requested address be handed out?',
  cause: 'requested-address-buggy',
  reasons: ['requested-address-buggy'],
  groupOf: ({ suspect }) => suspect.key,
  tell: ({ suspect, reason }, model) => {
    const { namespace = 'default', name } = suspect.service.metadata;
    const says = `pool ${reason.pool} contains ${reason.address}, but avoids addresses ending in .0 and .255 (avoidBuggyIPs)`;
    return {
      says,
      many: says,
      details: [`${reason.pool}: avoidBuggyIPs is true`],
      suggests: [
        {
          says: 'request another address',
          command: kubectl`-n ${namespace} edit service ${name}`,
          mutates: true,
        },
        editPool(reason.pool, 'turn avoidBuggyIPs off, if no old client is in the way', model),
      ],
    };
  },
});
