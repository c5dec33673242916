import type { Check } from '../../core/diagnosis/check.ts';

/** Every check on what was seen on the wire, in the order in which they are asked. */
export const wireChecks: readonly Check[] = [];
