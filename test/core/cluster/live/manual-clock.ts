import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../../../src/core/facts/ports.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is moved on. */
export interface ManualClock extends Clock {
  /** How long each sleeper wanted to sleep, in the order they lay down. */
  readonly slept: readonly number[];
  /** Moves time on, little by little, until the promise is settled. */
  until<T>(promise: Promise<T>): Promise<T>;
}

const stepMs = 50;

/** A clock whose time passes only while something is waited for with `until`. */
export function manualClock(): ManualClock {
  let now = Date.parse('2026-03-14T03:12:40Z');
  let sleepers: readonly Sleeper[] = [];
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(now),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        slept.push(ms);
        const sleeper = { until: now + ms, wake: resolve };
        sleepers = [...sleepers, sleeper];
        const stop = () => {
          sleepers = sleepers.filter((each) => each !== sleeper);
          reject(new Error('stopped'));
        };
        if (signal.aborted) {
          stop();
        }
        signal.addEventListener('abort', stop, { once: true });
      }),
    async until(promise) {
      let isSettled = false;
      const settle = () => {
        isSettled = true;
      };
      promise.then(settle, settle);
      while (!isSettled) {
        await turn();
        now += stepMs;
        const due = sleepers.filter(({ until }) => until <= now);
        sleepers = sleepers.filter(({ until }) => until > now);
        for (const { wake } of due) {
          wake();
        }
      }
      return await promise;
    },
  };
}
