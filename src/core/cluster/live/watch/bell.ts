import type { Clock } from '../../../facts/ports.ts';

/** Wakes one sleeper; a ring while nobody sleeps is remembered. */
export class Bell {
  readonly #clock: Clock;
  #rung = false;
  #wake: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Sleeps until the bell rings or the time is over; true when it rang. */
  async sleep(ms: number, signal: AbortSignal): Promise<boolean> {
    if (!this.#rung && !signal.aborted) {
      const early = new AbortController();
      this.#wake = () => early.abort();
      const either = AbortSignal.any([signal, early.signal]);
      await this.#clock.sleep(ms, either).catch(() => undefined);
      this.#wake = undefined;
    }
    const hasRung = this.#rung;
    this.#rung = false;
    return hasRung;
  }
}
