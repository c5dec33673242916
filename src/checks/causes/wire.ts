import type { Cause } from '../../core/diagnosis/cause.ts';

/** Causes that lie in what was seen on the wire. */
export const wireCauses: readonly Cause[] = [];
