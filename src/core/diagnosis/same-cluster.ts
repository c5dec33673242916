import { keyOf } from '../facts/object-ref.ts';
import { itemsIfRead } from '../facts/reading.ts';
import type { Snapshot } from '../facts/snapshot.ts';

/** What a cluster is told from others by, whatever a kubeconfig or a person calls it. */
export interface ClusterIdentity {
  /** Of its pools, nodes and Services: no other cluster has them. */
  readonly ids: ReadonlySet<string>;
  /** Of its Service `default/kubernetes`, which every cluster has; undefined where it was not read. */
  readonly ownService: string | undefined;
  readonly server: string;
}

/** `unknown`: what was read of the two has nothing to compare. */
export type Likeness = 'same' | 'other' | 'unknown';

/** The identity of the cluster of a snapshot. */
export function identityOf({ readings, target }: Snapshot): ClusterIdentity {
  const services = itemsIfRead(readings.services);
  const objects = [
    ...itemsIfRead(readings.ipAddressPools),
    ...itemsIfRead(readings.nodes),
    ...services,
  ];
  return {
    ids: new Set(objects.flatMap(({ metadata }) => metadata.uid ?? [])),
    ownService: services.find(({ metadata }) => keyOf(metadata) === 'default/kubernetes')?.metadata
      .uid,
    server: target.server,
  };
}

/** The one rule: an id in common. Only where there are none does the server count, because many a kubeconfig says 127.0.0.1. */
export function likenessOf(left: ClusterIdentity, right: ClusterIdentity): Likeness {
  if (left.ids.size === 0 || right.ids.size === 0) {
    return left.server !== '' && left.server === right.server ? 'same' : 'unknown';
  }
  if ([...left.ids].some((id) => right.ids.has(id))) {
    return 'same';
  }
  const isKnown = left.ownService !== undefined && right.ownService !== undefined;
  return isKnown ? 'other' : 'unknown';
}
