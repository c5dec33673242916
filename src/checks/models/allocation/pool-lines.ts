import { countText } from '../../../core/facts/count-text.ts';
import type { IPAddressPool } from '../../../core/facts/kube-objects.ts';
import type {
  Exclusion,
  FamilyUsage,
  PoolObstacle,
  PoolUsage,
  PoolVerdict,
} from '../../../core/metallb/answer.ts';
import { agoText } from '../ages.ts';
import { type HolderFacts, holdersOf, lastHolder } from './holders.ts';

/** What a line about a pool is made of. */
export interface PoolScene {
  readonly pools: readonly IPAddressPool[];
  readonly usages: readonly PoolUsage[];
  readonly facts: HolderFacts;
}

/** `lan  10.4.11.10-10.4.11.19  10 of 10 taken, the last 12 min ago by shop/search`, a pool per line. */
export function poolLines(verdicts: readonly PoolVerdict[], scene: PoolScene): readonly string[] {
  return verdicts.toSorted(fullFirst).map(({ pool, verdict }) => {
    const ranges = rangesOf(pool, scene.pools);
    const usage = scene.usages.find((each) => each.pool === pool);
    const state = verdict.offers
      ? `offers ${verdict.addresses.join(', ')}`
      : obstacleText(verdict.because, usage, scene.facts);
    return `${pool}  ${ranges}  ${state}`;
  });
}

/** The pools that would serve if they had room, before those that would not. */
function fullFirst(a: PoolVerdict, b: PoolVerdict): number {
  return Number(isFull(b)) - Number(isFull(a)) || (a.pool < b.pool ? -1 : 1);
}

function isFull({ verdict }: PoolVerdict): boolean {
  return !verdict.offers && verdict.because.kind === 'full';
}

/** A pool that is full or simply asked about: how much is taken, and who came last. */
export function takenText(usage: PoolUsage, facts: HolderFacts): string {
  const { taken, usable } = total(usage);
  const last = lastHolder(holdersOf(usage, facts));
  const who =
    last === undefined ? '' : `, the last${agoText(last.since, facts.takenAt)} by ${last.key}`;
  return `${taken} of ${usable} taken${who}`;
}

const fewHolders = 6;

/** Who holds a pool that is small enough to name everybody. */
export function holderLines(usage: PoolUsage): readonly string[] {
  const holders = usage.holders.map(
    ({ address, services }) => `${services.join(' and ')} (${address})`,
  );
  return holders.length === 0 || holders.length > fewHolders
    ? []
    : [`${usage.pool} is held by ${holders.join(', ')}`];
}

/** Both families of a pool together. */
export function total({ ipv4, ipv6 }: PoolUsage): FamilyUsage {
  return {
    usable: ipv4.usable + ipv6.usable,
    taken: ipv4.taken + ipv6.taken,
    free: ipv4.free + ipv6.free,
  };
}

/** `lan  10.4.11.10-10.4.11.19  3 free`, a pool per line. */
export function freeLines(
  usages: readonly PoolUsage[],
  pools: readonly IPAddressPool[],
): readonly string[] {
  return usages.map(
    (usage) =>
      `${usage.pool}  ${rangesOf(usage.pool, pools)}  ${countText(total(usage).free)} free`,
  );
}

/** The addresses of a pool as they are written. */
export function rangesOf(pool: string, pools: readonly IPAddressPool[]): string {
  return (
    pools.find((each) => each.metadata.name === pool)?.spec.addresses.join(', ') ?? '(unknown)'
  );
}

/** Why a pool has nothing for a Service. */
export function obstacleText(
  because: PoolObstacle,
  usage: PoolUsage | undefined,
  facts: HolderFacts,
): string {
  switch (because.kind) {
    case 'auto-assign-off':
      return `${countText(because.free)} free, but not for this Service: autoAssign is false`;
    case 'excluded':
      return `${countText(because.free)} free, but not for this Service: ${exclusionText(because.excludedBy)}`;
    case 'never-automatic':
      return `${countText(because.free)} free, but never handed out: ${neverText[because.why]}`;
    case 'lacks-family':
      return `has no ${familyName[because.family]} address`;
    case 'full':
      return usage === undefined
        ? `no ${familyName[because.family]} address left`
        : fullText(because.family, usage, facts);
    case 'one-family-only':
      return `has room for ${familyName[because.has]} only, and both families must come from one pool`;
    case 'empty':
      return 'contains no address that can be handed out';
    case 'not-requested':
      return 'not what the Service asks for';
  }
}

function fullText(family: 'ipv4' | 'ipv6', usage: PoolUsage, facts: HolderFacts): string {
  const other = usage[family === 'ipv4' ? 'ipv6' : 'ipv4'];
  const own = usage[family];
  return other.usable === 0n
    ? takenText(usage, facts)
    : `${own.taken} of ${own.usable} ${familyName[family]} addresses taken`;
}

const neverText = {
  'priority-only':
    'serviceAllocation has a priority only, which means nobody before v0.15.0 (#2656)',
  'selectors-match-no-namespace': 'its namespaceSelectors match no namespace',
} as const;

/** `IPv4`, `IPv6`. */
export const familyName = {
  ipv4: 'IPv4',
  ipv6: 'IPv6',
  dual: 'dual-stack',
  unknown: 'unknown',
} as const;

/** Who a pool is for, when it is not for this Service. */
export function exclusionText(exclusion: Exclusion): string {
  return exclusion.by === 'namespace'
    ? `it is for namespace ${exclusion.namespaces.toSorted().join(', ') || '(none)'}`
    : 'its serviceSelectors do not match the labels of the Service';
}
