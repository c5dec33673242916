import type { Found } from '../../core/diagnosis/check.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { IPAddressPool } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { selects } from '../../core/metallb/selectors.ts';
import type { AllocationFacts, AllocationModel } from '../models/allocation/allocation.ts';
import { poolCheck } from '../models/allocation/pool-check.ts';
import { ownPools } from '../models/configuration/configuration.ts';
import { refOf } from '../models/references.ts';
import { editPool } from '../models/allocation/remedies.ts';
import { seenField, workedOut } from '../models/seen.ts';

/** MetalLB turns namespaceSelectors into names when it loads a pool; no name at all means no restriction. */
export const everyPinningNamesSomebody = poolCheck({
  id: 'MLB-H08',
  asks: 'Does every pool that is reserved by namespace labels match a namespace?',
  cause: 'pinned-pool-open-to-all',
  run: (facts, model) =>
    ownPools(facts)
      .filter((pool) => matchesNobody(pool, facts))
      .map((pool) => finding(pool, facts, model)),
});

function matchesNobody({ spec }: IPAddressPool, facts: AllocationFacts): boolean {
  const { namespaces = [], namespaceSelectors = [] } = spec.serviceAllocation ?? {};
  return (
    namespaceSelectors.length > 0 &&
    namespaces.length === 0 &&
    !itemsIfRead(facts.namespaces).some(({ metadata }) =>
      namespaceSelectors.some((selector) => selects(selector, metadata.labels)),
    )
  );
}

function finding(pool: IPAddressPool, facts: AllocationFacts, model: AllocationModel): Found {
  const about = refOf(pool);
  const { namespaceSelectors = [], serviceSelectors = [] } = pool.spec.serviceAllocation ?? {};
  const { name } = pool.metadata;
  const holders = model.usages.find((usage) => usage.pool === name)?.holders ?? [];
  const on = holders.map(({ address, services }) => `${services.join(' and ')} (${address})`);
  const isForLabels = serviceSelectors.length > 0;
  return {
    cause: 'pinned-pool-open-to-all',
    severity: 'warning',
    about,
    affects: [],
    says: isForLabels
      ? `pool ${name} is open to labelled Services of every namespace: its namespaceSelectors match no namespace`
      : `pool ${name} is reserved for nobody: its namespaceSelectors match no namespace`,
    details: [
      `namespaceSelectors: ${JSON.stringify(namespaceSelectors)}`,
      isForLabels
        ? 'only its serviceSelectors still count'
        : 'any Service that names it, or one of its addresses, is served from it; and nobody gets an address of it unasked',
      ...(on.length === 0 ? [] : [`on it now: ${on.slice(0, 8).join(', ')}`]),
    ],
    because: evidenceFor(pool, itemsIfRead(facts.namespaces).length),
    suggests: [
      editPool(name, 'correct the selectors, or list the namespaces by name', model),
      {
        says: 'see the labels of the namespaces',
        command: 'kubectl get namespaces --show-labels',
        mutates: false,
      },
    ],
  };
}

function evidenceFor(pool: IPAddressPool, namespaces: number): readonly Evidence[] {
  const about = refOf(pool);
  const selectors = JSON.stringify(pool.spec.serviceAllocation?.namespaceSelectors ?? []);
  return [
    seenField(about, 'spec.serviceAllocation.namespaceSelectors', selectors),
    workedOut(
      about,
      'metallb/internal/config: namespaceSelectors',
      `none of ${namespaces} namespaces matches`,
    ),
  ];
}
