import type { Endpoint, Service } from '../../src/core/facts/kube-objects.ts';
import type { WireLook } from '../../src/core/facts/wire.ts';
import { aService, type ServiceWords } from '../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../builders/a-snapshot.ts';
import {
  aBackend,
  aBackendSlice,
  aLook,
  anAgent,
  aPolicy,
  type BackendWords,
} from '../builders/backends.ts';
import { aPod, aWorkload } from '../builders/programs.ts';
import { aNode, anEvent, aPool, named } from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';
import { nodeAgentCases } from './node-agents-cases.ts';

const subject = 'shop/web';
const ip = '10.0.11.10';
const webPort = { protocol: 'TCP', port: 80, targetPort: 8080 };

function web(words: ServiceWords = {}, spec: Partial<Service['spec']> = {}): Service {
  const service = aService(subject, { ip, ports: [webPort], selector: { app: 'web' }, ...words });
  return { ...service, spec: { ...service.spec, ...spec } };
}

const serving: Endpoint = {
  addresses: ['10.244.1.10'],
  nodeName: 'n1',
  ready: true,
  serving: true,
};
const unready: Endpoint = { ...serving, ready: false, serving: false };

const lan = aSnapshot().withPool(aPool('lan', '10.0.11.10-10.0.11.19'));

/** MetalLB, the Service `shop/web`, and what is said to stand behind it. */
function cluster(
  service: Service,
  endpoints: readonly Endpoint[],
  ...pods: readonly ReturnType<typeof aBackend>[]
): SnapshotBuilder {
  return lan
    .withService(service)
    .withSlice(aBackendSlice(subject, { endpoints }))
    .with('pods', aPod('controller'), ...pods);
}

const healthy = cluster(web(), [serving], aBackend('shop/web-1'));
const one = (words: BackendWords) => aBackend('shop/web-1', words);
const withWire = (builder: SnapshotBuilder, ...wire: readonly WireLook[]) =>
  builder.withSnapshot({ wire });

const deployment = (
  replicas: number,
  conditions: readonly { type: string; status: string; message: string }[] = [],
) => {
  const made = aWorkload('controller', { replicas });
  return {
    ...made,
    metadata: named('web', { namespace: 'shop' }),
    spec: { ...made.spec, template: { ...made.spec.template, labels: { app: 'web' } } },
    status: { ...made.status, ready: 0, conditions },
  };
};
const probe = anEvent({ kind: 'Pod', namespace: 'shop', name: 'web-1' }, 'Unhealthy', {
  message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
  at: '2026-03-14T03:12:20Z',
});

