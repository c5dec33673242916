import type { Allocation, RefusalReason, RefusalStage } from './answer.ts';
import type { Claim } from './claim.ts';
import type { ExpectedEvent } from './expected-event.ts';
import type { Loss } from './loss.ts';
import type { Held } from './retention.ts';

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

/** A refusal that says nothing and takes back what the Service has. */
export function cleared(stage: RefusalStage, reason: RefusalReason): NotGranted {
  return {
    kind: 'refused',
    stage,
    reason,
    message: undefined,
    events: [],
    after: 'cleared',
    kept: undefined,
  };
}

/** What the controller records when it hands something out. */
export function allocatedEvent(message: string): ExpectedEvent {
  return { type: 'Normal', reason: 'IPAllocated', message };
}
