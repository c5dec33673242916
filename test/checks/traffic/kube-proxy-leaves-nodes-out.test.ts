import { expect, test } from 'vitest';
import { aPod, aWorkload } from '../../builders/programs.ts';
import { serviceIn, told, verdictOf } from '../case.ts';
import { announced, threeNodes } from '../layer2-scenes.ts';

const edge = { key: 'dedicated', value: 'edge', effect: 'NoSchedule' };

/** kube-proxy on two of three nodes; the speaker runs on n2 alone, which announces. */
function foundWith(spec: object, taints: Readonly<Record<string, readonly (typeof edge)[]>>) {
  const daemon = aWorkload('speaker');
  const proxy = {
    ...daemon,
    metadata: { ...daemon.metadata, namespace: 'kube-system', name: 'kube-proxy' },
    spec: {
      ...daemon.spec,
      template: { ...daemon.spec.template, nodeSelector: {}, tolerations: [], ...spec },
    },
    status: { ...daemon.status, desired: 2, ready: 2 },
  };
  const builder = announced
    .with('daemonSets', daemon, proxy)
    .with('pods', aPod('controller'), aPod('speaker', { node: 'n2' }))
    .with(
      'nodes',
      ...threeNodes({}).map((node) => ({
        ...node,
        spec: { ...node.spec, taints: taints[node.metadata.name] ?? [] },
      })),
    );
  const found = told(verdictOf('MLB-D10', builder, serviceIn(builder.build(), 'shop/search')));
  return Array.isArray(found)
    ? found.map(({ severity, says, details }) => ({ severity, says, why: details[0] }))
    : found;
}

test('the announcing node has a taint that kube-proxy does not tolerate', () => {
  expect(foundWith({}, { n2: [edge] })).toEqual([
    {
      severity: 'error',
      says: 'kube-proxy does not run on n2, which announces the address; it runs on 2 of 3 nodes',
      why: 'n2 has the taint dedicated=edge:NoSchedule, which it does not tolerate',
    },
  ]);
});

test('a node that does not announce is named as well', () => {
  expect(foundWith({}, { n1: [edge] })).toEqual([
    {
      severity: 'warning',
      says: 'kube-proxy does not run on n1; it runs on 2 of 3 nodes',
      why: 'n1 has the taint dedicated=edge:NoSchedule, which it does not tolerate',
    },
  ]);
});

test('no node is named where neither labels nor taints account for the one that lacks it', () => {
  const told = [{ severity: 'warning', says: 'kube-proxy runs on 2 of 3 nodes' }];
  expect(foundWith({}, {})).toMatchObject(told);
  expect(foundWith({}, { n1: [edge], n2: [edge] })).toMatchObject(told);
  expect(foundWith({ nodeSelector: { 'kubernetes.io/os': 'linux' } }, {})).toMatchObject(told);
});
