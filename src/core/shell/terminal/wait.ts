import { OutsideError } from '../../facts/errors.ts';

/** How a look is repeated. Times are milliseconds. */
export interface Waiting<L> {
  readonly look: () => Promise<L>;
  /** True when nothing more is to be waited for. */
  readonly isDone: (look: L) => boolean;
  /** Called with each look that was not enough. */
  readonly told: (look: L) => void;
  /** Called when a later look failed. */
  readonly missed: (error: OutsideError) => void;
  readonly forMs: number;
  readonly everyMs: number;
  readonly now: () => number;
  /** Ends early when the person stops the program. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly isStopped: () => boolean;
}

/**
 * Looks until it is enough, or the time is up; the last time at its very end. A cluster that cannot be reached for a
 * moment ends nothing: only the first look must succeed, and the last answer there is counts.
 */
export async function lookUntil<L>(waiting: Waiting<L>): Promise<L> {
  const { isDone, told, sleep, isStopped, everyMs, now } = waiting;
  const deadline = now() + waiting.forMs;
  let last = await waiting.look();
  while (!isDone(last) && now() < deadline) {
    told(last);
    await sleep(Math.min(everyMs, deadline - now()));
    if (isStopped()) {
      break;
    }
    last = await lookOr(last, waiting);
  }
  return last;
}

async function lookOr<L>(last: L, { look, missed }: Waiting<L>): Promise<L> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof OutsideError)) {
      throw error;
    }
    missed(error);
    return last;
  }
}
