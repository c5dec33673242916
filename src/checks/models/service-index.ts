import { type Facts, remembered } from '../../core/diagnosis/facts.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { addressesIn, keyOfService } from './services.ts';

/** Every Service by `namespace/name`, so that asking for one of 20,000 costs nothing. */
export const servicesByKey = remembered(
  ({ services }: Facts<'services'>): ReadonlyMap<string, Service> =>
    new Map(services.map((service) => [keyOfService(service), service])),
);

/** Every Service by each address in its status. */
export const servicesByAddress = remembered(
  ({ services }: Facts<'services'>): ReadonlyMap<string, readonly Service[]> =>
    new Map(
      [
        ...Map.groupBy(
          services.flatMap((service) =>
            addressesIn(service).map((address) => ({ address, service })),
          ),
          ({ address }) => address,
        ),
      ].map(([address, found]) => [address, found.map(({ service }) => service)]),
    ),
);
