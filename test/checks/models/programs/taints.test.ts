import { expect, test } from 'vitest';
import { taintLines } from '../../../../src/checks/models/programs/taints.ts';
import type { Taint, Toleration } from '../../../../src/core/facts/kube-objects.ts';
import { aNode } from '../../../builders/some-objects.ts';

const tainted = (name: string, ...taints: readonly Taint[]) => {
  const node = aNode(name);
  return { ...node, spec: { ...node.spec, taints } };
};
const nodes = [
  tainted('n1', { key: 'edge', value: 'true', effect: 'NoSchedule' }),
  tainted('n2', { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' }),
  tainted('n3', { key: 'gpu', effect: 'PreferNoSchedule' }),
  tainted('n4', { key: 'gpu', effect: 'NoExecute' }),
];

function lines(...tolerations: readonly Toleration[]) {
  return taintLines(['n1', 'n2', 'n3'], { tolerations }, nodes);
}

test('of the nodes asked for those are named that a taint keeps a DaemonSet off', () => {
  expect(lines()).toEqual(['n1 has the taint edge=true:NoSchedule']);
});

test('a toleration of the key counts with its value, with any value, and for its effect alone', () => {
  expect(lines({ key: 'edge', operator: 'Equal', value: 'true' })).toEqual([]);
  expect(lines({ key: 'edge', operator: 'Exists' })).toEqual([]);
  expect(lines({ operator: 'Exists' })).toEqual([]);
  expect(lines({ key: 'edge', operator: 'Equal', value: 'no' })).toHaveLength(1);
  expect(lines({ key: 'edge', operator: 'Exists', effect: 'NoExecute' })).toHaveLength(1);
});
