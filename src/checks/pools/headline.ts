import { countText } from '../../core/facts/count-text.ts';
import type { PoolFigures, PoolsStanding, PoolStanding } from '../../core/facts/pools-report.ts';
import type { HeldConfiguration } from '../models/configuration/held-configuration.ts';

/** What stands beside the pools that could be read. */
export interface HeadlineScene {
  readonly unreadable: number;
  /** Undefined where MetalLB works with the pools as they stand. */
  readonly held: HeldConfiguration | undefined;
}

/** All pools in one sentence: `2 pools, 1,280 addresses (1 claimed elsewhere), 40 free`. */
export function headlineOf(
  pools: PoolsStanding['pools'],
  { unreadable, held }: HeadlineScene,
): string {
  if (pools.length + unreadable === 0) {
    return 'there is no pool: MetalLB has nothing to hand out';
  }
  const count = `${pools.length + unreadable} pool${pools.length + unreadable === 1 ? '' : 's'}`;
  const clash = clashText(pools);
  return held === undefined
    ? `${count}, ${sumText(pools)}${clash}`
    : `MetalLB refuses its pools as they stand${heldText(pools, held)}${clash}`;
}

const noOthers = ', and has no others';

/** Pools that are refused for overlapping would count their addresses twice, so only those in force are summed. */
function heldText(pools: PoolsStanding['pools'], held: HeldConfiguration): string {
  switch (held.kind) {
    case 'unknown':
      return '; which older ones it works with is not known';
    case 'nothing':
      return noOthers;
    case 'older': {
      if (held.pools.length === 0) {
        return noOthers;
      }
      const own = pools.filter(({ inForce }) => inForce === true);
      const names = own.map(({ name }) => name).join(', ');
      return own.length === 0
        ? ', and works with older ones'
        : ` and works with older ones: ${names}, ${sumText(own)}`;
    }
  }
}

/** By family where there are both: a full one would drown in the other. */
function sumText(pools: readonly PoolStanding[]): string {
  const byFamily = Map.groupBy(
    pools.flatMap(({ families }) => families),
    ({ family }) => family,
  );
  const texts = [...byFamily]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([family, figures]) => ({ family, text: familyText(figures) }));
  const [first, ...more] = texts;
  if (first === undefined) {
    return '0 addresses';
  }
  return more.length === 0
    ? first.text
    : texts.map(({ family, text }) => `${family === 'ipv4' ? 'IPv4' : 'IPv6'} ${text}`).join('; ');
}

function familyText(figures: readonly PoolFigures[]): string {
  const sum = (figure: 'usable' | 'free' | 'claimed'): bigint =>
    figures.reduce((all, each) => all + BigInt(each[figure]), 0n);
  const claimed = sum('claimed');
  const elsewhere = claimed === 0n ? '' : ` (${countText(claimed)} claimed elsewhere)`;
  return `${countText(sum('usable'))} addresses${elsewhere}, ${countText(sum('free'))} free`;
}

/** Whoever is on the same wire before those inside the cluster. */
function clashText(pools: PoolsStanding['pools']): string {
  const claims = pools
    .flatMap((pool) => pool.claims)
    .toSorted((left, right) => Number(right.isConflict) - Number(left.isConflict));
  const clash = claims.length === 0 ? '' : `; ${claims[0]?.says ?? ''}`;
  const more = claims.length > 1 ? ` (and ${claims.length - 1} more)` : '';
  return `${clash}${more}`;
}
