import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import { keyOfService } from '../models/services.ts';

/** The snapshot as it would be with this Service, and with the added pool if the webhook lets it pass. */
export function hypothetical(
  snapshot: Snapshot,
  service: Service,
  { added, admission }: Pick<WhatIf, 'added' | 'admission'>,
): Snapshot {
  const { readings, installations } = snapshot;
  const pools = added !== undefined && admission?.allowed === true ? [added.pool] : [];
  const names = new Set(pools.map(({ metadata }) => metadata.name));
  const home = installations[0]?.namespace;
  const others = itemsIfRead(readings.ipAddressPools).filter(
    ({ metadata }) => metadata.namespace !== home || !names.has(metadata.name),
  );
  const key = keyOfService(service);
  const services = itemsIfRead(readings.services).map((each) =>
    keyOfService(each) === key ? service : each,
  );
  return {
    ...snapshot,
    readings: {
      ...readings,
      services: { state: 'read', items: services },
      ipAddressPools: { state: 'read', items: [...others, ...pools] },
    },
  };
}
