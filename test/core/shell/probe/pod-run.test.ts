import { describe, expect, test } from 'vitest';
import { OutsideError } from '../../../../src/core/facts/errors.ts';
import {
  PodNotMade,
  type PodHands,
  type PodProgress,
} from '../../../../src/core/facts/pod-port.ts';
import { outputOf } from '../../../../src/core/shell/probe/pod-run.ts';

const of = { namespace: 'metallb-system', name: 'triage-look-1' };
const waiting = (reason: string, message?: string): PodProgress => ({
  phase: 'Pending',
  reason,
  message,
});
const done: PodProgress = { phase: 'Succeeded', reason: 'Completed', message: undefined };

/** Hands that go through these states, and remember what was done with them. */
function hands(states: readonly (PodProgress | undefined)[], more: Partial<PodHands> = {}) {
  const deeds: string[] = [];
  const left = [...states];
  const port: PodHands = {
    create: async () => void deeds.push('create'),
    progress: async () => (left.length > 1 ? left.shift() : left[0]),
    log: async () => {
      deeds.push('log');
      return 'said';
    },
    remove: async () => {
      deeds.push('remove');
      return 'removed';
    },
    ...more,
  };
  return { port, deeds };
}

function run(port: PodHands, signal = new AbortController().signal) {
  let ms = 0;
  const told: string[] = [];
  const clock = {
    now: () => new Date(ms),
    sleep: async (by: number, stop: AbortSignal) => {
      stop.throwIfAborted();
      ms += by;
    },
  };
  const parts = { hands: port, clock, of, manifest: {}, limitMs: 5_000 };
  return { told, output: outputOf({ ...parts, left: (why) => told.push(why) }, signal) };
}

describe('a Pod that is run once', () => {
  test('is made, awaited, read and taken away', async () => {
    const { port, deeds } = hands([waiting('ContainerCreating'), done]);
    expect(await run(port).output).toBe('said');
    expect(deeds).toEqual(['create', 'log', 'remove']);
  });

  test.each([
    [
      'its image cannot be pulled',
      waiting('ErrImagePull', 'not found'),
      /image .* cannot be had: ErrImagePull: not found/,
    ],
    [
      'its name is no image',
      waiting('InvalidImageName'),
      /image .* cannot be had: InvalidImageName/,
    ],
    [
      'its container cannot be made',
      waiting('CreateContainerError', 'no sh'),
      /does not start: CreateContainerError: no sh/,
    ],
    [
      'the kubelet refuses it',
      { phase: 'Failed', reason: 'OutOfpods', message: 'full' },
      /does not run the Pod: OutOfpods: full/,
    ],
    ['somebody deletes it', undefined, /was deleted by somebody/],
    [
      'it is never taken up',
      waiting('ContainerCreating'),
      /was not done after 5 s: Pending \(ContainerCreating\)/,
    ],
  ])('is taken away when %s', async (_, state, message) => {
    const { port, deeds } = hands([state]);
    const { output } = run(port);
    await expect(output).rejects.toThrow(message);
    await expect(output).rejects.toThrow(OutsideError);
    expect(deeds).toEqual(['create', 'remove']);
  });

  test('is taken away when the answer to its making was lost', async () => {
    const { port, deeds } = hands([done], {
      create: () => Promise.reject(new OutsideError('broke')),
    });
    await expect(run(port).output).rejects.toThrow('broke');
    expect(deeds).toEqual(['remove']);
  });

  test('is taken away when the server makes it after the first attempt to do so', async () => {
    const answers = ['absent', 'absent', 'removed'] as const;
    const removals: string[] = [];
    const { port } = hands([done], {
      create: () => Promise.reject(new OutsideError('stopped while it was on its way')),
      remove: async () => {
        const answer = answers[removals.length] ?? 'absent';
        removals.push(answer);
        return answer;
      },
    });
    const { told, output } = run(port);
    await expect(output).rejects.toThrow('on its way');
    expect([removals, told]).toEqual([answers, []]);
  });

  test('that may have been made and does not show up is told, after ten seconds', async () => {
    const removals: number[] = [];
    const { port } = hands([done], {
      create: () => Promise.reject(new OutsideError('broke')),
      remove: async () => {
        removals.push(1);
        return 'absent';
      },
    });
    const { told, output } = run(port);
    await expect(output).rejects.toThrow('broke');
    expect(removals).toHaveLength(20);
    expect(told).toEqual(['the answer to its making was lost, and it did not show up within 10 s']);
  });

  test('that was made and is gone already is not waited for', async () => {
    const { port } = hands([done], { remove: async () => 'absent' });
    const { told, output } = run(port);
    expect([await output, told]).toEqual(['said', []]);
  });

  test('that the server refused to make is not taken away, and nobody is told of it', async () => {
    const { port, deeds } = hands([done], {
      create: () => Promise.reject(new PodNotMade('forbidden')),
    });
    const { told, output } = run(port);
    await expect(output).rejects.toThrow('forbidden');
    expect([deeds, told]).toEqual([[], []]);
  });

  test('is taken away when somebody stops it', async () => {
    const stop = new AbortController();
    const { port, deeds } = hands([waiting('ContainerCreating')], {
      create: async () => stop.abort(),
    });
    await expect(run(port, stop.signal).output).rejects.toThrow(/abort/i);
    expect(deeds).toEqual(['remove']);
  });

  test('outlasts an API server that fails now and then, also while it is taken away', async () => {
    const fails = new Map([
      ['progress', 2],
      ['log', 1],
      ['remove', 2],
    ]);
    const failing = <T>(what: string, then: T) => {
      const left = fails.get(what) ?? 0;
      fails.set(what, left - 1);
      return left > 0 ? Promise.reject(new OutsideError('503')) : Promise.resolve(then);
    };
    const { port } = hands([done], {
      progress: () => failing('progress', done),
      log: () => failing('log', 'said'),
      remove: () => failing('remove', 'removed' as const),
    });
    const { told, output } = run(port);
    expect(await output).toBe('said');
    expect([told, fails.get('remove')]).toEqual([[], -1]);
  });

  test('that cannot be taken away is told, and its output is not lost', async () => {
    const { port } = hands([done], { remove: () => Promise.reject(new Error('no answer')) });
    const { told, output } = run(port);
    expect(await output).toBe('said');
    expect(told).toEqual(['no answer']);
  });

  test('that ended with an error is read all the same', async () => {
    const { port } = hands([{ phase: 'Failed', reason: 'Error', message: undefined }]);
    expect(await run(port).output).toBe('said');
  });
});
