import type { IpAddress } from '../facts/ip.ts';
import type { SharingObstacle, StackFamily } from './answer.ts';

/** What a Service's status says now, and why the controller would clear it. */
export interface Loss {
  readonly addresses: readonly string[];
  readonly pool: string | undefined;
  readonly because: LossReason;
}

export type LossReason =
  | { readonly kind: 'status-unreadable' }
  | { readonly kind: 'family-changed'; readonly from: StackFamily; readonly to: StackFamily }
  /** No longer passes Assign: outside every pool, excluded, held by another. `message` is MetalLB's. */
  | {
      readonly kind: 'not-allowed';
      readonly message: string;
      readonly obstacle: SharingObstacle | undefined;
    }
  | { readonly kind: 'other-pool-requested'; readonly pool: string }
  | { readonly kind: 'other-address-requested'; readonly requested: readonly IpAddress[] }
  /** The refusal itself clears it: no pools, no cluster IP, too few cluster IPs. */
  | { readonly kind: 'refusal' };