const endpointCases: readonly CheckCase[] = [
  {
    check: 'MLB-D01',
    title: 'the selector asks for a label that the pods have with another value',
    sick: cluster(
      web({ selector: { app: 'web', tier: 'front' } }),
      [],
      one({ labels: { app: 'web', tier: 'frontend' } }),
      aBackend('shop/db-1', { labels: { app: 'db' } }),
    ),
    healthy,
    subject,
  },
  {
    check: 'MLB-D01',
    title: 'the value stands under another key, and two sorts of pods come near',
    sick: cluster(
      web({ selector: { app: 'web' } }),
      [],
      one({ labels: { 'app.kubernetes.io/name': 'web' } }),
      aBackend('shop/webb-1', { labels: { app: 'webb' } }),
    ),
    healthy,
    subject,
  },
  {
    check: 'MLB-D01',
    title: 'nothing runs in the namespace',
    sick: cluster(
      web(),
      [],
      aBackend('shop/job-1', { labels: { app: 'job' }, phase: 'Succeeded' }),
    ),
    healthy,
    subject,
  },
  {
    check: 'MLB-D01',
    title: 'every pod that fits has ended',
    sick: cluster(
      web(),
      [],
      aBackend('shop/web-1', { phase: 'Failed' }),
      aBackend('shop/web-2', { phase: 'Succeeded' }),
      aBackend('shop/db-1', { labels: { app: 'db' } }),
    ),
    healthy: cluster(
      web(),
      [serving],
      aBackend('shop/web-1'),
      aBackend('shop/web-0', { phase: 'Failed' }),
    ),
    subject,
  },
  {
    check: 'MLB-D01',
    title: 'the workload is scaled to zero',
    sick: cluster(web(), [], aBackend('shop/db-1', { labels: { app: 'db' } })).with(
      'deployments',
      aWorkload('controller'),
      deployment(0),
    ),
    healthy: healthy.with('deployments', aWorkload('controller'), deployment(1)),
    subject,
  },
  {
    check: 'MLB-D01',
    title: 'the pods of the workload may not be made',
    sick: cluster(web(), [], aBackend('shop/db-1', { labels: { app: 'db' } })).with(
      'deployments',
      deployment(2, [
        {
          type: 'ReplicaFailure',
          status: 'True',
          message: 'pods "web-" is forbidden: exceeded quota',
        },
      ]),
    ),
    healthy,
    subject,
  },
  {
    check: 'MLB-D01',
    title: 'no endpoint, and the pods are not known',
    sick: cluster(web(), []).forbidding('pods'),
    healthy,
    subject,
  },
  {
    check: 'MLB-D01',
    title: 'no pod comes near, and the Deployments are not known',
    sick: cluster(web(), [], aBackend('shop/db-1', { labels: { app: 'db' } })).forbidding(
      'deployments',
    ),
    healthy: healthy.forbidding('deployments'),
    subject,
  },
  {
    check: 'MLB-D01',
    title: 'a pod comes near, so the Deployments need not be known',
    sick: cluster(
      web({ selector: { app: 'web', tier: 'front' } }),
      [],
      one({ labels: { app: 'web', tier: 'frontend' } }),
    ).forbidding('deployments'),
    healthy: healthy.forbidding('deployments'),
    subject,
  },
  {
    check: 'MLB-D02',
    title: 'the readiness probe of the only pod fails',
    sick: cluster(web(), [unready], one({ ready: false })).withEvent(probe),
    healthy: healthy.withEvent(probe),
    subject,
  },
  {
    check: 'MLB-D02',
    title: 'two pods crash, and no node takes the third',
    sick: cluster(
      web(),
      [unready],
      ...['web-1', 'web-2'].map((name) =>
        aBackend(`shop/${name}`, {
          ready: false,
          status: {
            restartCount: 12,
            state: { state: 'waiting', reason: 'CrashLoopBackOff' },
            lastState: {
              state: 'terminated',
              reason: 'OOMKilled',
              exitCode: 137,
              finishedAt: '2026-03-14T03:08:40Z',
            },
          },
        }),
      ),
      aBackend('shop/web-3', {
        ready: false,
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            message: '0/3 nodes are available: 3 Insufficient memory.',
          },
        ],
      }),
    ),
    healthy,
    subject,
  },
  {
    check: 'MLB-D02',
    title: 'the image cannot be pulled',
    sick: cluster(
      web(),
      [unready],
      one({
        ready: false,
        phase: 'Pending',
        status: {
          state: {
            state: 'waiting',
            reason: 'ImagePullBackOff',
            message: 'Back-off pulling image "registry.example.net/web:4"',
          },
        },
      }),
    ),
    healthy,
    subject,
  },
  {
    check: 'MLB-D02',
    title: 'all of them are on a node that does not answer',
    sick: cluster(
      web(),
      [unready],
      one({
        conditions: [
          { type: 'PodScheduled', status: 'True' },
          { type: 'Ready', status: 'False' },
        ],
      }),
    ).with('nodes', {
      ...aNode('n1', '10.0.0.1'),
      status: {
        ...aNode('n1', '10.0.0.1').status,
        conditions: [{ type: 'Ready', status: 'Unknown' }],
      },
    }),
    healthy,
    subject,
  },
  {
    check: 'MLB-D02',
    title: 'every pod is terminating',
    sick: cluster(
      web(),
      [{ ...unready, terminating: true }],
      one({ ready: false, deletionTimestamp: '2026-03-14T03:12:00Z' }),
    ),
    healthy,
    subject,
  },
  {
    check: 'MLB-D02',
    title: 'endpoints that are not ready, and the pods are not known',
    sick: cluster(web(), [unready]).forbidding('pods'),
    healthy,
    subject,
  },
  {
    check: 'MLB-D03',
    title: 'the slices name a pod that is gone, and none of those there are',
    sick: cluster(
      web(),
      [{ ...serving, addresses: ['10.244.9.9'] }],
      one({}),
      aBackend('shop/web-2', { ip: '10.244.2.10' }),
    ),
    healthy: cluster(
      web(),
      [serving],
      one({}),
      aBackend('shop/web-2', {
        ip: '10.244.2.10',
        conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-03-14T03:12:20Z' }],
      }),
    ),
    subject,
  },
  {
    check: 'MLB-D03',
    title: 'a slice lost its label, and another is managed by nobody',
    sick: cluster(web(), [serving], one({}), aBackend('shop/web-2', { ip: '10.244.2.10' }))
      .with('endpointSlices', {
        ...aBackendSlice(subject),
        metadata: named('web-hand', {
          namespace: 'shop',
          labels: { 'kubernetes.io/service-name': 'web' },
        }),
      })
      .withSlice({
        ...aBackendSlice(subject),
        metadata: named('web-lost', {
          namespace: 'shop',
          ownerReferences: [{ kind: 'Service', name: 'web' }],
        }),
      }),
    healthy: lan
      .withService(web({ families: ['IPv6'] }))
      .withSlice(
        aBackendSlice(subject, {
          addressType: 'IPv6',
          endpoints: [{ ...serving, addresses: ['fd01::10'] }],
        }),
      )
      .with('pods', one({})),
    subject,
  },
  {
    check: 'MLB-D04',
    title: 'the port is sent to a name that is spelt otherwise',
    sick: lan
      .withService(web({ ports: [{ ...webPort, targetPort: 'htpp' }] }))
      .withSlice(aBackendSlice(subject, { ports: [] }))
      .with('pods', one({})),
    healthy: lan
      .withService(web({ ports: [{ ...webPort, targetPort: 'http' }] }))
      .withSlice(aBackendSlice(subject))
      .with('pods', one({})),
    subject,
  },
  {
    check: 'MLB-D04',
    title: 'one of two ports has a name that exists for the other protocol only',
    sick: lan
      .withService(
        web({
          ports: [
            { ...webPort, name: 'web' },
            { name: 'dns', protocol: 'UDP', port: 53, targetPort: 'dns' },
          ],
        }),
      )
      .withSlice(aBackendSlice(subject, { ports: [{ name: 'web', port: 8080, protocol: 'TCP' }] }))
      .with(
        'pods',
        one({
          ports: [
            { name: 'http', port: 8080, protocol: 'TCP' },
            { name: 'dns', port: 5353, protocol: 'TCP' },
          ],
        }),
      ),
    healthy,
    subject,
  },
  {
    check: 'MLB-D04',
    title: 'endpoints made by hand whose port has another name',
    sick: lan
      .withService(withoutSelector({ ports: [{ ...webPort, name: 'web' }] }))
      .withSlice(
        aBackendSlice(subject, { ports: [{ name: 'http', port: 8080, protocol: 'TCP' }] }),
      ),
    healthy: lan
      .withService(withoutSelector({ ports: [{ ...webPort, name: 'web' }] }))
      .withSlice(aBackendSlice(subject, { ports: [{ name: 'web', port: 8080, protocol: 'TCP' }] })),
    subject,
  },
  {
    check: 'MLB-D05',
    title: 'no container declares the number',
    sick: cluster(web({ ports: [80] }), [serving], one({})),
    healthy,
    subject,
  },
  {
    check: 'MLB-D05',
    title: 'the number is declared for the other protocol, and connections are refused',
    sick: withWire(
      cluster(web({ ports: [{ ...webPort, protocol: 'UDP', port: 53 }] }), [serving], one({})),
      aLook(ip, { ports: [{ protocol: 'UDP', port: 53, outcome: 'refused', ms: 1 }] }),
    ),
    healthy: cluster(web({ ports: [80] }), [serving], one({ ports: [] })),
    subject,
  },
  {
    check: 'MLB-D06',
    title: 'an IPv6 address with IPv4 endpoints only',
    sick: cluster(
      web({ ip: [ip, 'fd00::10'], families: ['IPv4', 'IPv6'], policy: 'PreferDualStack' }),
      [serving],
      one({}),
    ),
    healthy: cluster(
      web({ ip: [ip, 'fd00::10'], families: ['IPv4', 'IPv6'], policy: 'PreferDualStack' }),
      [serving],
      one({}),
    ).withSlice(
      aBackendSlice(subject, {
        addressType: 'IPv6',
        endpoints: [{ ...serving, addresses: ['fd01::10'] }],
      }),
    ),
    subject,
  },
  {
    check: 'MLB-D06',
    title: 'an address of a family that the Service does not have',
    sick: cluster(web({ ip: [ip, 'fd00::10'] }), [serving], one({})),
    healthy,
    subject,
  },
  {
    check: 'MLB-D06',
    title: 'an IPv6 Service before pods that have IPv4 addresses',
    sick: cluster(web({ ip: 'fd00::10', families: ['IPv6'] }), [], one({})),
    healthy,
    subject,
  },
  {
    check: 'MLB-D07',
    title: 'no selector and no endpoint',
    sick: lan.withService(withoutSelector()),
    healthy: lan.withService(withoutSelector()).withSlice(aBackendSlice(subject)),
    subject,
  },
  {
    check: 'MLB-D07',
    title: 'endpoints made by hand are marked as not ready',
    sick: lan
      .withService(withoutSelector())
      .withSlice(aBackendSlice(subject, { endpoints: [unready] })),
    healthy: lan.withService(withoutSelector()).withSlice(aBackendSlice(subject)),
    subject,
  },
];

