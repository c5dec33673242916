import type { Node, Service, Workload } from '../../src/core/facts/kube-objects.ts';
import type { BFDProfile } from '../../src/core/facts/metallb-objects.ts';
import { aService } from '../builders/a-service.ts';
import { aPod, aWorkload } from '../builders/programs.ts';
import {
  aBGPAdvertisement,
  aNode,
  anEvent,
  anL2Advertisement,
  aPool,
  aSlice,
  named,
} from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';
import {
  announced,
  aStatus,
  endpointOn,
  excludedInterfaces,
  excludeLabel,
  held,
  kubeProxy,
  labelled,
  local,
  said,
  threeNodes,
  unserved,
  withAnnotation,
  withCondition,
} from './layer2-scenes.ts';

const subject = 'shop/search';
const about = { kind: 'Service', namespace: 'shop', name: 'search' };
const in0162 = announced.withInstallation({
  speakerVersion: 'v0.16.2',
  controllerVersion: 'v0.16.2',
});
const in0161 = announced.withInstallation({
  speakerVersion: 'v0.16.1',
  controllerVersion: 'v0.16.1',
});
const in0149 = announced.withInstallation({
  speakerVersion: 'v0.14.9',
  controllerVersion: 'v0.14.9',
});
const forEdge = anL2Advertisement('edge', { serviceSelectors: [labelled('tier', 'edge')] });
const onEdge = anL2Advertisement('edge', { nodeSelectors: [labelled('edge', 'yes')] });
const onN1 = anL2Advertisement('edge', { nodeSelectors: [labelled('rack', 'a')] });
const rackA = threeNodes({ n1: () => aNode('n1', '10.0.0.1', { rack: 'a' }) });
const excluded = ['n1', 'n2', 'n3'].map((name, index) =>
  aNode(name, `10.0.0.${index + 1}`, {
    [excludeLabel]: 'false',
    ...(index === 0 && { 'node-role.kubernetes.io/control-plane': '' }),
  }),
);
const unready = [aSlice('shop/search', [endpointOn('n2', { ready: false, serving: false })])];
const twoSilent = in0162
  .with('l2Advertisements', forEdge)
  .withService(aService('shop/edge', { ip: '10.0.0.101', labels: { tier: 'edge' }, local: true }))
  .withSlice(aSlice('shop/edge', [{ addresses: ['10.244.0.8'], ready: true }]));
const eth9 = anL2Advertisement('all', { interfaces: ['eth9'] });

const fast: BFDProfile = {
  kind: 'BFDProfile',
  metadata: named('fast', { namespace: 'metallb-system' }),
  spec: {},
};

const builtIn =
  (words: string) =>
  (node: Node): Node => ({
    ...node,
    metadata: {
      ...node.metadata,
      annotations: { 'k3s.io/node-args': `["server",${words}]` },
    },
  });

const withStatus = (service: Service, ingress: Service['status']['ingress']): Service => ({
  ...service,
  status: { ...service.status, ingress },
});

const withoutMemberlist = (): Workload => {
  const { spec, ...rest } = aWorkload('speaker');
  const containers = spec.template.containers.map((each) => ({
    ...each,
    env: { METALLB_NODE_NAME: '' },
  }));
  return { ...rest, spec: { ...spec, template: { ...spec.template, containers } } };
};

const other = (name: string, env: Readonly<Record<string, string>>): Workload => {
  const { spec, status } = aWorkload('speaker');
  const containers = spec.template.containers.map((each) => ({ ...each, name, env }));
  return {
    kind: 'DaemonSet',
    metadata: named(name, { namespace: 'kube-system' }),
    spec: { ...spec, template: { ...spec.template, labels: { app: name }, containers } },
    status,
  };
};

const crashed = (node: string) =>
  aPod('speaker', {
    name: `speaker-${node}`,
    node,
    restarts: 7,
    state: { state: 'waiting', reason: 'CrashLoopBackOff' },
    lastState: { state: 'terminated', exitCode: 1, finishedAt: '2026-03-14T03:10:00Z' },
  });
