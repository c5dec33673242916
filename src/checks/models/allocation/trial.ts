import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import type { AllocationAnswer } from '../../../core/metallb/answer.ts';
import {
  type AnnotationName,
  deprecatedPrefix,
  newPrefix,
} from '../../../core/metallb/annotations.ts';
import { isUnadvertised } from '../configuration/advertisements.ts';

/** What a Service would come to if it were changed. */
export type Trial =
  | { readonly works: true; readonly gets: string; readonly isAnnounced: boolean }
  | { readonly works: false; readonly why: string };

export type TrialFacts = Facts<'ipAddressPools', 'l2Advertisements' | 'bgpAdvertisements'>;

/** Puts an answer to a changed Service into words. */
export function trialOf(answer: AllocationAnswer, facts: TrialFacts): Trial {
  if (answer.outcome === 'would-get') {
    const offers = answer.options.map(
      ({ addresses, pool }) => `${addresses.join(' and ')} of ${pool}`,
    );
    const silent = answer.options
      .map(({ pool }) => pool)
      .filter((pool) => isUnadvertised(pool, facts));
    const warning =
      silent.length === 0
        ? ''
        : `, which nobody announces: no advertisement selects ${silent.join(', ')}`;
    return {
      works: true,
      gets: `${offers.join(' or ')}${warning}`,
      isAnnounced: silent.length === 0,
    };
  }
  return { works: false, why: whyNot(answer) };
}

function whyNot(answer: AllocationAnswer): string {
  const reason = answer.outcome === 'refused' ? answer.reason : undefined;
  if (reason?.kind === 'requested-pool-exhausted') {
    return `${reason.pool} has no address left`;
  }
  const message = answer.outcome === 'refused' ? answer.message : undefined;
  return message === undefined
    ? 'MetalLB has no address for it then either'
    : `MetalLB says then: ${message}`;
}

/** The keys on the Service that ask for this, whichever prefix they carry. */
export function requestKeys(service: Service, names: readonly AnnotationName[]): readonly string[] {
  return names
    .flatMap((name) => [`${newPrefix}${name}`, `${deprecatedPrefix}${name}`])
    .filter((key) => Object.hasOwn(service.metadata.annotations, key));
}

/** The Service as it would be without these annotations. */
export function without(service: Service, keys: readonly string[]): Service {
  const annotations = Object.fromEntries(
    Object.entries(service.metadata.annotations).filter(([key]) => !keys.includes(key)),
  );
  return { ...service, metadata: { ...service.metadata, annotations } };
}

/** The Service as it would be without a request for an address, wherever it stands. */
export function withoutAddressRequest(service: Service): Service {
  const { loadBalancerIP: _dropped, ...spec } = service.spec;
  return { ...without(service, requestKeys(service, ['loadBalancerIPs'])), spec };
}
