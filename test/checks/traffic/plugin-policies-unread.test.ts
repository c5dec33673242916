import { expect, test } from 'vitest';
import { parseAddress } from '../../../src/core/facts/ip.ts';
import type { Node } from '../../../src/core/facts/kube-objects.ts';
import type { Reading } from '../../../src/core/facts/reading.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { aBackend, aBackendSlice, anAgent, aPolicy } from '../../builders/backends.ts';
import { aPod, aWorkload } from '../../builders/programs.ts';
import { materialFrom } from '../../../src/core/diagnosis/material.ts';
import { judge } from '../../../src/core/diagnosis/judge.ts';
import { calicoGlobalPolicy } from '../../builders/plugin-policies.ts';
import { aNode } from '../../builders/some-objects.ts';
import { checkOf, serviceIn } from '../case.ts';

const subject = 'shop/web';

function cluster(agent: string): SnapshotBuilder {
  const ports = [{ protocol: 'TCP', port: 80, targetPort: 8080 }];
  return aSnapshot()
    .withService(aService(subject, { ip: '10.0.11.10', ports, selector: { app: 'web' } }))
    .withSlice(aBackendSlice(subject))
    .with('pods', aPod('controller'), aBackend('shop/web-1'))
    .with('daemonSets', aWorkload('speaker'), anAgent(agent));
}

function tunnelled(name: string, number: number): Node {
  const node = aNode(name, `10.0.0.${number}`);
  return { ...node, spec: { ...node.spec, podCIDRs: [`10.244.${number}.0/24`] } };
}

test('a named client is out, and nodes may be in by their tunnels: a remark, no more', () => {
  const nets = ['10.244.0.0/16', '192.168.0.0/16'];
  const snapshot = cluster('calico-node')
    .with('nodes', tunnelled('n1', 1), tunnelled('n2', 2))
    .with(
      'calicoGlobalNetworkPolicies',
      calicoGlobalPolicy('ranges', { ingress: [{ action: 'Allow', source: { nets } }] }),
    )
    .build();
  const severities = ['203.0.113.9', '192.168.0.9'].map((client) => {
    const material = materialFrom(snapshot, parseAddress(client));
    const { verdict } = judge(checkOf('MLB-D21'), material, serviceIn(snapshot, subject));
    return verdict.verdict === 'fail' ? verdict.findings.map(({ severity }) => severity) : verdict;
  });
  expect(severities).toEqual([['info'], expect.objectContaining({ verdict: 'pass' })]);
});

function verdictWith(calicoNetworkPolicies: Reading<never>) {
  const snapshot = cluster('calico-node').build();
  const readings = { ...snapshot.readings, calicoNetworkPolicies };
  const material = materialFrom({ ...snapshot, readings });
  return judge(checkOf('MLB-D21'), material, serviceIn(snapshot, subject)).verdict.verdict;
}

test('policies of a plugin that could not be read leave it open, those of no dump do not', () => {
  expect(verdictWith({ state: 'failed', reason: 'the list broke off' })).toBe('unknown');
  expect(verdictWith({ state: 'failed', reason: 'not held', unheld: true })).toBe('skipped');
});

test.each([
  ['calico-node', 1],
  ['kindnet', 0],
])('beside %s policies of plugins that were not read are a doubt: %i', (agent, count) => {
  const snapshot = cluster(agent)
    .with('networkPolicies', aPolicy('shop/deny-all'))
    .forbidding('calicoGlobalNetworkPolicies')
    .build();
  const { verdict } = judge(
    checkOf('MLB-D08'),
    materialFrom(snapshot),
    serviceIn(snapshot, subject),
  );
  const doubts = verdict.verdict === 'fail' ? verdict.findings.map(({ doubts: all }) => all) : [];
  expect(doubts.map((all) => (all ?? []).length)).toEqual([count]);
});
