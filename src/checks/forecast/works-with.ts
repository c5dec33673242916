import type { Forecast, PoolForecast } from '../../core/facts/what-if.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import { configurationOf, ownPools } from '../models/configuration/configuration.ts';
import type { HeldConfiguration } from '../models/configuration/held-configuration.ts';
import { advertisersOf } from './advertised-pools.ts';
import type { ForecastFacts } from './foretold.ts';

/** What the controller works with while it refuses the pools as they stand; undefined when it does not. */
export function worksWithText(
  { holds }: Pick<WhatIf, 'holds'>,
  held: HeldConfiguration | undefined,
): Forecast['worksWith'] {
  if (holds === 'current' || held === undefined) {
    return undefined;
  }
  const refuses = 'MetalLB refuses its pools as they stand and works with';
  switch (held.kind) {
    case 'older': {
      const names = held.pools.map(({ metadata }) => metadata.name).toSorted();
      if (names.length === 0) {
        return { holds: held.kind, says: `${refuses} none: ${held.because}` };
      }
      const which = `${names.length === 1 ? 'pool' : 'pools'} ${names.join(', ')}`;
      return {
        holds: held.kind,
        says: `${refuses} older ones, ${which}: ${held.because}. Mend that before anything restarts the controller, or it has none`,
      };
    }
    case 'nothing':
      return { holds: held.kind, says: `${refuses} none: ${held.because}` };
    case 'unknown':
      return {
        holds: held.kind,
        says: `which pools MetalLB works with is not known: ${held.because}`,
      };
  }
}

/** Pools that stand in the cluster and that MetalLB, on an older configuration, does not use. */
export function poolsNotInForce(
  told: Pick<WhatIf, 'holds' | 'usages' | 'writes'>,
  facts: ForecastFacts,
): readonly PoolForecast[] {
  if (told.holds !== 'older') {
    return [];
  }
  const configuration = configurationOf(facts);
  const problems = configuration?.state === 'rejected' ? configuration.problems : [];
  return ownPools(facts)
    .filter(({ metadata }) => !told.usages.has(metadata.name))
    .map(({ metadata: { name }, spec }) => {
      const found = problems.find(
        ({ object, other }) => object.name === name || other?.name === name,
      );
      return {
        name,
        ranges: spec.addresses,
        usable: '0',
        free: '0',
        isAdded: false,
        addedRanges: [],
        isEligible: false,
        offers: [],
        says: `not in force: ${found?.message ?? 'it came with a configuration that MetalLB refuses'}`,
        advertisedBy: advertisersOf(name, told, facts),
      };
    });
}

/** Pools in the order they are shown in. */
export function byName(left: PoolForecast, right: PoolForecast): number {
  return left.name < right.name ? -1 : Number(left.name > right.name);
}
