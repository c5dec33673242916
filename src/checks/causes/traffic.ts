import type { Cause } from '../../core/diagnosis/cause.ts';

/** Causes that lie in what lies behind an announced address. */
export const trafficCauses: readonly Cause[] = [];
