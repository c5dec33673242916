import { refusalCheck } from '../models/allocation/refusals.ts';
import { heldGroup, heldTelling } from '../models/allocation/who-is-in-the-way.ts';

/** Services share an address only if all are Cluster, or all Local with equal selectors. */
export const theSharingBackendsAgree = refusalCheck({
  id: 'MLB-A20',
  asks: 'Do traffic policies and selectors allow sharing?',
  cause: 'sharing-backend-differs',
  reasons: ['requested-address-held'],
  groupOf: heldGroup,
  tell: heldTelling,
});
