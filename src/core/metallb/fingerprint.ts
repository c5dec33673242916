import type { Chooser } from './controller-memory.ts';
import type { Pool } from './configuration.ts';
import type { Behaviour } from './versions.ts';

/** Everything of the pools that MetalLB compares to tell whether a configuration is new. */
export function fingerprintOf(pools: readonly Pool[]): string {
  return JSON.stringify(
    pools.map((pool) => [
      pool.name,
      pool.addresses,
      pool.autoAssign,
      pool.avoidsBuggyAddresses,
      pool.pinning && [
        pool.pinning.priority,
        [...pool.pinning.namespaces].sort(),
        pool.pinning.serviceSelectors,
        pool.pinning.namesNobody,
      ],
    ]),
  );
}

/** Whether the controller takes an equal configuration for a new one after all. */
export function seemsNew(pools: readonly Pool[], behaviour: Behaviour, choose: Chooser): boolean {
  if (!behaviour.comparesConfigurationTruly && pools.some(isRewritten)) {
    return true;
  }
  return hasDrawnOrder(pools) && choose(2) === 1;
}

/** Before v0.15.3 counting a pool's addresses widens IPv4 prefixes in place; ranges are wide already. */
function isRewritten({ addresses }: Pool): boolean {
  return addresses.some((entry) => !entry.includes('-') && !entry.includes(':'));
}

/** The list of pools per namespace is filled in map order, so with two pools in one it may differ from itself. */
function hasDrawnOrder(pools: readonly Pool[]): boolean {
  const listed = pools.flatMap(({ pinning }) => [...(pinning?.namespaces ?? [])]);
  return new Set(listed).size < listed.length;
}
