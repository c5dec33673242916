/** What came of one recorded case. */
export interface Verdict {
  readonly id: string;
  readonly version: string;
  readonly mode: string;
  /** File and line. */
  readonly where: string;
  /** What is not as recorded and must be: addresses, pools, configuration, admission, the set of possible addresses. */
  readonly disagreement: Disagreement | undefined;
  /** The first event, text or figure that differs where the rest agrees. */
  readonly detail: Disagreement | undefined;
  /** How many answers were held to the addresses that were recorded, in cases with several courses. */
  readonly sets: number;
  /** Recorded courses of the case that none of our draws led to, though some led to another one. */
  readonly notFollowed?: number;
}

export interface Disagreement {
  /** From one. */
  readonly step: number;
  readonly steps: number;
  /** What was done in this step. */
  readonly did: string;
  readonly why: string;
  readonly recorded: readonly string[];
  readonly ours: string;
}

/** Judges one recorded case. */
export type Judge<Recorded> = (recorded: Recorded, where: string) => Verdict;
