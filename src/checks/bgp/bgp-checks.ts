import type { Check } from '../../core/diagnosis/check.ts';

/** Every check on what keeps BGP from announcing an address, in the order in which they are asked. */
export const bgpChecks: readonly Check[] = [];
