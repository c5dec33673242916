import type { Service } from '../../../core/facts/kube-objects.ts';
import { addressesIn, keyOfService } from '../services.ts';
import { plural, someOf } from '../../../core/facts/in-words.ts';

/** `10.0.0.9 of shop/search`, or `the addresses of 3 Services (shop/a, shop/b, shop/c)`. */
export function addressesOf(services: readonly Service[]): string {
  const [first] = services;
  return first !== undefined && services.length === 1
    ? `${addressesIn(first).join(', ')} of ${keyOfService(first)}`
    : `the addresses of ${plural(services.length, 'Service')} (${someOf(services.map(keyOfService))})`;
}
