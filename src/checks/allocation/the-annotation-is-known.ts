import { deprecatedPrefix, newPrefix } from '../../core/metallb/annotations.ts';
import { refusalCheck } from '../models/allocation/refusals.ts';
import { annotateCommand } from '../models/allocation/remedies.ts';
import { unreadRequests } from '../models/allocation/suspects.ts';

/** v0.14.8 and older only read annotations that begin with metallb.universe.tf/. */
export const theAnnotationIsKnown = refusalCheck({
  id: 'MLB-A13',
  asks: 'Does this MetalLB version know the annotation the request is made with?',
  cause: 'annotation-prefix-unknown',
  reasons: [
    'pool-exhausted',
    'only-manual-pools',
    'no-pool-of-family',
    'no-dual-stack-pool',
    'pool-not-for-service',
    'policy-contradicts-cluster-ips',
  ],
  groupOf: () => 'all',
  tell: ({ suspect }, _model, { installation }) => {
    const version = installation?.controllerVersion ?? 'this version';
    const unread = unreadRequests(suspect.service);
    const { annotations } = suspect.service.metadata;
    return {
      says: `MetalLB ${version} does not know annotations that begin with ${newPrefix}, so its request is not read`,
      many: `MetalLB ${version} does not know annotations that begin with ${newPrefix}, so their requests are not read`,
      details: [
        ...unread.map((key) => `not read: ${key}=${annotations[key] ?? ''}`),
        `without the request: ${suspect.answer.message ?? 'no address'}`,
      ],
      suggests: unread.map((key) => ({
        says: `use the prefix this version knows (${newPrefix} is read from v0.14.9 on)`,
        command: annotateCommand(
          suspect.service,
          `${deprecatedPrefix}${key.slice(newPrefix.length)}`,
          annotations[key] ?? '',
        ),
        mutates: true,
      })),
    };
  },
});
