import type { Facts } from '../../core/diagnosis/facts.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { claimedIn } from '../../core/metallb/claims-elsewhere.ts';
import { loadConfiguration } from '../../core/metallb/load-configuration.ts';
import type { PoolStep } from '../../core/metallb/pool-wish.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import { claimsIn, claimText } from '../pools/pool-claims.ts';

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

/** The pool with nothing but what is added to it. */
function addedIn(
  { before, after }: PoolStep,
  { installation, namespaces }: Facts<never, 'namespaces'>,
) {
  if (after === undefined) {
    return [];
  }
  const { namespace = '' } = after.metadata;
  const old = before?.spec.addresses ?? [];
  const addresses = after.spec.addresses.filter((range) => !old.includes(range));
  return loadConfiguration({
    pools: [{ ...after, spec: { ...after.spec, addresses } }],
    communities: [],
    namespaces: itemsIfRead(namespaces),
    namespace,
    bgpType: installation?.bgpType,
  }).pools;
}
