import { remembered } from '../../../core/diagnosis/facts.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import type { RefusalReason, SharingObstacle } from '../../../core/metallb/answer.ts';
import { claimOf } from '../../../core/metallb/claim.ts';
import { type AllocationFacts, type AllocationModel, allocationOf } from './allocation.ts';
import { servicesByKey } from '../service-index.ts';
import { withoutAddressRequest } from './trial.ts';

/** A refusal because there is no address left. */
export type FullReason = Extract<
  RefusalReason,
  { readonly kind: 'pool-exhausted' | 'requested-pool-exhausted' }
>;

/** What keeps a Service off an address whose holders have its own sharing key. */
export interface InVain extends SharingObstacle {
  readonly why: Extract<
    SharingObstacle['why'],
    { readonly kind: 'sharing-backend-differs' | 'sharing-port-taken' }
  >;
}

interface Place {
  readonly pool: string;
  readonly address: string;
}

/** Addresses by the sharing key of those on them. */
const placesByKey = remembered((facts: AllocationFacts): ReadonlyMap<string, readonly Place[]> => {
  const model = allocationOf(facts);
  const services = servicesByKey(facts);
  const places = (model?.usages ?? []).flatMap(({ pool, holders }) =>
    holders.map(({ address, services: [first = ''] }) => ({ pool, address, service: first })),
  );
  return Map.groupBy(places, ({ service }) => {
    const holder = services.get(service);
    return holder === undefined || model === undefined
      ? ''
      : claimOf(holder, model.behaviour).sharingKey;
  });
});

/** The pools that have nothing left. */
export function fullPools(reason: FullReason): readonly string[] {
  return reason.kind === 'pool-exhausted' ? reason.pools : [reason.pool];
}

/**
 * A full pool is half the story where somebody in it has the Service's own sharing key: it was meant to join, and this
 * is what keeps it from doing so. MetalLB says no more than that there is no address left (#2553).
 */
export function sharingInVain(
  service: Service,
  reason: FullReason,
  { model, facts }: { readonly model: AllocationModel; readonly facts: AllocationFacts },
): InVain | undefined {
  const { sharingKey } = claimOf(service, model.behaviour);
  const pools = fullPools(reason);
  const place =
    sharingKey === ''
      ? undefined
      : placesByKey(facts)
          .get(sharingKey)
          ?.find(({ pool }) => pools.includes(pool));
  if (place === undefined) {
    return undefined;
  }
  const plain = withoutAddressRequest(service);
  const answer = model.answerFor({
    ...plain,
    spec: { ...plain.spec, loadBalancerIP: place.address },
  });
  return answer.outcome === 'refused' && answer.reason.kind === 'requested-address-held'
    ? inVain(answer.reason.obstacle)
    : undefined;
}

function inVain({ why, ...obstacle }: SharingObstacle): InVain | undefined {
  return why.kind === 'sharing-backend-differs' || why.kind === 'sharing-port-taken'
    ? { ...obstacle, why }
    : undefined;
}
