import type { EndpointSlice } from '../../facts/kube-objects.ts';
import type { Wanted } from '../../facts/ports.ts';
import type { Reading } from '../../facts/reading.ts';
import type { Snapshot } from '../../facts/snapshot.ts';

/**
 * A recording of a question about one Service's traffic holds the EndpointSlices of that Service alone. Asked about
 * another one it must not say that there are none.
 */
export function withoutSlicesOfAnother(snapshot: Snapshot, wanted: Wanted): Snapshot {
  const { readings, target, receipt } = snapshot;
  const { service, backends = false } = wanted;
  if (!backends || service === undefined || receipt.calls === 0) {
    return snapshot;
  }
  const asked = `${service.namespace ?? target.namespace}/${service.name}`;
  const holder = onlyHolderIn(readings.endpointSlices);
  return holder === undefined || holder === asked
    ? snapshot
    : {
        ...snapshot,
        readings: {
          ...readings,
          endpointSlices: {
            state: 'failed',
            reason: `the recording was made for ${holder}, and holds the endpoints of that Service alone`,
          },
        },
      };
}

/** The one Service whose slices were read; undefined when there may be those of others. */
function onlyHolderIn(slices: Reading<EndpointSlice>): string | undefined {
  if (slices.state !== 'read' || typeof slices.within !== 'string') {
    return undefined;
  }
  const holders = new Set(
    slices.items.map(
      ({ metadata }) =>
        `${metadata.namespace ?? ''}/${metadata.labels['kubernetes.io/service-name'] ?? ''}`,
    ),
  );
  const [only] = holders;
  return holders.size === 1 ? only : undefined;
}
