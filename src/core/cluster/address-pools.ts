import { readsAddressPools } from '../facts/address-pool-releases.ts';
import type { AddressPool } from '../facts/kube-objects.ts';
import type { Read, Reading } from '../facts/reading.ts';
import type { Installation, Readings } from '../facts/snapshot.ts';
import { asOfToday, type PoolsOfToday } from './old-pools.ts';

/**
 * v0.13 takes AddressPools besides IPAddressPools, and announces them as they say themselves: theirs are read as if they
 * were the objects of today. Where they could not be read the pools are not known. Other releases (#2252) and other
 * clusters stay as they are.
 */
export function withAddressPools(
  readings: Readings,
  [installation]: readonly Installation[],
): Readings {
  if (installation === undefined || !readsAddressPools(installation.controllerVersion)) {
    return readings;
  }
  const { addressPools } = readings;
  if (addressPools.state === 'read') {
    const own = addressPools.items.filter(
      ({ metadata }) => metadata.namespace === installation.namespace,
    );
    return withThese(readings, own);
  }
  return addressPools.state === 'absent' || !mayHideAPool(readings, addressPools, installation)
    ? readings
    : { ...readings, ...unknown(addressPools) };
}

/** What a dump leaves out is not missed where there are pools of the other kind, which most have instead. */
function mayHideAPool(
  { ipAddressPools }: Readings,
  addressPools: Reading<AddressPool>,
  { namespace }: Installation,
): boolean {
  const isLeftOut = addressPools.state === 'failed' && addressPools.unheld === true;
  const hasPools =
    ipAddressPools.state === 'read' &&
    ipAddressPools.items.some(({ metadata }) => metadata.namespace === namespace);
  return !isLeftOut || !hasPools;
}

type PoolReadings = Pick<Readings, 'ipAddressPools' | 'l2Advertisements' | 'bgpAdvertisements'>;

function unknown(missing: Exclude<Reading<never>, Read<never>>): PoolReadings {
  const reading =
    missing.state === 'failed' ? { ...missing, without: 'addressPools' as const } : missing;
  return { ipAddressPools: reading, l2Advertisements: reading, bgpAdvertisements: reading };
}

function withThese(readings: Readings, own: readonly AddressPool[]): Readings {
  const { pools, l2, bgp } = marked(asOfToday(own), own);
  return {
    ...readings,
    ipAddressPools: together(readings.ipAddressPools, pools),
    l2Advertisements: together(readings.l2Advertisements, l2),
    bgpAdvertisements: together(readings.bgpAdvertisements, bgp),
  };
}

function marked({ pools, l2, bgp }: PoolsOfToday, own: readonly AddressPool[]): PoolsOfToday {
  return {
    pools: pools.map((pool, index) => ({
      ...pool,
      spec: { ...pool.spec, protocol: own[index]?.spec.protocol ?? '' },
    })),
    l2: l2.map((each) => ({ ...each, spec: { ...each.spec, addressPool: each.metadata.name } })),
    bgp: bgp.map((each) => ({
      ...each,
      spec: { ...each.spec, addressPool: each.spec.ipAddressPools[0] ?? '' },
    })),
  };
}

/**
 * A kind that is not served at all may still be had by way of AddressPools. Recordings and lists that are watched are
 * read once more: what was added before is replaced.
 */
function together<T extends Markable>(reading: Reading<T>, more: readonly T[]): Reading<T> {
  if (reading.state === 'absent' && more.length > 0) {
    return { state: 'read', items: more };
  }
  return reading.state === 'read'
    ? { ...reading, items: [...reading.items.filter(isWritten), ...more] }
    : reading;
}

/** What comes of an AddressPool says so. */
interface Markable {
  readonly spec: { readonly protocol?: string; readonly addressPool?: string };
}

function isWritten({ spec }: Markable): boolean {
  return spec.protocol === undefined && spec.addressPool === undefined;
}
