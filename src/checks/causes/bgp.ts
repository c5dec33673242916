import type { Cause } from '../../core/diagnosis/cause.ts';
import { bgpAdvertisingCauses } from './bgp-advertising.ts';
import { bgpSessionCauses } from './bgp-sessions.ts';
import { bgpSurroundingCauses } from './bgp-surroundings.ts';

/** Causes that lie in what keeps BGP from announcing an address. */
export const bgpCauses: readonly Cause[] = [
  ...bgpAdvertisingCauses,
  ...bgpSessionCauses,
  ...bgpSurroundingCauses,
];
