import type { Service } from '../facts/kube-objects.ts';
import type { Allocation, ExpectedEvent, Loss, RefusalReason, RefusalStage } from './answer.ts';
import { assignVerdict } from './assign.ts';
import type { AllocatorState, AssignRefusal } from './assign.ts';
import { chooseAutomatically, noAvailableIPs } from './automatic.ts';
import { claimOf } from './claim.ts';
import type { Claim } from './claim.ts';
import { familyOfService } from './families.ts';
import { quoted, quotedList } from './go-text.ts';
import { additionalAddress, chooseFromNamed } from './named-pool.ts';
import { allocationOf, needOf } from './offers.ts';
import type { Need } from './offers.ts';
import { addressRequestOf, poolRequestOf } from './requests.ts';
import { retentionOf, warning } from './retention.ts';
import type { Held, Retention } from './retention.ts';

/** What one look of the controller at one Service can lead to; more than one outcome when MetalLB draws. */
export interface Decision {
  readonly claim: Claim;
  readonly loses: Loss | undefined;
  /** Never empty. */
  readonly outcomes: readonly DecisionOutcome[];
}

export type DecisionOutcome =
  /** Not of type LoadBalancer: whatever it had is taken back. */
  { readonly kind: 'released'; readonly events: readonly ExpectedEvent[] } | Granted | NotGranted;

/** `isNew` is false when the Service keeps what it had, though perhaps in other order or with a second address. */
export interface Granted {
  readonly kind: 'granted';
  readonly isNew: boolean;
  readonly allocation: Allocation;
  readonly events: readonly ExpectedEvent[];
}

export interface NotGranted {
  readonly kind: 'refused';
  readonly stage: RefusalStage;
  readonly reason: RefusalReason;
  /** Undefined where MetalLB says nothing. */
  readonly message: string | undefined;
  readonly events: readonly ExpectedEvent[];
  /** `cleared`: status and booking go. `kept`: both stay. `untouched`: the status stays, nothing is booked. */
  readonly after: 'cleared' | 'kept' | 'untouched';
  readonly kept: Held | undefined;
}

/** Runs a Service through the controller's rules (`convergeBalancer`) without changing anything. */
export function decide(state: AllocatorState, service: Service): Decision {
  const claim = claimOf(service, state.behaviour);
  if (service.spec.type !== 'LoadBalancer') {
    return { claim, loses: undefined, outcomes: [{ kind: 'released', events: [] }] };
  }
  const early = refusedOutright(state, service);
  if (early !== undefined) {
    return { claim, loses: lossByRefusal(service), outcomes: [early] };
  }
  const retention = retentionOf(state, service, claim);
  if (retention.stop !== undefined) {
    return { claim, loses: retention.loses, outcomes: [stopped(retention, retention.stop)] };
  }
  const outcomes =
    retention.held === undefined
      ? allocate(state, service, claim)
      : [keep(state, service, { claim, held: retention.held })];
  return {
    claim,
    loses: retention.loses,
    outcomes: outcomes.map((outcome) => ({
      ...outcome,
      events: [...retention.events, ...outcome.events],
    })),
  };
}

function refusedOutright(state: AllocatorState, { spec }: Service): NotGranted | undefined {
  const silent = (stage: RefusalStage, reason: RefusalReason): NotGranted => ({
    ...cleared(stage, reason),
    message: undefined,
  });
  const { clusterIPs } = spec;
  if (state.index.pools.length === 0) {
    return silent('pools', { kind: 'no-pool' });
  }
  if (clusterIPs.length === 0 && (spec.clusterIP ?? '') === '') {
    return silent('cluster-ips', { kind: 'no-cluster-ip' });
  }
  const needsTwo = spec.ipFamilyPolicy === 'RequireDualStack' && clusterIPs.length < 2;
  if (!needsTwo || !state.behaviour.refusesTooFewClusterIPs) {
    return undefined;
  }
  const message = `Service requires dual stack but not enough clusterips [${clusterIPs.join(' ')}]`;
  return {
    ...cleared('cluster-ips', { kind: 'too-few-cluster-ips', clusterIPs }),
    message,
    events: [warning('not enough clusterips', message)],
  };
}

function cleared(stage: RefusalStage, reason: RefusalReason): Omit<NotGranted, 'message'> {
  return { kind: 'refused', stage, reason, events: [], after: 'cleared', kept: undefined };
}

function lossByRefusal({ status }: Service): Loss | undefined {
  const addresses = status.ingress.map(({ ip }) => ip ?? '').filter((ip) => ip !== '');
  return addresses.length === 0
    ? undefined
    : { addresses, pool: undefined, because: { kind: 'refusal' } };
}

function stopped(retention: Retention, stop: NonNullable<Retention['stop']>): NotGranted {
  const { reason, message, touched } = stop;
  const { held, events } = retention;
  const keptOrCleared = held === undefined ? 'cleared' : 'kept';
  return {
    kind: 'refused',
    stage: touched ? 'requests' : 'cluster-ips',
    reason,
    message,
    events,
    after: touched ? keptOrCleared : 'untouched',
    kept: held,
  };
}

