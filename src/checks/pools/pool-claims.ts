import type { Facts } from '../../core/diagnosis/facts.ts';
import { rangeText } from '../../core/diagnosis/ranges-in-two-clusters.ts';
import type { IpRange } from '../../core/facts/ip.ts';
import type { PoolClaim } from '../../core/facts/pools-report.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import {
  type Claimant,
  type ClaimOnPool,
  type ElsewhereClaim,
  clusterIPClaims,
  nodeClaims,
  podRangeClaims,
  poolClaims,
} from '../../core/metallb/claims-elsewhere.ts';
import type { Beside } from './other-clusters.ts';

/** Everybody who uses addresses without MetalLB knowing, as far as it was read. */
export function claimsIn(
  facts: Facts<'services', 'nodes'>,
  clusters: Beside['clusters'],
): readonly ElsewhereClaim[] {
  const nodes = itemsIfRead(facts.nodes);
  return [
    ...nodeClaims(nodes),
    ...clusters.flatMap(({ name, pools }) => poolClaims(name, pools)),
    ...podRangeClaims(nodes),
    ...clusterIPClaims(facts.services),
  ];
}

/** A claim in words. Ranges of pods and cluster IPs live inside the cluster; the others answer on the same wire. */
export function claimText(pool: string, { claimant, ranges, count }: ClaimOnPool): PoolClaim {
  const texts = ranges.map(rangeText);
  const { kind, name } = claimant;
  return {
    kind,
    name,
    cluster: kind === 'pool' ? claimant.cluster : undefined,
    ranges: texts,
    count: String(count),
    isConflict: kind === 'node' || kind === 'pool',
    says: `${texts.join(', ')} of pool ${pool} ${ofWhom(claimant, ranges)}`,
  };
}

function ofWhom(claimant: Claimant, ranges: readonly IpRange[]): string {
  const isOne = ranges.length === 1 && ranges[0]?.first === ranges[0]?.last;
  switch (claimant.kind) {
    case 'node':
      return `${isOne ? 'is the address' : 'are addresses'} of node ${claimant.name}`;
    case 'cluster-ip':
      return `${isOne ? 'is the cluster IP' : 'are cluster IPs'} of Service ${claimant.name}`;
    case 'pod-range':
      return `${isOne ? 'is' : 'are'} in the pod range of node ${claimant.name}`;
    case 'pool':
      return `${isOne ? 'is' : 'are'} in pool ${claimant.name} of ${claimant.cluster} too`;
  }
}