function withoutSelector(words: ServiceWords = {}): Service {
  const { selector: _, ...spec } = web(words).spec;
  return { ...web(words), spec };
}

const calico = [aWorkload('speaker'), anAgent('calico-node')];
const toPods = { podSelector: { matchLabels: { app: 'ingress' }, matchExpressions: [] } };
const block = (cidr: string, ...except: readonly string[]) => ({ ipBlock: { cidr, except } });
const kubeProxy = (ready: number, count = 3) => [
  aWorkload('speaker'),
  anAgent('kube-proxy', count, ready),
];
/** The only speaker is on this node, and kube-proxy crashes on n2. */
const crashingOnN2 = (speaker: string) =>
  healthy.with('daemonSets', ...kubeProxy(2)).with(
    'pods',
    aPod('controller'),
    aPod('speaker', { node: speaker }),
    one({}),
    aBackend('kube-system/kube-proxy-1', { labels: { 'k8s-app': 'kube-proxy' } }),
    aBackend('kube-system/kube-proxy-2', {
      labels: { 'k8s-app': 'kube-proxy' },
      node: 'n2',
      ready: false,
      status: {
        restartCount: 7,
        state: { state: 'waiting', reason: 'CrashLoopBackOff' },
        lastState: {
          state: 'terminated',
          reason: 'Error',
          exitCode: 1,
          finishedAt: '2026-03-14T03:10:40Z',
        },
      },
    }),
  );

