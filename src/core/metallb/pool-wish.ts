import type { IPAddressPool } from '../facts/kube-objects.ts';

/** What somebody would do to one pool, in one write. */
export interface PoolWish {
  readonly name: string;
  /** Ranges to add; a pool that is not there is created with them. */
  readonly adds: readonly string[];
  /** Ranges to take away, as they are written there; `all` leaves what is added, or deletes the pool. */
  readonly removes: readonly string[] | 'all';
}

/** One write of a pool. */
export interface PoolStep {
  readonly name: string;
  /** Undefined for a pool that is created. */
  readonly before: IPAddressPool | undefined;
  /** Undefined for a pool that is deleted. */
  readonly after: IPAddressPool | undefined;
}

/** The write that the wish comes to; undefined when it asks nothing of a pool that is not there. */
export function poolStepOf(
  { name, adds, removes }: PoolWish,
  pools: readonly IPAddressPool[],
  namespace: string,
): PoolStep | undefined {
  const before = pools.find(
    ({ metadata }) => metadata.name === name && metadata.namespace === namespace,
  );
  if (before === undefined) {
    return adds.length === 0 ? undefined : { name, before, after: newPool(name, namespace, adds) };
  }
  if (removes === 'all' && adds.length === 0) {
    return { name, before, after: undefined };
  }
  const stays =
    removes === 'all' ? [] : before.spec.addresses.filter((range) => !removes.includes(range));
  return {
    name,
    before,
    after: { ...before, spec: { ...before.spec, addresses: [...stays, ...adds] } },
  };
}

/** The pools once these writes are made. */
export function poolsAfter(
  pools: readonly IPAddressPool[],
  steps: readonly PoolStep[],
): readonly IPAddressPool[] {
  const replaced = new Set(steps.map(({ before }) => before));
  const kept = pools.filter((pool) => !replaced.has(pool));
  return [...kept, ...steps.flatMap(({ after }) => after ?? [])];
}

function newPool(name: string, namespace: string, addresses: readonly string[]): IPAddressPool {
  return {
    kind: 'IPAddressPool',
    metadata: {
      name,
      namespace,
      labels: {},
      annotations: {},
      finalizers: [],
      ownerReferences: [],
      managedFields: [],
    },
    spec: { addresses },
  };
}
