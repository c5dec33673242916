import type { Cause } from '../../core/diagnosis/cause.ts';

/** Causes that lie in what keeps layer 2 from announcing an address. */
export const layer2Causes: readonly Cause[] = [];
