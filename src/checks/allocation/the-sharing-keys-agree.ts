import { refusalCheck } from '../models/allocation/refusals.ts';
import { heldGroup, heldTelling } from '../models/allocation/who-is-in-the-way.ts';

/** Services share an address only with the same value of allow-shared-ip. */
export const theSharingKeysAgree = refusalCheck({
  id: 'MLB-A19',
  asks: 'Do Services that share an address carry the same key?',
  cause: 'sharing-key-differs',
  reasons: ['requested-address-held'],
  groupOf: heldGroup,
  tell: heldTelling,
});
