import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  readonly timeoutMs?: number;
  readonly everyMs?: number;
}

/** Tries until `attempt` gives something; a time-out says what was awaited and what stood in the way last. */
export async function eventually<T>(
  what: string,
  attempt: () => Promise<T | undefined>,
  patience: Patience = {},
): Promise<T> {
  const timeoutMs = patience.timeoutMs ?? 180_000;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const outcome = await attempt().then(
      (value) => ({ value, obstacle: 'not yet' }),
      (error: unknown) => ({ value: undefined, obstacle: error }),
    );
    if (outcome.obstacle instanceof GivenUp) {
      throw outcome.obstacle;
    }
    if (outcome.value !== undefined) {
      return outcome.value;
    }
    if (performance.now() > deadline) {
      const last = outcome.obstacle;
      const says = last instanceof Error ? last.message : String(last);
      throw new Error(`waited ${timeoutMs} ms for ${what}, last: ${says}`, { cause: last });
    }
    await sleep(patience.everyMs ?? 100);
  }
}

/** Thrown by an attempt that can never succeed any more: it ends the waiting at once. */
export class GivenUp extends Error {}