const speakerOn = (node: string) => aPod('speaker', { name: `speaker-${node}`, node });
const controller = aPod('controller');

/** Why nobody may announce, or nobody does. */
const eligibleCases: readonly CheckCase[] = [
  {
    check: 'MLB-L12',
    title: 'no advertisement selects the pool',
    sick: announced.with('l2Advertisements'),
    healthy: announced,
    subject,
  },
  {
    check: 'MLB-L01',
    title: 'the only advertisement is for Services with another label',
    sick: in0161.with('l2Advertisements', forEdge),
    healthy: in0161
      .with('l2Advertisements', forEdge)
      .with('services', held({ labels: { tier: 'edge' } })),
    subject,
  },
  {
    check: 'MLB-L01',
    title: 'a sharing key and an advertisement for some Services',
    sick: in0162
      .with('l2Advertisements', forEdge)
      .with(
        'services',
        held({ labels: { tier: 'edge' }, annotations: { 'metallb.io/allow-shared-ip': 'one' } }),
      ),
    healthy: in0161
      .with('l2Advertisements', forEdge)
      .with(
        'services',
        held({ labels: { tier: 'edge' }, annotations: { 'metallb.io/allow-shared-ip': 'one' } }),
      ),
    subject,
  },
  {
    check: 'MLB-L02',
    title: 'the advertisement selects nodes by a label that none has',
    sick: announced.with('l2Advertisements', onEdge),
    healthy: announced
      .with('l2Advertisements', onEdge)
      .with('nodes', ...threeNodes({ n3: () => aNode('n3', '10.0.0.3', { edge: 'yes' }) })),
    subject,
  },
  {
    check: 'MLB-L03',
    title: 'every node carries the label, with the value false',
    sick: announced.with('nodes', ...excluded),
    healthy: announced.with('nodes', ...excluded.slice(1), aNode('n1', '10.0.0.1')),
    subject,
  },
  {
    check: 'MLB-L03',
    title: 'every node carries the label, and no endpoint is ready either',
    sick: announced.with('nodes', ...excluded).with('endpointSlices', ...unready),
    healthy: announced.with('endpointSlices', ...unready),
    subject,
  },
  {
    check: 'MLB-L03',
    title: 'the label on the nodes with endpoints, and policy Local',
    sick: local(endpointOn('n2')).with(
      'nodes',
      ...threeNodes({ n2: () => aNode('n2', '10.0.0.2', { [excludeLabel]: '' }) }),
    ),
    healthy: local(endpointOn('n1')).with(
      'nodes',
      ...threeNodes({ n2: () => aNode('n2', '10.0.0.2', { [excludeLabel]: '' }) }),
    ),
    subject,
  },
  {
    check: 'MLB-L03',
    title: 'the network of every node is not up',
    sick: announced.with(
      'nodes',
      ...threeNodes({}).map(withCondition('NetworkUnavailable', 'True')),
    ),
    healthy: announced.with(
      'nodes',
      ...threeNodes({}).map(withCondition('NetworkUnavailable', 'False')),
    ),
    subject,
  },
  {
    check: 'MLB-L03',
    title: 'every node is cordoned, in v0.14.9',
    sick: in0149.with(
      'nodes',
      ...threeNodes({}).map((node) => ({ ...node, spec: { ...node.spec, unschedulable: true } })),
    ),
    healthy: announced.with(
      'nodes',
      ...threeNodes({}).map((node) => ({ ...node, spec: { ...node.spec, unschedulable: true } })),
    ),
    subject,
  },
  {
    check: 'MLB-L04',
    title: 'no endpoint at all',
    sick: unserved,
    healthy: announced,
    subject,
  },
  {
    check: 'MLB-L04',
    title: 'endpoints that are not ready, one of them terminating',
    sick: announced.with(
      'endpointSlices',
      aSlice('shop/search', [
        endpointOn('n1', { ready: false }),
        endpointOn('n2', { ready: false, serving: false, terminating: true }),
      ]),
    ),
    healthy: announced.with(
      'endpointSlices',
      aSlice('shop/search', [endpointOn('n1', { ready: false, serving: true, terminating: true })]),
    ),
    subject,
  },
  {
    check: 'MLB-L04',
    title: 'the only endpoint is on a node that no longer answers',
    sick: announced
      .with('nodes', ...threeNodes({ n2: withCondition('Ready', 'Unknown') }))
      .with('endpointSlices', aSlice('shop/search', [endpointOn('n2', { ready: false })])),
    healthy: announced
      .with('nodes', ...threeNodes({ n2: withCondition('Ready', 'Unknown') }))
      .with(
        'endpointSlices',
        aSlice('shop/search', [endpointOn('n2', { ready: false }), endpointOn('n1')]),
      ),
    subject,
  },
  {
    check: 'MLB-L05',
    title: 'policy Local: endpoints on a node that the advertisement does not select',
    sick: local(endpointOn('n2'))
      .with('l2Advertisements', onN1)
      .with('nodes', ...rackA),
    healthy: local(endpointOn('n1'))
      .with('l2Advertisements', onN1)
      .with('nodes', ...rackA),
    subject,
  },
  {
    check: 'MLB-L05',
    title: 'policy Local: endpoints made by hand, without their node',
    sick: local({ addresses: ['10.0.0.50'], ready: true }),
    healthy: local(endpointOn('n3')),
    subject,
  },
  {
    check: 'MLB-L06',
    title: 'the last endpoints are terminating',
    sick: announced.with(
      'endpointSlices',
      aSlice('shop/search', [endpointOn('n2', { ready: false, serving: true, terminating: true })]),
    ),
    healthy: announced.with(
      'endpointSlices',
      aSlice('shop/search', [
        endpointOn('n2', { ready: false, serving: true, terminating: true }),
        endpointOn('n1'),
      ]),
    ),
    subject,
  },
];

