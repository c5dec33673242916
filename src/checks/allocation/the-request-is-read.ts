import { deprecatedPrefix, newPrefix } from '../../core/metallb/annotations.ts';
import { refusalCheck } from '../models/allocation/refusals.ts';
import { annotateCommand } from '../models/allocation/remedies.ts';
import { unreadKeys, unreadText } from '../models/allocation/unread-keys.ts';

/** A request under a name that MetalLB does not know is no request. */
export const theRequestIsRead = refusalCheck({
  id: 'MLB-A30',
  asks: 'Would the Service get an address if its request were spelled right?',
  cause: 'request-unread',
  reasons: [
    'pool-exhausted',
    'only-manual-pools',
    'no-pool-of-family',
    'no-dual-stack-pool',
    'pool-not-for-service',
    'policy-contradicts-cluster-ips',
  ],
  groupOf: ({ suspect }) => suspect.key,
  tell: ({ suspect }, { behaviour }) => {
    const prefix = behaviour.knowsNewPrefix ? newPrefix : deprecatedPrefix;
    const unread = unreadKeys(suspect.service, behaviour).filter(
      ({ meant }) => meant !== 'allow-shared-ip',
    );
    const [first] = unread;
    const says = `its request (${first?.where ?? 'annotation'} ${first?.key ?? ''}) is written where MetalLB does not read it`;
    return {
      says,
      many: says,
      details: [
        ...unread.map((each) => unreadText(each, prefix)),
        `without the request: ${suspect.answer.message ?? 'no address'}`,
      ],
      suggests: unread.map(({ meant, value }) => ({
        says: 'ask for it by the name that MetalLB reads',
        command: annotateCommand(suspect.service, `${prefix}${meant}`, value),
        mutates: true,
      })),
    };
  },
});
