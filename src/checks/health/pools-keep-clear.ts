import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { shellWord } from '../../core/diagnosis/kubectl.ts';
import {
  type ClaimedPool,
  claimedIn,
  clusterIPClaims,
  type ElsewhereClaim,
  nodeClaims,
  podRangeClaims,
} from '../../core/metallb/claims-elsewhere.ts';
import { configurationOf } from '../models/configuration/configuration.ts';
import { workedOut } from '../models/seen.ts';
import { claimText } from '../pools/pool-claims.ts';
import { someOf } from '../../core/facts/in-words.ts';

type ClaimFacts = Facts<'ipAddressPools' | 'nodes' | 'services'>;

const needs = ['ipAddressPools', 'nodes', 'services'] as const;
const shown = 5;

/** What is handed out must not be a node's own. */
export const noNodeAddressIsInAPool = defineCheck({
  id: 'MLB-H20',
  asks: 'Do the pools keep clear of the addresses of nodes?',
  symptoms: ['health'],
  causes: ['node-address-in-pool'],
  needs,
  helps: ['namespaces', 'communities'],
  skipWhen: noMetalLB,
  run: (facts) =>
    claimedPools(facts, nodeClaims(facts.nodes)).map((claimed) => ({
      ...common(claimed, facts),
      cause: 'node-address-in-pool',
      says: `pool ${claimed.pool} contains ${whose(claimed, 'node')}: MetalLB would hand out what a node uses`,
    })),
});

/** Nor what the cluster answers for inside. */
export const poolsKeepClearOfTheCluster = defineCheck({
  id: 'MLB-H21',
  asks: "Do the pools keep clear of the cluster's own ranges?",
  symptoms: ['health'],
  causes: ['pool-overlaps-cluster-range'],
  needs,
  helps: ['namespaces', 'communities'],
  skipWhen: noMetalLB,
  run: (facts) =>
    claimedPools(facts, [...podRangeClaims(facts.nodes), ...clusterIPClaims(facts.services)]).map(
      (claimed) => ({
        ...common(claimed, facts),
        cause: 'pool-overlaps-cluster-range',
        says: `pool ${claimed.pool} overlaps ${whichRanges(claimed)}`,
      }),
    ),
});

function noMetalLB({ installation }: Pick<ClaimFacts, 'installation'>): string | undefined {
  return installation === undefined ? 'no MetalLB was found' : undefined;
}

function claimedPools(
  facts: ClaimFacts & Parameters<typeof configurationOf>[0],
  claims: readonly ElsewhereClaim[],
): readonly ClaimedPool[] {
  return (configurationOf(facts)?.pools ?? [])
    .map((pool) => claimedIn(pool, claims))
    .filter(({ count }) => count > 0n);
}

function whose({ claims }: ClaimedPool, noun: string): string {
  const names = claims.map(({ claimant }) => claimant.name).toSorted();
  const them = names.length === 1 ? `the address of ${noun}` : `the addresses of ${noun}s`;
  return `${them} ${someOf(names, shown)}`;
}

/** A few cluster IPs are certain; the range they come from is written nowhere that is read. */
function whichRanges({ claims }: ClaimedPool): string {
  const pods = claims.filter(({ claimant }) => claimant.kind === 'pod-range').length;
  const services = claims.length - pods;
  const parts = [
    ...(services === 0
      ? []
      : [
          `the range of cluster IPs (${services} ${services === 1 ? 'of them lies' : 'of them lie'} in it)`,
        ]),
    ...(pods === 0 ? [] : [`the pod ranges of ${pods} node${pods === 1 ? '' : 's'}`]),
  ];
  return parts.join(' and ');
}

function common(claimed: ClaimedPool, facts: ClaimFacts): Omit<Found, 'cause' | 'says'> {
  const namespace = facts.installation?.namespace ?? '';
  const about = { kind: 'IPAddressPool', namespace, name: claimed.pool };
  const lines = claimed.claims.map((claim) => claimText(claimed.pool, claim).says);
  const more = lines.length > shown ? [`and ${lines.length - shown} more`] : [];
  return {
    severity: 'warning',
    about,
    affects: [],
    details: [...lines.slice(0, shown), ...more],
    because: [
      workedOut(about, 'pools against nodes and cluster ranges', lines.slice(0, shown).join('; ')),
    ],
    suggests: [
      {
        says: `write the range of ${claimed.pool} around it`,
        command: `triage pools ${shellWord(claimed.pool)}`,
        mutates: false,
      },
    ],
  };
}
