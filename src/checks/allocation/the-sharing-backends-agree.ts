import { refusalCheck } from '../models/allocation/refusals.ts';
import {
  sharingGroup,
  sharingReasons,
  sharingTelling,
} from '../models/allocation/who-is-in-the-way.ts';

/** Services share an address only if all are Cluster, or all Local with equal selectors. */
export const theSharingBackendsAgree = refusalCheck({
  id: 'MLB-A20',
  asks: 'Do traffic policies and selectors allow sharing?',
  cause: 'sharing-backend-differs',
  reasons: sharingReasons,
  groupOf: sharingGroup,
  tell: sharingTelling,
});
