import { factsFrom } from '../../../core/diagnosis/material.ts';
import { parseAddress } from '../../../core/facts/ip.ts';
import type { IPAddressPool } from '../../../core/facts/kube-objects.ts';
import { selects } from '../../../core/metallb/selectors.ts';
import { poolIndexOf } from '../../models/allocation/pool-membership.ts';
import type { Announcing } from '../../models/announcing/announcing.ts';
import {
  type Advertisement,
  advertisementsOf,
  selectsPool,
} from '../../models/configuration/advertisements.ts';
import { configurationOf, ownPools } from '../../models/configuration/configuration.ts';
import { keyOfService } from '../../models/services.ts';
import { type Known, missingFor, type PathScene, unknownWithout } from './path-scene.ts';
import { someOf } from '../../../core/facts/in-words.ts';

const advertisementKinds = ['l2Advertisements', 'bgpAdvertisements'] as const;
const helps = ['namespaces', 'communities'] as const;

/** The pool of the configuration that holds the address; undefined when none does, or when that is not known. */
export function poolHolding(address: string, scene: PathScene): IPAddressPool | undefined {
  const parsed = parseAddress(address);
  if (parsed === undefined || missingFor(['ipAddressPools'], scene).length > 0) {
    return undefined;
  }
  const facts = factsFrom(scene.material, ['ipAddressPools'], helps);
  const name = poolIndexOf(facts).holding(parsed)[0]?.name;
  return ownPools(facts).find(({ metadata }) => metadata.name === name);
}

/** Does the configuration advertise the address at all? */
export function advertisedStep(
  address: string,
  scene: PathScene,
  announcing: Announcing | undefined,
): Known {
  const missing = missingFor(['ipAddressPools'], scene);
  if (missing.length > 0) {
    return unknownWithout(missing);
  }
  const facts = factsFrom(scene.material, ['ipAddressPools', ...advertisementKinds], helps);
  const configuration = configurationOf(facts);
  if (configuration === undefined) {
    return { answer: 'unknown', says: 'no MetalLB was found that could advertise it' };
  }
  if (parseAddress(address) === undefined) {
    return {
      answer: 'broken',
      says: `${address} is a host name; MetalLB announces addresses only`,
    };
  }
  if (configuration.state === 'rejected') {
    return {
      answer: 'unknown',
      says: 'MetalLB refuses its pools; with which it works is not seen',
    };
  }
  const pool = poolHolding(address, scene);
  return pool === undefined
    ? { answer: 'broken', says: `no pool holds ${address}, so no speaker announces it` }
    : ofPool(pool, advertisementsOf(facts), { scene, announcing });
}

function ofPool(
  pool: IPAddressPool,
  all: readonly Advertisement[],
  { scene, announcing }: { readonly scene: PathScene; readonly announcing: Announcing | undefined },
): Known {
  const { name } = pool.metadata;
  const selecting = all.filter((each) => selectsPool(each, pool));
  const missing = missingFor(advertisementKinds, scene);
  if (selecting.length === 0 && missing.length > 0) {
    return unknownWithout(missing);
  }
  if (selecting.length === 0) {
    return { answer: 'broken', says: `no advertisement selects pool ${name}` };
  }
  const knowsLabels = announcing?.speakers.rules.knowsServiceSelectors === true;
  const taking = knowsLabels ? selecting.filter((each) => takes(each, scene)) : selecting;
  return taking.length === 0
    ? {
        answer: 'broken',
        says: `no advertisement of pool ${name} selects the labels of ${keyOfService(scene.service)}`,
      }
    : { answer: 'good', says: `pool ${name}, by ${someOf(taking.map(titleOf))}` };
}

function takes({ spec }: Advertisement, { service }: PathScene): boolean {
  const { serviceSelectors } = spec;
  return (
    serviceSelectors.length === 0 ||
    serviceSelectors.some((selector) => selects(selector, service.metadata.labels))
  );
}

function titleOf({ kind, metadata, spec }: Advertisement): string {
  return spec.addressPool === undefined
    ? `${kind} ${metadata.name}`
    : `AddressPool ${spec.addressPool} itself`;
}
