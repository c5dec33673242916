import { defineCheck } from '../../core/diagnosis/check.ts';
import { judge } from '../../core/diagnosis/judge.ts';
import { factsFrom, materialFrom, type Material } from '../../core/diagnosis/material.ts';
import type { MissingFact } from '../../core/facts/finding.ts';
import type { PoolsStanding } from '../../core/facts/pools-report.ts';
import type { Wanted } from '../../core/facts/ports.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import { allocationOf } from '../models/allocation/allocation.ts';
import { configurationOf, namespacesIfSelected } from '../models/configuration/configuration.ts';
import { othersIn, type Beside, type OtherCluster } from './other-clusters.ts';
import { claimsIn } from './pool-claims.ts';
import { poolStanding } from './pool-standing.ts';

/** What is asked: all pools or one, of one cluster, beside others in the same network. */
export interface PoolsQuestion {
  readonly snapshot: Snapshot;
  readonly others: readonly OtherCluster[];
  /** Undefined for all. */
  readonly pool: string | undefined;
}

const needs = ['services', 'ipAddressPools'] as const;
const helps = [
  'namespaces',
  'communities',
  'nodes',
  'l2Advertisements',
  'bgpAdvertisements',
] as const;

/** What has to be read for it. */
export const wantedForPools: Wanted = {
  facts: ['services', 'ipAddressPools', 'nodes', 'l2Advertisements', 'bgpAdvertisements'],
  factsIfSelected: ['namespaces'],
  logs: [],
  service: undefined,
};

/** Not of the catalogue: asked only to learn which of the facts are missing. */
const whatMustBeKnown = defineCheck({
  id: 'MLB-H00',
  asks: 'Is everything known that the figures rest on?',
  symptoms: [],
  causes: [],
  needs: [...needs, 'nodes', 'l2Advertisements', 'bgpAdvertisements'],
  helps: ['namespaces', 'communities'],
  alsoNeeds: namespacesIfSelected,
  run: () => [],
});

const nothingThere = 'there is no pool: MetalLB has nothing to hand out';
const notInForce =
  'MetalLB refuses this configuration as a whole and goes on with the one it had, if any: the figures are of what stands here, not of what it uses';

/** The pools with their figures, from what was recorded and from nothing else. */
export function poolsStanding({ snapshot, others, pool }: PoolsQuestion): PoolsStanding {
  const material = materialFrom(snapshot);
  const unknowns = missingIn(material);
  const facts = factsFrom(material, needs, helps);
  const isBlind = needs.some((key) => unknowns.some(({ fact }) => fact === key.toLowerCase()));
  const configuration = configurationOf(facts);
  if (isBlind || configuration === undefined) {
    return blind(configuration === undefined && unknowns.length === 0, unknowns);
  }
  const usages = new Map(allocationOf(facts)?.usages.map((usage) => [usage.pool, usage]));
  const beside = othersIn(snapshot, others);
  const claims = claimsIn(facts, beside.clusters);
  const told = configuration.pools
    .filter(({ name }) => pool === undefined || name === pool)
    .map((each) => poolStanding(each, { facts, claims, usage: usages.get(each.name) }));
  const read = new Set(configuration.pools.map(({ name }) => name));
  const broken =
    configuration.state === 'rejected'
      ? configuration.problems
          .filter(({ object }) => pool === undefined || object.name === pool)
          .map(({ object, message }) => ({ name: object.name, says: message }))
      : [];
  const unreadable = broken.filter(({ name }) => !read.has(name)).length;
  return {
    headline: read.size + unreadable === 0 ? nothingThere : headlineOf(told, unreadable),
    pools: told,
    broken,
    notes: [
      ...beside.notes,
      ...freeOf(beside, told),
      ...(configuration.state === 'rejected' ? [notInForce] : []),
    ],
    unknowns: [...unknowns, ...beside.unknowns],
  };
}

function blind(isAbsent: boolean, unknowns: PoolsStanding['unknowns']): PoolsStanding {
  const why = isAbsent ? 'no MetalLB was found' : 'the facts they rest on are missing';
  const headline = `nothing can be said of the pools: ${why}`;
  return { headline, pools: [], broken: [], notes: [], unknowns };
}

/** That a comparison found nothing is an answer too. */
function freeOf({ clusters }: Beside, told: PoolsStanding['pools']): readonly string[] {
  const shared = new Set(
    told.flatMap(({ claims }) => claims.flatMap(({ cluster }) => cluster ?? [])),
  );
  return clusters
    .filter(({ name }) => !shared.has(name))
    .map(({ name }) => `no address here is in a pool of ${name} too`);
}

function missingIn(material: Material): readonly MissingFact[] {
  const { verdict } = judge(whatMustBeKnown, material, undefined);
  return verdict.verdict === 'unknown' ? verdict.missing : [];
}

function headlineOf(pools: PoolsStanding['pools'], unreadable: number): string {
  const sum = (figure: 'trulyUsable' | 'usable' | 'free' | 'claimed'): bigint =>
    pools.reduce((all, pool) => all + BigInt(pool[figure]), 0n);
  const count = `${pools.length} pool${pools.length === 1 ? '' : 's'}`;
  const usable =
    sum('claimed') === 0n
      ? grouped(sum('usable'))
      : `${grouped(sum('trulyUsable'))} not ${grouped(sum('usable'))}`;
  const conflicts = pools.flatMap(({ claims }) => claims.filter(({ isConflict }) => isConflict));
  const clash = conflicts.length === 0 ? '' : `; ${conflicts[0]?.says ?? ''}`;
  const more = conflicts.length > 1 ? ` (and ${conflicts.length - 1} more)` : '';
  const broken = unreadable === 0 ? '' : `; ${unreadable} more cannot be read`;
  return `${count}, ${usable} addresses, ${grouped(sum('free'))} free${broken}${clash}${more}`;
}

/** `1,279`. */
function grouped(count: bigint): string {
  return String(count).replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
}
