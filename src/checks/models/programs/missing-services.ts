import type { IPAddressPool, KubeEvent, Service } from '../../../core/facts/kube-objects.ts';
import { addressesIn, keyOfService } from '../services.ts';

/** Every cluster has it, and nobody pastes it alone. */
const ofEveryCluster = 'default/kubernetes';

/**
 * Signs that these are not all the Services there are, though nothing says so: MetalLB names a holder that is not among
 * them, or its pools count more addresses in use than all of them hold. In a list of the whole cluster such a holder
 * is gone, and its address is free (#1586).
 */
export function servicesSeemMissing(
  services: readonly Service[],
  pools: readonly IPAddressPool[],
  said: KubeEvent | undefined,
): boolean {
  const holders = /address also in use by (\S+)$/.exec(said?.message ?? '')?.[1]?.split(',') ?? [];
  const known = new Set(services.map(keyOfService));
  if (known.has(ofEveryCluster)) {
    return false;
  }
  const held = new Set(services.flatMap(addressesIn)).size;
  const counted = pools.reduce((sum, { status }) => sum + assignedIn(status), 0);
  return holders.some((key) => !known.has(key)) || counted > held;
}

/** Overflown and broken counters count nothing. */
function assignedIn(status: IPAddressPool['status']): number {
  return [status?.assignedIPv4, status?.assignedIPv6]
    .map((text) => Number(text ?? '0'))
    .filter((count) => Number.isSafeInteger(count) && count > 0)
    .reduce((sum, count) => sum + count, 0);
}