/** What speakers make of the Service, and who they are. */
const speakerCases: readonly CheckCase[] = [
  {
    check: 'MLB-L07',
    title: 'a host name beside the address',
    sick: announced.with(
      'services',
      withStatus(held(), [{ ip: '10.0.0.100' }, { hostname: 'search.example.org' }]),
    ),
    healthy: announced.with('services', withStatus(held(), [{ hostname: 'search.example.org' }])),
    subject: undefined,
  },
  {
    check: 'MLB-L07',
    title: 'addresses of two pools',
    sick: announced
      .withPool(aPool('six', 'fd00::100-fd00::1ff'))
      .with('services', held({ ip: ['10.0.0.100', 'fd00::100'] })),
    healthy: announced
      .with('ipAddressPools', aPool('both', ['10.0.0.100-10.0.0.119', 'fd00::100-fd00::1ff']))
      .with('services', held({ ip: ['10.0.0.100', 'fd00::100'] })),
    subject,
  },
  {
    check: 'MLB-L08',
    title: 'only the controller was given the class',
    sick: announced
      .with('services', held({ loadBalancerClass: 'metallb.io/lan' }))
      .with('deployments', aWorkload('controller', { args: ['--lb-class=metallb.io/lan'] })),
    healthy: announced
      .with('services', held({ loadBalancerClass: 'metallb.io/lan' }))
      .with('deployments', aWorkload('controller', { args: ['--lb-class=metallb.io/lan'] }))
      .with('daemonSets', aWorkload('speaker', { args: ['--lb-class=metallb.io/lan'] })),
    subject,
  },
  {
    check: 'MLB-L09',
    title: 'no speaker pod at all',
    sick: announced.with('pods', controller),
    healthy: announced.with('pods', controller, speakerOn('n3')),
    subject,
  },
  {
    check: 'MLB-L09',
    title: 'no speaker pod, and no endpoint is ready either',
    sick: announced.with('endpointSlices', ...unready).with('pods', controller),
    healthy: announced.with('endpointSlices', ...unready).with('pods', controller, speakerOn('n3')),
    subject,
  },
  {
    check: 'MLB-L09',
    title: 'the only node with an endpoint has a speaker that crashes',
    sick: local(endpointOn('n2')).with(
      'pods',
      controller,
      speakerOn('n1'),
      crashed('n2'),
      speakerOn('n3'),
    ),
    healthy: local(endpointOn('n1')).with(
      'pods',
      controller,
      speakerOn('n1'),
      crashed('n2'),
      speakerOn('n3'),
    ),
    subject,
  },
  {
    check: 'MLB-L09',
    title: 'all speakers crash, and the first of them is on a node that may not announce',
    sick: local(endpointOn('n3')).with(
      'pods',
      controller,
      crashed('n1'),
      crashed('n2'),
      crashed('n3'),
    ),
    healthy: local(endpointOn('n3')).with(
      'pods',
      controller,
      crashed('n1'),
      crashed('n2'),
      speakerOn('n3'),
    ),
    subject,
  },
  {
    check: 'MLB-L09',
    title: 'no speaker pod, and a configuration that only speakers with FRR take',
    sick: announced.with('pods', controller).with('bfdProfiles', fast),
    healthy: announced.with('pods', controller, speakerOn('n3')),
    subject,
  },
  {
    check: 'MLB-L09',
    title: 'the only node that is selected has no speaker',
    sick: announced
      .with('l2Advertisements', onN1)
      .with('nodes', ...rackA)
      .with('pods', controller, speakerOn('n2'), speakerOn('n3')),
    healthy: announced.with('l2Advertisements', onN1).with('nodes', ...rackA),
    subject,
  },
  {
    check: 'MLB-L09',
    title: 'the only node that is selected no longer answers',
    sick: announced.with('l2Advertisements', onN1).with(
      'nodes',
      ...threeNodes({
        n1: () => withCondition('Ready', 'Unknown')(aNode('n1', '10.0.0.1', { rack: 'a' })),
      }),
    ),
    healthy: announced.with('l2Advertisements', onN1).with('nodes', ...rackA),
    subject,
  },
  {
    check: 'MLB-L10',
    title: 'the speakers refuse an advertisement, and nobody says that it is still announced',
    sick: announced.with('bgpAdvertisements', aBGPAdvertisement('edge', { aggregationLength: 40 })),
    healthy: announced.with('bgpAdvertisements', aBGPAdvertisement('edge', {})),
    subject,
  },
  {
    check: 'MLB-L11',
    title: 'the elected node is not Ready',
    sick: announced.with('nodes', ...threeNodes({}).map(withCondition('Ready', 'False'))),
    healthy: announced,
    subject,
  },
  {
    check: 'MLB-L11',
    title: 'without memberlist a dead node is elected',
    sick: announced
      .with('nodes', ...threeNodes({}).map(withCondition('Ready', 'Unknown')))
      .with('daemonSets', withoutMemberlist()),
    healthy: announced.with('daemonSets', withoutMemberlist()),
    subject,
  },
  {
    check: 'MLB-L13',
    title: 'two speakers say that they announce it, and one cannot join the others',
    sick: announced.with('serviceL2Statuses', aStatus('n1'), aStatus('n3')).withLog('speaker-n3', [
      said({
        op: 'memberDiscovery',
        msg: 'partial join',
        joined: 1,
        error: '2 errors occurred: dial tcp 10.0.0.1:7946: i/o timeout',
      }),
    ]),
    healthy: announced
      .with('serviceL2Statuses', aStatus('n3'))
      .withLog('speaker-n3', [
        said({ op: 'memberDiscovery', msg: 'partial join', error: 'i/o timeout' }),
        said({ op: 'Member detection', msg: 'memberlist join successfully' }),
      ]),
    subject,
  },
  {
    check: 'MLB-L13',
    title: 'one speaker has another key, and releases with other keys run side by side',
    sick: announced
      .with(
        'pods',
        controller,
        aPod('speaker', { name: 'speaker-n1', node: 'n1', version: 'v0.16.1' }),
        aPod('speaker', { name: 'speaker-n2', node: 'n2', version: 'v0.16.2' }),
      )
      .withLog('speaker-n2', [
        said({
          ts: '2026-03-14T03:12:00Z',
          op: 'memberDiscovery',
          msg: 'partial join',
          error: 'No installed keys could decrypt the message',
        }),
      ]),
    healthy: announced,
    subject,
  },
  {
    check: 'MLB-L13',
    title: 'two statuses and no word of why',
    sick: announced.with('serviceL2Statuses', aStatus('n1'), aStatus('n3')),
    healthy: announced.with('serviceL2Statuses', aStatus('n1')),
    subject,
  },
  {
    check: 'MLB-L18',
    title: 'the second address of another Service is the first of this one',
    sick: announced
      .with('ipAddressPools', aPool('both', ['10.0.0.100-10.0.0.119', 'fd00::100-fd00::1ff']))
      .withService(aService('shop/admin', { ip: ['10.0.0.103', '10.0.0.100'] }))
      .withSlice(aSlice('shop/admin', [endpointOn('n2')])),
    healthy: announced
      .with('ipAddressPools', aPool('both', ['10.0.0.100-10.0.0.119', 'fd00::100-fd00::1ff']))
      .withService(aService('shop/admin', { ip: '10.0.0.100' })),
    subject,
  },
  {
    check: 'MLB-L14',
    title: 'a status of a node without a speaker',
    sick: announced
      .with('serviceL2Statuses', aStatus('n1'))
      .with('pods', controller, speakerOn('n2'), speakerOn('n3')),
    healthy: announced,
    subject,
  },
  {
    check: 'MLB-L14',
    title: 'another node than the elected one says that it announces',
    sick: announced.with('serviceL2Statuses', aStatus('n2')),
    healthy: announced.with('serviceL2Statuses', aStatus('n1')),
    subject,
  },
  {
    check: 'MLB-L14',
    title: 'the elected speaker withdrew it',
    sick: announced.withLog('speaker-n1', [
      said({ event: 'serviceAnnounced', ips: ['10.0.0.100'], pool: 'lan', protocol: 'layer2' }),
      said({
        event: 'serviceWithdrawn',
        ts: '2026-03-14T02:00:09Z',
        ip: ['10.0.0.100'],
        reason: 'notOwner',
      }),
    ]),
    healthy: announced.withLog('speaker-n1', [
      said({ event: 'serviceWithdrawn', ip: ['10.0.0.100'], reason: 'notOwner' }),
      said({
        event: 'serviceAnnounced',
        ts: '2026-03-14T02:00:09Z',
        ips: ['10.0.0.100'],
        pool: 'lan',
        protocol: 'layer2',
      }),
    ]),
    subject,
  },
  {
    check: 'MLB-L14',
    title: 'a speaker goes on announcing what no pool contains',
    sick: announced
      .with('ipAddressPools', aPool('lan', '10.0.0.110-10.0.0.119'))
      .with('serviceL2Statuses', aStatus('n1')),
    healthy: announced.with('serviceL2Statuses', aStatus('n1')),
    subject,
  },
];

