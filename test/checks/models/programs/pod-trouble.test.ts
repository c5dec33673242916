import { describe, expect, test } from 'vitest';
import { troubleOf } from '../../../../src/checks/models/programs/pod-trouble.ts';
import type { ContainerState } from '../../../../src/core/facts/kube-objects.ts';
import { aSnapshot, now } from '../../../builders/a-snapshot.ts';
import { aPod, type PodWords } from '../../../builders/programs.ts';
import { aPool } from '../../../builders/some-objects.ts';
import { told, verdictOf } from '../../case.ts';

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

describe('a pod that is not Ready although its containers are', () => {
  const unready = { name: 'istio-proxy', image: 'proxyv2', ready: false, restartCount: 0 };
  const sidecar = { ...unready, state: { state: 'running' as const } };
  const pod = aPod('controller');
  const withReady = (condition: object, ...initContainerStatuses: (typeof sidecar)[]) => ({
    ...pod,
    status: {
      ...pod.status,
      conditions: [{ type: 'Ready', status: 'False', ...condition }],
      initContainerStatuses,
    },
  });

  test('waits for what the kubelet says', () => {
    const message = 'containers with unready status: [istio-proxy]';
    const cut = withReady({ reason: 'ContainersNotReady', message });
    expect(troubleOf(cut, now)).toEqual({ kind: 'not-ready', says: message });
  });

  test('waits for a sidecar that stands among the init containers', () => {
    expect(troubleOf(withReady({}, sidecar), now)).toEqual({
      kind: 'not-ready',
      says: 'it runs, but its readiness probe fails',
    });
  });

  test('is not cut off when its node answers', () => {
    const builder = aSnapshot().withPool(aPool('lan', '10.4.11.0/28'));
    const verdict = verdictOf('MLB-I06', builder.with('pods', withReady({})), undefined);
    expect(told(verdict)).toMatchObject([
      {
        says: `MetalLB's controller is not ready: its containers are ready, and the pod is not marked so yet`,
        commands: [expect.stringContaining('describe pod'), expect.stringContaining('logs')],
      },
    ]);
  });
});
