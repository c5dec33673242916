import type { IpAddress, IpFamily } from '../facts/ip.ts';
import type { ExpectedEvent } from './expected-event.ts';
import type { Loss } from './loss.ts';
import type { Holder, PublishedUse } from './pool-figures.ts';
import type { RequestSource } from './requests.ts';

/** `namespace/name`, MetalLB's own spelling of a Service. */
export type ServiceKey = string;

/** One IPv4 address, one IPv6 address, or one of each. */
export type StackFamily = IpFamily | 'dual';

/** Addresses out of one pool; `sharedWith` names the other Services on them. */
export interface Allocation {
  readonly pool: string;
  readonly addresses: readonly IpAddress[];
  readonly sharedWith: readonly ServiceKey[];
}

/** What MetalLB's controller would make of one Service if it looked at it now. */
export type AllocationAnswer = NotHandled | Undecided | Holds | WouldGet | Refused;

/** The controller passes this Service by. */
export interface NotHandled {
  readonly outcome: 'not-handled';
  readonly why:
    | { readonly kind: 'type'; readonly type: string }
    | {
        readonly kind: 'class';
        /** `spec.loadBalancerClass`, undefined when the Service names none. */
        readonly serviceClass: string | undefined;
        /** The controller's `--lb-class`, undefined when it has none. */
        readonly handledClass: string | undefined;
      };
}

/** The pools are not accepted, so the controller works with older ones that nobody can see. */
export interface Undecided {
  readonly outcome: 'undecided';
  readonly why: 'configuration-rejected';
}

/** It keeps what its status says. */
export interface Holds {
  readonly outcome: 'holds';
  readonly allocation: Allocation;
  /** The status as the controller would write it: canonical, requested addresses in text order. */
  readonly events: readonly ExpectedEvent[];
}

/** It gets one of `options` (several when MetalLB draws among pools); `loses` says what it gives up first. */
export interface WouldGet {
  readonly outcome: 'would-get';
  /** Never empty; sorted by pool. */
  readonly options: readonly Allocation[];
  readonly loses: Loss | undefined;
  readonly pools: readonly PoolVerdict[];
  readonly events: readonly ExpectedEvent[];
}

/** It gets nothing. */
export interface Refused {
  readonly outcome: 'refused';
  readonly stage: RefusalStage;
  readonly reason: RefusalReason;
  /** MetalLB's own error text for this version; undefined where it says nothing at all. */
  readonly message: string | undefined;
  /** The events it would record, the refusal last; empty where it is silent. */
  readonly events: readonly ExpectedEvent[];
  /** What it holds now and gives up; undefined when it holds nothing or the refusal leaves it in place. */
  readonly loses: Loss | undefined;
  /** True when the refusal leaves the present status as it is. */
  readonly keepsStatus: boolean;
  /** One verdict per pool where pools were weighed (automatic choice or a named pool); else empty. */
  readonly pools: readonly PoolVerdict[];
}

/** How far the controller came. */
export type RefusalStage =
  | 'pools'
  | 'cluster-ips'
  | 'requests'
  | 'assign'
  | 'named-pool'
  | 'automatic';

/** Why it gets nothing; `kind` is the cause in words. */
export type RefusalReason =
  /** No IPAddressPool in the controller's namespace. MetalLB records no event. */
  | { readonly kind: 'no-pool' }
  /** `spec.clusterIPs` and `spec.clusterIP` are empty. No event either. */
  | { readonly kind: 'no-cluster-ip' }
  | { readonly kind: 'cluster-ips-unreadable'; readonly clusterIPs: readonly string[] }
  /** RequireDualStack with fewer than two cluster IPs. */
  | { readonly kind: 'too-few-cluster-ips'; readonly clusterIPs: readonly string[] }
  | { readonly kind: 'both-requests-set'; readonly annotation: string; readonly field: string }
  | { readonly kind: 'request-malformed'; readonly source: RequestSource; readonly raw: string }
  /** Requested addresses are of another family than the cluster IPs, or two of one family. */
  | {
      readonly kind: 'requested-family-mismatch';
      readonly requested: readonly IpAddress[];
      readonly requestedFamily: StackFamily | 'unknown';
      readonly serviceFamily: StackFamily;
    }
  | {
      readonly kind: 'requested-address-outside-pools';
      readonly requested: readonly IpAddress[];
      /** Those of them that no pool owns; empty when two pools own one each. */
      readonly outside: readonly IpAddress[];
    }
  /** In a pool's range, but ends in .0 or .255 and the pool avoids those. */
  | {
      readonly kind: 'requested-address-buggy';
      readonly address: IpAddress;
      readonly pool: string;
    }
  | {
      readonly kind: 'requested-pool-not-for-service';
      readonly pool: string;
      readonly requested: readonly IpAddress[];
      readonly excludedBy: Exclusion;
    }
  /** Somebody else is on the requested address. */
  | { readonly kind: 'requested-address-held'; readonly obstacle: SharingObstacle }
  /** The address is fine, but lies in another pool than the one that is named too. */
  | {
      readonly kind: 'request-contradicts-pool';
      readonly requested: readonly IpAddress[];
      readonly pool: string;
      readonly owner: string;
    }
  | { readonly kind: 'requested-pool-missing'; readonly pool: string }
  | {
      readonly kind: 'requested-pool-exhausted';
      readonly pool: string;
      readonly family: StackFamily;
    }
  /** The named pool holds no address at all of a family that is needed. */
  | {
      readonly kind: 'requested-pool-lacks-family';
      readonly pool: string;
      readonly family: StackFamily;
      readonly offers: readonly IpFamily[];
    }
  /** Two cluster IPs, but the policy is SingleStack or absent: no automatic choice ever fits. */
  | { readonly kind: 'policy-contradicts-cluster-ips'; readonly policy: string | undefined }
  /** No pool could be chosen automatically; `pools` says why for each, `kind` sums it up. */
  | {
      readonly kind: 'pool-exhausted';
      readonly pools: readonly string[];
      readonly family: StackFamily;
    }
  | { readonly kind: 'only-manual-pools'; readonly pools: readonly string[] }
  | { readonly kind: 'no-pool-of-family'; readonly family: IpFamily }
  | { readonly kind: 'no-dual-stack-pool' }
  | { readonly kind: 'pool-not-for-service'; readonly pools: readonly string[] };