interface Keeping {
  readonly claim: Claim;
  readonly held: Held;
}

/** A PreferDualStack Service with one address is offered a second one, of the other family, from the same pool. */
function keep(state: AllocatorState, service: Service, { claim, held }: Keeping): Granted {
  const granted = (addresses: Held['addresses'], events: readonly ExpectedEvent[]): Granted => ({
    kind: 'granted',
    isNew: false,
    allocation: allocationOf(state, claim, { pool: held.pool, addresses }),
    events,
  });
  const [address] = held.addresses;
  const pool = state.index.byName.get(held.pool);
  const wantsMore =
    held.addresses.length === 1 && service.spec.ipFamilyPolicy === 'PreferDualStack';
  if (!wantsMore || address === undefined || pool === undefined) {
    return granted(held.addresses, []);
  }
  const more = additionalAddress(state, claim, { address, pool });
  if (more.kind === 'none') {
    const message = `cannot assign additional IP in PreferDualStack: ${more.message}`;
    return granted(held.addresses, [{ type: 'Normal', reason: 'AdditionalAssignFailed', message }]);
  }
  const message = `Assigned additional IP ${quoted(more.address)}`;
  return granted([address, more.address], [allocatedEvent(message)]);
}

function allocate(
  state: AllocatorState,
  service: Service,
  claim: Claim,
): readonly DecisionOutcome[] {
  const finding = familyOfService(service);
  if (finding.kind === 'unknown') {
    const { clusterIPs } = service.spec;
    const reason = { kind: 'cluster-ips-unreadable', clusterIPs } as const;
    return [failed(claim, 'cluster-ips', { message: finding.message, reason })];
  }
  const need = needOf(service, claim, { family: finding.family, behaviour: state.behaviour });
  const request = addressRequestOf(service, state.behaviour);
  const pool = poolRequestOf(service, state.behaviour);
  switch (request.kind) {
    case 'invalid':
      return [failed(claim, 'requests', request)];
    case 'addresses':
      return [allocateRequested(state, need, { ...request, pool })];
    case 'none':
      return pool === undefined
        ? allocateAutomatically(state, need)
        : [allocateNamed(state, need, pool)];
  }
}

interface Requested {
  readonly addresses: Held['addresses'];
  readonly family: Need['family'];
  readonly pool: string | undefined;
}

function allocateRequested(
  state: AllocatorState,
  need: Need,
  { addresses, family, pool }: Requested,
): DecisionOutcome {
  const { claim } = need;
  const asked = `requested loadBalancer IP(s) ${quotedList(addresses)}`;
  if (family !== need.family) {
    return failed(claim, 'requests', {
      message: `${asked} does not match the ipFamily of the service`,
      reason: {
        kind: 'requested-family-mismatch',
        requested: addresses,
        requestedFamily: family,
        serviceFamily: need.family,
      },
    });
  }
  const verdict = assignVerdict(state, claim, addresses);
  if (verdict.kind === 'refused') {
    return failed(claim, 'assign', verdict);
  }
  if (pool !== undefined && verdict.pool !== pool) {
    const owner = verdict.pool;
    return failed(claim, 'assign', {
      message: `${asked} is not compatible with requested address pool ${pool}`,
      reason: { kind: 'request-contradicts-pool', requested: addresses, pool, owner },
    });
  }
  return allocated(allocationOf(state, claim, { pool: verdict.pool, addresses }));
}

function allocateNamed(state: AllocatorState, need: Need, pool: string): DecisionOutcome {
  const choice = chooseFromNamed(state, need, pool);
  return choice.kind === 'allocation'
    ? allocated(choice.allocation)
    : failed(need.claim, 'named-pool', choice);
}

/** The reason is summed up from the pools' verdicts by whoever explains; MetalLB itself does not know it. */
function allocateAutomatically(state: AllocatorState, need: Need): readonly DecisionOutcome[] {
  const { options, mayFail } = chooseAutomatically(state, need);
  const reason = { kind: 'pool-exhausted', pools: [], family: need.family } as const;
  const failure = failed(need.claim, 'automatic', { message: noAvailableIPs, reason });
  return [...options.map(allocated), ...(mayFail ? [failure] : [])];
}

function allocated(allocation: Allocation): Granted {
  const events = [allocatedEvent(`Assigned IP ${quotedList(allocation.addresses)}`)];
  return { kind: 'granted', isNew: true, allocation, events };
}

function allocatedEvent(message: string): ExpectedEvent {
  return { type: 'Normal', reason: 'IPAllocated', message };
}

function failed(
  claim: Claim,
  stage: RefusalStage,
  { message, reason }: Pick<AssignRefusal, 'message' | 'reason'>,
): NotGranted {
  const says = `Failed to allocate IP for ${quoted(claim.key)}: ${message}`;
  return { ...cleared(stage, reason), message, events: [warning('AllocationFailed', says)] };
}
