import type { MissingFact } from './finding.ts';
import type { ReportHead } from './report-head.ts';

/** Version of the JSON that `pools` prints. Additive only within a major. */
export const poolsSchemaVersion = 'triage.pools/v1';

/** Somebody who uses addresses of a pool without MetalLB knowing. */
export interface PoolClaim {
  readonly kind: 'node' | 'cluster-ip' | 'pod-range' | 'pool';
  /** The node, the Service, or the pool of the other cluster. */
  readonly name: string;
  /** The other cluster, as its recording was named; only for pools. */
  readonly cluster: string | undefined;
  readonly ranges: readonly string[];
  readonly count: string;
  /** True where two machines will answer for one address. */
  readonly isConflict: boolean;
  readonly says: string;
}

/** Figures of the addresses of one family in a pool. Counts are decimal strings. */
export interface PoolFigures {
  readonly family: 'ipv4' | 'ipv6';
  /** All addresses in its ranges. */
  readonly size: string;
  readonly usable: string;
  readonly claimed: string;
  readonly trulyUsable: string;
  readonly taken: string;
  /** Those taken that are claimed elsewhere too. */
  readonly takenAndClaimed: string;
  readonly free: string;
}

/** One pool: how large, in whose hands, for whom. Counts are decimal strings (IPv6 exceeds 2^53). */
export interface PoolStanding {
  readonly name: string;
  readonly ranges: readonly string[];
  /** All addresses in its ranges, avoided ones among them. */
  readonly size: string;
  /** Addresses MetalLB would ever hand out, avoidBuggyIPs considered. */
  readonly usable: string;
  /** Those of them that somebody else uses. */
  readonly claimed: string;
  /** Usable and not claimed elsewhere. */
  readonly trulyUsable: string;
  readonly taken: string;
  /** Neither taken nor claimed elsewhere. */
  readonly free: string;
  /** The same figures by family; one entry for each family the pool has addresses of. */
  readonly families: readonly PoolFigures[];
  /** False where MetalLB refuses the pools as they stand and does not use this one; undefined when that is not known. */
  readonly inForce: boolean | undefined;
  readonly isAutomatic: boolean;
  /** Who may have addresses of it. */
  readonly handsOut: string;
  /** As `l2/lan`; undefined when the advertisements could not be read. */
  readonly advertisedBy: readonly string[] | undefined;
  readonly claims: readonly PoolClaim[];
  readonly holders: readonly { readonly address: string; readonly services: readonly string[] }[];
  /** What MetalLB itself publishes (>= v0.15.0) beside what it should; undefined without. */
  readonly published: { readonly agrees: boolean; readonly says: string } | undefined;
}

/** The pools of a cluster. */
export interface PoolsStanding {
  readonly headline: string;
  readonly pools: readonly PoolStanding[];
  /** Pools that MetalLB refuses, and what it says of them. */
  readonly broken: readonly { readonly name: string; readonly says: string }[];
  readonly notes: readonly string[];
  readonly unknowns: readonly MissingFact[];
}

/** What `pools` prints as JSON; its other forms are drawn from it. */
export interface PoolsReport extends PoolsStanding, ReportHead {
  readonly schemaVersion: typeof poolsSchemaVersion;
}
