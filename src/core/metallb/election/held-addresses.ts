import { parseAddress, type IpAddress } from '../../facts/ip.ts';
import type { Service } from '../../facts/kube-objects.ts';
import type { AnnouncedPool } from '../configuration/announced.ts';
import type { LoadedSpeaker } from './speakers.ts';

/** MetalLB's own words for what a speaker finds before it asks about nodes and endpoints. */
export type EarlyReason = 'notLoadBalancer' | 'noIPAllocated' | 'invalidIP' | 'ipNotAllowed';

/** The addresses a speaker is asked to announce, and the pool of its configuration that holds all of them. */
export type Held =
  | {
      readonly kind: 'held';
      readonly addresses: readonly IpAddress[];
      readonly pool: AnnouncedPool;
    }
  | { readonly kind: 'nothing'; readonly reason: EarlyReason };

/**
 * What a speaker makes of the status: every ingress entry must be an address, and one pool must hold all of them.
 * `avoidBuggyIPs`, `autoAssign` and pinning do not matter here.
 */
export function heldBy(service: Service, speaker: LoadedSpeaker): Held {
  const nothing = (reason: EarlyReason): Held => ({ kind: 'nothing', reason });
  if (service.spec.type !== 'LoadBalancer') {
    return nothing('notLoadBalancer');
  }
  const { ingress } = service.status;
  if (ingress.length === 0) {
    return nothing('noIPAllocated');
  }
  const addresses = ingress.flatMap(({ ip }) => parseAddress(ip ?? '') ?? []);
  if (addresses.length < ingress.length) {
    return nothing('invalidIP');
  }
  const [first, ...others] = addresses.map((address) => speaker.index.holding(address));
  const owner = first?.find((pool) => others.every((owners) => owners.includes(pool)));
  const pool = owner === undefined ? undefined : speaker.pools.get(owner.name);
  return pool === undefined ? nothing('ipNotAllowed') : { kind: 'held', addresses, pool };
}
