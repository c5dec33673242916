import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../../src/checks/diagnose.ts';
import type { ContainerState } from '../../../../src/core/facts/kube-objects.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { aPod } from '../../../builders/programs.ts';
import { aPool } from '../../../builders/some-objects.ts';

const finishedAt = '2026-03-14T03:11:40Z';
const backOff = { state: 'waiting', reason: 'CrashLoopBackOff' } as const;

function rootOf(end: Omit<ContainerState, 'state'>, log: readonly string[] = []) {
  const lastState = { state: 'terminated', finishedAt, ...end } as const;
  const pods = ['n1', 'n2'].map((node) =>
    aPod('speaker', { name: `speaker-${node}`, node, restarts: 9, state: backOff, lastState }),
  );
  const snapshot = aSnapshot()
    .withPool(aPool('lan', '10.4.11.10/28'))
    .with('pods', aPod('controller'), ...pods)
    .withLog('speaker-n1', log)
    .build();
  const { rootCauses } = diagnose({ symptom: 'health', snapshot, subject: undefined });
  return rootCauses.find(({ cause }) => cause === 'speaker-crash-looping');
}

describe('a program that ends again and again', () => {
  test('killed from outside, it is asked who did it and not what it said', () => {
    const root = rootOf({ exitCode: 137, reason: 'Error' });
    expect(root?.details.join()).toContain('liveness probe');
    expect(root?.remedies[0]?.command).toContain('describe pod speaker-n1');
  });

  test('out of memory, it wants another limit', () => {
    const root = rootOf({ exitCode: 137, reason: 'OOMKilled' });
    expect(root?.details.join()).not.toContain('liveness');
    expect(root?.remedies[0]?.says).toContain('memory limit');
  });

  test('that never ran has no log to read', () => {
    const root = rootOf({ exitCode: 128, reason: 'StartError', message: 'no such profile' });
    expect(root?.details).toContain('it never ran: no such profile');
    expect(root?.remedies.map(({ command }) => command).join()).not.toContain('logs');
  });

  test('over a cache that never filled, it is told why it did not', () => {
    const root = rootOf({ exitCode: 1, reason: 'Error' }, [
      'E0314 03:11:12.101960       1 reflector.go:166] "Unhandled Error" err="Failed to watch *v1beta2.BGPPeer: failed to list *v1beta2.BGPPeer: conversion webhook for metallb.io/v1beta1, Kind=BGPPeer failed: Post \\"https://x.metallb-system.svc:443/convert\\": dial tcp 10.96.3.9:443: connect: connection refused"',
      '{"level":"error","ts":"2026-03-14T03:11:39Z","error":"failed to wait for bgppeer caches to sync: timed out waiting for cache to be synced","msg":"failed to run k8s client"}',
    ]);
    expect(root?.says).toBe(`MetalLB's speaker crashes again and again`);
    expect(root?.details.join()).toContain('convert BGPPeers');
  });
});

test('a controller whose old pod serves through a stuck roll-out is a warning', () => {
  const lastState = { state: 'terminated', finishedAt, exitCode: 1 } as const;
  const fresh = aPod('controller', { name: 'fresh', restarts: 9, state: backOff, lastState });
  const snapshot = aSnapshot()
    .withPool(aPool('lan', '10.4.11.10/28'))
    .with('pods', aPod('controller', { name: 'old' }), fresh, aPod('speaker'))
    .build();
  const { rootCauses } = diagnose({ symptom: 'health', snapshot, subject: undefined });
  const root = rootCauses.find(({ cause }) => cause === 'controller-crash-looping');
  expect(root?.severity).toBe('warning');
  expect(root?.details.join()).toContain('old on n1 serves meanwhile');
});
