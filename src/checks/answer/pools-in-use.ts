import type { PoolUse } from '../../core/facts/finding.ts';
import { factsFrom, type Material } from '../../core/diagnosis/material.ts';
import {
  advertisementName,
  advertisementsOf,
  selectsPool,
} from '../models/configuration/advertisements.ts';
import { allocationOf } from '../models/allocation/allocation.ts';
import { ownPools } from '../models/configuration/configuration.ts';
import { total } from '../models/allocation/pool-lines.ts';

/** Size, use and advertisements of every pool, as far as they were read. */
export function poolsInUse(material: Material): readonly PoolUse[] {
  const { services, ipAddressPools } = material.readings;
  if (
    services.state !== 'read' ||
    services.within !== undefined ||
    ipAddressPools.state !== 'read'
  ) {
    return [];
  }
  const facts = factsFrom(material, ['services', 'ipAddressPools'], ['namespaces', 'communities']);
  const pools = ownPools(facts);
  return (allocationOf(facts)?.usages ?? []).flatMap((usage) => {
    const pool = pools.find((each) => each.metadata.name === usage.pool);
    const { usable, taken, free } = total(usage);
    return pool === undefined
      ? []
      : [
          {
            name: usage.pool,
            addresses: pool.spec.addresses,
            usable: String(usable),
            taken: String(taken),
            free: String(free),
            autoAssign: pool.spec.autoAssign ?? true,
            advertisedBy: advertisersOf(material, pool),
          },
        ];
  });
}

function advertisersOf(
  material: Material,
  pool: Parameters<typeof selectsPool>[1],
): readonly string[] | undefined {
  const { l2Advertisements, bgpAdvertisements } = material.readings;
  if (l2Advertisements.state !== 'read' || bgpAdvertisements.state !== 'read') {
    return undefined;
  }
  return advertisementsOf(factsFrom(material, ['l2Advertisements', 'bgpAdvertisements'], []))
    .filter((each) => selectsPool(each, pool))
    .map(advertisementName)
    .toSorted();
}
