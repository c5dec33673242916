import type { Facts } from '../../core/diagnosis/facts.ts';
import type { IPAddressPool } from '../../core/facts/kube-objects.ts';
import type { PoolStanding } from '../../core/facts/pools-report.ts';
import type { PoolUsage } from '../../core/metallb/answer.ts';
import { claimedIn, type ElsewhereClaim } from '../../core/metallb/claims-elsewhere.ts';
import type { Pool } from '../../core/metallb/configuration.ts';
import { behaviourOf } from '../../core/metallb/versions.ts';
import {
  advertisementName,
  type Advertisement,
  selectsPool,
} from '../models/configuration/advertisements.ts';
import { ownPools } from '../models/configuration/configuration.ts';
import { claimText } from './pool-claims.ts';
import { handsOutText } from './hands-out-text.ts';
import { poolFigures, totalsOf } from './pool-figures.ts';
import { publishedText } from './published-text.ts';

/** What the standing of a pool is drawn from. */
export interface StandingScene {
  readonly facts: Facts<
    'services' | 'ipAddressPools',
    'namespaces' | 'communities' | 'nodes' | 'l2Advertisements' | 'bgpAdvertisements'
  >;
  readonly claims: readonly ElsewhereClaim[];
  readonly usage: PoolUsage | undefined;
  /** Undefined when it is not known. */
  readonly inForce: boolean | undefined;
}

/** One pool with all its figures. */
export function poolStanding(
  pool: Pool,
  { facts, claims, usage, inForce }: StandingScene,
): PoolStanding {
  const version = facts.installation?.controllerVersion ?? facts.installation?.speakerVersion;
  const claimed = claimedIn(pool, claims);
  const families = poolFigures(pool, usage, claimed.ranges);
  const holders = usage?.holders ?? [];
  const object = ownPools(facts).find(({ metadata }) => metadata.name === pool.name);
  return {
    name: pool.name,
    ranges: pool.addresses,
    ...totalsOf(families),
    families,
    inForce,
    isAutomatic: pool.autoAssign,
    handsOut: handsOutText(pool, behaviourOf(version)),
    advertisedBy: object === undefined ? undefined : advertisersOf(object, facts),
    claims: claimed.claims.map((claim) => claimText(pool.name, claim)),
    holders: holders.map(({ address, services }) => ({ address, services })),
    published:
      object === undefined || usage === undefined || inForce === false
        ? undefined
        : publishedText(object, usage, version),
  };
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
