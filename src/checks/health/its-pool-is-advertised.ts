import { defineCheck } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { parseAddress } from '../../core/facts/ip.ts';
import type { IPAddressPool, Service } from '../../core/facts/kube-objects.ts';
import { advertiseRemedies } from '../models/configuration/advertise-remedies.ts';
import {
  advertisementsOf,
  selectsPool,
  strayLines,
} from '../models/configuration/advertisements.ts';
import {
  configurationOf,
  namespacesIfSelected,
  ownPools,
} from '../models/configuration/configuration.ts';
import { poolIndexOf } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { workedOut } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { noServedAddress } from '../models/one-service.ts';

type PoolFacts = Facts<
  'ipAddressPools' | 'l2Advertisements' | 'bgpAdvertisements',
  'namespaces' | 'communities'
>;

/** A Service that has its address can still be out of reach because nobody announces it. */
export const itsPoolIsAdvertised = defineCheck({
  id: 'MLB-H06',
  asks: `Does an advertisement select the pool of the Service's address?`,
  symptoms: ['pending'],
  causes: ['pool-unadvertised'],
  needs: ['ipAddressPools', 'l2Advertisements', 'bgpAdvertisements'],
  helps: ['namespaces', 'communities'],
  alsoNeeds: namespacesIfSelected,
  skipWhen: noServedAddress,
  run: (facts, subject) =>
    subject === undefined || configurationOf(facts)?.state !== 'accepted'
      ? []
      : poolsOf(subject, facts)
          .filter((pool) => !advertisementsOf(facts).some((each) => selectsPool(each, pool)))
          .map((pool) => finding(subject, pool, facts)),
});

function poolsOf(service: Service, facts: PoolFacts): readonly IPAddressPool[] {
  const index = poolIndexOf(facts);
  const names = addressesIn(service)
    .flatMap((text) => parseAddress(text) ?? [])
    .flatMap((address) => index.holding(address).map(({ name }) => name));
  return ownPools(facts).filter(({ metadata }) => names.includes(metadata.name));
}

function finding(service: Service, pool: IPAddressPool, facts: PoolFacts) {
  const about = refOf(pool);
  const { name } = pool.metadata;
  return {
    cause: 'pool-unadvertised',
    severity: 'warning' as const,
    about,
    affects: [refOf(service)],
    says: `no advertisement selects pool ${name}, so MetalLB does not announce it`,
    details: [
      `${keyOfService(service)} has its address from pool ${name}`,
      ...strayLines(pool, facts),
    ],
    because: [
      workedOut(
        about,
        'metallb/internal/config: advertisements',
        `no advertisement selects ${name}`,
      ),
    ],
    doubts: ['something else announces these addresses, such as the BGP of Calico or Cilium'],
    suggests: advertiseRemedies(pool, advertisementsOf(facts), ownPools(facts)),
  };
}
