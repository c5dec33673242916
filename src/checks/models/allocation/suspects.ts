import type { Subject } from '../../../core/diagnosis/check.ts';
import { remembered } from '../../../core/diagnosis/facts.ts';
import type { CauseId } from '../../../core/facts/finding.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import type {
  AllocationAnswer,
  RefusalReason,
  Refused,
  SharingObstacle,
} from '../../../core/metallb/answer.ts';
import { deprecatedPrefix, newPrefix } from '../../../core/metallb/annotations.ts';
import { type AllocationFacts, type AllocationModel, allocationOf } from './allocation.ts';
import type { Behaviour } from '../../../core/metallb/versions.ts';
import { type FullReason, fullPools, sharingInVain } from './sharing-in-vain.ts';
import { servicesByKey } from '../service-index.ts';
import { isPending, keyOfService } from '../services.ts';
import { type UnreadKey, unreadKeys } from './unread-keys.ts';

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
  return model === undefined || !isPending(subject) ? [] : [suspectOf(subject, model, facts)];
}

const allSuspects = remembered((facts: AllocationFacts): readonly Suspect[] => {
  const model = allocationOf(facts);
  return model === undefined
    ? []
    : facts.services.filter(isPending).map((service) => suspectOf(service, model, facts));
});

function suspectOf(service: Service, model: AllocationModel, facts: AllocationFacts): Suspect {
  const answer = model.answerFor(service);
  const cause = causeOf({ service, model, facts }, answer);
  return { service, key: keyOfService(service), answer, cause };
}

interface Scene {
  readonly service: Service;
  readonly model: AllocationModel;
  readonly facts: AllocationFacts;
}

function causeOf(scene: Scene, answer: AllocationAnswer): CauseId | undefined {
  switch (answer.outcome) {
    case 'not-handled':
      return answer.why.kind === 'class' ? 'class-not-handled' : undefined;
    case 'undecided':
    case 'holds':
      return undefined;
    case 'would-get':
      return 'waiting-for-retry';
    case 'refused':
      if (answer.stage === 'automatic' && ignoresRequest(scene)) {
        return 'annotation-prefix-unknown';
      }
      return answer.stage === 'automatic' && asksInVain(scene)
        ? 'request-unread'
        : causeOfReason(answer.reason, scene);
  }
}

/** Keys of the new prefix that hold a request the old release does not read (#2495). */
export function unreadRequests(service: Service): readonly string[] {
  return ['address-pool', 'loadBalancerIPs']
    .map((name) => `${newPrefix}${name}`)
    .filter((key) => Object.hasOwn(service.metadata.annotations, key));
}

/** A sharing key that stands where this release does not read it. */
export function unreadSharing(service: Service, behaviour: Behaviour): UnreadKey | undefined {
  return unreadKeys(service, behaviour).find(({ meant }) => meant === 'allow-shared-ip');
}

function ignoresRequest({ service, model }: Scene): boolean {
  return !model.behaviour.knowsNewPrefix && unreadRequests(service).length > 0;
}

/** True when the Service would get an address if MetalLB read what it asks for. */
function asksInVain({ service, model }: Scene): boolean {
  return unreadKeys(service, model.behaviour)
    .filter(({ meant }) => meant !== 'allow-shared-ip')
    .some(({ meant, value }) => {
      const key = `${model.behaviour.knowsNewPrefix ? newPrefix : deprecatedPrefix}${meant}`;
      return model.answerFor(withAnnotation(service, key, value)).outcome === 'would-get';
    });
}

function withAnnotation(service: Service, key: string, value: string): Service {
  const { metadata } = service;
  const annotations = Object.fromEntries([...Object.entries(metadata.annotations), [key, value]]);
  return { ...service, metadata: { ...metadata, annotations } };
}

/** Pools without a single address are no full pools, whatever MetalLB says of them. */
function areEmpty(pools: readonly string[], { model }: Scene): boolean {
  return pools.every((pool) => {
    const usage = model.usages.find((each) => each.pool === pool);
    return usage !== undefined && usage.ipv4.usable + usage.ipv6.usable <= 0n;
  });
}

function causeOfHeld({ why, holders }: SharingObstacle, { service, model, facts }: Scene): CauseId {
  if (why.kind !== 'no-sharing-key') {
    return why.kind;
  }
  const sides = {
    service: [service],
    holder: holders.flatMap((key) => servicesByKey(facts).get(key) ?? []),
  };
  const isWritten = why.missingOn.every((side) =>
    sides[side].some((each) => unreadSharing(each, model.behaviour) !== undefined),
  );
  return isWritten ? 'sharing-key-unread' : 'requested-address-held';
}

function causeOfFull(reason: FullReason, scene: Scene): CauseId {
  return areEmpty(fullPools(reason), scene)
    ? 'pool-without-addresses'
    : (sharingInVain(scene.service, reason, scene)?.why.kind ?? reason.kind);
}

function causeOfReason(reason: RefusalReason, scene: Scene): CauseId {
  switch (reason.kind) {
    case 'cluster-ips-unreadable':
      return 'no-cluster-ip';
    case 'requested-pool-lacks-family':
      if (areEmpty([reason.pool], scene)) {
        return 'pool-without-addresses';
      }
      return reason.family === 'dual' ? 'no-dual-stack-pool' : 'no-pool-of-family';
    case 'requested-address-held':
      return causeOfHeld(reason.obstacle, scene);
    case 'pool-exhausted':
    case 'requested-pool-exhausted':
      return causeOfFull(reason, scene);
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
    case 'policy-contradicts-cluster-ips':
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
