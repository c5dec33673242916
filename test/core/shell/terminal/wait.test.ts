import { describe, expect, test } from 'vitest';
import { Bug, OutsideError } from '../../../../src/core/facts/errors.ts';
import { lookUntil } from '../../../../src/core/shell/terminal/wait.ts';

/** A clock that only sleeping moves, and looks that come in this order; the last one stays. */
function scene(looks: readonly (string | Error)[], forMs: number, stopsAt = Infinity) {
  let time = 0;
  const told: string[] = [];
  const missed: string[] = [];
  const lookedAt: number[] = [];
  const waiting = {
    look: async () => {
      const look = looks[Math.min(lookedAt.length, looks.length - 1)] ?? '';
      lookedAt.push(time);
      if (look instanceof Error) {
        throw look;
      }
      return look;
    },
    isDone: (look: string) => look === 'well',
    told: (look: string) => told.push(look),
    missed: ({ message }: OutsideError) => missed.push(message),
    forMs,
    everyMs: 2_000,
    now: () => time,
    sleep: async (ms: number) => {
      time += ms;
    },
    isStopped: () => time >= stopsAt,
  };
  return { waiting, told, missed, lookedAt };
}

const away = new OutsideError('the server did not answer');

describe('looking until all is well', () => {
  test('one look is enough without a time to wait', async () => {
    const { waiting, told, lookedAt } = scene(['sick'], 0);
    expect(await lookUntil(waiting)).toBe('sick');
    expect({ told, lookedAt }).toEqual({ told: [], lookedAt: [0] });
  });

  test('a time shorter than the pause still gives a second look, at its end', async () => {
    const { waiting, lookedAt } = scene(['sick', 'well'], 1_000);
    expect(await lookUntil(waiting)).toBe('well');
    expect(lookedAt).toEqual([0, 1_000]);
  });

  test('the last look is at the deadline', async () => {
    const { waiting, told, lookedAt } = scene(['sick'], 5_000);
    expect(await lookUntil(waiting)).toBe('sick');
    expect(lookedAt).toEqual([0, 2_000, 4_000, 5_000]);
    expect(told).toEqual(['sick', 'sick', 'sick']);
  });

  test('a cluster that is away for a moment ends nothing', async () => {
    const { waiting, missed, lookedAt } = scene(['sick', away, 'well'], 60_000);
    expect(await lookUntil(waiting)).toBe('well');
    expect(missed).toEqual(['the server did not answer']);
    expect(lookedAt).toEqual([0, 2_000, 4_000]);
  });

  test('a cluster that stays away leaves the last answer', async () => {
    const { waiting } = scene(['sick', away], 5_000);
    expect(await lookUntil(waiting)).toBe('sick');
  });

  test('a cluster that is away at the first look is told at once', async () => {
    const { waiting } = scene([away, 'well'], 60_000);
    await expect(lookUntil(waiting)).rejects.toBe(away);
  });

  test('no other error is waited out', async () => {
    const bug = new Bug('ours');
    const { waiting } = scene(['sick', bug, 'well'], 60_000);
    await expect(lookUntil(waiting)).rejects.toBe(bug);
  });

  test('stopped by the person it keeps the last answer', async () => {
    const { waiting, lookedAt } = scene(['sick', 'well'], 60_000, 1);
    expect(await lookUntil(waiting)).toBe('sick');
    expect(lookedAt).toEqual([0]);
  });
});
