import { describe, expect, test } from 'vitest';
import { aService } from '../../../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import { aPod, aWorkload } from '../../../builders/programs.ts';
import { anL2Advertisement, aPool, aSlice, home, named } from '../../../builders/some-objects.ts';
import { serviceIn, verdictOf } from '../../case.ts';

const key = 'shop/web';
const speaker = aWorkload('speaker');
const calico = {
  ...speaker,
  metadata: named('calico-node', { namespace: 'kube-system' }),
  spec: {
    ...speaker.spec,
    template: {
      ...speaker.spec.template,
      labels: { 'k8s-app': 'calico-node' },
      containers: speaker.spec.template.containers.map((container) => ({
        ...container,
        name: 'calico-node',
        image: 'docker.io/calico/node:v3.30.2',
        env: { CALICO_NETWORKING_BACKEND: 'bird' },
      })),
    },
  },
};

const withoutSpeaker = aSnapshot().withSnapshot({
  installations: [
    {
      namespace: home,
      controllerVersion: 'v0.15.3',
      controller: { kind: 'Deployment', name: 'controller' },
      ignoresExcludeLabel: false,
      foundBy: ['image quay.io/metallb/controller:v0.15.3'],
    },
  ],
});

/** MetalLB hands out addresses, and nothing of it announces them. */
const controllerAlone = withoutSpeaker
  .withPool(aPool('lan', '10.4.11.0/28'))
  .with('services', aService(key, { ip: '10.4.11.2' }))
  .with('endpointSlices', aSlice(key, [{ addresses: ['10.244.0.5'], ready: true }]))
  .with('pods', aPod('controller'))
  .with('l2Advertisements')
  .with('daemonSets', calico);

const severities = (builder: SnapshotBuilder) =>
  (['MLB-L12', 'MLB-H01', 'MLB-I12'] as const).map((id) => {
    const isOfOne = id === 'MLB-L12';
    const service = isOfOne ? serviceIn(builder.build(), key) : undefined;
    const verdict = verdictOf(id, builder, service);
    return verdict.verdict === 'fail'
      ? verdict.findings.map(({ severity, suggests }) => `${severity}: ${suggests[0]?.says ?? ''}`)
      : verdict.verdict;
  });

describe('a controller alone', () => {
  const seen = 'warning: see whether Calico announces them, and to whom';

  test('beside a Calico that speaks BGP it is likely meant so', () => {
    expect(severities(controllerAlone)).toEqual([[seen], [seen], [seen]]);
  });

  test('is a fault where nothing else could announce', () => {
    const bare = controllerAlone.with('daemonSets');
    expect(
      severities(bare)
        .flat()
        .map((each) => each.split(':')[0]),
    ).toEqual(['error', 'error', 'error']);
  });

  test('is a fault where an advertisement shows that MetalLB is to announce', () => {
    const meant = controllerAlone.with(
      'l2Advertisements',
      anL2Advertisement('other', { ipAddressPools: ['dmz'] }),
    );
    expect(
      severities(meant)
        .flat()
        .map((each) => each.split(':')[0]),
    ).toEqual(['error', 'error', 'error']);
  });
});
