import { identityOf, likenessOf } from '../../core/diagnosis/same-cluster.ts';
import type { MissingFact } from '../../core/facts/finding.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Pool } from '../../core/metallb/configuration.ts';
import { loadConfiguration } from '../../core/metallb/load-configuration.ts';

/** A recording of another cluster, under the name it was given by. */
export interface OtherCluster {
  readonly name: string;
  readonly snapshot: Snapshot;
}

/** The pools of the others, and what there is to say of the comparison. */
export interface Beside {
  readonly clusters: readonly { readonly name: string; readonly pools: readonly Pool[] }[];
  readonly notes: readonly string[];
  /** Recordings that hold no pools: nothing is known of their ranges. */
  readonly unknowns: readonly MissingFact[];
}

/** Pools of other clusters. A recording of the same cluster is left out: its pools would all overlap. */
export function othersIn(snapshot: Snapshot, others: readonly OtherCluster[]): Beside {
  const own = identityOf(snapshot);
  const told = others.map((other) => ({ ...other, pools: poolsIn(other.snapshot) }));
  const same = told.filter((other) => likenessOf(own, identityOf(other.snapshot)) === 'same');
  const unread = told.filter(({ snapshot: each }) => each.readings.ipAddressPools.state !== 'read');
  const clusters = told.filter((other) => !same.includes(other) && !unread.includes(other));
  return {
    clusters,
    notes: same.map(({ name }) => `${name} is a recording of this same cluster and was left out`),
    unknowns: unread.map(({ name }) => ({
      fact: `pools of ${name}`,
      why: 'it was recorded without its IPAddressPools, so nothing is known of its ranges',
      permission: undefined,
      collect: undefined,
    })),
  };
}

function poolsIn({ readings, installations }: Snapshot): readonly Pool[] {
  return installations.flatMap(
    ({ namespace, bgpType, controllerVersion, speakerVersion }) =>
      loadConfiguration({
        pools: itemsIfRead(readings.ipAddressPools),
        communities: [],
        namespaces: itemsIfRead(readings.namespaces),
        namespace,
        bgpType,
        version: controllerVersion ?? speakerVersion,
      }).pools,
  );
}
