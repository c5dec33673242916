import { expect, test } from 'vitest';
import { leftOutNodes } from '../../../../src/checks/models/traffic/left-out-nodes.ts';
import { letRunEverywhere } from '../../../../src/checks/models/traffic/let-run-everywhere.ts';
import { aWorkload } from '../../../builders/programs.ts';
import { aNode } from '../../../builders/some-objects.ts';

const linux = { 'kubernetes.io/os': 'linux' };
const edge = { key: 'dedicated', value: 'edge', effect: 'NoSchedule' };
const tainted = (labels: object) => {
  const node = aNode('n2', '10.0.0.2', labels);
  return { ...node, spec: { ...node.spec, taints: [edge] } };
};

function advised(nodeSelector: Readonly<Record<string, string>>, left = aNode('n2')) {
  const proxy = aWorkload('speaker');
  const workload = {
    ...proxy,
    metadata: { ...proxy.metadata, namespace: 'kube-system', name: 'kube-proxy' },
    spec: {
      ...proxy.spec,
      template: { ...proxy.spec.template, nodeSelector, tolerations: [] },
    },
    status: { ...proxy.status, desired: 1, ready: 1 },
  };
  const nodes = [aNode('n1', '10.0.0.1', { ...linux, net: 'fast' }), left];
  return letRunEverywhere(workload, leftOutNodes(workload, nodes)).map(({ says, command }) => [
    says,
    command,
  ]);
}

const edit = 'kubectl -n kube-system edit daemonset kube-proxy';

test('where a taint is at fault the node selector is left alone', () => {
  expect(advised(linux, tainted(linux))).toEqual([
    ['let it run on every node: tolerate all taints (operator: Exists)', edit],
  ]);
});

test('a label that a node lacks is named, and taints are not spoken of', () => {
  expect(advised({ ...linux, net: 'fast' }, aNode('n2', '10.0.0.2', linux))).toEqual([
    ['let it run on every node: take net=fast out of its node selector', edit],
  ]);
});

test('a node with both needs both', () => {
  expect(advised({ ...linux, net: 'fast' }, tainted(linux))).toEqual([
    [
      'let it run on every node: take net=fast out of its node selector, and tolerate all taints (operator: Exists)',
      edit,
    ],
  ]);
});

test('the label of the system is never to be dropped', () => {
  expect(advised(linux)).toEqual([
    [
      'see the labels of n2: the kubelet sets kubernetes.io/os=linux at its start, so restart it there',
      'kubectl get nodes -L kubernetes.io/os',
    ],
  ]);
});