const elected = 'n1';
const responder = (name: string) =>
  said({ event: 'createARPResponder', interface: name, msg: 'created ARP responder' });
const failedEvent = anEvent(about, 'announceFailed', {
  message: `the interfaces specified by LB IP "10.0.0.100" doesn't exist in assigned node "${elected}" with protocol "layer2"`,
  at: '2026-03-14T03:00:00Z',
});

/** What is between the announcing node and the segment. */
const networkCases: readonly CheckCase[] = [
  {
    check: 'MLB-L15',
    title: 'the elected node has no such interface',
    sick: announced.with('l2Advertisements', eth9).withEvent(failedEvent),
    healthy: announced
      .with('l2Advertisements', eth9)
      .withLog(`speaker-${elected}`, [responder('eth9')]),
    subject,
  },
  {
    check: 'MLB-L15',
    title: 'the interface is on the list to leave alone',
    sick: announced
      .with('l2Advertisements', anL2Advertisement('all', { interfaces: ['veth0'] }))
      .with('configMaps', excludedInterfaces('^docker.*', '^veth.*'))
      .withEvent(failedEvent),
    healthy: announced
      .with('l2Advertisements', anL2Advertisement('all', { interfaces: ['veth0'] }))
      .with('configMaps', excludedInterfaces('^docker.*'))
      .withLog(`speaker-${elected}`, [responder('veth0')]),
    subject,
  },
  {
    check: 'MLB-L15',
    title: 'a member of a bond is named',
    sick: announced
      .with('l2Advertisements', eth9)
      .withLog(`speaker-${elected}`, [responder('bond0')]),
    healthy: announced
      .with('l2Advertisements', eth9)
      .withLog(`speaker-${elected}`, [responder('eth9')]),
    subject,
  },
  {
    check: 'MLB-L16',
    title: 'IPVS without strictARP',
    sick: announced
      .with('configMaps', kubeProxy('ipvs:\n  strictARP: false\nmode: ipvs\n'))
      .with('daemonSets', aWorkload('speaker'), other('kube-proxy', {})),
    healthy: announced
      .with('configMaps', kubeProxy('ipvs:\n  strictARP: true\nmode: ipvs\n'))
      .with('daemonSets', aWorkload('speaker'), other('kube-proxy', {})),
    subject,
  },
  {
    check: 'MLB-L16',
    title: 'IPVS without strictARP in the arguments of k3s',
    sick: announced.with(
      'nodes',
      ...threeNodes({ n2: builtIn('"--kube-proxy-arg","proxy-mode=ipvs"') }),
    ),
    healthy: announced.with(
      'nodes',
      ...threeNodes({
        n2: builtIn(
          '"--kube-proxy-arg","proxy-mode=ipvs","--kube-proxy-arg","ipvs-strict-arp=true"',
        ),
      }),
    ),
    subject,
  },
  {
    check: 'MLB-L17',
    title: 'no subnet of any node holds the address',
    sick: announced.with(
      'nodes',
      ...threeNodes({}).map(withAnnotation('projectcalico.org/IPv4Address', '10.0.0.1/26')),
    ),
    healthy: announced.with(
      'nodes',
      ...threeNodes({}).map(withAnnotation('projectcalico.org/IPv4Address', '10.0.0.1/24')),
    ),
    subject,
  },
  {
    check: 'MLB-L17',
    title: 'the elected node is in another subnet than the address',
    sick: announced.with(
      'nodes',
      ...threeNodes({
        n1: withAnnotation('projectcalico.org/IPv4Address', '10.0.1.1/24'),
        n2: withAnnotation('projectcalico.org/IPv4Address', '10.0.0.2/24'),
        n3: withAnnotation('projectcalico.org/IPv4Address', '10.0.0.3/24'),
      }),
    ),
    healthy: announced.with(
      'nodes',
      ...threeNodes({ n1: withAnnotation('projectcalico.org/IPv4Address', '10.0.0.1/24') }),
    ),
    subject,
  },
  {
    check: 'MLB-L17',
    title: 'the address is far from every node',
    sick: announced
      .with('ipAddressPools', aPool('lan', '192.168.1.240-192.168.1.250'))
      .with('services', held({ ip: '192.168.1.240' })),
    healthy: announced,
    subject,
  },
  {
    check: 'MLB-L21',
    title: "the address is a node's own",
    sick: announced.with('nodes', ...threeNodes({}), aNode('n4', '10.0.0.100')),
    healthy: announced,
    subject,
  },
  {
    check: 'MLB-L21',
    title: "an address of a node that no pool gave is somebody else's",
    sick: announced.with('nodes', ...threeNodes({}), aNode('n4', '10.0.0.100')),
    healthy: announced
      .with('services', withStatus(held(), [{ ip: '10.9.9.9' }]))
      .with('nodes', ...threeNodes({}), aNode('n4', '10.9.9.9')),
    subject,
  },
  {
    check: 'MLB-L17',
    title: 'the elected node is not next to the address as others are',
    sick: announced.with(
      'nodes',
      aNode('n1', '10.0.4.1'),
      aNode('n2', '10.0.0.2'),
      aNode('n3', '10.0.0.3'),
    ),
    healthy: announced.with(
      'nodes',
      aNode('n1', '10.0.4.1'),
      aNode('n2', '10.0.4.2'),
      aNode('n3', '10.0.4.3'),
    ),
    subject,
  },
  {
    check: 'MLB-L19',
    title: 'machines of a cloud',
    sick: announced.with(
      'nodes',
      ...threeNodes({}).map((node) => ({
        ...node,
        spec: { ...node.spec, providerID: 'aws:///eu-central-1a/i-0abc' },
      })),
    ),
    healthy: announced.with(
      'nodes',
      ...threeNodes({}).map((node) => ({
        ...node,
        spec: { ...node.spec, providerID: 'k3s://n1' },
      })),
    ),
    subject,
  },
  {
    check: 'MLB-L19',
    title: 'machines of OpenStack',
    sick: announced.with(
      'nodes',
      ...threeNodes({}).map((node) => ({
        ...node,
        spec: { ...node.spec, providerID: 'openstack:///0abc' },
      })),
    ),
    healthy: announced,
    subject,
  },
  {
    check: 'MLB-L20',
    title: 'kube-vip serves Services too',
    sick: announced.with(
      'daemonSets',
      aWorkload('speaker'),
      other('kube-vip-ds', { svc_enable: 'true' }),
    ),
    healthy: announced.with(
      'daemonSets',
      aWorkload('speaker'),
      other('kube-vip-ds', { cp_enable: 'true' }),
    ),
    subject,
  },
];