const timeout = [{ protocol: 'TCP', port: 80, outcome: 'timeout', ms: 3_000 }] as const;
const silentNode = {
  ...aNode('n1', '10.0.0.1'),
  status: {
    ...aNode('n1', '10.0.0.1').status,
    conditions: [
      {
        type: 'Ready',
        status: 'Unknown',
        reason: 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
        lastTransitionTime: '2026-03-14T03:12:10Z',
      },
    ],
  },
};

const wayCases: readonly CheckCase[] = [
  {
    check: 'MLB-D08',
    title: 'a default-deny without an exception',
    sick: healthy.with('networkPolicies', aPolicy('shop/deny-all')).with('daemonSets', ...calico),
    healthy: healthy
      .with(
        'networkPolicies',
        aPolicy('shop/deny-all'),
        aPolicy('shop/allow-web', [{ from: [], ports: [{ protocol: 'TCP', port: 'http' }] }]),
        aPolicy('other/deny-all'),
      )
      .with('daemonSets', ...calico),
    subject,
  },
  {
    check: 'MLB-D08',
    title: 'a default-deny, and nobody knows whether anything enforces it: a warning',
    sick: healthy.with('networkPolicies', aPolicy('shop/deny-all')),
    healthy,
    subject,
  },
  {
    check: 'MLB-D08',
    title: 'only pods are let in, and only one of two pods is concerned',
    sick: cluster(
      web(),
      [serving],
      one({ labels: { app: 'web', zone: 'a' } }),
      aBackend('shop/web-2', { ip: '10.244.2.10' }),
    ).with(
      'networkPolicies',
      aPolicy('shop/from-ingress', [{ from: [toPods], ports: [] }], {
        podSelector: { matchLabels: { zone: 'a' }, matchExpressions: [] },
      }),
    ),
    healthy: healthy.with(
      'networkPolicies',
      aPolicy('shop/egress', [], { policyTypes: ['Egress'] }),
      aPolicy('shop/range', [{ from: [], ports: [{ port: 8000, endPort: 8100 }] }]),
    ),
    subject,
  },
  {
    check: 'MLB-D08',
    title: 'clients are let in, and with policy Cluster pods see the nodes',
    sick: healthy.with(
      'networkPolicies',
      aPolicy('shop/clients', [{ from: [block('192.168.0.0/16', '192.168.9.0/24')], ports: [] }]),
    ),
    healthy: healthy.with(
      'networkPolicies',
      aPolicy('shop/clients', [{ from: [block('10.0.0.0/24')], ports: [] }]),
    ),
    subject,
  },
  {
    check: 'MLB-D08',
    title: 'with policy Local some clients are let in: for information',
    sick: cluster(web({ local: true }), [serving], one({})).with(
      'networkPolicies',
      aPolicy('shop/clients', [{ from: [block('192.168.0.0/16')], ports: [] }]),
    ),
    healthy: cluster(web({ local: true }), [serving], one({})).with(
      'networkPolicies',
      aPolicy('shop/all', [{ from: [block('0.0.0.0/0')], ports: [] }]),
    ),
    subject,
  },
  {
    check: 'MLB-D09',
    title: 'some clients are let in: for information',
    sick: cluster(web({ ip: [ip, 'fd00::10'] }, { loadBalancerSourceRanges: ['192.168.0.0/16'] }), [
      serving,
    ]),
    healthy: cluster(web({}, { loadBalancerSourceRanges: ['192.168.0.0/16', '0.0.0.0/0'] }), [
      serving,
    ]),
    subject,
  },
  {
    check: 'MLB-D09',
    title: 'it was tried from where it is not let in',
    sick: withWire(
      cluster(web({}, { loadBalancerSourceRanges: ['192.168.0.0/16'] }), [serving]),
      aLook(ip, { ports: timeout }),
    ),
    healthy: withWire(healthy, aLook(ip)),
    subject,
  },
  {
    check: 'MLB-D09',
    title: 'nobody is in the ranges',
    sick: cluster(web({}, { loadBalancerSourceRanges: ['0.0.0.0/32'] }), [serving]),
    healthy,
    subject,
  },
  {
    check: 'MLB-D09',
    title: 'an entry is no range',
    sick: cluster(web({}, { loadBalancerSourceRanges: ['10.0.0.0/8', '192.168.1.1'] }), [serving]),
    healthy,
    subject,
  },
  {
    check: 'MLB-D10',
    title: 'kube-proxy is ready nowhere',
    sick: healthy.with('daemonSets', ...kubeProxy(0)),
    healthy: healthy.with('daemonSets', ...kubeProxy(3)),
    subject,
  },
  {
    check: 'MLB-D10',
    title: 'kube-proxy is ready on two of three nodes',
    sick: healthy.with('daemonSets', ...kubeProxy(2)),
    healthy: healthy.with('daemonSets', anAgent('cilium'), anAgent('kube-proxy', 0)),
    subject,
  },
  {
    check: 'MLB-D10',
    title: 'kube-proxy crashes on the node that announces',
    sick: crashingOnN2('n2'),
    healthy: healthy.with('daemonSets', ...kubeProxy(3)),
    subject,
  },
  {
    check: 'MLB-D10',
    title: 'kube-proxy crashes on a node of which only an old status says that it announces',
    sick: crashingOnN2('n1').with('serviceL2Statuses', {
      kind: 'ServiceL2Status',
      metadata: named('l2-1', { namespace: 'metallb-system' }),
      status: { node: 'n2', serviceName: 'web', serviceNamespace: 'shop', interfaces: [] },
    }),
    healthy: healthy.with('daemonSets', ...kubeProxy(3)),
    subject,
  },
  {
    check: 'MLB-D10',
    title: 'kube-proxy leaves a node out',
    sick: healthy.with('daemonSets', ...kubeProxy(2, 2)),
    healthy: healthy
      .with('daemonSets', ...kubeProxy(2, 2))
      .with(
        'nodes',
        aNode('n1', '10.0.0.1'),
        aNode('n2', '10.0.0.2'),
        aNode('win', '10.0.0.3', { 'kubernetes.io/os': 'windows' }),
        aNode('vk', '10.0.0.4', { type: 'virtual-kubelet' }),
      ),
    subject,
  },
  {
    check: 'MLB-D10',
    title: 'kube-proxy has a configuration and no DaemonSet',
    sick: healthy
      .with('daemonSets', aWorkload('speaker'), anAgent('kube-flannel-ds'))
      .with('configMaps', {
        kind: 'ConfigMap',
        metadata: named('kube-proxy', { namespace: 'kube-system' }),
        data: { 'config.conf': 'mode: iptables' },
      }),
    healthy: healthy.with('daemonSets', ...kubeProxy(3)),
    subject,
  },
  {
    check: 'MLB-D11',
    title: 'the Service is left to another proxy',
    sick: cluster(web({ labels: { 'service.kubernetes.io/service-proxy-name': 'fancy' } }), [
      serving,
    ]),
    healthy,
    subject,
  },
  {
    check: 'MLB-D11',
    title: 'it is headless',
    sick: cluster(web({ clusterIPs: ['None'] }), [serving]),
    healthy,
    subject,
  },
  {
    check: 'MLB-D11',
    title: 'one address has ipMode Proxy',
    sick: cluster(
      {
        ...web({ writer: 'cloud-controller' }),
        status: { ingress: [{ ip, ipMode: 'Proxy' }, { ip: '10.0.11.11' }], conditions: [] },
      },
      [serving],
    ),
    healthy,
    subject,
  },
  {
    check: 'MLB-D12',
    title: 'all endpoints are on a node that fell silent',
    sick: healthy.with('nodes', silentNode, aNode('n2', '10.0.0.2')),
    healthy: cluster(web(), [{ ...serving, nodeName: 'n2' }], one({ node: 'n2' })).with(
      'nodes',
      silentNode,
      aNode('n2', '10.0.0.2'),
    ),
    subject,
  },
  {
    check: 'MLB-D12',
    title: 'one of two endpoints is',
    sick: cluster(
      web(),
      [serving, { ...serving, addresses: ['10.244.2.10'], nodeName: 'n2' }],
      one({}),
    ).with('nodes', silentNode, aNode('n2', '10.0.0.2')),
    healthy: healthy.with('nodes', {
      ...aNode('n1', '10.0.0.1'),
      status: { ...aNode('n1', '10.0.0.1').status, conditions: [] },
    }),
    subject,
  },
  {
    check: 'MLB-D13',
    title: 'pods that are not ready take part in the traffic',
    sick: cluster(
      web({}, { publishNotReadyAddresses: true }),
      [serving],
      one({ ready: false }),
    ).withEvent(probe),
    healthy: cluster(web({}, { publishNotReadyAddresses: true }), [serving], one({})),
    subject,
  },
  {
    check: 'MLB-D14',
    title: 'another Service claims the address and the port',
    sick: healthy.withService(claiming(80)),
    healthy: healthy.withService(aService('old/web', { ip: '10.0.11.12' })),
    subject,
  },
  {
    check: 'MLB-D14',
    title: 'another Service claims the address on another port',
    sick: healthy.withService(claiming(443)),
    healthy,
    subject,
  },
  {
    check: 'MLB-D15',
    title: 'the node that answers is in another network than the address',
    sick: withWire(
      healthy,
      aLook(ip, {
        ports: timeout,
        from: {
          host: 'laptop',
          interface: 'eth0',
          mac: '02:00:00:00:00:99',
          addresses: ['10.0.11.200/24'],
        },
      }),
    ),
    healthy: withWire(healthy, aLook(ip)),
    subject,
  },
  {
    check: 'MLB-D15',
    title: 'nothing comes back, and nothing tells why',
    sick: withWire(healthy, aLook(ip, { ports: timeout })),
    healthy: withWire(healthy, aLook(ip, { answers: [], ports: timeout })),
    subject,
  },
  {
    check: 'MLB-D16',
    title: 'policy Local was tried from a node without an endpoint',
    sick: withWire(
      cluster(web({ local: true }), [serving], one({})),
      aLook(ip, { ports: timeout, from: fromNode('n2') }),
    ),
    healthy: withWire(
      cluster(web({ local: true }), [serving], one({})),
      aLook(ip, { ports: timeout, from: fromNode('n1') }),
    ),
    subject,
  },
  {
    check: 'MLB-D17',
    title: 'firewall, martians and a full table in the log of a kernel',
    sick: dropping(
      `[UFW BLOCK] IN=eth0 OUT= MAC=02:00 SRC=10.0.9.9 DST=${ip} LEN=60 PROTO=TCP SPT=50000 DPT=80 SYN`,
      `IPv4: martian source ${ip} from 10.7.0.9, on dev eth1`,
      'nf_conntrack: nf_conntrack: table full, dropping packet',
    ),
    healthy: dropping(
      '[UFW BLOCK] IN=eth0 OUT= MAC=02:00 SRC=10.0.9.9 DST=10.0.11.12 LEN=60 PROTO=TCP SPT=50000 DPT=80 SYN',
      `[UFW BLOCK] IN=eth0 OUT= MAC=02:00 SRC=10.0.9.9 DST=${ip} LEN=60 PROTO=TCP SPT=50000 DPT=22 SYN`,
    ),
    subject,
  },
];

