/** At most five questions a second are put about one address. */
const leastIntervalMs = 200;

/** When the questions are put, in milliseconds from the first, and how long is listened. */
export interface Schedule {
  readonly questionsAt: readonly number[];
  readonly windowMs: number;
}

/** How a look is spread over its window. */
export interface Wish {
  readonly questions: number;
  readonly windowMs: number;
  readonly isProbe: boolean;
}

/**
 * Spreads the questions over the window and leaves room after the last one. Who asks whether an address is free waits
 * longer between and after (RFC 5227: one to two seconds). A window too short for that many questions grows.
 */
export function scheduleFor({ questions, windowMs, isProbe }: Wish): Schedule {
  const pace = isProbe ? { atMost: 2_000, rest: 0.4 } : { atMost: 1_000, rest: 0.25 };
  const restMs = Math.min(pace.atMost, windowMs * pace.rest);
  const even = questions < 2 ? 0 : (windowMs - restMs) / (questions - 1);
  const interval = Math.max(leastIntervalMs, Math.min(pace.atMost, even));
  const questionsAt = Array.from({ length: questions }, (_, index) => Math.round(index * interval));
  return { questionsAt, windowMs: Math.max(windowMs, (questionsAt.at(-1) ?? 0) + leastIntervalMs) };
}
