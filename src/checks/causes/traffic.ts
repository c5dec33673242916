import type { Cause } from '../../core/diagnosis/cause.ts';
import { endpointCauses } from './traffic-endpoints.ts';
import { nodeCauses } from './traffic-nodes.ts';
import { wayCauses } from './traffic-way.ts';

/** Causes that lie in what lies behind an announced address. */
export const trafficCauses: readonly Cause[] = [...endpointCauses, ...wayCauses, ...nodeCauses];
