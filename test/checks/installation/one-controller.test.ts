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
const ofClass = (name: string) => ({
  ...aWorkload('controller', { args: [`--lb-class=${name}`] }),
  metadata: named(`controller-${name}`, { namespace: home }),
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

test('two of different classes share the pools, and none of them is too much', () => {
  const internal = podOf('controller-internal', true);
  const snapshot = aSnapshot()
    .withPool(aPool('lan', '10.4.11.10/28'))
    .with('deployments', deployment('controller'), ofClass('internal'))
    .with('pods', podOf('controller', true), internal, ...speakers)
    .build();
  const { rootCauses } = diagnose({ symptom: 'health', snapshot, subject: undefined });
  const root = rootCauses.find(({ cause }) => cause === 'several-controllers');
  expect([root?.severity, root?.says]).toEqual([
    'warning',
    `2 controllers in ${home} give out the same pools: the Deployments controller and controller-internal serve Services of different classes`,
  ]);
  expect(root?.details).toEqual([
    'controller: no class, so Services without loadBalancerClass',
    'controller-internal: class internal',
    'neither knows which addresses the other gave out, so two Services can get the same one',
  ]);
  expect(JSON.stringify(root?.remedies)).not.toContain('delete');
});
