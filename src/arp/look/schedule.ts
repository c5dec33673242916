/** At most five questions a second are put about one address. */
const leastIntervalMs = 200;

/** When the questions are put, in milliseconds from the first, and how long is listened. */
export interface Schedule {
  readonly questionsAt: readonly number[];
  readonly windowMs: number;
  /** What the last question is left, also when it was put later than planned. */
  readonly restMs: number;
}

/** How a look is spread over its window. */
export interface Wish {
  readonly questions: number;
  readonly windowMs: number;
  readonly isProbe: boolean;
}

/** How fast is asked, and how long is listened after the last question. */
interface Pace {
  readonly atLeastMs: number;
  readonly atMostMs: number;
  readonly restMs: number;
  /** What the last question is left at any rate. */
  readonly leastRestMs: number;
}

/**
 * Spreads the questions over the window and leaves room after the last one. Who asks whether an address is free waits
 * one to two seconds between and two after (RFC 5227). A window too short for that many questions grows.
 */
export function scheduleFor({ questions, windowMs, isProbe }: Wish): Schedule {
  const { atLeastMs, atMostMs, restMs, leastRestMs } = isProbe ? probing : whoPace(windowMs);
  const even = questions < 2 ? 0 : (windowMs - restMs) / (questions - 1);
  const interval = Math.max(atLeastMs, Math.min(atMostMs, even));
  const questionsAt = Array.from({ length: questions }, (_, index) => Math.round(index * interval));
  return {
    questionsAt,
    windowMs: Math.max(windowMs, (questionsAt.at(-1) ?? 0) + leastRestMs),
    restMs: leastRestMs,
  };
}

const probing: Pace = { atLeastMs: 1_000, atMostMs: 2_000, restMs: 2_000, leastRestMs: 2_000 };

function whoPace(windowMs: number): Pace {
  const restMs = Math.min(1_000, windowMs * 0.25);
  return {
    atLeastMs: leastIntervalMs,
    atMostMs: 1_000,
    restMs,
    leastRestMs: leastIntervalMs,
  };
}
