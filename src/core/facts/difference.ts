import type { ExitCode } from './exit.ts';
import type { CauseId, CheckId, Diagnosis, Severity } from './finding.ts';
import type { ObjectRef } from './object-ref.ts';
import type { Installation, Target } from './snapshot.ts';

/** Version of the JSON that `triage diff` prints. Additive only within a major. */
export const differenceSchemaVersion = 'triage.diff/v1';

/** How near a change is to the Service in question, nearest first; without a Service MetalLB itself is nearest. */
export const reaches = ['service', 'pool', 'metallb', 'node', 'elsewhere'] as const;

export type Reach = (typeof reaches)[number];

/** One field that differs; undefined where it is not set. */
export interface FieldChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** One object that came, went or differs. */
export interface ObjectChange {
  readonly kind: 'came' | 'went' | 'changed';
  readonly about: ObjectRef;
  readonly reach: Reach;
  readonly fields: readonly FieldChange[];
}

/** An event that is only in the newer snapshot, or has been repeated since. */
export interface NewEvent {
  readonly about: ObjectRef;
  readonly reach: Reach;
  readonly reason: string;
  readonly message: string;
  readonly at: string | undefined;
}

/** The addresses of one Service, then and now. */
export interface AddressChange {
  readonly service: ObjectRef;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** A cause that stands in one of the two answers, or in both. */
export interface ComparedCause {
  readonly cause: CauseId;
  readonly check: CheckId;
  readonly severity: Severity;
  readonly about: ObjectRef;
  readonly says: string;
}

/** What could not be compared, and in which of the two it is not known. */
export interface Uncompared {
  readonly fact: string;
  readonly in: 'old' | 'new' | 'both';
  readonly why: string;
}

/** One of the two snapshots, and what it says by itself. */
export interface ComparedSide {
  readonly path: string;
  readonly takenAt: string;
  readonly target: Target;
  readonly installation: Installation | undefined;
  readonly outcome: Diagnosis['outcome'];
  readonly headline: string;
}

/** What changed between two snapshots, nearest to the Service in question first. */
export interface Difference {
  readonly subject: ObjectRef | undefined;
  readonly old: ComparedSide;
  readonly new: ComparedSide;
  readonly causes: {
    readonly came: readonly ComparedCause[];
    readonly went: readonly ComparedCause[];
    readonly stayed: readonly ComparedCause[];
  };
  readonly addresses: readonly AddressChange[];
  readonly changes: readonly ObjectChange[];
  readonly events: readonly NewEvent[];
  readonly uncompared: readonly Uncompared[];
  readonly notices: readonly string[];
}

/** What `triage diff` prints as JSON. */
export interface DifferenceReport extends Difference {
  readonly schemaVersion: typeof differenceSchemaVersion;
  readonly tool: { readonly name: 'triage'; readonly version: string };
  readonly command: string;
  readonly result: 'same' | 'changed' | 'unknown';
  readonly exitCode: ExitCode;
}
