import type { Cause } from '../../core/diagnosis/cause.ts';

/** Causes that lie in what keeps BGP from announcing an address. */
export const bgpCauses: readonly Cause[] = [];
