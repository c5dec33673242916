import type { Service } from '../facts/kube-objects.ts';
import type { Allocation, RefusalStage } from './answer.ts';
import { assignVerdict } from './assign.ts';
import type { AllocatorState, AssignRefusal } from './assign.ts';
import { chooseAutomatically, noAvailableIPs } from './automatic.ts';
import type { Claim } from './claim.ts';
import { allocatedEvent, cleared } from './decision.ts';
import type { DecisionOutcome, Granted, NotGranted } from './decision.ts';
import { warning } from './expected-event.ts';
import { familyOfService } from './families.ts';
import { quoted, quotedList } from './go-text.ts';
import { chooseFromNamed } from './named-pool.ts';
import { allocationOf, needOf } from './offers.ts';
import type { Need } from './offers.ts';
import { addressRequestOf, poolRequestOf } from './requests.ts';
import type { Held } from './retention.ts';

/** Everything that can come of looking for addresses for a Service that has none. */
export function allocate(
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
        : allocateNamed(state, need, pool);
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

function allocateNamed(
  state: AllocatorState,
  need: Need,
  pool: string,
): readonly DecisionOutcome[] {
  return chooseFromNamed(state, need, pool).map((choice) =>
    choice.kind === 'allocation'
      ? allocated(choice.allocation)
      : failed(need.claim, 'named-pool', choice),
  );
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

function failed(
  claim: Claim,
  stage: RefusalStage,
  { message, reason }: Pick<AssignRefusal, 'message' | 'reason'>,
): NotGranted {
  const says = `Failed to allocate IP for ${quoted(claim.key)}: ${message}`;
  return { ...cleared(stage, reason), message, events: [warning('AllocationFailed', says)] };
}
