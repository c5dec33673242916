import type { Facts } from '../../core/diagnosis/facts.ts';
import type { IPAddressPool } from '../../core/facts/kube-objects.ts';
import type { PoolClaim } from '../../core/facts/pools-report.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { claimedIn } from '../../core/metallb/claims-elsewhere.ts';
import type { Pool } from '../../core/metallb/configuration.ts';
import { loadConfiguration } from '../../core/metallb/load-configuration.ts';
import { poolsAfter, type PoolStep } from '../../core/metallb/pool-wish.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import { ownPools } from '../models/configuration/configuration.ts';
import { claimsIn, claimText } from '../pools/pool-claims.ts';
import type { ForecastFacts } from './foretold.ts';

const claimsTold = 4;

/** Who uses addresses of the added ranges already: neither MetalLB nor its webhook looks. */
export function claimNotes(
  { writes }: Pick<WhatIf, 'writes'>,
  facts: Facts<'services', 'nodes' | 'namespaces'>,
): readonly string[] {
  const claims = claimsIn(facts, []);
  const told = writes
    .flatMap(({ write }) => (write.kind === 'pool' ? addedIn(write.step, facts) : []))
    .flatMap((pool) => claimedIn(pool, claims).claims.map((claim) => claimText(pool.name, claim)))
    .toSorted((left, right) => Number(right.isConflict) - Number(left.isConflict))
    .map(({ says, isConflict }) =>
      isConflict
        ? `${says}: leave it out, or two machines answer for one address`
        : `${says}: leave it out, MetalLB would hand it out all the same`,
    );
  const more = told.length - claimsTold;
  return more > 0
    ? [...told.slice(0, claimsTold), `and ${more} more such addresses or ranges`]
    : told;
}

/** Claims on any address of these pools, as they would stand: two machines with one address first. */
export function claimsOn(
  names: readonly string[],
  told: Pick<WhatIf, 'writes'>,
  facts: ForecastFacts & Facts<'services', 'nodes'>,
): readonly PoolClaim[] {
  const claims = claimsIn(facts, []);
  const pools = poolsThen(told, facts).filter(({ metadata }) => names.includes(metadata.name));
  return loaded(pools, facts)
    .flatMap((pool) => claimedIn(pool, claims).claims.map((claim) => claimText(pool.name, claim)))
    .toSorted((left, right) => Number(right.isConflict) - Number(left.isConflict));
}

function poolsThen(
  { writes }: Pick<WhatIf, 'writes'>,
  facts: ForecastFacts,
): readonly IPAddressPool[] {
  const steps = writes.flatMap(({ write, admission }) =>
    write.kind === 'pool' && admission.allowed ? [write.step] : [],
  );
  return poolsAfter(ownPools(facts), steps);
}

/** The pool with nothing but what is added to it. */
function addedIn({ before, after }: PoolStep, facts: Facts<never, 'namespaces'>) {
  if (after === undefined) {
    return [];
  }
  const old = before?.spec.addresses ?? [];
  const addresses = after.spec.addresses.filter((range) => !old.includes(range));
  return loaded([{ ...after, spec: { ...after.spec, addresses } }], facts);
}

function loaded(
  pools: readonly IPAddressPool[],
  { installation, namespaces }: Facts<never, 'namespaces'>,
): readonly Pool[] {
  return loadConfiguration({
    pools,
    communities: [],
    namespaces: itemsIfRead(namespaces),
    namespace: pools[0]?.metadata.namespace ?? '',
    bgpType: installation?.bgpType,
    version: installation?.controllerVersion ?? installation?.speakerVersion,
  }).pools;
}
