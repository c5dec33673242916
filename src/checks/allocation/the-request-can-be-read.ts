import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { earlyRefusalCheck } from '../models/allocation/refusals.ts';

/** A request is a comma-separated list of plain addresses; anything else refuses it whole. */
export const theRequestCanBeRead = earlyRefusalCheck({
  id: 'MLB-A12',
  asks: 'Can the requested address be read?',
  cause: 'request-malformed',
  reasons: ['request-malformed'],
  groupOf: () => 'all',
  tell: ({ suspect, reason }) => {
    const { namespace = 'default', name } = suspect.service.metadata;
    return {
      says: `its request ${reason.source} "${reason.raw}" is not a list of plain addresses`,
      many: 'their requested addresses cannot be read',
      details: [
        `${reason.source}: "${reason.raw}"`,
        'no prefix length, range, zone, brackets, leading zeros or trailing comma; at most one address per family',
      ],
      suggests: [
        {
          says: 'correct it',
          command: kubectl`-n ${namespace} edit service ${name}`,
          mutates: true,
        },
      ],
    };
  },
});
