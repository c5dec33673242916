import type { Subject } from '../../../core/diagnosis/check.ts';
import type { Facts } from '../../../core/diagnosis/facts.ts';
import { remembered } from '../../../core/diagnosis/facts.ts';
import type { IPAddressPool } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import type { Configuration } from '../../../core/metallb/configuration.ts';
import { loadConfiguration } from '../../../core/metallb/load-configuration.ts';
import { addressesIn } from '../services.ts';

/** The kinds MetalLB's pools are made of; namespaces only matter to pools that select them by label. */
export type ConfigurationFacts = Facts<'ipAddressPools', 'namespaces' | 'communities'>;

/** What MetalLB's controller makes of the pools as they are now; undefined without an installation. */
export const configurationOf = remembered(
  (facts: ConfigurationFacts): Configuration | undefined => {
    const { installation } = facts;
    return installation === undefined
      ? undefined
      : loadConfiguration({
          pools: facts.ipAddressPools,
          communities: itemsIfRead(facts.communities),
          namespaces: itemsIfRead(facts.namespaces),
          namespace: installation.namespace,
          bgpType: installation.bgpType,
          version: installation.controllerVersion ?? installation.speakerVersion,
        });
  },
);

/** Namespaces must be known as soon as a pool of MetalLB's namespace selects them by label. */
export function namespacesIfSelected(facts: ConfigurationFacts): readonly 'namespaces'[] {
  return ownPools(facts).some(
    (pool) => (pool.spec.serviceAllocation?.namespaceSelectors.length ?? 0) > 0,
  )
    ? ['namespaces']
    : [];
}

/** Pools in MetalLB's own namespace; it never looks at others. */
export function ownPools(facts: ConfigurationFacts): readonly IPAddressPool[] {
  return facts.ipAddressPools.filter(
    (pool) => pool.metadata.namespace === facts.installation?.namespace,
  );
}

/** Why nothing can be said of the pools that MetalLB works with; undefined when it can. */
export function noPoolsToJudge(facts: ConfigurationFacts): string | undefined {
  if (facts.installation === undefined) {
    return 'no MetalLB was found';
  }
  return configurationOf(facts)?.state === 'rejected'
    ? 'MetalLB refuses its pools, and which older ones it works with cannot be seen'
    : undefined;
}

/** Why the addresses that Services hold cannot be judged by the pools; undefined when they can. */
export function noAddressToJudge(facts: ConfigurationFacts, subject: Subject): string | undefined {
  return subject !== undefined && addressesIn(subject).length === 0
    ? 'the Service has no address'
    : noPoolsToJudge(facts);
}
