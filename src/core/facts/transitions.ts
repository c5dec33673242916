import type { CauseId, CheckId, Diagnosis, Severity, SuppressedCause } from './finding.ts';
import type { ObjectRef } from './object-ref.ts';
import type { Receipt } from './snapshot.ts';

/** Version of the JSON lines that `triage watch` prints. Additive only within a major. */
export const watchSchemaVersion = 'triage.watch/v1';

/** A cause as a watcher tells it. */
export interface WatchedCause {
  readonly cause: CauseId;
  readonly check: CheckId;
  readonly severity: Severity;
  readonly about: ObjectRef;
  readonly says: string;
}

/** One thing that became different. */
export type Transition =
  | {
      readonly kind: 'outcome';
      readonly before: Diagnosis['outcome'];
      readonly after: Diagnosis['outcome'];
      readonly headline: string;
    }
  | { readonly kind: 'came'; readonly cause: WatchedCause }
  /** `seconds` since it came, when that was seen. */
  | { readonly kind: 'went'; readonly cause: WatchedCause; readonly seconds: number | undefined }
  | {
      readonly kind: 'address';
      readonly service: ObjectRef;
      readonly before: readonly string[];
      readonly after: readonly string[];
    }
  /** Facts that could be read and now cannot, or the other way round. */
  | { readonly kind: 'unread' | 'read-again'; readonly facts: readonly string[] };

/** One line of what a watcher prints. */
export type WatchLine =
  | {
      readonly kind: 'state';
      readonly outcome: Diagnosis['outcome'];
      readonly headline: string;
      readonly causes: readonly WatchedCause[];
      /** What is left out of them, when anything is. */
      readonly suppressed?: readonly SuppressedCause[];
    }
  | Transition
  | { readonly kind: 'trouble' | 'recovered'; readonly says: string }
  /** The Service in question was deleted, or made again. */
  | { readonly kind: 'gone' | 'back'; readonly service: string }
  | {
      readonly kind: 'end';
      readonly says: string;
      readonly seconds: number;
      readonly transitions: number;
      readonly evaluations: number;
      readonly receipt: Receipt;
      readonly exitCode: number;
    };
