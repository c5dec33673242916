import type { CauseId, Remedy } from '../../../core/facts/finding.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import type { Installation } from '../../../core/facts/snapshot.ts';
import type { Backends } from './backends.ts';
import type { FailedCall } from './calls.ts';

/** All that decides which of the reasons it is. */
export interface CallScene {
  readonly call: FailedCall;
  readonly backends: Backends;
  readonly installation: Installation;
  readonly services: readonly Service[];
  /** The Service that was asked, when it was read. */
  readonly asked: Service | undefined;
}

/** One of the reasons behind "failed calling webhook", and what to do about it. */
export interface CallTelling {
  readonly cause: CauseId;
  readonly says: string;
  readonly details: readonly string[];
  readonly suggests: readonly Remedy[];
}