function claiming(port: number): Service {
  const other = aService('old/web', { type: 'ClusterIP', ports: [port] });
  return { ...other, spec: { ...other.spec, externalIPs: [ip] } };
}

function fromNode(node: string): WireLook['from'] {
  return {
    host: node,
    node,
    interface: 'eth0',
    mac: '02:00:00:00:00:02',
    addresses: ['10.0.0.2/24'],
  };
}

function dropping(...lines: readonly string[]): SnapshotBuilder {
  return healthy.withSnapshot({
    logs: [
      {
        namespace: '',
        pod: 'dmesg.txt',
        container: '',
        previous: false,
        lines: { state: 'read', items: lines },
      },
    ],
  });
}

const healthCases: readonly CheckCase[] = [
  {
    check: 'MLB-D18',
    title: 'one Service has an address and no endpoint that can serve',
    sick: cluster(web(), [unready]),
    healthy,
    subject: undefined,
  },
  {
    check: 'MLB-D18',
    title: 'several Services have',
    sick: healthy.withService(
      ...Array.from({ length: 7 }, (_, index) =>
        aService(`lab/s${index}`, { ip: `10.0.11.1${index}` }),
      ),
    ),
    healthy: healthy.withService(
      aService('lab/waiting'),
      aService('lab/cloud', { ip: '203.0.113.9', loadBalancerClass: 'cloud.net/lb' }),
    ),
    subject: undefined,
  },
];

/** Checks on the data path: a sick cluster and its healthy twin. */
export const trafficCases: readonly CheckCase[] = [
  ...endpointCases,
  ...wayCases,
  ...nodeAgentCases,
  ...healthCases,
];
