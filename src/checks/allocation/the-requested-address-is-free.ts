import { refusalCheck } from '../models/allocation/refusals.ts';
import { heldGroup, heldTelling } from '../models/allocation/who-is-in-the-way.ts';

/** An address serves several Services only when all of them carry the same sharing key. */
export const theRequestedAddressIsFree = refusalCheck({
  id: 'MLB-A18',
  asks: 'Is the requested address free?',
  cause: 'requested-address-held',
  reasons: ['requested-address-held'],
  groupOf: heldGroup,
  tell: heldTelling,
});
