import { expect, test } from 'vitest';
import { diagnose } from '../../../src/checks/diagnose.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aPod, aWorkload } from '../../builders/programs.ts';
import { aPool, home, named } from '../../builders/some-objects.ts';

const speakers = ['n1', 'n2', 'n3'].map((node) =>
  aPod('speaker', { name: `speaker-${node}`, node }),
);
const deployment = (name: string) => ({
  ...aWorkload('controller'),
  metadata: named(name, { namespace: home }),
});
const podOf = (name: string, ready: boolean) => {
  const pod = aPod('controller', { name: `${name}-7d8-x2`, ready });
  const owner = { kind: 'ReplicaSet', name: `${name}-7d8`, controller: true };
  return { ...pod, metadata: { ...pod.metadata, ownerReferences: [owner] } };
};

function causesOf(isSecondReady: boolean) {
  const snapshot = aSnapshot()
    .withPool(aPool('lan', '10.4.11.10/28'))
    .with('deployments', deployment('controller'), deployment('lb-metallb-controller'))
    .with(
      'pods',
      podOf('controller', true),
      podOf('lb-metallb-controller', isSecondReady),
      ...speakers,
    )
    .build();
  const { rootCauses } = diagnose({ symptom: 'health', snapshot, subject: undefined });
  return rootCauses.map(({ cause, says }) => (cause === 'several-controllers' ? says : cause));
}

test('a manifest and a chart in one namespace are two controllers', () => {
  expect(causesOf(true)).toContain(
    `MetalLB is installed 2 times in ${home}: the Deployments controller and lb-metallb-controller serve the same Services`,
  );
});

test('one of them that does not run serves nobody', () => {
  expect(causesOf(false).join()).not.toContain('installed 2 times');
});