/** Which part of a pool's `serviceAllocation` excludes a Service. */
export type Exclusion =
  | { readonly by: 'namespace'; readonly namespaces: readonly string[] }
  | { readonly by: 'service-labels' };

/** Why an address in use cannot be shared with this Service. */
export interface SharingObstacle {
  readonly address: IpAddress;
  /** Everybody else on the address, sorted. */
  readonly holders: readonly ServiceKey[];
  readonly why:
    /** Neither this Service nor the holder offers to share, or only one of them does. */
    | {
        readonly kind: 'no-sharing-key';
        readonly missingOn: readonly ('service' | 'holder')[];
      }
    | {
        readonly kind: 'sharing-key-differs';
        readonly serviceKey: string;
        readonly holderKey: string;
      }
    /** externalTrafficPolicy or, under Local, the selector differs. An empty key means Cluster (or no selector). */
    | {
        readonly kind: 'sharing-backend-differs';
        readonly serviceBackend: string;
        readonly holderBackend: string;
      }
    | {
        readonly kind: 'sharing-port-taken';
        readonly port: string;
        readonly holder: ServiceKey;
      };
}

/** What one pool has for one Service. */
export interface PoolVerdict {
  readonly pool: string;
  readonly verdict: PoolOffer | PoolRefusal;
}

/** `reached` is false when MetalLB takes an earlier pool and never comes to this one. */
export interface PoolOffer {
  readonly offers: true;
  readonly addresses: readonly IpAddress[];
  readonly sharedWith: readonly ServiceKey[];
  readonly reached: boolean;
}

export interface PoolRefusal {
  readonly offers: false;
  readonly because: PoolObstacle;
}

export type PoolObstacle =
  | { readonly kind: 'auto-assign-off'; readonly free: bigint }
  | { readonly kind: 'excluded'; readonly excludedBy: Exclusion; readonly free: bigint }
  /** `serviceAllocation` is there but names nobody: only a priority (<= v0.14.9), or selectors that match no namespace. */
  | {
      readonly kind: 'never-automatic';
      readonly why: 'priority-only' | 'selectors-match-no-namespace';
      readonly free: bigint;
    }
  /** Holds no address of this family at all. */
  | { readonly kind: 'lacks-family'; readonly family: IpFamily }
  /** Every address of the wanted family is in use (or none of the two, for dual). */
  | { readonly kind: 'full'; readonly family: IpFamily }
  /** Both families are needed from one pool and this one has room in one only. */
  | { readonly kind: 'one-family-only'; readonly has: IpFamily }
  /** Has no address that may be handed out (a range between two families, or only avoided ones). */
  | { readonly kind: 'empty' }
  /** The Service names another pool or an address elsewhere. */
  | { readonly kind: 'not-requested' };

/** How much of one pool is in use, as people count it and as MetalLB publishes it. */
export interface PoolUsage {
  readonly pool: string;
  readonly ipv4: FamilyUsage;
  readonly ipv6: FamilyUsage;
  /** `status` of the IPAddressPool as MetalLB >= v0.15.0 computes it, overflow and all. */
  readonly published: PublishedUse;
  /** Every holder, by address, IPv4 first. */
  readonly holders: readonly Holder[];
}

export interface FamilyUsage {
  /** Addresses MetalLB would ever hand out. */
  readonly usable: bigint;
  /** Distinct addresses in use. */
  readonly taken: bigint;
  readonly free: bigint;
}
