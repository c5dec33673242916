import { expect, test } from 'vitest';
import type { Pod } from '../../../src/core/facts/kube-objects.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aPod, aWorkload } from '../../builders/programs.ts';
import {
  aBGPAdvertisement,
  aNode,
  aPool,
  aSlice,
  home,
  named,
} from '../../builders/some-objects.ts';
import { serviceIn, verdictOf } from '../case.ts';

const key = 'shop/web';
const label = 'node.kubernetes.io/exclude-from-external-load-balancers';
const labels = { app: 'frr-k8s' };
const nodes = ['n1', 'n2', 'n3'];

const router64501 = {
  kind: 'BGPPeer' as const,
  metadata: named('router-a', { namespace: home }),
  spec: {
    myASN: 64_500,
    peerASN: 64_501,
    peerAddress: '10.0.0.254',
    nodeSelectors: [],
    hasPassword: false,
  },
};

const frrk8s = {
  ...aWorkload('speaker'),
  metadata: named('frr-k8s', { namespace: home }),
  spec: { template: { ...aWorkload('speaker').spec.template, labels } },
};

const crashed = (container: string) => ({
  name: container,
  image: 'quay.io/frrouting/frr:10.4.1',
  ready: false,
  restartCount: 40,
  state: { state: 'waiting' as const, reason: 'CrashLoopBackOff' },
  lastState: {
    state: 'terminated' as const,
    exitCode: 137,
    reason: 'OOMKilled',
    finishedAt: '2026-03-14T03:11:40Z',
  },
});

const unplaced = (node: string) => {
  const pod = aPod('speaker', { name: `frr-k8s-${node}`, unscheduled: 'insufficient memory' });
  return { ...pod, metadata: { ...pod.metadata, labels } };
};

const router = (node: string, container: string | undefined) => {
  const pod = aPod('speaker', { name: `frr-k8s-${node}`, node, ready: container === undefined });
  return {
    ...pod,
    metadata: { ...pod.metadata, labels },
    status: {
      ...pod.status,
      containerStatuses:
        container === undefined ? pod.status.containerStatuses : [crashed(container)],
    },
  };
};

/** Three nodes, of which the first may not advertise; a container of FRR-K8s crashes on some. */
const crashing = (container: string, ...where: readonly string[]) =>
  faring((node) => router(node, where.includes(node) ? container : undefined));

/** The pods of FRR-K8s that belong on these nodes cannot be placed anywhere. */
const unplacedOn = (...where: readonly string[]) =>
  faring((node) => (where.includes(node) ? unplaced(node) : router(node, undefined)));

const faring = (routerOf: (node: string) => Pod) => {
  const builder = aSnapshot()
    .withInstallation({ bgpType: 'frr-k8s' })
    .withPool(aPool('wan', '10.4.11.0/28'))
    .with('l2Advertisements')
    .with('bgpAdvertisements', aBGPAdvertisement('edge'))
    .with('bgpPeers', router64501)
    .with(
      'nodes',
      aNode('n1', '10.0.0.1', { [label]: '' }),
      aNode('n2', '10.0.0.2'),
      aNode('n3', '10.0.0.3'),
    )
    .with('services', aService(key, { ip: '10.4.11.2' }))
    .with('endpointSlices', aSlice(key, [{ addresses: ['10.244.0.5'], ready: true }]))
    .with('daemonSets', aWorkload('speaker'), frrk8s)
    .with(
      'pods',
      ...nodes.map((node) => aPod('speaker', { name: `speaker-${node}`, node })),
      ...nodes.map(routerOf),
    );
  const verdict = verdictOf('MLB-B11', builder, serviceIn(builder.build(), key));
  return verdict.verdict === 'fail'
    ? verdict.findings.map(({ severity, details }) => ({ severity, last: details.at(-1) }))
    : verdict.verdict;
};

test('FRR that fails on every node that may advertise ends the way, however well it does elsewhere', () => {
  expect(crashing('frr', 'n2', 'n3')).toMatchObject([{ severity: 'error' }]);
});

test('one node that advertises and has FRR is left', () => {
  expect(crashing('frr', 'n1', 'n3')).toEqual([
    { severity: 'warning', last: '1 of 2 nodes that advertise the address have it: n2' },
  ]);
});

test('what only measures FRR ends no session', () => {
  expect(crashing('frr-metrics', ...nodes)).toEqual([
    {
      severity: 'warning',
      last: 'what crashes only measures: sessions go on without it, and nobody sees their figures',
    },
  ]);
});

test('pods that no node takes are not known to be elsewhere: without any FRR nobody advertises', () => {
  expect(unplacedOn(...nodes)).toMatchObject([{ severity: 'error' }]);
});

test('of one pod that no node takes nothing is said of the nodes that have FRR', () => {
  expect(unplacedOn('n3')).toEqual([
    {
      severity: 'warning',
      last: 'the speakers only hand it their configuration, and look well without it; layer 2 does not need it',
    },
  ]);
});

test('beside a pod that no node takes nobody can tell which nodes are left', () => {
  const mixed = faring((node) => {
    if (node === 'n3') {
      return unplaced(node);
    }
    return router(node, node === 'n2' ? 'frr' : undefined);
  });
  expect(mixed).toEqual([
    {
      severity: 'warning',
      last: 'the speakers only hand it their configuration, and look well without it; layer 2 does not need it',
    },
  ]);
});

test('FRR that runs everywhere is no finding', () => {
  expect(crashing('frr')).toBe('pass');
});
