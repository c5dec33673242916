import type { Service } from '../facts/kube-objects.ts';
import { deprecatedPrefix, newPrefix } from './annotations.ts';
import type { ServiceKey } from './answer.ts';
import type { ExpectedEvent } from './expected-event.ts';
import type { AllocatorState } from './assign.ts';
import type { ControllerMemory, Chooser } from './controller-memory.ts';
import { decide } from './decide.ts';
import type { Decision, DecisionOutcome } from './decision.ts';
import { ownersOf } from './pool-index.ts';
import { warning } from './expected-event.ts';

/** The annotation the controller writes together with the status. */
export const allocatedFromAnnotation = `${newPrefix}ip-allocated-from-pool`;

/** What one look at one Service did. */
export interface Look {
  /** The Service as it is written back; undefined when nothing is written. */
  readonly written: Service | undefined;
  readonly events: readonly ExpectedEvent[];
  /** True when every Service is to be looked at again. */
  readonly wakesAll: boolean;
  /** True when another look at what is written (or, if nothing is, at the same) would do nothing. */
  readonly rests: boolean;
}

/** Looks at a Service and changes the memory accordingly, as `SetBalancer` does. */
export function lookAt(memory: ControllerMemory, service: Service, choose: Chooser): Look {
  const state = memory.state(choose);
  if (state === undefined) {
    return { written: undefined, events: [], wakesAll: false, rests: false };
  }
  const decision = decide(state, service);
  const { outcomes } = decision;
  const about = outcomes.length > 1 ? questionOf(decision) : undefined;
  const outcome = outcomes[choose(outcomes.length, about)];
  if (outcome === undefined) {
    return { written: undefined, events: [], wakesAll: false, rests: false };
  }
  const before = memory.book.bookingOf(decision.claim.key);
  remember(state, decision, outcome);
  const after = memory.book.bookingOf(decision.claim.key);
  const keyChanged = keyText(before) !== keyText(after);
  const wakes = keyChanged && memory.behaviour.keyChangeWakesAll;
  const written = writtenBy(service, outcome);
  const rests = state.index.isDisjoint && isAtRest(service, outcome, written);
  if (written === undefined) {
    return { written, events: outcome.events, wakesAll: wakes, rests };
  }
  const freed =
    before !== undefined &&
    after === undefined &&
    ownersOf(state.index, before.addresses).length > 0;
  return {
    written,
    events: [...outcome.events, ...deprecations(service, memory)],
    wakesAll: wakes || freed,
    rests,
  };
}

/** What is kept without a word is kept again; what is new is kept by a Service that wants one address, whichever. */
function isAtRest(
  { spec, metadata }: Service,
  outcome: DecisionOutcome,
  written: Service | undefined,
): boolean {
  if (outcome.kind !== 'granted') {
    return false;
  }
  if (written === undefined) {
    return !outcome.isNew && outcome.events.length === 0;
  }
  const { ipFamilyPolicy: policy = 'SingleStack', clusterIPs, loadBalancerIP = '' } = spec;
  const asksForAddress =
    loadBalancerIP !== '' ||
    [newPrefix, deprecatedPrefix].some((prefix) =>
      Object.hasOwn(metadata.annotations, `${prefix}loadBalancerIPs`),
    );
  return outcome.isNew && policy === 'SingleStack' && clusterIPs.length < 2 && !asksForAddress;
}

/** The Service and the pools it may end up in. */
function questionOf({ claim, outcomes }: Decision): string {
  const pools = outcomes.map((outcome) =>
    outcome.kind === 'granted' ? outcome.allocation.pool : outcome.kind,
  );
  return `${claim.key} ${pools.join()}`;
}

/** Forgets a deleted Service; true when that frees something and all are to be looked at again. */
export function forget(memory: ControllerMemory, service: ServiceKey): boolean {
  const held = memory.book.bookingOf(service) !== undefined;
  memory.book.release(service);
  return held;
}

function remember(state: AllocatorState, { claim }: Decision, outcome: DecisionOutcome): void {
  const { book } = state;
  if (outcome.kind === 'granted') {
    const { pool, addresses } = outcome.allocation;
    book.book(claim.key, { pool, addresses, claim });
  } else if (outcome.kind === 'released' || outcome.after === 'cleared') {
    book.release(claim.key);
  } else if (outcome.kept !== undefined) {
    book.book(claim.key, { ...outcome.kept, claim });
  }
}

function keyText(booking: ReturnType<ControllerMemory['book']['bookingOf']>): string {
  return booking === undefined ? '' : booking.claim.backendKey + booking.claim.sharingKey;
}

function writtenBy(service: Service, outcome: DecisionOutcome): Service | undefined {
  if (outcome.kind === 'granted') {
    const { pool, addresses } = outcome.allocation;
    const ingress = addresses.map((ip) => ({ ip }));
    return withStatus(service, ingress, pool);
  }
  const clears = outcome.kind === 'released' || outcome.after === 'cleared';
  return clears ? withStatus(service, [], undefined) : undefined;
}

function withStatus(
  service: Service,
  ingress: Service['status']['ingress'],
  pool: string | undefined,
): Service | undefined {
  const { metadata, status } = service;
  const others = Object.entries(metadata.annotations).filter(
    ([key]) => key !== allocatedFromAnnotation,
  );
  const mark = pool === undefined ? [] : [[allocatedFromAnnotation, pool] as const];
  const unchanged =
    metadata.annotations[allocatedFromAnnotation] === pool &&
    JSON.stringify(status.ingress) === JSON.stringify(ingress);
  return unchanged
    ? undefined
    : {
        ...service,
        metadata: { ...metadata, annotations: Object.fromEntries([...others, ...mark]) },
        status: { ...status, ingress },
      };
}

/** Only a Service that is about to be written is told; one that fails never hears of it (v0.14.9, #2495). */
function deprecations(service: Service, { behaviour }: ControllerMemory): readonly ExpectedEvent[] {
  return behaviour.knowsNewPrefix
    ? Object.keys(service.metadata.annotations)
        .filter((key) => key.startsWith(deprecatedPrefix.slice(0, -1)))
        .map((key) => warning('deprecatedAnnotation', `Service uses deprecated annotation ${key}`))
    : [];
}
