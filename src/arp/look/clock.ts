/** Time, as a look needs it. */
export interface WireClock {
  now(): Date;
  /** Milliseconds that no change of the date can turn back. */
  elapsedMs(): number;
  /** Ends early, without an error, when stopped. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The clocks of this machine. */
export const realClock: WireClock = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end);
    }),
};
