import type { Node, Workload } from '../../src/core/facts/kube-objects.ts';
import { aService } from '../builders/a-service.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aBackend, aBackendSlice, anAgent } from '../builders/backends.ts';
import { aPod, aWorkload } from '../builders/programs.ts';
import { aNode, aPool } from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';

const subject = 'shop/web';
const serving = { addresses: ['10.244.1.10'], nodeName: 'n1', ready: true, serving: true };
const healthy = aSnapshot()
  .withPool(aPool('lan', '10.0.11.10-10.0.11.19'))
  .withService(
    aService(subject, {
      ip: '10.0.11.10',
      ports: [{ protocol: 'TCP', port: 80, targetPort: 8080 }],
      selector: { app: 'web' },
    }),
  )
  .withSlice(aBackendSlice(subject, { endpoints: [serving] }))
  .with('pods', aPod('controller'), aPod('speaker', { node: 'n2' }), aBackend('shop/web-1'));

const nodes = [aNode('n1', '10.0.0.1'), aNode('n2', '10.0.0.2'), aNode('n3', '10.0.0.3')];

function fallenSilent(node: Node): Node {
  const conditions = [{ type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown' }];
  return { ...node, status: { ...node.status, conditions } };
}

const withoutN3 = nodes.map((node) => (node.metadata.name === 'n3' ? fallenSilent(node) : node));

function agents(...own: readonly Workload[]) {
  return healthy.with('daemonSets', aWorkload('speaker'), ...own).with('nodes', ...nodes);
}

/** RKE2 runs kube-proxy as a static pod of each node. */
function staticProxies(isReady: boolean) {
  const labels = { component: 'kube-proxy', tier: 'control-plane' };
  return healthy
    .with('nodes', ...nodes)
    .with('daemonSets', aWorkload('speaker'), anAgent('rke2-canal'))
    .with(
      'pods',
      aPod('controller'),
      aPod('speaker', { node: 'n2' }),
      aBackend('shop/web-1'),
      aBackend('kube-system/kube-proxy-n1', { labels }),
      aBackend('kube-system/kube-proxy-n2', { labels, node: 'n2', ready: isReady }),
    );
}

function numbered(...own: readonly Node[]) {
  return healthy.with('nodes', ...own);
}

/** Behind NAT: what others reach it at is another address. */
function apart(node: Node): Node {
  const outside = { type: 'ExternalIP', address: '198.51.100.7' };
  return { ...node, status: { ...node.status, addresses: [...node.status.addresses, outside] } };
}

function withRange(node: Node, ...podCIDRs: readonly string[]): Node {
  return { ...node, spec: { ...node.spec, podCIDRs } };
}

function rollingOut(agent: Workload): Workload {
  return { ...agent, status: { ...agent.status, updated: agent.status.desired - 1 } };
}

const atFault = [
  'E0314 03:11:09.484590       1 proxier.go:1564] "Failed to execute iptables-restore" err=<',
  "\texit status 2: iptables-restore v1.8.9: Couldn't load match `nfacct'",
  'I0314 03:11:09.484752       1 proxier.go:836] "Sync failed" ipFamily="IPv4" retryingTime="30s"',
];

function saying(...lines: readonly string[]) {
  return healthy.withSnapshot({
    logs: [
      {
        namespace: 'kube-system',
        pod: 'kube-proxy-x7k2p',
        container: 'kube-proxy',
        previous: false,
        lines: { state: 'read', items: lines },
      },
    ],
  });
}

/** Checks on what passes packets on from node to pod: a sick cluster and its healthy twin. */
export const nodeAgentCases: readonly CheckCase[] = [
  {
    check: 'MLB-D10',
    title: 'a kube-proxy without a DaemonSet is not ready on the node that announces',
    sick: staticProxies(false),
    healthy: staticProxies(true),
    subject,
  },
  {
    check: 'MLB-D10',
    title: 'one kube-proxy is not ready, and its node is',
    sick: agents(anAgent('kube-proxy', 3, 2)),
    healthy: agents(anAgent('kube-proxy', 3, 2)).with('nodes', ...withoutN3),
    subject,
  },
  {
    check: 'MLB-D19',
    title: 'the network plugin is not ready on a node that is',
    sick: agents(anAgent('kube-proxy'), anAgent('calico-node', 3, 2)),
    healthy: agents(anAgent('kube-proxy'), anAgent('calico-node', 3, 2)).with(
      'nodes',
      ...withoutN3,
    ),
    subject,
  },
  {
    check: 'MLB-D19',
    title: 'nor is the one that does the work of kube-proxy',
    sick: agents(anAgent('cilium', 3, 2)),
    healthy: agents(rollingOut(anAgent('cilium', 3, 2))),
    subject,
  },
  {
    check: 'MLB-D22',
    title: 'two machines have the same first address',
    sick: numbered(aNode('n1', '10.0.2.15'), aNode('n2', '10.0.2.15'), aNode('n3', '10.0.0.3')),
    healthy: numbered(
      apart(aNode('n1', '10.0.2.15')),
      apart(aNode('n2', '10.0.2.15')),
      fallenSilent(aNode('n3', '10.0.2.15')),
    ),
    subject,
  },
  {
    check: 'MLB-D22',
    title: 'two nodes have the same pod range',
    sick: numbered(
      withRange(aNode('n1', '10.0.0.1'), '10.244.1.0/24'),
      withRange(aNode('n2', '10.0.0.2'), '10.244.0.0/16'),
    ),
    healthy: numbered(
      withRange(aNode('n1', '10.0.0.1'), '10.244.1.0/24', 'fd00:1::/64'),
      withRange(aNode('n2', '10.0.0.2'), '10.244.2.0/24', 'fd00:2::/64'),
    ),
    subject,
  },
  {
    check: 'MLB-D22',
    title: 'the pod network lies over that of the nodes',
    sick: numbered(
      withRange(aNode('n1', '192.168.1.11'), '192.168.0.0/24'),
      withRange(aNode('n2', '192.168.1.12'), '192.168.1.0/24'),
    ),
    healthy: numbered(
      withRange(aNode('n1', '192.168.1.11'), '10.244.0.0/24'),
      withRange(aNode('n2', '192.168.1.12'), '10.244.1.0/24'),
    ),
    subject,
  },
  {
    check: 'MLB-D20',
    title: 'the kernel takes no rules of kube-proxy, which passes for ready',
    sick: saying(...atFault, ...atFault),
    healthy: saying(...atFault),
    subject,
  },
];
