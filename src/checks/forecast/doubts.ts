import type { Facts } from '../../core/diagnosis/facts.ts';
import type { ForecastAddresses } from '../../core/facts/what-if.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import { advertisersOf } from './advertised-pools.ts';
import { claimsOn } from './claimed-ranges.ts';
import type { ForecastFacts } from './foretold.ts';

/** What makes an address worth little though MetalLB gives it, to be put behind the headline; empty for nothing. */
export function doubtsText(
  options: readonly ForecastAddresses[],
  told: Pick<WhatIf, 'writes'>,
  facts: ForecastFacts & Facts<'services', 'nodes'>,
): string {
  const reached = [...new Set(options.flatMap(({ pool }) => pool ?? []))];
  const silent = reached.filter((name) => advertisersOf(name, told, facts)?.length === 0);
  const [first, ...more] = claimsOn(reached, told, facts);
  const pools = `${silent.length === 1 ? 'pool' : 'pools'} ${silent.join(' and ')}`;
  const isCertain = silent.length === reached.length;
  return [
    silent.length === 0
      ? ''
      : `, and nobody ${isCertain ? 'would announce it' : 'would announce one from there'}: no advertisement selects ${pools}`,
    first === undefined
      ? ''
      : `; but ${first.says}${more.length === 0 ? '' : ` (and ${more.length} more)`}`,
  ].join('');
}
