import { expect, test } from 'vitest';
import { enforcementIn } from '../../../../src/checks/models/traffic/network-plugins.ts';
import { replacementIn } from '../../../../src/checks/models/traffic/service-proxies.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { anAgent } from '../../../builders/backends.ts';
import { aNode } from '../../../builders/some-objects.ts';
import { factsFrom, materialFrom } from '../../../../src/core/diagnosis/material.ts';

const k3s = {
  ...aNode('n1'),
  status: { ...aNode('n1').status, kubeletVersion: 'v1.34.2+k3s1' },
};

const helps = ['daemonSets', 'nodes', 'configMaps', 'pods', 'serviceL2Statuses'] as const;

function read(...names: readonly string[]) {
  return { state: 'read', items: names.map((name) => anAgent(name)) } as const;
}

test.each([
  ['calico-node', 'enforced'],
  ['rke2-canal', 'enforced'],
  ['cilium', 'enforced'],
  ['kindnet', 'enforced'],
  ['kube-flannel-ds', 'not-enforced'],
  ['node-exporter', 'unknown'],
])('with %s policies are %s', (agent, kind) => {
  expect(enforcementIn(read('kube-proxy', agent), [aNode('n1')]).kind).toBe(kind);
});

test('flannel beside Calico, and inside k3s, leaves policies enforced', () => {
  expect(enforcementIn(read('kube-flannel-ds', 'calico-node'), [])).toEqual({
    kind: 'enforced',
    by: 'Calico',
  });
  expect(enforcementIn(read(), [k3s])).toEqual({ kind: 'enforced', by: 'k3s' });
});

test('of a part of the DaemonSets nobody concludes that policies are not enforced', () => {
  const part = { ...read('kube-flannel-ds'), within: 'kube-flannel' };
  expect(enforcementIn(part, [aNode('n1')]).kind).toBe('unknown');
  const denied = { state: 'forbidden', verb: 'list', resource: 'daemonsets' } as const;
  expect(enforcementIn(denied, [aNode('n1')]).kind).toBe('unknown');
});

test('who stands in for kube-proxy is known by its agents, or by the kubelet', () => {
  const standIn = (agent: string, node = aNode('n1')) => {
    const snapshot = aSnapshot().with('daemonSets', anAgent(agent)).with('nodes', node).build();
    return replacementIn(factsFrom(materialFrom(snapshot), [], helps));
  };
  expect([
    standIn('cilium'),
    standIn('ovnkube-node'),
    standIn('node-exporter', k3s),
    standIn('node-exporter'),
    standIn('cilium-envoy'),
  ]).toEqual(['Cilium', 'OVN-Kubernetes', 'k3s', undefined, undefined]);
});
