import type { Check } from '../../core/diagnosis/check.ts';

/** Every check on what lies behind an announced address, in the order in which they are asked. */
export const trafficChecks: readonly Check[] = [];
