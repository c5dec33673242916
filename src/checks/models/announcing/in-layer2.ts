import { remembered, type Facts } from '../../../core/diagnosis/facts.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead, type Reading } from '../../../core/facts/reading.ts';
import type { EndpointSlice } from '../../../core/facts/kube-objects.ts';
import { heldBy } from '../../../core/metallb/election/held-addresses.ts';
import { isServedBy } from '../allocation/pool-membership.ts';
import { keyOfService } from '../services.ts';
import { speakersAtWork, type AnnouncingFacts } from './speakers-at-work.ts';

type AllFacts = AnnouncingFacts & Facts<'services'>;

/** Every Service whose pool some L2Advertisement selects, by namespace and name. */
export const servicesInLayer2 = remembered((facts: AllFacts): readonly Service[] => {
  const [first] = speakersAtWork(facts)?.loaded ?? [];
  if (first === undefined) {
    return [];
  }
  return facts.services
    .filter((service) => isServedBy(facts.installation, service))
    .filter((service) => {
      const held = heldBy(service, first);
      return held.kind === 'held' && held.pool.l2.length > 0;
    })
    .map((service) => ({ key: keyOfService(service), service }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ service }) => service);
});

/** The facts of a check that asks of all Services, and does without their endpoints where they were not read. */
export function withSlices<F extends { readonly endpointSlices: Reading<EndpointSlice> }>(
  facts: F,
): Omit<F, 'endpointSlices'> & { readonly endpointSlices: readonly EndpointSlice[] } {
  return { ...facts, endpointSlices: itemsIfRead(facts.endpointSlices) };
}

/** Why nothing can be asked of layer 2 as a whole; undefined when it can. */
export function noLayer2(facts: AllFacts): string | undefined {
  if (facts.installation === undefined) {
    return 'no MetalLB was found';
  }
  return servicesInLayer2(facts).length === 0
    ? 'layer 2 announces no Service that has an address'
    : undefined;
}
