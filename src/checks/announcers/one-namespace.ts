import type { Service } from '../../core/facts/kube-objects.ts';
import { namespacesRead, type Reading } from '../../core/facts/reading.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';

/** The Services of a namespace; all of them where none is given. */
export function inNamespace(
  namespace: string | undefined,
  all: readonly Service[],
): readonly Service[] {
  return namespace === undefined
    ? all
    : all.filter(({ metadata }) => metadata.namespace === namespace);
}

/** Whoever asks about one namespace needs no other Services than those there. */
export function enoughFor(namespace: string | undefined, snapshot: Snapshot): Snapshot {
  const { services, endpointSlices } = snapshot.readings;
  return namespace === undefined
    ? snapshot
    : {
        ...snapshot,
        readings: {
          ...snapshot.readings,
          services: wholeIn(namespace, services),
          endpointSlices: wholeIn(namespace, endpointSlices),
        },
      };
}

function wholeIn<T>(namespace: string, reading: Reading<T>): Reading<T> {
  return reading.state === 'read' && namespacesRead(reading)?.includes(namespace) === true
    ? { state: 'read', items: reading.items }
    : reading;
}
