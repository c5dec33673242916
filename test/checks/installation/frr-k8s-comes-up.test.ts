import { describe, expect, test } from 'vitest';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aPod, aWorkload } from '../../builders/programs.ts';
import { aBGPAdvertisement, aPool, home, named } from '../../builders/some-objects.ts';
import { told, verdictOf } from '../case.ts';

const labels = { app: 'frr-k8s' };
const daemonSet = (namespace: string, ready: number) => {
  const speaker = aWorkload('speaker');
  const { template } = speaker.spec;
  return {
    ...speaker,
    metadata: named('frr-k8s', { namespace }),
    spec: { ...speaker.spec, template: { ...template, labels } },
    status: { ...speaker.status, ready },
  };
};
const cluster = aSnapshot()
  .withPool(aPool('lan', '10.4.11.0/28'))
  .with('bgpAdvertisements', aBGPAdvertisement('lan'));
const asked = cluster.withInstallation({ bgpType: 'frr-k8s' });
const verdict = (builder: typeof cluster) => verdictOf('MLB-I49', builder, undefined);

describe('FRR-K8s in a namespace of its own', () => {
  const elsewhere = (ready: number) =>
    asked.with('daemonSets', aWorkload('speaker'), daemonSet('frr-k8s-system', ready));

  test('is told by its DaemonSet when its pods were not read', () => {
    expect(told(verdict(elsewhere(0)))).toEqual([
      {
        cause: 'speaker-frr-failing',
        severity: 'error',
        about: 'DaemonSet frr-k8s-system/frr-k8s',
        affects: [],
        says: 'FRR-K8s (frr-k8s) does not come up: 0 of 3 pods are ready, so nobody speaks BGP there',
        details: [
          'its pods in frr-k8s-system were not read; its DaemonSet counts them',
          'the speakers only hand it their configuration, and look well without it; layer 2 does not need it',
        ],
        because: ['field: status.numberReady is 0'],
        against: [],
        commands: [
          'kubectl -n frr-k8s-system get pods -o wide',
          'kubectl -n frr-k8s-system describe daemonset frr-k8s',
        ],
      },
    ]);
  });

  test('is no error while some of it works', () => {
    expect(told(verdict(elsewhere(2)))).toMatchObject([{ severity: 'warning' }]);
  });

  test('is not ruled out by a DaemonSet that counts all pods as ready', () => {
    expect(verdict(elsewhere(3))).toMatchObject({
      verdict: 'skipped',
      why: 'the pods of FRR-K8s in frr-k8s-system were not read',
    });
  });
});

test('no FRR-K8s within reach rules nothing out', () => {
  expect(verdict(asked)).toMatchObject({
    verdict: 'skipped',
    why: 'no DaemonSet of FRR-K8s is within reach',
  });
});

test('beside speakers that do not say who speaks BGP for them it need not matter', () => {
  const { metadata, ...pod } = aPod('speaker', {
    restarts: 8,
    state: { state: 'waiting', reason: 'CrashLoopBackOff' },
  });
  const builder = cluster
    .with('daemonSets', aWorkload('speaker'), daemonSet(home, 0))
    .with('pods', aPod('controller'), {
      ...pod,
      metadata: { ...metadata, name: 'frr-k8s-x', labels },
    });
  expect(told(verdict(builder))).toMatchObject([
    {
      severity: 'warning',
      says: 'FRR-K8s (frr-k8s) does not come up: frr-k8s-x on n1',
      details: [
        'frr-k8s-x: container speaker crashes (8 restarts, its exit code is not known)',
        'the speakers are not set to use it (METALLB_BGP_TYPE is not frr-k8s), so they speak BGP themselves; it matters to whoever else set it up',
      ],
    },
  ]);
});

test('pods whose exporter alone fails are not those where nobody speaks BGP', () => {
  const waiting = (name: string, container: string) => {
    const { metadata, status, ...pod } = aPod('speaker', {
      name,
      node: `on-${container}`,
      restarts: 8,
      state: { state: 'waiting', reason: 'CrashLoopBackOff' },
    });
    const containerStatuses = status.containerStatuses.map((each) => ({
      ...each,
      name: container,
    }));
    return { ...pod, metadata: { ...metadata, labels }, status: { ...status, containerStatuses } };
  };
  const builder = asked
    .with('daemonSets', aWorkload('speaker'), daemonSet(home, 1))
    .with('pods', waiting('frr-k8s-a', 'frr-metrics'), waiting('frr-k8s-b', 'frr'));
  expect(told(verdict(builder))).toMatchObject([
    {
      severity: 'warning',
      says: 'FRR-K8s (frr-k8s) does not come up, so nobody speaks BGP there: frr-k8s-b on on-frr',
      details: [
        'frr-k8s-b: container frr crashes (8 restarts, its exit code is not known)',
        'the speakers only hand it their configuration, and look well without it; layer 2 does not need it',
      ],
      because: ['field: status.conditions[Ready] is False'],
      commands: [
        `kubectl -n ${home} describe pod frr-k8s-b`,
        `kubectl -n ${home} logs frr-k8s-b --all-containers --tail=50`,
      ],
    },
  ]);
});
