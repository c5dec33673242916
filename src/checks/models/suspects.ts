import type { Subject } from '../../core/diagnosis/check.ts';
import { remembered } from '../../core/diagnosis/facts.ts';
import type { CauseId } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { AllocationAnswer, RefusalReason, Refused } from '../../core/metallb/answer.ts';
import { newPrefix } from '../../core/metallb/annotations.ts';
import { type AllocationFacts, type AllocationModel, allocationOf } from './allocation.ts';
import { isPending, keyOfService } from './services.ts';

/** A pending Service, what MetalLB would say to it now, and the one cause this comes down to. */
export interface Suspect {
  readonly service: Service;
  /** `namespace/name`. */
  readonly key: string;
  readonly answer: AllocationAnswer;
  readonly cause: CauseId | undefined;
}

/** A suspect that MetalLB refuses. */
export interface RefusedSuspect extends Suspect {
  readonly answer: Refused;
}

/** The pending Services in question: the subject, or all of the cluster. */
export function suspectsIn(facts: AllocationFacts, subject: Subject): readonly Suspect[] {
  if (subject === undefined) {
    return allSuspects(facts);
  }
  const model = allocationOf(facts);
  return model === undefined || !isPending(subject) ? [] : [suspectOf(subject, model)];
}

const allSuspects = remembered((facts: AllocationFacts): readonly Suspect[] => {
  const model = allocationOf(facts);
  return model === undefined
    ? []
    : facts.services.filter(isPending).map((service) => suspectOf(service, model));
});

function suspectOf(service: Service, model: AllocationModel): Suspect {
  const answer = model.answerFor(service);
  return { service, key: keyOfService(service), answer, cause: causeOf(service, answer, model) };
}

function causeOf(
  service: Service,
  answer: AllocationAnswer,
  model: AllocationModel,
): CauseId | undefined {
  switch (answer.outcome) {
    case 'not-handled':
      return answer.why.kind === 'class' ? 'class-not-handled' : undefined;
    case 'undecided':
    case 'holds':
      return undefined;
    case 'would-get':
      return 'waiting-for-retry';
    case 'refused':
      return ignoresRequest(service, model) && answer.stage === 'automatic'
        ? 'annotation-prefix-unknown'
        : causeOfReason(answer.reason);
  }
}

/** Keys of the new prefix that hold a request the old release does not read (#2495). */
export function unreadRequests(service: Service): readonly string[] {
  return ['address-pool', 'loadBalancerIPs']
    .map((name) => `${newPrefix}${name}`)
    .filter((key) => Object.hasOwn(service.metadata.annotations, key));
}

function ignoresRequest(service: Service, model: AllocationModel): boolean {
  return !model.behaviour.knowsNewPrefix && unreadRequests(service).length > 0;
}

function causeOfReason(reason: RefusalReason): CauseId {
  switch (reason.kind) {
    case 'cluster-ips-unreadable':
      return 'no-cluster-ip';
    case 'requested-pool-lacks-family':
      return reason.family === 'dual' ? 'no-dual-stack-pool' : 'no-pool-of-family';
    case 'requested-address-held':
      return reason.obstacle.why.kind === 'no-sharing-key'
        ? 'requested-address-held'
        : reason.obstacle.why.kind;
    case 'no-pool':
    case 'no-cluster-ip':
    case 'too-few-cluster-ips':
    case 'both-requests-set':
    case 'request-malformed':
    case 'requested-family-mismatch':
    case 'requested-address-outside-pools':
    case 'requested-address-buggy':
    case 'requested-pool-not-for-service':
    case 'request-contradicts-pool':
    case 'requested-pool-missing':
    case 'requested-pool-exhausted':
    case 'policy-contradicts-cluster-ips':
    case 'pool-exhausted':
    case 'only-manual-pools':
    case 'no-pool-of-family':
    case 'no-dual-stack-pool':
    case 'pool-not-for-service':
      return reason.kind;
  }
}

/** True when MetalLB refuses this suspect. */
export function isRefused(suspect: Suspect): suspect is RefusedSuspect {
  return suspect.answer.outcome === 'refused';
}
