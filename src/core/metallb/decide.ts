import type { Service } from '../facts/kube-objects.ts';
import { allocate } from './allocate.ts';
import type { AllocatorState } from './assign.ts';
import { claimOf } from './claim.ts';
import type { Claim } from './claim.ts';
import { allocatedEvent, cleared } from './decision.ts';
import type { Decision, Granted, NotGranted } from './decision.ts';
import { warning } from './expected-event.ts';
import type { ExpectedEvent } from './expected-event.ts';
import { quoted } from './go-text.ts';
import type { Loss } from './loss.ts';
import { additionalAddress } from './named-pool.ts';
import { allocationOf } from './offers.ts';
import { retentionOf } from './retention.ts';
import type { Held, Retention } from './retention.ts';

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
  const { clusterIPs } = spec;
  if (state.index.pools.length === 0) {
    return cleared('pools', { kind: 'no-pool' });
  }
  if (clusterIPs.length === 0 && (spec.clusterIP ?? '') === '') {
    return cleared('cluster-ips', { kind: 'no-cluster-ip' });
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
    state.behaviour.settlesForOneFamily &&
    held.addresses.length === 1 &&
    service.spec.ipFamilyPolicy === 'PreferDualStack';
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
