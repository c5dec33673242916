import type { EndpointSlice } from '../../../core/facts/kube-objects.ts';
import { namespacesRead, type Reading } from '../../../core/facts/reading.ts';

/** Why the endpoints of all Services together are not known; undefined when they are. */
export function noSlicesOfAll(reading: Reading<EndpointSlice>): string | undefined {
  if (reading.state !== 'read') {
    return 'the EndpointSlices were not read';
  }
  if (namespacesRead(reading) !== undefined) {
    return 'the EndpointSlices of some namespaces only were read';
  }
  // every cluster has at least that of its API server
  return reading.items.length === 0 ? 'no EndpointSlice at all was read' : undefined;
}
