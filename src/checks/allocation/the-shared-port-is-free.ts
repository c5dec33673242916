import { refusalCheck } from '../models/allocation/refusals.ts';
import {
  sharingGroup,
  sharingReasons,
  sharingTelling,
} from '../models/allocation/who-is-in-the-way.ts';

/** Services on one address must differ in port or protocol. */
export const theSharedPortIsFree = refusalCheck({
  id: 'MLB-A21',
  asks: 'Is the port still free on the shared address?',
  cause: 'sharing-port-taken',
  reasons: sharingReasons,
  groupOf: sharingGroup,
  tell: sharingTelling,
});
