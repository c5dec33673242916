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
  const holders = holdersIn(readings.endpointSlices);
  return holders === undefined || holders.includes(asked)
    ? snapshot
    : {
        ...snapshot,
        readings: {
          ...readings,
          endpointSlices: { state: 'failed', reason: reasonFor(holders) },
        },
      };
}

function reasonFor(holders: readonly string[]): string {
  const [only = ''] = holders;
  return holders.length === 1
    ? `the recording was made for ${only}, and holds the endpoints of that Service alone`
    : `the recording was made for another Service, and holds the endpoints of ${holders.join(', ')} alone`;
}

/** The only Services whose slices were read; undefined when there may be those of others. */
function holdersIn(slices: Reading<EndpointSlice>): readonly string[] | undefined {
  if (slices.state !== 'read' || typeof slices.within !== 'string') {
    return undefined;
  }
  const holders = new Set(
    slices.items.map(
      ({ metadata }) =>
        `${metadata.namespace ?? ''}/${metadata.labels['kubernetes.io/service-name'] ?? ''}`,
    ),
  );
  return holders.size === 1 || slices.chosen === true ? [...holders].toSorted() : undefined;
}
