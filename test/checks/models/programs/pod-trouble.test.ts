import { describe, expect, test } from 'vitest';
import { troubleOf } from '../../../../src/checks/models/programs/pod-trouble.ts';
import type { ContainerState } from '../../../../src/core/facts/kube-objects.ts';
import { now } from '../../../builders/a-snapshot.ts';
import { aPod, type PodWords } from '../../../builders/programs.ts';

const ended = (finishedAt: string, exitCode = 1, reason = 'Error'): ContainerState => ({
  state: 'terminated',
  exitCode,
  reason,
  finishedAt,
});
const justNow = '2026-03-14T03:10:40Z';
const longAgo = '2026-03-13T03:10:40Z';

function crash(restarts: number, exit: string, lastEnd: string | undefined) {
  return { kind: 'crash', container: 'controller', restarts, exit, lastEnd };
}

describe('a pod', () => {
  test.each<[string, PodWords, ReturnType<typeof troubleOf> | object]>([
    ['that serves', {}, undefined],
    ['that restarted long ago', { restarts: 9, lastState: ended(longAgo) }, undefined],
    ['that restarted once a moment ago', { restarts: 1, lastState: ended(justNow) }, undefined],
    [
      'that was restarted cleanly again and again',
      { restarts: 9, lastState: ended(justNow, 0, 'Completed') },
      undefined,
    ],
    [
      'that is up between two crashes',
      { restarts: 5, lastState: ended(justNow) },
      crash(5, 'exit code 1', justNow),
    ],
    [
      'in back-off',
      {
        restarts: 4,
        state: { state: 'waiting', reason: 'CrashLoopBackOff' },
        lastState: ended(justNow, 137, 'OOMKilled'),
      },
      crash(4, 'OOMKilled, exit code 137', justNow),
    ],
    ['that just ended badly', { state: ended(justNow, 2) }, crash(0, 'exit code 2', justNow)],
    [
      'that no node takes',
      { unscheduled: '0/3 nodes are available' },
      { kind: 'not-scheduled', says: '0/3 nodes are available' },
    ],
    [
      'whose image cannot be pulled',
      { state: { state: 'waiting', reason: 'ErrImagePull', message: 'not found' } },
      { kind: 'image', image: 'quay.io/metallb/controller:v0.15.3', says: 'not found' },
    ],
    [
      'that the container runtime cannot start',
      {
        restarts: 4,
        state: { state: 'waiting', reason: 'CrashLoopBackOff' },
        lastState: { ...ended(justNow, 128, 'StartError'), message: 'no such profile' },
      },
      { ...crash(4, 'StartError, exit code 128', justNow), unstarted: 'no such profile' },
    ],
    [
      'that is being created',
      { state: { state: 'waiting', reason: 'ContainerCreating' } },
      { kind: 'not-ready', says: 'ContainerCreating' },
    ],
  ])('%s', (_title, words, trouble) => {
    expect(troubleOf(aPod('controller', words), now)).toEqual(trouble);
  });
});

test('a pod whose node fell silent is not blamed for a probe', () => {
  const pod = aPod('speaker', { node: 'n7' });
  const conditions = pod.status.conditions.map((each) =>
    each.type === 'Ready' ? { ...each, status: 'False' } : each,
  );
  expect(troubleOf({ ...pod, status: { ...pod.status, conditions } }, now)).toEqual({
    kind: 'not-ready',
    says: 'its containers were ready when node n7 last reported, and the node does not answer now',
    silentNode: 'n7',
  });
});
