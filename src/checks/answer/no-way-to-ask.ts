import { kubectl, shellWord } from '../../core/diagnosis/kubectl.ts';
import { factsFrom, type Material } from '../../core/diagnosis/material.ts';
import type { Diagnosis } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { ownerOfClass } from '../models/rivals/class-owners.ts';
import { addressesIn, isPending, keyOfService } from '../models/services.ts';

type Answer = Pick<Diagnosis, 'outcome' | 'headline' | 'next'>;

/** The answer for a Service to which no traffic can come by way of MetalLB, and why. */
export function noWayToAsk(service: Service, material: Material): Answer {
  const key = keyOfService(service);
  if (service.metadata.deletionTimestamp !== undefined) {
    const headline = leavingText(service);
    return { outcome: 'problem', headline, next: [`triage pending ${shellWord(key)}`] };
  }
  if (service.spec.type !== 'LoadBalancer') {
    return answer('healthy', service, otherType(service));
  }
  return isPending(service)
    ? {
        outcome: 'problem',
        headline: `${key} has no address yet, so nothing can arrive: it is pending`,
        next: [`triage pending ${shellWord(key)}`],
      }
    : answer('healthy', service, otherClass(service, material));
}

function answer(outcome: Diagnosis['outcome'], service: Service, headline: string): Answer {
  const { name, namespace = 'default' } = service.metadata;
  return { outcome, headline, next: [kubectl`-n ${namespace} describe service ${name}`] };
}

function otherType(service: Service): string {
  const { type, clusterIPs, externalIPs } = service.spec;
  const what = type === 'ClusterIP' && clusterIPs.includes('None') ? 'headless' : `of type ${type}`;
  const external =
    externalIPs.length === 0
      ? ''
      : ` (${externalIPs.join(', ')} stands in spec.externalIPs, which MetalLB does not announce)`;
  return `${keyOfService(service)} is ${what}; MetalLB announces only Services of type LoadBalancer${external}`;
}

function otherClass(service: Service, material: Material): string {
  const { loadBalancerClass } = service.spec;
  const owner = ownerOfClass(loadBalancerClass, factsFrom(material, ['services'], ['daemonSets']));
  const which =
    loadBalancerClass === undefined ? 'names no class' : `is of class ${loadBalancerClass}`;
  const whose =
    owner === undefined ? 'ask whoever gave the address' : `look at ${owner.name}: ${owner.says}`;
  return `${keyOfService(service)} ${which}, which this MetalLB does not serve, so it does not announce ${addressesIn(service).join(' and ')}; ${whose}`;
}

/** MetalLB sets no finalizer and looks at none: it withdraws the address when the Service is gone. */
function leavingText(service: Service): string {
  const { finalizers } = service.metadata;
  const addresses = addressesIn(service);
  const keeps =
    addresses.length === 0
      ? ''
      : `; it keeps its ${addresses.length === 1 ? 'address' : 'addresses'} ${addresses.join(', ')} until it is gone`;
  const until = finalizers.length === 0 ? '' : `, and ${finalizers.join(', ')} holds it`;
  return `${keyOfService(service)} is being deleted${keeps}${until}`;
}
