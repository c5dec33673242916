import type { IPAddressPool } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { poolsAfter } from '../../core/metallb/pool-wish.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import {
  type Advertisement,
  advertisementName,
  selectsPool,
} from '../models/configuration/advertisements.ts';
import { announcingOf, type Announcing } from '../models/configuration/announcing-a-pool.ts';
import { ownPools } from '../models/configuration/configuration.ts';
import type { ForecastFacts } from './foretold.ts';

/** Advertisements that select the pool as it would be, as `l2/lan`; undefined when they could not be read. */
export function advertisersOf(
  name: string,
  told: Pick<WhatIf, 'writes'>,
  facts: ForecastFacts,
): readonly string[] | undefined {
  const pool = poolsIn(told, facts).find(({ metadata }) => metadata.name === name);
  const advertisements = advertisementsIn(facts, told);
  return pool === undefined
    ? undefined
    : advertisements
        ?.filter((advertisement) => selectsPool(advertisement, pool))
        .map(advertisementName)
        .toSorted();
}

/** What makes those of the pools announced that nobody announces, by pool, to be run one after the other. */
export function announcingFor(
  names: readonly string[],
  told: Pick<WhatIf, 'writes'>,
  facts: ForecastFacts,
): ReadonlyMap<string, Announcing> {
  const silent = names.filter((name) => advertisersOf(name, told, facts)?.length === 0);
  const pools = { before: ownPools(facts), after: poolsIn(told, facts) };
  const made = new Map<string, Announcing>();
  pools.after
    .filter(({ metadata }) => silent.includes(metadata.name))
    .reduce<readonly Advertisement[]>(
      (advertisements, pool) => {
        const announcing = announcingOf(pool, advertisements, pools);
        made.set(pool.metadata.name, announcing);
        return announcing.leaves;
      },
      advertisementsIn(facts, told) ?? [],
    );
  return made;
}

function poolsIn(
  { writes }: Pick<WhatIf, 'writes'>,
  facts: ForecastFacts,
): readonly IPAddressPool[] {
  const steps = writes.flatMap(({ write }) => (write.kind === 'pool' ? [write.step] : []));
  return poolsAfter(ownPools(facts), steps);
}

function advertisementsIn(
  { l2Advertisements, bgpAdvertisements, installation }: ForecastFacts,
  told: Pick<WhatIf, 'writes'>,
): readonly Advertisement[] | undefined {
  const readings = [l2Advertisements, bgpAdvertisements];
  if (readings.some(({ state }) => state === 'forbidden' || state === 'failed')) {
    return undefined;
  }
  const all: readonly Advertisement[] = [
    ...itemsIfRead(l2Advertisements),
    ...itemsIfRead(bgpAdvertisements),
  ];
  const own = all.filter(({ metadata }) => metadata.namespace === installation?.namespace);
  return installation?.configMap === undefined ? own : [...own, ...byProtocol(told, own)];
}

/** Before v0.13 a pool says itself how it is announced (#1473): a new one is taken to do it as the others do. */
function byProtocol(
  { writes }: Pick<WhatIf, 'writes'>,
  there: readonly Advertisement[],
): readonly Advertisement[] {
  const created = writes.flatMap(({ write }) =>
    write.kind === 'pool' && write.step.before === undefined ? (write.step.after ?? []) : [],
  );
  const selectors = { ipAddressPoolSelectors: [], nodeSelectors: [], serviceSelectors: [] };
  const isBGP = there.length > 0 && there.every(({ kind }) => kind === 'BGPAdvertisement');
  return created.map(({ metadata }): Advertisement => {
    const spec = { ...selectors, ipAddressPools: [metadata.name] };
    return isBGP
      ? { kind: 'BGPAdvertisement', metadata, spec: { ...spec, communities: [], peers: [] } }
      : { kind: 'L2Advertisement', metadata, spec: { ...spec, interfaces: [] } };
  });
}
