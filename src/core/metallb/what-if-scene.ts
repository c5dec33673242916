import type { IpFamily } from '../facts/ip.ts';
import type { Service } from '../facts/kube-objects.ts';
import type { FamilyUsage, PoolUsage } from './answer.ts';
import type { AllocatorState } from './assign.ts';
import { usageOf } from './capacity.ts';
import type { Pool } from './configuration.ts';
import { begins } from './controller-memory.ts';
import { loadCluster } from './loaded-cluster.ts';
import type { Holding, LoadedCluster } from './loaded-cluster.ts';
import { loadConfiguration } from './load-configuration.ts';
import { indexPools } from './pool-index.ts';
import { poolsAfter } from './pool-wish.ts';
import type { PoolStep } from './pool-wish.ts';

/** The allocator as it stands once the pools are written, and whoever may move until then. */
export interface Scene {
  readonly state: AllocatorState;
  readonly usages: ReadonlyMap<string, PoolUsage>;
  readonly restless: readonly Service[];
  /** What the controller works with then. */
  readonly holds: Holding;
}

/** The scene after these writes. Adding to pools that are in force costs no look at those who are at rest. */
export function sceneAfter(cluster: LoadedCluster, steps: readonly PoolStep[]): Scene {
  const { model, input, usages, restless } = cluster;
  if (steps.length === 0) {
    return { state: model.state, usages, restless, holds: cluster.holds };
  }
  const pools = poolsAfter(input.pools, steps);
  const { state } = loadConfiguration({ ...input, pools });
  if (state === 'rejected') {
    const holds = cluster.holds === 'current' ? 'older' : cluster.holds;
    return { state: model.state, usages, restless, holds };
  }
  return cluster.holds === 'current' && steps.every(onlyAdds)
    ? widened(cluster, steps)
    : reloaded(cluster, steps);
}

function onlyAdds({ before, after }: PoolStep): boolean {
  const ranges = before?.spec.addresses ?? [];
  return ranges.every((range, index) => after?.spec.addresses[index] === range);
}

function reloaded(cluster: LoadedCluster, steps: readonly PoolStep[]): Scene {
  const { input, restless } = cluster;
  // What MetalLB refuses for a reason that the objects do not show is not mended by writing them.
  const isMended = cluster.holds === 'current' || !cluster.isAccepted;
  const end = loadCluster({ ...input, pools: poolsAfter(input.pools, steps) });
  const narrowed = loadCluster({ ...input, pools: poolsAfter(input.pools, steps.map(narrowing)) });
  const moved = new Set([...restless, ...end.restless, ...narrowed.restless]);
  const { state } = end.model;
  const holds = isMended ? 'current' : cluster.holds;
  return { state, usages: end.usages, restless: [...moved], holds };
}

/** Between two writes a range may be in no pool at all. */
function narrowing({ name, before, after }: PoolStep): PoolStep {
  const stays = before?.spec.addresses.filter((range) => after?.spec.addresses.includes(range));
  return before === undefined || stays === undefined || stays.length === 0
    ? { name, before, after: undefined }
    : { name, before, after: { ...before, spec: { ...before.spec, addresses: stays } } };
}

function widened(
  { input, model, usages, restless }: LoadedCluster,
  steps: readonly PoolStep[],
): Scene {
  const { state } = model;
  const added = steps.flatMap(({ after }) => after ?? []);
  const names = new Set(steps.map(({ name }) => name));
  const loaded = loadConfiguration({ ...input, pools: added });
  const others = state.index.pools.filter(({ name }) => !names.has(name));
  for (const wide of loaded.pools) {
    const narrow = state.index.byName.get(wide.name);
    if (narrow !== undefined && begins(wide, narrow)) {
      state.finder.widen(narrow, wide);
    }
  }
  const index = indexPools([...others, ...loaded.pools].toSorted(byName));
  const fresh = loaded.pools.map((pool) =>
    withHolders(usageOf(pool, state.book, new Map()), usages.get(pool.name)),
  );
  return {
    state: { ...state, index },
    usages: new Map([...usages, ...fresh.map((usage) => [usage.pool, usage] as const)]),
    restless,
    holds: 'current',
  };
}

/** A pool that gets wider keeps whoever is in it. */
function withHolders(usage: PoolUsage, before: PoolUsage | undefined): PoolUsage {
  if (before === undefined) {
    return usage;
  }
  const more = (family: IpFamily): FamilyUsage => {
    const { usable } = usage[family];
    const { taken } = before[family];
    return { usable, taken, free: usable - taken };
  };
  return { ...before, ipv4: more('ipv4'), ipv6: more('ipv6') };
}

function byName(left: Pool, right: Pool): number {
  return left.name < right.name ? -1 : 1;
}
