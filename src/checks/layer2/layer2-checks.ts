import type { Check } from '../../core/diagnosis/check.ts';

/** Every check on what keeps layer 2 from announcing an address, in the order in which they are asked. */
export const layer2Checks: readonly Check[] = [];
