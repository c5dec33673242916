import { defineCheck } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { judge } from '../../core/diagnosis/judge.ts';
import { factsFrom, materialFrom, type Material } from '../../core/diagnosis/material.ts';
import type { MissingFact } from '../../core/facts/finding.ts';
import type { PoolsStanding } from '../../core/facts/pools-report.ts';
import type { Wanted } from '../../core/facts/ports.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import { allocationOf } from '../models/allocation/allocation.ts';
import { configurationOf, namespacesIfSelected } from '../models/configuration/configuration.ts';
import {
  heldConfiguration,
  type HeldConfiguration,
} from '../models/configuration/held-configuration.ts';
import { headlineOf } from './headline.ts';
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
  'controllerLogs',
] as const;

/** What has to be read for it. */
export const wantedForPools: Wanted = {
  facts: ['services', 'ipAddressPools', 'nodes', 'l2Advertisements', 'bgpAdvertisements'],
  factsIfSelected: ['namespaces'],
  logs: [],
  service: undefined,
};

const refuses = 'one refused object refuses them all: MetalLB';

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
  const held = configuration.state === 'rejected' ? heldConfiguration(facts) : undefined;
  const inForce = (name: string): boolean | undefined => isInForce(name, held);
  const told = configuration.pools
    .filter(({ name }) => pool === undefined || name === pool)
    .map((each) => {
      const usage = usages.get(each.name);
      return poolStanding(each, { facts, claims, usage, inForce: inForce(each.name) });
    });
  const read = new Set(configuration.pools.map(({ name }) => name));
  const broken =
    configuration.state === 'rejected'
      ? configuration.problems
          .filter(({ object }) => pool === undefined || object.name === pool)
          .map(({ object, message }) => ({ name: object.name, says: message }))
      : [];
  const unreadable = new Set(broken.map(({ name }) => name).filter((name) => !read.has(name))).size;
  return {
    headline: headlineOf(told, { unreadable, held }),
    pools: told,
    broken,
    notes: [...beside.notes, ...freeOf(beside, told), ...heldNotes(held), ...strayNotes(facts)],
    unknowns: [...unknowns, ...beside.unknowns],
  };
}

/** Undefined when nobody knows; without a refusal every pool is. */
function isInForce(name: string, held: HeldConfiguration | undefined): boolean | undefined {
  switch (held?.kind) {
    case undefined:
      return true;
    case 'nothing':
      return false;
    case 'unknown':
      return undefined;
    case 'older':
      return held.pools.some(({ metadata }) => metadata.name === name);
  }
}

function heldNotes(held: HeldConfiguration | undefined): readonly string[] {
  switch (held?.kind) {
    case undefined:
      return [];
    case 'nothing':
      return [noPoolText(held)];
    case 'unknown':
      return [
        `${refuses} goes on with the configuration it had, if any, and which that is is not known; the figures are of what stands here`,
      ];
    case 'older': {
      const names = held.pools.map(({ metadata }) => metadata.name).toSorted();
      if (names.length === 0) {
        return [noPoolText(held)];
      }
      return [
        `${refuses} goes on with the configuration it had, ${names.length === 1 ? 'pool' : 'pools'} ${names.join(', ')}, until something restarts it (${held.because})`,
      ];
    }
  }
}

function noPoolText({ because }: HeldConfiguration): string {
  return `${refuses} has no pool at all, because ${because}`;
}

/** Pools where MetalLB does not look. */
function strayNotes({ ipAddressPools, installation }: Facts<'ipAddressPools'>): readonly string[] {
  const home = installation?.namespace;
  return ipAddressPools
    .filter(({ metadata }) => metadata.namespace !== home)
    .map(
      ({ metadata: { name, namespace = 'default' } }) =>
        `pool ${name} is in namespace ${namespace}, where this MetalLB does not look: its own is ${home ?? 'unknown'}`,
    )
    .toSorted();
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
