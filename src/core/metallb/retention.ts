import { parseAddress } from '../facts/ip.ts';
import type { IpAddress } from '../facts/ip.ts';
import type { Service } from '../facts/kube-objects.ts';
import type { RefusalReason, StackFamily } from './answer.ts';
import { warning } from './expected-event.ts';
import type { ExpectedEvent } from './expected-event.ts';
import type { Loss, LossReason } from './loss.ts';
import { assignVerdict } from './assign.ts';
import type { AllocatorState } from './assign.ts';
import type { Claim } from './claim.ts';
import { familyOfService, familyOfTexts } from './families.ts';
import { quoted, quotedList } from './go-text.ts';
import { addressRequestOf, poolRequestOf } from './requests.ts';
import type { Behaviour } from './versions.ts';

/** Addresses the status names and the pool that owns them. */
export interface Held {
  readonly addresses: readonly IpAddress[];
  readonly pool: string;
}

/** What is left of a Service's present status before anything new is looked for. */
export interface Retention {
  readonly held: Held | undefined;
  readonly loses: Loss | undefined;
  readonly events: readonly ExpectedEvent[];
  /** Set when the controller gives up here; `touched` is false when it has not even looked at the addresses. */
  readonly stop:
    | { readonly reason: RefusalReason; readonly message: string; readonly touched: boolean }
    | undefined;
}

const nothing: Retention = { held: undefined, loses: undefined, events: [], stop: undefined };

/** Whether the Service keeps what its status says, by the rules in the order the controller applies them. */
export function retentionOf(state: AllocatorState, service: Service, claim: Claim): Retention {
  const texts = service.status.ingress.map(({ ip }) => ip ?? '').filter((ip) => ip !== '');
  if (texts.length === 0) {
    return nothing;
  }
  const parsed = texts.map(parseAddress);
  const canonical = parsed.map((address) => address ?? '<nil>');
  const statusFamily = familyOfTexts(canonical);
  const unreadable =
    statusFamily.kind === 'family'
      ? []
      : [
          warning(
            'nolbIPsIPFamily',
            `Failed to retrieve LBIPs IPFamily for ${quotedList(canonical)}: ${statusFamily.message}`,
          ),
        ];
  const serviceFamily = familyOfService(service);
  if (serviceFamily.kind === 'unknown') {
    return withoutClusterFamily(service, serviceFamily.message, unreadable);
  }
  const lost = (because: LossReason): Loss => ({ addresses: texts, pool: undefined, because });
  if (statusFamily.kind === 'unknown') {
    return { ...nothing, events: unreadable, loses: lost({ kind: 'status-unreadable' }) };
  }
  const tolerant = toleratesAnyFamily(service, serviceFamily.family, state.behaviour);
  if (statusFamily.family !== serviceFamily.family && !tolerant) {
    const { family: from } = statusFamily;
    return {
      ...nothing,
      loses: lost({ kind: 'family-changed', from, to: serviceFamily.family }),
    };
  }
  const addresses = parsed.filter((address) => address !== undefined);
  return againstRequests(state, service, againstPools(state, claim, { addresses, lost }));
}

interface Current {
  readonly addresses: readonly IpAddress[];
  readonly lost: (because: LossReason) => Loss;
}

type Checked = Current & Retention;

function againstPools(state: AllocatorState, claim: Claim, current: Current): Checked {
  const verdict = assignVerdict(state, claim, current.addresses);
  if (verdict.kind === 'fits') {
    const { addresses } = current;
    return { ...current, ...nothing, held: { addresses, pool: verdict.pool } };
  }
  const { message, reason } = verdict;
  const obstacle = reason.kind === 'requested-address-held' ? reason.obstacle : undefined;
  const cleared: ExpectedEvent = {
    type: 'Normal',
    reason: 'ClearAssignment',
    message:
      `current IP for ${quoted(claim.key)} not allowed by config, ` +
      `will attempt for new IP assignment: ${message}`,
  };
  const loses = current.lost({ kind: 'not-allowed', message, obstacle });
  return { ...current, ...nothing, events: [cleared], loses };
}

/** A bad request is noticed only here, so it leaves a valid status alone; with nothing left it costs the address. */
function againstRequests(state: AllocatorState, service: Service, checked: Checked): Retention {
  const { held, events, lost } = checked;
  const pool = poolRequestOf(service, state.behaviour);
  const moves = held !== undefined && pool !== undefined && held.pool !== pool;
  const loses = moves ? inPool(lost({ kind: 'other-pool-requested', pool }), held) : checked.loses;
  const kept = moves ? undefined : held;
  const request = addressRequestOf(service, state.behaviour);
  switch (request.kind) {
    case 'none':
      return { held: kept, loses, events, stop: undefined };
    case 'invalid': {
      const { reason, message } = request;
      const failed = warning(
        'LoadBalancerFailed',
        `invalid requested loadbalancer IPs: ${message}`,
      );
      const stop = { reason, message, touched: true };
      return { held: kept, loses, events: [...events, failed], stop };
    }
    case 'addresses': {
      const wanted = inTextOrder(request.addresses);
      if (kept === undefined || inTextOrder(kept.addresses).join() === wanted.join()) {
        const sorted = kept && { addresses: wanted, pool: kept.pool };
        return { held: sorted, loses, events, stop: undefined };
      }
      const because = { kind: 'other-address-requested', requested: request.addresses } as const;
      return { ...nothing, events, loses: inPool(lost(because), kept) };
    }
  }
}

function withoutClusterFamily(
  { spec }: Service,
  message: string,
  before: readonly ExpectedEvent[],
): Retention {
  const failed = warning(
    'noclusterIPsIPFamily',
    `Failed to retrieve ClusterIPs IPFamily for ${quotedList(spec.clusterIPs)} ${spec.clusterIP ?? ''}: ${message}`,
  );
  const reason = { kind: 'cluster-ips-unreadable', clusterIPs: spec.clusterIPs } as const;
  return { ...nothing, events: [...before, failed], stop: { reason, message, touched: false } };
}

/** A PreferDualStack Service with two cluster IPs may hold any family; everybody else must match. */
function toleratesAnyFamily(
  { spec }: Service,
  cluster: StackFamily,
  behaviour: Behaviour,
): boolean {
  const prefers = cluster === 'dual' && spec.ipFamilyPolicy === 'PreferDualStack';
  return prefers && behaviour.settlesForOneFamily;
}

/** Byte order of the text, not of the number: `2001:db8::2` goes before `203.0.113.2`. */
function inTextOrder(addresses: readonly IpAddress[]): readonly IpAddress[] {
  return addresses.toSorted((left, right) => (left < right ? -1 : Number(left > right)));
}

function inPool(loss: Loss, held: Held): Loss {
  return { ...loss, pool: held.pool };
}