/** Asked of all Services at once. */
const everywhereCases: readonly CheckCase[] = [
  {
    check: 'MLB-L22',
    title: 'a label bars every node',
    sick: announced.with('nodes', ...excluded),
    healthy: announced.with('nodes', ...excluded.slice(1), aNode('n1', '10.0.0.1')),
    subject: undefined,
  },
  {
    check: 'MLB-L22',
    title: 'two Services, each for its own reason',
    sick: twoSilent,
    healthy: in0162.with('l2Advertisements', forEdge).with(
      'services',
      held({ labels: { tier: 'edge' } }),
      // without endpoints, which is another finding
      aService('shop/idle', { ip: '10.0.0.102' }),
    ),
    subject: undefined,
  },
  {
    check: 'MLB-L22',
    title: 'BGP reaches no neighbour, and the neighbours are known',
    sick: announced
      .with('l2Advertisements')
      .with('bgpAdvertisements', aBGPAdvertisement('edge'))
      .with('bgpPeers'),
    // no speaker at all is a finding of its own
    healthy: announced
      .with('l2Advertisements')
      .with('bgpAdvertisements', aBGPAdvertisement('edge'))
      .with('bgpPeers')
      .with('pods'),
    subject: undefined,
  },
];

/** Layer 2: sick clusters and their healthy twins. */
export const layer2Cases: readonly CheckCase[] = [
  ...everywhereCases,
  ...eligibleCases,
  ...speakerCases,
  ...networkCases,
];
