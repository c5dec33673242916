import { overlaps, parseAddress, parseCidr, valueOf, familyOf } from '../facts/ip.ts';
import type { IpRange } from '../facts/ip.ts';
import type { Node, Service } from '../facts/kube-objects.ts';
import { keyOf } from '../facts/object-ref.ts';
import { usableIn } from './capacity.ts';
import { joinedRanges } from './claims-across.ts';
import type { Pool } from './configuration.ts';

/** Who uses addresses without MetalLB knowing. */
export type Claimant =
  | { readonly kind: 'node'; readonly name: string }
  /** A Service's cluster IP: kube-proxy answers for it on every node. */
  | { readonly kind: 'cluster-ip'; readonly name: string }
  /** A node's pod range; some CNIs use other ranges and leave this one idle. */
  | { readonly kind: 'pod-range'; readonly name: string }
  | { readonly kind: 'pool'; readonly cluster: string; readonly name: string };

/** Addresses that somebody uses. */
export interface ElsewhereClaim {
  readonly claimant: Claimant;
  readonly range: IpRange;
}

/** What of one pool is claimed elsewhere. */
export interface ClaimedPool {
  readonly pool: string;
  /** Addresses MetalLB would hand out and somebody else uses, each counted once. */
  readonly count: bigint;
  readonly ranges: readonly IpRange[];
  readonly claims: readonly ClaimOnPool[];
}

/** What one claimant has of a pool. */
export interface ClaimOnPool {
  readonly claimant: Claimant;
  readonly ranges: readonly IpRange[];
  readonly count: bigint;
}

/** The addresses nodes are reached at; names among them are none. */
export function nodeClaims(nodes: readonly Node[]): readonly ElsewhereClaim[] {
  return nodes.flatMap(({ metadata, status }) => {
    const claimant = { kind: 'node', name: metadata.name } as const;
    const texts = new Set(status.addresses.map(({ address }) => address));
    return [...texts].flatMap((text) => claimOn(claimant, text));
  });
}

/** The ranges nodes give to their pods. */
export function podRangeClaims(nodes: readonly Node[]): readonly ElsewhereClaim[] {
  return nodes.flatMap(({ metadata, spec }) => {
    const claimant = { kind: 'pod-range', name: metadata.name } as const;
    return spec.podCIDRs.flatMap((text) => {
      const range = parseCidr(text);
      return range === undefined ? [] : [{ claimant, range }];
    });
  });
}

/** The cluster IPs in use: what is certain of the range they come from. */
export function clusterIPClaims(services: readonly Service[]): readonly ElsewhereClaim[] {
  return services.flatMap(({ metadata, spec }) => {
    const claimant = { kind: 'cluster-ip', name: keyOf(metadata) } as const;
    const texts = spec.clusterIPs.length > 0 ? spec.clusterIPs : [spec.clusterIP ?? ''];
    return texts.flatMap((text) => claimOn(claimant, text));
  });
}

/** The pools of another cluster in the same network. */
export function poolClaims(cluster: string, pools: readonly Pool[]): readonly ElsewhereClaim[] {
  return pools.flatMap(({ name, cidrs }) =>
    cidrs.map((range) => ({ claimant: { kind: 'pool', cluster, name } as const, range })),
  );
}

/** Who claims what of a pool, in the order the claims came. */
export function claimedIn(pool: Pool, claims: readonly ElsewhereClaim[]): ClaimedPool {
  const common = claims.flatMap(({ claimant, range }) => {
    const ranges = pool.cidrs.filter((cidr) => overlaps(cidr, range)).map(commonWith(range));
    return ranges.length === 0 ? [] : [{ claimant, ranges }];
  });
  const byClaimant = Map.groupBy(common, ({ claimant }) => JSON.stringify(claimant));
  const found = [...byClaimant.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          figured(
            pool,
            [first, ...others].flatMap(({ ranges }) => ranges),
            first.claimant,
          ),
        ],
  );
  const ranges = joinedRanges(found.flatMap((claim) => claim.ranges));
  return { pool: pool.name, count: countIn(pool, ranges), ranges, claims: found };
}

function figured(pool: Pool, all: readonly IpRange[], claimant: Claimant): ClaimOnPool {
  const ranges = joinedRanges(all);
  return { claimant, ranges, count: countIn(pool, ranges) };
}

function countIn(pool: Pool, ranges: readonly IpRange[]): bigint {
  return ranges.reduce((sum, range) => sum + usableIn(pool, range), 0n);
}

function commonWith(range: IpRange): (cidr: IpRange) => IpRange {
  return ({ family, first, last }) => ({
    family,
    first: first > range.first ? first : range.first,
    last: last < range.last ? last : range.last,
  });
}

function claimOn(claimant: Claimant, text: string): readonly ElsewhereClaim[] {
  const address = parseAddress(text);
  if (address === undefined) {
    return [];
  }
  const value = valueOf(address);
  return [{ claimant, range: { family: familyOf(address), first: value, last: value } }];
}
