import type { ExitCode } from './exit.ts';
import type { Installation, Receipt, Target } from './snapshot.ts';

/** What every answer about one cluster says of itself: who asked what, of whom, when, and at which cost. */
export interface ReportHead {
  readonly tool: { readonly name: 'triage'; readonly version: string };
  readonly command: string;
  readonly target: Target;
  readonly takenAt: string;
  readonly kubernetes: string | undefined;
  readonly installation: Installation | undefined;
  readonly exitCode: ExitCode;
  readonly receipt: Receipt;
  /** What the reader of a dump noticed: documents it could not use, a time it had to guess. */
  readonly notices: readonly string[];
  /** True when reading was cut off and the answer rests on a part. */
  readonly interrupted: boolean;
}
