import type { BGPPeer, Workload } from '../../src/core/facts/kube-objects.ts';
import { aService } from '../builders/a-service.ts';
import { aWorkload } from '../builders/programs.ts';
import {
  aBGPAdvertisement,
  anL2Advertisement,
  aPool,
  aSlice,
  home,
  named,
} from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';
import {
  announced,
  aStatus,
  endpointOn,
  excludedInterfaces,
  kubeProxy,
  said,
  threeNodes,
  withAnnotation,
  withCondition,
} from './layer2-scenes.ts';

const subject = undefined;
const versionOf = (version: string) => ({ speakerVersion: version, controllerVersion: version });
const in0161 = announced.withInstallation(versionOf('v0.16.1'));
/** Every speaker was heard. */
const heard = in0161.withLog('speaker-n1', []);
const two = heard
  .withService(aService('shop/edge', { ip: '10.0.0.103' }))
  .withSlice(aSlice('shop/edge', [endpointOn('n1')]));

const sharing = two
  .with('ipAddressPools', aPool('both', ['10.0.0.100-10.0.0.119', 'fd00::100-fd00::1ff']))
  .withService(aService('shop/admin', { ip: ['10.0.0.104', '10.0.0.100'] }));

const proxied: Workload = {
  ...aWorkload('speaker'),
  metadata: named('kube-proxy', { namespace: 'kube-system' }),
};
const withProxy = announced.with('daemonSets', aWorkload('speaker'), proxied);

const router: BGPPeer = {
  kind: 'BGPPeer',
  metadata: named('router', { namespace: home }),
  spec: {
    myASN: 64512,
    peerASN: 64513,
    peerAddress: '10.0.0.254',
    hasPassword: false,
    nodeSelectors: [],
  },
};

const onlyOn = (...interfaces: readonly string[]) => anL2Advertisement('all', { interfaces });
const complaint = (service: string, node: string) =>
  [
    node,
    [
      said({
        ts: '2026-03-14T03:00:00Z',
        level: 'warn',
        op: 'SetBalancer',
        service,
        msg: `the specified interfaces used to announce LB IP don't exist`,
      }),
    ],
  ] as const;
const responder = (name: string) =>
  said({ ts: '2026-03-10T00:00:04Z', event: 'createARPResponder', interface: name });

const partialJoin = said({
  ts: '2026-03-14T03:12:02Z',
  op: 'memberDiscovery',
  msg: 'partial join',
  error: '* Failed to join 10.0.0.1:7946: dial tcp 10.0.0.1:7946: i/o timeout',
});
const announcedBy = (...ips: readonly string[]) =>
  said({ event: 'serviceAnnounced', protocol: 'layer2', ips });

const withoutMemberlist = (): Workload => {
  const { spec, ...rest } = aWorkload('speaker');
  const containers = spec.template.containers.map((each) => ({
    ...each,
    env: { METALLB_NODE_NAME: '' },
  }));
  return { ...rest, spec: { ...spec, template: { ...spec.template, containers } } };
};

