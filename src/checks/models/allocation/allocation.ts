import { type Facts, remembered } from '../../../core/diagnosis/facts.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import type { AllocationAnswer, PoolUsage } from '../../../core/metallb/answer.ts';
import { explainAllocations } from '../../../core/metallb/explain.ts';
import { behaviourOf, type Behaviour } from '../../../core/metallb/versions.ts';
import { keyOfService } from '../services.ts';

/** Everything MetalLB's allocator decides by. */
export type AllocationFacts = Facts<'services' | 'ipAddressPools', 'namespaces' | 'communities'>;

/** What MetalLB's controller would answer, Service by Service. */
export interface AllocationModel {
  readonly behaviour: Behaviour;
  readonly namespace: string;
  /** Computed when asked for, once per Service. */
  readonly answerFor: (service: Service) => AllocationAnswer;
  /** The same with some Services changed: the one asked about, and others on whom it depends. */
  readonly answerIf: (service: Service, others: readonly Service[]) => AllocationAnswer;
  readonly usages: readonly PoolUsage[];
}

/** The allocator over this cluster; undefined when there is no MetalLB whose pools it could be. */
export const allocationOf = remembered((facts: AllocationFacts): AllocationModel | undefined => {
  const { installation } = facts;
  if (installation === undefined) {
    return undefined;
  }
  const version = installation.controllerVersion ?? installation.speakerVersion;
  const explain = (services: readonly Service[]) =>
    explainAllocations({
      pools: facts.ipAddressPools,
      communities: itemsIfRead(facts.communities),
      namespaces: itemsIfRead(facts.namespaces),
      services,
      version,
      loadBalancerClass: installation.loadBalancerClass,
      bgpType: installation.bgpType,
      namespace: installation.namespace,
    });
  const explained = explain(facts.services);
  const answers = new Map<Service, AllocationAnswer>();
  return {
    behaviour: behaviourOf(version),
    namespace: installation.namespace,
    usages: explained.usages,
    answerFor: (service) => {
      const answer = answers.get(service) ?? explained.answerFor(service);
      answers.set(service, answer);
      return answer;
    },
    answerIf: (service, others) =>
      explain(replaced(facts.services, [service, ...others])).answerFor(service),
  };
});

function replaced(services: readonly Service[], changed: readonly Service[]): readonly Service[] {
  const byKey = new Map(changed.map((service) => [keyOfService(service), service]));
  return services.map((service) => byKey.get(keyOfService(service)) ?? service);
}
