import type { Reach } from '../../facts/difference.ts';
import { contains, parseAddress } from '../../facts/ip.ts';
import type { IpAddress, IpRange } from '../../facts/ip.ts';
import type { IPAddressPool, Service } from '../../facts/kube-objects.ts';
import { keyOf, type ObjectRef } from '../../facts/object-ref.ts';
import { itemsIfRead } from '../../facts/reading.ts';
import type { Readings } from '../../facts/snapshot.ts';
import { prefixesIn } from '../../metallb/parse-pool.ts';
import type { Pair } from './compare.ts';

/** Says how near an object is to what is asked about. */
export type Nearness = (about: ObjectRef) => Reach;

/**
 * Nearness to a Service: itself and what bears its name, then its pools and who lives in them, then MetalLB, then the
 * nodes. Its pools are those of its addresses, then and now; all of them while it has none in one of the snapshots.
 */
export function nearnessTo(subject: ObjectRef | undefined, pair: Pair): Nearness {
  const pools = subject === undefined ? [] : poolsOf(subject, pair);
  const names = new Set(pools.map(({ metadata }) => keyOf(metadata)));
  const ranges = pools.flatMap(({ spec }) => spec.addresses.flatMap(prefixesIn));
  const tenants = new Set(
    [pair.old, pair.new].flatMap((readings) =>
      itemsIfRead(readings.services)
        .filter((service) => addressesOf(service).some((each) => isIn(ranges, each)))
        .map(({ metadata }) => keyOf(metadata)),
    ),
  );
  return (about) => {
    const isOwn = subject !== undefined && keyOf(about) === keyOf(subject);
    switch (about.kind) {
      case 'Service':
      case 'Endpoints':
      case 'ServiceL2Status':
      case 'ServiceBGPStatus':
        return isOwn ? 'service' : tenantOr('elsewhere');
      case 'IPAddressPool':
        return names.has(keyOf(about)) ? 'pool' : 'metallb';
      case 'Namespace':
        return about.name === subject?.namespace ? 'pool' : 'elsewhere';
      case 'Node':
        return 'node';
      default:
        return 'metallb';
    }

    /** A neighbour in the pool matters by its address, not by its endpoints. */
    function tenantOr(other: Reach): Reach {
      return about.kind === 'Service' && tenants.has(keyOf(about)) ? 'pool' : other;
    }
  };
}

function poolsOf(subject: ObjectRef, pair: Pair): readonly IPAddressPool[] {
  const pools = [...itemsIfRead(pair.old.ipAddressPools), ...itemsIfRead(pair.new.ipAddressPools)];
  const held = [pair.old, pair.new].map((readings) => addressesOf(serviceIn(readings, subject)));
  if (held.some((addresses) => addresses.length === 0)) {
    return pools;
  }
  return pools.filter(({ spec }) => {
    const ranges = spec.addresses.flatMap(prefixesIn);
    return held.flat().some((address) => isIn(ranges, address));
  });
}

function serviceIn({ services }: Readings, subject: ObjectRef): Service | undefined {
  return itemsIfRead(services).find(({ metadata }) => keyOf(metadata) === keyOf(subject));
}

/** The addresses that a Service shows. */
export function addressesOf(service: Service | undefined): readonly IpAddress[] {
  return (service?.status.ingress ?? []).flatMap(({ ip }) => parseAddress(ip ?? '') ?? []);
}

function isIn(ranges: readonly IpRange[], address: IpAddress): boolean {
  return ranges.some((range) => contains(range, address));
}