/** What layer 2 suffers from as a whole: asked by health of all Services at once. */
export const layer2EverywhereCases: readonly CheckCase[] = [
  {
    check: 'MLB-L23',
    title: 'two speakers announce two addresses, and one says that it cannot join the other',
    sick: two
      .withLog('speaker-n1', [announcedBy('10.0.0.100'), announcedBy('10.0.0.103')])
      .withLog('speaker-n3', [announcedBy('10.0.0.100', '10.0.0.103'), partialJoin]),
    healthy: two.withLog('speaker-n3', [announcedBy('10.0.0.100', '10.0.0.103')]),
    subject,
  },
  {
    check: 'MLB-L23',
    title: 'a speaker does not see another, and nobody announces twice yet',
    sick: heard.withLog('speaker-n3', [partialJoin]),
    healthy: heard
      .with('nodes', ...threeNodes({ n1: withCondition('Ready', 'Unknown') }))
      .withLog('speaker-n3', [partialJoin]),
    subject,
  },
  {
    check: 'MLB-L23',
    title: 'two logs say so, and nothing why',
    sick: heard
      .withLog('speaker-n1', [announcedBy('10.0.0.100')])
      .withLog('speaker-n3', [announcedBy('10.0.0.100')]),
    // left over after a hard kill, without harm
    healthy: heard
      .withInstallation(versionOf('v0.15.3'))
      .with('serviceL2Statuses', aStatus('n1'), aStatus('n3')),
    subject,
  },
  {
    check: 'MLB-L23',
    title: 'two pairs of speakers',
    sick: two
      .withLog('speaker-n1', [announcedBy('10.0.0.100')])
      .withLog('speaker-n2', [announcedBy('10.0.0.100'), announcedBy('10.0.0.103')])
      .withLog('speaker-n3', [announcedBy('10.0.0.103')]),
    healthy: two
      .withLog('speaker-n2', [announcedBy('10.0.0.100')])
      .withLog('speaker-n3', [announcedBy('10.0.0.103')]),
    subject,
  },
  {
    check: 'MLB-L24',
    title: 'the settings of kube-proxy choose IPVS',
    sick: withProxy.with('configMaps', kubeProxy('mode: ipvs\nipvs:\n  strictARP: false\n')),
    healthy: withProxy.with('configMaps', kubeProxy('mode: ipvs\nipvs:\n  strictARP: true\n')),
    subject,
  },
  {
    check: 'MLB-L24',
    title: 'k3s runs it in IPVS mode, for two Services',
    sick: two.with(
      'nodes',
      ...threeNodes({}).map(
        withAnnotation('k3s.io/node-args', '["server","--kube-proxy-arg","proxy-mode=ipvs"]'),
      ),
    ),
    // what replaced kube-proxy took it off all nodes, and its settings stayed
    healthy: two
      .with('configMaps', kubeProxy('mode: ipvs\n'))
      .with('daemonSets', aWorkload('speaker'), {
        ...proxied,
        status: { ...proxied.status, desired: 0 },
      }),
    subject,
  },
  {
    check: 'MLB-L25',
    title: 'the elected nodes lack the interface',
    sick: two
      .with('l2Advertisements', onlyOn('eth9'))
      .withLog(...complaint('shop/search', 'speaker-n1'))
      .withLog(...complaint('shop/edge', 'speaker-n3')),
    healthy: two
      .with('l2Advertisements', onlyOn('eth9'))
      .withLog(...complaint('shop/gone', 'speaker-n1')),
    subject,
  },
  {
    check: 'MLB-L25',
    title: 'the list of interfaces to leave alone takes it out, and BGP brings the traffic',
    sick: heard
      .with('l2Advertisements', onlyOn('veth0'))
      .with('bgpAdvertisements', aBGPAdvertisement('edge'))
      .with('bgpPeers', router)
      .with('configMaps', excludedInterfaces('^veth.*')),
    healthy: heard
      .with('l2Advertisements', onlyOn('veth0', 'eth0'))
      .with('configMaps', excludedInterfaces('^veth.*')),
    subject,
  },
  {
    check: 'MLB-L25',
    title: 'a member of a bond',
    sick: heard
      .with('l2Advertisements', onlyOn('enp1s0'))
      .withLog('speaker-n1', [responder('bond0')])
      .withLog('speaker-n3', [responder('bond0')]),
    healthy: heard
      .with('l2Advertisements', onlyOn('bond0'))
      .withLog('speaker-n1', [responder('bond0')])
      .withLog('speaker-n3', [responder('bond0')]),
    subject,
  },
  {
    check: 'MLB-L26',
    title: 'no node is Ready',
    sick: two.with('nodes', ...threeNodes({}).map(withCondition('Ready', 'False'))),
    healthy: two,
    subject,
  },
  {
    check: 'MLB-L26',
    title: 'without memberlist a dead node is elected',
    sick: two
      .with('nodes', ...threeNodes({ n1: withCondition('Ready', 'Unknown') }))
      .with('daemonSets', withoutMemberlist()),
    healthy: two
      .with('nodes', ...threeNodes({ n2: withCondition('Ready', 'Unknown') }))
      .with('daemonSets', withoutMemberlist()),
    subject,
  },
  {
    check: 'MLB-L26',
    title: 'two elected nodes no longer report',
    sick: two.with(
      'nodes',
      ...threeNodes({
        n1: withCondition('Ready', 'Unknown'),
        n3: withCondition('Ready', 'Unknown'),
      }),
    ),
    healthy: two.with('nodes', ...threeNodes({ n2: withCondition('Ready', 'Unknown') })),
    subject,
  },
  {
    check: 'MLB-L27',
    title: 'the second address of one Service is the first of another',
    sick: sharing.withSlice(aSlice('shop/admin', [endpointOn('n2')])),
    // nobody announces what has no endpoint
    healthy: sharing,
    subject,
  },
];
