import type { Service } from '../../core/facts/kube-objects.ts';
import { deprecatedPrefix, newPrefix } from '../../core/metallb/annotations.ts';

/** Of type LoadBalancer and not on its way out. */
export function wantsAddress(service: Service): boolean {
  return service.spec.type === 'LoadBalancer' && service.metadata.deletionTimestamp === undefined;
}

/** The addresses in its status; host names of other providers count as such. */
export function addressesIn(service: Service): readonly string[] {
  return service.status.ingress.flatMap(({ ip, hostname }) => ip ?? hostname ?? []);
}

/** Has an address and keeps it: neither controller nor speaker looks at a deletion before the Service is gone (v0.14.9 to v0.16.1). */
export function holdsAddress(service: Service): boolean {
  return service.spec.type === 'LoadBalancer' && addressesIn(service).length > 0;
}

/** Waits for an address and has none. */
export function isPending(service: Service): boolean {
  return wantsAddress(service) && addressesIn(service).length === 0;
}

const notes = [newPrefix, deprecatedPrefix].map((prefix) => `${prefix}ip-allocated-from-pool`);

/** True when MetalLB noted on it from which pool its address is; nobody takes that note away when MetalLB goes. */
export function isNotedByMetalLB({ metadata }: Service): boolean {
  return notes.some((key) => Object.hasOwn(metadata.annotations, key));
}

/** The pool that MetalLB noted on it; undefined without a note. */
export function notedPoolOf({ metadata }: Service): string | undefined {
  return notes.map((key) => new Map(Object.entries(metadata.annotations)).get(key)).find(Boolean);
}

/** `namespace/name`. */
export function keyOfService(service: Service): string {
  return `${service.metadata.namespace ?? 'default'}/${service.metadata.name}`;
}
