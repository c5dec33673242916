import { familyOf, type IpFamily, type IpRange, sizeOf, valueOf } from '../../core/facts/ip.ts';
import type { PoolFigures, PoolStanding } from '../../core/facts/pools-report.ts';
import type { PoolUsage } from '../../core/metallb/answer.ts';
import { usableIn } from '../../core/metallb/capacity.ts';
import type { Pool } from '../../core/metallb/configuration.ts';
import { avoids } from '../../core/metallb/pool-index.ts';

/** Both families of a pool together. */
export type PoolTotals = Pick<
  PoolStanding,
  'size' | 'usable' | 'claimed' | 'trulyUsable' | 'taken' | 'free'
>;

/** What a pool has, what others have of it, and what is left: usable - claimed - taken, what is both counted once. */
export function poolFigures(
  pool: Pool,
  usage: PoolUsage | undefined,
  claimed: readonly IpRange[],
): readonly PoolFigures[] {
  const families: readonly IpFamily[] = ['ipv4', 'ipv6'];
  return families
    .filter((family) => pool.cidrs.some((cidr) => cidr.family === family))
    .map((family) =>
      figuresOf(pool, {
        family,
        usage,
        claimed: claimed.filter((range) => range.family === family),
      }),
    );
}

interface FamilyScene {
  readonly family: IpFamily;
  readonly usage: PoolUsage | undefined;
  readonly claimed: readonly IpRange[];
}

function figuresOf(pool: Pool, { family, usage, claimed }: FamilyScene): PoolFigures {
  const cidrs = pool.cidrs.filter((cidr) => cidr.family === family);
  const usable = cidrs.reduce((sum, cidr) => sum + usableIn(pool, cidr), 0n);
  const elsewhere = claimed.reduce((sum, range) => sum + usableIn(pool, range), 0n);
  const taken = usage?.[family].taken ?? 0n;
  const both = (usage?.holders ?? []).filter(({ address }) => {
    const value = valueOf(address);
    return (
      familyOf(address) === family &&
      !avoids(pool, address) &&
      claimed.some(({ first, last }) => first <= value && value <= last)
    );
  }).length;
  return {
    family,
    size: String(cidrs.reduce((sum, cidr) => sum + sizeOf(cidr), 0n)),
    usable: String(usable),
    claimed: String(elsewhere),
    trulyUsable: String(usable - elsewhere),
    taken: String(taken),
    takenAndClaimed: String(both),
    free: String(usable - elsewhere - taken + BigInt(both)),
  };
}

/** The sum of the figures. */
export function totalsOf(families: readonly PoolFigures[]): PoolTotals {
  const sum = (figure: keyof PoolTotals): string =>
    String(families.reduce((all, each) => all + BigInt(each[figure]), 0n));
  return {
    size: sum('size'),
    usable: sum('usable'),
    claimed: sum('claimed'),
    trulyUsable: sum('trulyUsable'),
    taken: sum('taken'),
    free: sum('free'),
  };
}
