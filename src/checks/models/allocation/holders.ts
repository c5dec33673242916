import { type Facts, remembered } from '../../../core/diagnosis/facts.ts';
import type { EndpointSlice, Service } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import type { PoolUsage } from '../../../core/metallb/answer.ts';
import { isHeldUp } from '../held-up.ts';
import { eventsAbout } from '../testimony/events.ts';
import { refOf } from '../references.ts';
import { servicesByKey } from '../service-index.ts';
import { keyOfService } from '../services.ts';

/** A Service on an address of a pool. */
export interface HolderStory {
  readonly key: string;
  readonly address: string;
  /** When it got the address, as far as events or the writer of its status tell. */
  readonly since: string | undefined;
  /** Undefined when nobody knows; a time or `always` for a Service that has no endpoint that serves. */
  readonly idleSince: string | undefined;
  readonly isIdle: boolean;
  /** The Service itself when it was deleted and a finalizer holds it; nobody needs that address any more. */
  readonly heldUp?: Service;
}

export type HolderFacts = Facts<'services', 'events' | 'endpointSlices'>;

const sliceLabel = 'kubernetes.io/service-name';
const changeNote = 'endpoints.kubernetes.io/last-change-trigger-time';

/** Who holds the addresses of a pool, in the pool's order. */
export function holdersOf(usage: PoolUsage, facts: HolderFacts): readonly HolderStory[] {
  const services = servicesByKey(facts);
  return usage.holders.flatMap(({ address, services: keys }) =>
    keys.map((key) => {
      const service = services.get(key);
      const idle = service === undefined ? undefined : idleOf(service, facts);
      return {
        key,
        address,
        since: service === undefined ? undefined : takenAt(service, facts),
        isIdle: idle !== undefined,
        idleSince: idle?.since,
        ...(service !== undefined && isHeldUp(service, facts.takenAt) && { heldUp: service }),
      };
    }),
  );
}

/** The holder that came last, if it is known when each came. */
export function lastHolder(holders: readonly HolderStory[]): HolderStory | undefined {
  return holders
    .filter((each) => each.since !== undefined)
    .toSorted((a, b) => Date.parse(b.since ?? '') - Date.parse(a.since ?? ''))[0];
}

/** The event says it best; without one, whoever wrote the status did so then or later. */
function takenAt(service: Service, facts: HolderFacts): string | undefined {
  const event = eventsAbout(facts, refOf(service)).find((each) => each.reason === 'IPAllocated');
  return (
    event?.lastAt ??
    service.metadata.managedFields.find((entry) => entry.subresource === 'status')?.time
  );
}

const slicesByService = remembered(
  (facts: HolderFacts): ReadonlyMap<string, readonly EndpointSlice[]> =>
    Map.groupBy(
      itemsIfRead(facts.endpointSlices),
      ({ metadata }) => `${metadata.namespace ?? ''}/${metadata.labels[sliceLabel] ?? ''}`,
    ),
);

/** Only a complete list of slices can say that there is none. */
function idleOf(
  service: Service,
  facts: HolderFacts,
): { readonly since: string | undefined } | undefined {
  const reading = facts.endpointSlices;
  if (reading.state !== 'read' || reading.within !== undefined) {
    return undefined;
  }
  const slices = slicesByService(facts).get(keyOfService(service)) ?? [];
  const serving = slices.some((slice) =>
    slice.endpoints.some((each) => (each.ready ?? true) || (each.serving ?? false)),
  );
  // A Service with a selector always has a slice, empty or not: without one, it was just not recorded.
  const isUnknown = slices.length === 0 && service.spec.selector !== undefined;
  return serving || isUnknown ? undefined : { since: newestChange(slices) };
}

function newestChange(slices: readonly EndpointSlice[]): string | undefined {
  return slices
    .flatMap(({ metadata }) => [
      metadata.annotations[changeNote],
      ...metadata.managedFields.map((entry) => entry.time),
    ])
    .filter((time) => time !== undefined)
    .toSorted()
    .at(-1);
}
