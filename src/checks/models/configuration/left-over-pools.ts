import type { Subject } from '../../../core/diagnosis/check.ts';
import type { Facts } from '../../../core/diagnosis/facts.ts';
import { contains, parseAddress, parseCidr, parseRange } from '../../../core/facts/ip.ts';
import type { AddressPool, Service } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { isAtLeast } from '../../../core/metallb/releases.ts';
import { addressRequestOf, poolRequestOf } from '../../../core/metallb/requests.ts';
import { behaviourOf } from '../../../core/metallb/versions.ts';
import { isServedBy, poolIndexOf, strayAddresses } from '../allocation/pool-membership.ts';
import { ownPools } from './configuration.ts';

export type LeftOverFacts = Facts<
  'ipAddressPools',
  'addressPools' | 'services' | 'namespaces' | 'communities'
>;

/** AddressPools that no program reads any more, since v0.14.2 (#2252). */
export function leftOverPools({
  addressPools,
  installation,
}: LeftOverFacts): readonly AddressPool[] {
  return isAtLeast(installation?.controllerVersion, 'v0.14.2')
    ? itemsIfRead(addressPools).filter(
        ({ metadata }) => metadata.namespace === installation?.namespace,
      )
    : [];
}

/** What only a pool that nobody reads would give, and who wants it. */
export interface Missed {
  readonly pool: AddressPool;
  /** An address, or the pool's own name. */
  readonly wanted: string;
  readonly services: readonly Service[];
}

/** The left-over pools that Services still count on: they hold or ask for something that no pool of today has. */
export function missedPools(facts: LeftOverFacts, subject: Subject): readonly Missed[] {
  const left = leftOverPools(facts);
  if (left.length === 0) {
    return [];
  }
  const services = subject === undefined ? itemsIfRead(facts.services) : [subject];
  const wants = services
    .filter((service) => isServedBy(facts.installation, service))
    .flatMap((service) => wantsOf(service, facts).map((wanted) => ({ service, wanted })));
  return left.flatMap((pool): readonly Missed[] => {
    const own = wants.filter(({ wanted }) => pool.metadata.name === wanted || holds(pool, wanted));
    const [first] = own;
    return first === undefined
      ? []
      : [{ pool, wanted: first.wanted, services: own.map(({ service }) => service) }];
  });
}

function wantsOf(service: Service, facts: LeftOverFacts): readonly string[] {
  const behaviour = behaviourOf(facts.installation?.controllerVersion);
  const index = poolIndexOf(facts);
  const request = addressRequestOf(service, behaviour);
  const asked = request.kind === 'addresses' ? request.addresses : [];
  const pool = poolRequestOf(service, behaviour);
  const isThere = ownPools(facts).some(({ metadata }) => metadata.name === pool);
  return [
    ...strayAddresses(service, index),
    ...asked.filter((address) => index.holding(address).length === 0),
    ...(pool === undefined || isThere ? [] : [pool]),
  ];
}

function holds({ spec }: AddressPool, text: string): boolean {
  const address = parseAddress(text);
  return spec.addresses.some((entry) => {
    const range = parseRange(entry);
    const found = range.kind === 'range' ? range.range : parseCidr(entry);
    return address !== undefined && found !== undefined && contains(found, address);
  });
}
