import { familyOf } from '../facts/ip.ts';
import { publishedCapacity, takenByPool } from './capacity.ts';
import type { ControllerMemory } from './controller-memory.ts';

/**
 * `metallb_allocator_addresses_total`, `ipv4_…`, `ipv6_…`, then the same three `…in_use_total` of one pool. Undefined
 * where there is no such series.
 */
export type PoolGauges = readonly (bigint | undefined)[];

/** The gauges the controller shows, by pool. Before v0.15.0 those of removed pools linger until it restarts. */
export function publishedGauges(memory: ControllerMemory): ReadonlyMap<string, PoolGauges> {
  const taken = takenByPool(memory.book);
  const gone = [...memory.removed].map(([name, { pool, wasInUse }]) => {
    const { ipv4, ipv6 } = publishedCapacity(pool);
    return [name, [undefined, ipv4, ipv6, wasInUse ? 0n : undefined, 0n, 0n]] as const;
  });
  const present = (memory.index?.pools ?? []).map((pool) => {
    const { total, ipv4, ipv6 } = publishedCapacity(pool);
    const used = taken.get(pool.name) ?? [];
    const usedIPv4 = BigInt(used.filter((address) => familyOf(address) === 'ipv4').length);
    const inUse = BigInt(used.length);
    return [pool.name, [total, ipv4, ipv6, inUse, usedIPv4, inUse - usedIPv4]] as const;
  });
  return new Map<string, PoolGauges>([...gone, ...present]);
}
