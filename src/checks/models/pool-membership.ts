import { contains, type IpAddress, parseAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { Pool } from '../../core/metallb/configuration.ts';
import { passedByClass } from '../../core/metallb/handled.ts';
import type { Installation } from '../../core/facts/snapshot.ts';
import { wantsAddress } from './services.ts';

/** The pool that contains `address`; undefined when none does. */
export function poolOf(address: IpAddress, pools: readonly Pool[]): Pool | undefined {
  return pools.find((pool) => pool.cidrs.some((cidr) => contains(cidr, address)));
}

/** Addresses of a Service that no pool contains; host names are somebody else's and do not count. */
export function strayAddresses(service: Service, pools: readonly Pool[]): readonly string[] {
  return service.status.ingress.flatMap(({ ip }) => {
    const address = ip === undefined ? undefined : parseAddress(ip);
    return address !== undefined && poolOf(address, pools) === undefined ? [address] : [];
  });
}

/** True for LoadBalancer Services of the class that this MetalLB serves. */
export function isServedBy(installation: Installation | undefined, service: Service): boolean {
  return (
    wantsAddress(service) && passedByClass(service, installation?.loadBalancerClass) === undefined
  );
}
