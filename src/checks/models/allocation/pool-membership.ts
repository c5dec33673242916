import { remembered } from '../../../core/diagnosis/facts.ts';
import { parseAddress } from '../../../core/facts/ip.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { passedByClass } from '../../../core/metallb/handled.ts';
import type { Installation } from '../../../core/facts/snapshot.ts';
import { indexPools, type PoolIndex } from '../../../core/metallb/pool-index.ts';
import { type ConfigurationFacts, configurationOf } from '../configuration/configuration.ts';
import { holdsAddress, wantsAddress } from '../services.ts';

/** Finds the pool of an address without walking through all of them. */
export const poolIndexOf = remembered((facts: ConfigurationFacts): PoolIndex =>
  indexPools(configurationOf(facts)?.pools ?? []),
);

/** Addresses of a Service that no pool contains; host names are somebody else's and do not count. */
export function strayAddresses(service: Service, index: PoolIndex): readonly string[] {
  return service.status.ingress.flatMap(({ ip }) => {
    const address = ip === undefined ? undefined : parseAddress(ip);
    return address !== undefined && index.holding(address).length === 0 ? [address] : [];
  });
}

/** True for LoadBalancer Services of the class that this MetalLB serves. */
export function isServedBy(installation: Installation | undefined, service: Service): boolean {
  return wantsAddress(service) && isOfItsClass(installation, service);
}

/** True for Services with an address of the class that this MetalLB serves, those on their way out among them. */
export function isAnnouncedBy(installation: Installation | undefined, service: Service): boolean {
  return holdsAddress(service) && isOfItsClass(installation, service);
}

function isOfItsClass(installation: Installation | undefined, service: Service): boolean {
  return passedByClass(service, installation?.loadBalancerClass) === undefined;
}
