import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import { poolsAfter } from '../../core/metallb/pool-wish.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import { keyOfService } from '../models/services.ts';

/** The snapshot as it would be with this Service, and with the pools as far as the webhook lets them pass. */
export function hypothetical(
  snapshot: Snapshot,
  service: Service,
  { writes }: Pick<WhatIf, 'writes'>,
): Snapshot {
  const { readings } = snapshot;
  const steps = writes.flatMap(({ write, admission }) =>
    write.kind === 'pool' && admission.allowed ? [write.step] : [],
  );
  const pools = itemsIfRead(readings.ipAddressPools);
  const key = keyOfService(service);
  const services = itemsIfRead(readings.services).map((each) =>
    keyOfService(each) === key ? service : each,
  );
  return {
    ...snapshot,
    readings: {
      ...readings,
      services: { state: 'read', items: services },
      ipAddressPools: { state: 'read', items: poolsAfter(pools, steps) },
    },
  };
}
