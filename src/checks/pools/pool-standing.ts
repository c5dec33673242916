import type { Facts } from '../../core/diagnosis/facts.ts';
import { familyOf, valueOf, type IpAddress, type IpRange } from '../../core/facts/ip.ts';
import type { IPAddressPool } from '../../core/facts/kube-objects.ts';
import type { PoolStanding } from '../../core/facts/pools-report.ts';
import type { PoolUsage } from '../../core/metallb/answer.ts';
import { claimedIn, type ElsewhereClaim } from '../../core/metallb/claims-elsewhere.ts';
import type { Pool } from '../../core/metallb/configuration.ts';
import { avoids } from '../../core/metallb/pool-index.ts';
import { behaviourOf } from '../../core/metallb/versions.ts';
import {
  advertisementName,
  type Advertisement,
  selectsPool,
} from '../models/configuration/advertisements.ts';
import { ownPools } from '../models/configuration/configuration.ts';
import { total } from '../models/allocation/pool-lines.ts';
import { claimText } from './pool-claims.ts';
import { handsOutText } from './hands-out-text.ts';
import { publishedText } from './published-text.ts';

/** What the standing of a pool is drawn from. */
export interface StandingScene {
  readonly facts: Facts<
    'services' | 'ipAddressPools',
    'namespaces' | 'communities' | 'nodes' | 'l2Advertisements' | 'bgpAdvertisements'
  >;
  readonly claims: readonly ElsewhereClaim[];
  readonly usage: PoolUsage | undefined;
}

/** One pool with all its figures. */
export function poolStanding(pool: Pool, { facts, claims, usage }: StandingScene): PoolStanding {
  const version = facts.installation?.controllerVersion ?? facts.installation?.speakerVersion;
  const size = usage === undefined ? { usable: 0n, taken: 0n, free: 0n } : total(usage);
  const claimed = claimedIn(pool, claims);
  const holders = usage?.holders ?? [];
  const both = holders.filter(
    ({ address }) => !avoids(pool, address) && isIn(address, claimed.ranges),
  ).length;
  const object = ownPools(facts).find(({ metadata }) => metadata.name === pool.name);
  return {
    name: pool.name,
    ranges: pool.addresses,
    usable: String(size.usable),
    claimed: String(claimed.count),
    trulyUsable: String(size.usable - claimed.count),
    taken: String(size.taken),
    free: String(size.free - claimed.count + BigInt(both)),
    isAutomatic: pool.autoAssign,
    handsOut: handsOutText(pool, behaviourOf(version)),
    advertisedBy: object === undefined ? undefined : advertisersOf(object, facts),
    claims: claimed.claims.map((claim) => claimText(pool.name, claim)),
    holders: holders.map(({ address, services }) => ({ address, services })),
    published:
      object === undefined || usage === undefined
        ? undefined
        : publishedText(object, usage, version),
  };
}

function isIn(address: IpAddress, ranges: readonly IpRange[]): boolean {
  const value = valueOf(address);
  const family = familyOf(address);
  return ranges.some(
    (range) => range.family === family && range.first <= value && value <= range.last,
  );
}

function advertisersOf(
  pool: IPAddressPool,
  { l2Advertisements, bgpAdvertisements, installation }: StandingScene['facts'],
): readonly string[] | undefined {
  const readings = [l2Advertisements, bgpAdvertisements];
  if (readings.some(({ state }) => state === 'forbidden' || state === 'failed')) {
    return undefined;
  }
  const all: readonly Advertisement[] = [
    ...(l2Advertisements.state === 'read' ? l2Advertisements.items : []),
    ...(bgpAdvertisements.state === 'read' ? bgpAdvertisements.items : []),
  ];
  return all
    .filter(({ metadata }) => metadata.namespace === installation?.namespace)
    .filter((advertisement) => selectsPool(advertisement, pool))
    .map(advertisementName)
    .toSorted();
}
