import type { FRRNodeState, KubeEvent, Workload } from '../../../src/core/facts/kube-objects.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { aLook, anAnswer, macs } from '../../builders/a-look.ts';
import { aPod, aWorkload } from '../../builders/programs.ts';
import {
  aBGPAdvertisement,
  aNode,
  anEvent,
  aPool,
  aSlice,
  home,
  named,
} from '../../builders/some-objects.ts';

/** A cluster in which one known bug shows, its twin of the same release without the sign, and a release without it. */
export interface BugCase {
  readonly bug: string;
  readonly sick: SnapshotBuilder;
  readonly clean: SnapshotBuilder;
  /** A release that does not have it; undefined when every release has. */
  readonly without: string | undefined;
  readonly says: string;
  readonly about: string | undefined;
}

/** A cluster that runs this release. */
export function running(version: string): SnapshotBuilder {
  return aSnapshot().withInstallation({ controllerVersion: version, speakerVersion: version });
}

const exclude = { 'node.kubernetes.io/exclude-from-external-load-balancers': '' };
const lan = aPool('lan', '192.0.2.0/30');
const dual = aPool('dual', ['192.0.2.0/28', '2001:db8::/124']);
const at = '2026-03-14T03:10:00Z';

function speakerSays(version: string, ...lines: readonly string[]): SnapshotBuilder {
  return running(version).withLog('speaker-n1', lines);
}

function controllerSays(version: string, ...lines: readonly string[]): SnapshotBuilder {
  return running(version).withSnapshot({ logs: [] }).withLog('controller-0', lines);
}

function line(words: Readonly<Record<string, string>>): string {
  return JSON.stringify({ level: 'info', ts: at, ...words });
}

const announcedLine = line({ event: 'serviceAnnounced', protocol: 'layer2' });
const linkFlap = ['deleteNDPResponder', 'createNDPResponder'].map((event) =>
  line({ event, interface: 'eth0' }),
);

/** One Service from a pool that BGP advertises. */
function advertising(version: string): SnapshotBuilder {
  return running(version)
    .withPool(lan)
    .withService(aService('shop/web', { ip: '192.0.2.1' }))
    .with('bgpAdvertisements', aBGPAdvertisement('edge'));
}

function nodeState(lastConversionResult: string): FRRNodeState {
  return { kind: 'FRRNodeState', metadata: named('n1'), status: { lastConversionResult } };
}

function labelled(version: string, chart: string): SnapshotBuilder {
  const controller = aWorkload('controller');
  const metadata = { ...controller.metadata, labels: { 'helm.sh/chart': chart } };
  return running(version).with('deployments', { ...controller, metadata });
}

function frrDaemonSet(): Workload {
  const speaker = aWorkload('speaker');
  return { ...speaker, metadata: named('metallb-frr-k8s', { namespace: home }) };
}

function speakerWith(env: Readonly<Record<string, string>>): Workload {
  const speaker = aWorkload('speaker');
  const [container] = speaker.spec.template.containers;
  if (container === undefined) {
    throw new Error('the builder makes a container');
  }
  const template = { ...speaker.spec.template, containers: [{ ...container, env }] };
  return { ...speaker, spec: { ...speaker.spec, template } };
}

function failingPod(container: string, where: 'containerStatuses' | 'initContainerStatuses') {
  const pod = aPod('speaker', { name: 'speaker-n1', ready: false });
  const status = {
    name: container,
    image: 'frr',
    ready: false,
    restartCount: 4,
    state: { state: 'waiting', reason: 'CrashLoopBackOff' } as const,
  };
  return { ...pod, status: { ...pod.status, [where]: [...pod.status[where], status] } };
}

function annotatedPod(annotations: Readonly<Record<string, string>>) {
  const pod = aPod('controller');
  return { ...pod, metadata: { ...pod.metadata, annotations } };
}

function refusal(message: string): KubeEvent {
  const about = { kind: 'Service', namespace: 'shop', name: 'web' };
  return anEvent(about, 'AllocationFailed', { message, at });
}

function webhooks(service: string, version: string): SnapshotBuilder {
  return running(version).with('validatingWebhooks', {
    kind: 'ValidatingWebhookConfiguration',
    metadata: named('metallb-webhook-configuration'),
    webhooks: [
      {
        name: 'ipaddresspoolvalidationwebhook.metallb.io',
        service: { namespace: home, name: service },
        hasCaBundle: true,
        rules: [{ apiGroups: ['metallb.io'], resources: ['ipaddresspools'] }],
      },
    ],
  });
}

function l2Status(name: string, node: string) {
  return {
    kind: 'ServiceL2Status' as const,
    metadata: named(name, { namespace: home }),
    status: { node, serviceName: 'web', serviceNamespace: 'shop', interfaces: [] },
  };
}

const held = aService('shop/web', { ip: '192.0.2.0' });
const oneIP = { clusterIPs: ['10.96.0.10'], policy: 'PreferDualStack' } as const;
const twoIPs = { clusterIPs: ['10.96.0.10', 'fd00::10'], policy: 'PreferDualStack' } as const;
const shared = { annotations: { 'metallb.universe.tf/allow-shared-ip': 'k' } } as const;
const immutable =
  'ServiceL2Status.metallb.io "l2-abcde" is invalid: status.node: Invalid value: "string": Value is immutable';
const again = line({
  level: 'error',
  msg: 'Reconciler error',
  error: 'resourceVersion should not be set on objects to be created',
});
const complaint = line({
  level: 'error',
  controller: 'PoolReconciler',
  error: 'parsing address pool lan: pool has no prefixes defined',
});
const reloaded = line({ controller: 'PoolReconciler', event: 'config reloaded' });
const overlap = line({
  level: 'error',
  name: 'lan',
  error: 'pool cidr "192.0.2.2/31" contains nodeIp "192.0.2.2"',
});
const noAddress = line({
  level: 'error',
  op: 'createNDPResponder',
  interface: 'eth1',
  error: 'listen ip6:ipv6-icmp fe80::1%eth1: bind: cannot assign requested address',
});
const responder = (name: string) =>
  line({
    event: 'createARPResponder',
    interface: name,
    msg: 'created ARP responder for interface',
  });
const operator = {
  ...aWorkload('controller'),
  metadata: named('metallb-operator-controller-manager', { namespace: home }),
};
const mayNotList = line({
  level: 'error',
  error: 'servicebgpstatuses.metallb.io is forbidden: User "speaker" cannot list resource',
});

/** Every known bug once. */
export const bugCases: readonly BugCase[] = [
  {
    bug: 'metallb#2656',
    sick: running('v0.14.9').withPool(
      aPool('gold', '192.0.2.0/30', { serviceAllocation: priority(5) }),
    ),
    clean: running('v0.14.9').withPool(
      aPool('gold', '192.0.2.0/30', {
        serviceAllocation: { ...priority(5), namespaces: ['shop'] },
      }),
    ),
    without: 'v0.15.0',
    says: 'pool gold has only a priority, and this release gives no address from it unasked',
    about: 'gold',
  },
  {
    bug: 'metallb#1586',
    sick: running('v0.13.7').withPool(lan).withService(aService('shop/web')),
    clean: running('v0.13.7').withPool(lan).withService(held),
    without: 'v0.13.9',
    says: 'shop/web waits although there is an address for it, and this release does not look again by itself',
    about: 'web',
  },
  {
    bug: 'metallb#2403',
    sick: running('v0.14.5').withPool(lan).withService(aService('shop/web', shared)),
    clean: running('v0.14.5').withPool(lan).withService(aService('shop/web')),
    without: 'v0.15.0',
    says: 'shop/web waits although there is an address for it, and this release does not look again by itself',
    about: 'web',
  },
  {
    bug: 'metallb#1339',
    sick: running('v0.14.8').withPool(lan).withService(aService('shop/web', twoIPs)),
    clean: running('v0.14.8')
      .withPool(lan)
      .withService(aService('shop/web', { ...twoIPs, policy: 'RequireDualStack' })),
    without: 'v0.14.9',
    says: 'shop/web prefers two families, and this release refuses it for having one pool family only',
    about: 'web',
  },
  {
    bug: 'metallb#2891',
    sick: running('v0.15.3')
      .withService(aService('shop/web'))
      .withEvent(
        refusal('Failed to allocate IP for "shop/web": ["<nil>"] is not allowed in config'),
      ),
    clean: running('v0.15.3')
      .withService(aService('shop/web'))
      .withEvent(refusal('Failed to allocate IP for "shop/web": no available IPs')),
    without: 'v0.16.0',
    says: 'shop/web is told ["<nil>"] is not allowed in config, which means that its pool has no address for it',
    about: 'web',
  },
  {
    bug: 'metallb#2724',
    sick: running('v0.14.9').withService(
      aService('shop/web', { ...oneIP, ip: ['192.0.2.0', '2001:db8::'] }),
    ),
    clean: running('v0.14.9').withService(
      aService('shop/web', { ...twoIPs, ip: ['192.0.2.0', '2001:db8::'] }),
    ),
    without: 'v0.15.0',
    says: 'shop/web holds 192.0.2.0 and 2001:db8:: with one cluster IP, and the cluster serves only the address of that family',
    about: 'web',
  },
  {
    bug: 'metallb#2723',
    sick: running('v0.14.9')
      .withPool(dual)
      .withService(aService('shop/web', { ...oneIP, ip: ['192.0.2.3', '2001:db8::3'] })),
    clean: running('v0.14.9')
      .withPool(dual)
      .withService(aService('shop/web', { ...oneIP, ip: ['192.0.2.0', '2001:db8::'] })),
    without: 'v0.15.0',
    says: 'shop/web holds 192.0.2.3 and 2001:db8::3 and goes to 192.0.2.0 and 2001:db8:: the next time MetalLB looks at it',
    about: 'web',
  },
  {
    bug: 'metallb#2726',
    sick: running('v0.15.3')
      .withPool(dual)
      .withService(aService('shop/web', { ...oneIP, ip: '192.0.2.0' })),
    clean: running('v0.15.3')
      .withPool(lan)
      .withService(aService('shop/web', { ...oneIP, ip: '192.0.2.0' })),
    without: 'v0.14.9',
    says: 'shop/web prefers two families, has one cluster IP, and pool dual has both: its second address comes and goes without end',
    about: 'web',
  },
  {
    bug: 'metallb#1774',
    sick: running('v0.13.7').withService(held, aService('shop/api', { ip: '192.0.2.0' })),
    clean: running('v0.13.7').withService(held, aService('shop/api', { ip: '192.0.2.1' })),
    without: 'v0.14.2',
    says: 'shop/api and shop/web hold 192.0.2.0 without sharing it, as this release lets happen after a restart',
    about: 'api',
  },
  {
    bug: 'metallb#1591',
    sick: running('v0.13.5')
      .withPool(madeAt('2026-03-10T00:00:00Z'))
      .withService(held, aService('shop/api', { ip: '192.0.2.0' })),
    clean: running('v0.13.5')
      .withPool(madeAt('2026-01-01T00:00:00Z'))
      .withService(held, aService('shop/api', { ip: '192.0.2.0' })),
    without: 'v0.14.2',
    says: 'shop/api and shop/web hold 192.0.2.0 without sharing it, as this release lets happen and their pool was made again since',
    about: 'api',
  },
  {
    bug: 'metallb#660',
    sick: running('v0.13.12')
      .withPool(lan)
      .withService(aService('shop/web', { ip: '198.51.100.7' })),
    clean: running('v0.13.12').withPool(lan).withService(held),
    without: 'v0.14.2',
    says: 'shop/web holds 198.51.100.7, which no pool has now: this release then keeps to the old pools',
    about: 'web',
  },
  {
    bug: 'metallb#1984',
    sick: running('v0.13.12')
      .withPool(aPool('tiny', '192.0.2.0/32'))
      .withService(held, aService('shop/api')),
    clean: running('v0.13.12').withPool(lan).withService(held, aService('shop/api')),
    without: 'v0.14.2',
    says: 'shop/api waits for an address of a full pool: the next restart of the controller may take one from its holder',
    about: 'api',
  },
  {
    bug: 'metallb#2245',
    sick: controllerSays('v0.15.3', complaint).withPool(lan),
    clean: controllerSays('v0.15.3', complaint, reloaded).withPool(lan),
    without: 'v0.13.10',
    says: 'the controller refused its pools and never loaded others, and the pools are fine now: its stale-configuration metric stays 1',
    about: undefined,
  },
  {
    bug: 'metallb#2425',
    sick: speakerSays(
      'v0.14.5',
      line({
        op: 'startup',
        msg: 'not starting fast dead node detection (memberlist), need ml-bindaddr / ml-labels config',
      }),
    ),
    clean: running('v0.14.5').with('daemonSets', speakerWith({ METALLB_ML_LABELS: 'app=metallb' })),
    without: 'v0.15.0',
    says: 'the speakers run without memberlist, and with this release nobody announces an address in layer 2 then',
    about: 'speaker',
  },
  {
    bug: 'metallb#2425',
    sick: running('v0.14.9').with('daemonSets', speakerWith({ METALLB_BGP_TYPE: 'native' })),
    clean: running('v0.14.9')
      .with('daemonSets', speakerWith({ METALLB_BGP_TYPE: 'native' }))
      .with('l2Advertisements'),
    without: 'v0.15.3',
    says: 'the speakers run without memberlist, and with this release nobody announces an address in layer 2 then',
    about: 'speaker',
  },
  {
    bug: 'metallb#2470',
    sick: running('v0.14.9').with('nodes', cordoned('n1'), aNode('n2', '10.0.0.2')),
    clean: running('v0.14.9').with('nodes', aNode('n1'), aNode('n2')),
    without: 'v0.15.0',
    says: 'n1 of 2 nodes is cordoned and announces nothing with this release',
    about: 'n1',
  },
  {
    bug: 'metallb#2021',
    sick: running('v0.13.12').with('nodes', aNode('n1', '10.0.0.1', exclude), aNode('n2')),
    clean: running('v0.13.12').with('nodes', aNode('n1'), aNode('n2')),
    without: 'v0.14.2',
    says: 'n1 is marked to stay out of load balancers, which this release does not heed',
    about: 'n1',
  },
  {
    bug: 'metallb#2274',
    sick: running('v0.14.2').with(
      'nodes',
      aNode('n1', '10.0.0.1', exclude),
      aNode('n2', '10.0.0.2', exclude),
    ),
    clean: running('v0.14.2').with('nodes', aNode('n1', '10.0.0.1', exclude), aNode('n2')),
    without: 'v0.14.4',
    says: 'every node (n1, n2) is marked to stay out of load balancers: nobody announces',
    about: undefined,
  },
  {
    bug: 'metallb#2337',
    sick: running('v0.14.3')
      .withService(held)
      .withSlice(aSlice('shop/web', [{ addresses: ['10.1.0.1'], ready: true, serving: false }])),
    clean: running('v0.14.3')
      .withService(held)
      .withSlice(aSlice('shop/web', [{ addresses: ['10.1.0.1'], ready: true, serving: true }])),
    without: 'v0.14.5',
    says: 'shop/web has only endpoints that are published without serving, and this release announces it from nowhere',
    about: 'web',
  },
  {
    bug: 'metallb#2908',
    sick: advertising('v0.15.3').withSlice(
      aSlice('shop/web', [
        { addresses: ['10.1.0.1'], ready: true },
        { addresses: ['10.1.0.1'], ready: false },
      ]),
    ),
    clean: advertising('v0.15.3').withSlice(
      aSlice('shop/web', [
        { addresses: ['10.1.0.1'], ready: true },
        { addresses: ['10.1.0.2'], ready: false },
      ]),
    ),
    without: 'v0.16.0',
    says: 'shop/web has an endpoint that serves, and BGP of this release counts its address as unhealthy',
    about: 'web',
  },
  {
    bug: 'metallb#2537',
    sick: running('v0.14.8').with(
      'frrNodeStates',
      nodeState('failed: multiple hold times specified for neighbor 192.0.2.9'),
    ),
    clean: running('v0.14.8').with('frrNodeStates', nodeState('success')),
    without: 'v0.14.9',
    says: 'FRR-K8s on n1 finds several timers for one neighbour, and this release writes some unasked',
    about: 'n1',
  },
  {
    bug: 'metallb#2593',
    sick: running('v0.14.8')
      .withPool(lan, dual)
      .with('bgpAdvertisements', aBGPAdvertisement('edge', { ipAddressPools: ['lan'] })),
    clean: running('v0.14.8')
      .withPool(lan)
      .with('bgpAdvertisements', aBGPAdvertisement('edge', { ipAddressPools: ['lan'] })),
    without: 'v0.14.9',
    says: 'pool dual holds IPv6 (2001:db8::/124), and native speakers of this release refuse their configuration over it',
    about: 'dual',
  },
  {
    bug: 'metallb#2635',
    sick: speakerSays('v0.15.3', responder('weave')),
    clean: speakerSays('v0.15.3', responder('eth0')),
    without: undefined,
    says: 'speaker-n1 answers on weave, which belongs to the overlay of Weave',
    about: undefined,
  },
  {
    bug: 'metallb#2864',
    sick: speakerSays('v0.15.2', responder('lxc_health')),
    clean: speakerSays('v0.15.2', responder('eth0')),
    without: 'v0.15.3',
    says: "speaker-n1 answers on lxc_health, which belongs to Cilium's pod interfaces",
    about: undefined,
  },
  {
    bug: 'metallb#584',
    sick: speakerSays('v0.16.1', announcedLine, ...linkFlap),
    clean: speakerSays('v0.16.1', ...linkFlap, announcedLine),
    without: undefined,
    says: 'speaker-n1 lost eth0 and has it back, and has not announced its addresses anew',
    about: undefined,
  },
  {
    bug: 'metallb#779',
    sick: speakerSays(
      'v0.15.3',
      line({
        level: 'error',
        op: 'createARPResponder',
        interface: 'ib0',
        error: 'arp: invalid hardware address',
      }),
    ),
    clean: speakerSays('v0.15.3', responder('eth0')),
    without: undefined,
    says: 'speaker-n1 cannot make a responder on an interface with a long hardware address',
    about: undefined,
  },
  {
    bug: 'metallb#2685',
    sick: speakerSays('v0.15.3', noAddress),
    clean: speakerSays(
      'v0.15.3',
      noAddress,
      line({
        event: 'createNDPResponder',
        interface: 'eth1',
        msg: 'created NDP responder for interface',
      }),
    ),
    without: undefined,
    says: 'speaker-n1 has no IPv6 responder on eth1: its link-local address cannot be used',
    about: undefined,
  },
  {
    bug: 'metallb#2626',
    sick: speakerSays(
      'v0.15.3',
      line({ level: 'error', error: immutable }),
      line({ level: 'error', error: immutable }),
    ),
    clean: speakerSays('v0.15.3', line({ level: 'error', error: 'Operation cannot be fulfilled' })),
    without: 'v0.16.0',
    says: 'speaker-n1 may not change the node of a ServiceL2Status (2 times in these logs): noise, if the address answers',
    about: undefined,
  },
  {
    bug: 'metallb#2705',
    sick: running('v0.15.3').with(
      'serviceL2Statuses',
      l2Status('l2-a', 'n1'),
      l2Status('l2-b', 'n2'),
    ),
    clean: running('v0.15.3').with('serviceL2Statuses', l2Status('l2-a', 'n1')),
    without: 'v0.16.0',
    says: 'the status objects of shop/web name n1 and n2; one node announces it',
    about: 'web',
  },
  {
    bug: 'metallb#2705',
    sick: running('v0.15.3')
      .with('serviceL2Statuses', l2Status('l2-a', 'n1'))
      .withEvent(announcedFrom('n2')),
    clean: running('v0.15.3')
      .with('serviceL2Statuses', l2Status('l2-a', 'n1'))
      .withEvent(announcedFrom('n1')),
    without: 'v0.16.0',
    says: 'the status object of shop/web names n1, but n2 said last that it announces it',
    about: 'web',
  },
  {
    bug: 'metallb#3063',
    sick: speakerSays('v0.16.1', again, again, again),
    clean: speakerSays('v0.16.1', again),
    without: 'v0.15.3',
    says: 'speaker-n1 creates a ServiceL2Status again and again (3 refusals in these logs): load for the API server, while the address is announced',
    about: undefined,
  },
  {
    bug: 'metallb#3062',
    sick: running('v0.16.0').with('pods', aPod('controller', { ready: false })),
    clean: running('v0.16.0').with('pods', aPod('controller')),
    without: 'v0.16.1',
    says: 'controller-0 runs and is not ready: its health endpoint cannot be reached with this release',
    about: 'controller-0',
  },
  {
    bug: 'metallb#2708',
    sick: running('v0.14.9').with('pods', failingPod('frr', 'containerStatuses')),
    clean: running('v0.14.9').with('pods', aPod('speaker')),
    without: 'v0.15.0',
    says: 'container frr of speaker-n1 does not come up, as is known of this release',
    about: 'speaker-n1',
  },
  {
    bug: 'metallb#2462',
    sick: running('v0.14.7').with('pods', failingPod('cp-frr-files', 'initContainerStatuses')),
    clean: running('v0.14.7').with('pods', aPod('speaker')),
    without: 'v0.14.8',
    says: 'container cp-frr-files of speaker-n1 does not come up, as is known of this release',
    about: 'speaker-n1',
  },
  {
    bug: 'metallb#2779',
    sick: controllerSays('v0.15.0', overlap),
    clean: controllerSays('v0.15.0', reloaded),
    without: 'v0.15.1',
    says: 'the webhook refused pool lan for the address of a node, which this release judges wrongly for ranges',
    about: undefined,
  },
  {
    bug: 'metallb-operator#379',
    sick: speakerSays('v0.15.3', mayNotList).with('deployments', operator),
    clean: speakerSays('v0.15.3', mayNotList),
    without: undefined,
    says: "speaker-n1 may not list a kind of MetalLB, and the roles are the operator's to write",
    about: 'metallb-operator-controller-manager',
  },
  {
    bug: 'metallb#3058',
    sick: labelled('v0.16.0', 'metallb-0.16.0'),
    clean: running('v0.16.0'),
    without: 'v0.16.1',
    says: 'it was installed with chart 0.16.0, which does not render with its default values',
    about: 'controller',
  },
  {
    bug: 'metallb#3055',
    sick: running('v0.16.0').with('pods', annotatedPod({ 'prometheus.io/scrape': 'true' })),
    clean: running('v0.16.0').with(
      'pods',
      annotatedPod({ 'prometheus.io/scrape': 'true', 'prometheus.io/scheme': 'https' }),
    ),
    without: 'v0.15.3',
    says: 'controller-0 is marked to be scraped in plain HTTP, and this release serves its metrics with TLS only',
    about: 'controller-0',
  },
  {
    bug: 'metallb#3053',
    sick: labelled('v0.16.1', 'metallb-0.16.1').with(
      'daemonSets',
      aWorkload('speaker'),
      frrDaemonSet(),
    ),
    clean: labelled('v0.16.1', 'metallb-0.16.1')
      .with('daemonSets', aWorkload('speaker'), frrDaemonSet())
      .with('bgpAdvertisements', aBGPAdvertisement('edge')),
    without: 'v0.15.3',
    says: 'DaemonSet metallb-frr-k8s runs, and no BGPAdvertisement uses it',
    about: 'metallb-frr-k8s',
  },
  {
    bug: 'metallb#2920',
    sick: askedByNdp('silent'),
    clean: askedByNdp('answered'),
    without: undefined,
    says: 'shop/six: 02:00:00:00:00:01 answers for 2001:db8::100 when the group is asked, and not when it is asked alone; no release answers neighbours that ask for an IPv6 address by unicast, so some lose it now and then',
    about: 'six',
  },
  {
    bug: 'metallb#2244',
    sick: webhooks('webhook-service', 'v0.14.5'),
    clean: webhooks('metallb-webhook-service', 'v0.14.5'),
    without: 'v0.14.3',
    says: 'metallb-webhook-configuration asks webhook-service, and the certificate of this release is for metallb-webhook-service',
    about: 'metallb-webhook-configuration',
  },
];

/** An IPv6 address in layer 2, and what a look by NDP heard of it. */
function askedByNdp(askedAlone: 'answered' | 'silent'): SnapshotBuilder {
  const answers = [anAnswer(macs.n1, { askedAlone })];
  return running('v0.16.1')
    .withPool(aPool('six', '2001:db8::100/120'))
    .withService(aService('shop/six', { ip: '2001:db8::100' }))
    .withSnapshot({ wire: [aLook('2001:db8::100', { method: 'ndp', answers })] });
}

function priority(value: number) {
  return { priority: value, namespaces: [], namespaceSelectors: [], serviceSelectors: [] };
}

function madeAt(creationTimestamp: string) {
  return { ...lan, metadata: { ...lan.metadata, creationTimestamp } };
}

function cordoned(name: string) {
  const node = aNode(name);
  return { ...node, spec: { ...node.spec, unschedulable: true } };
}

function announcedFrom(node: string): KubeEvent {
  const about = { kind: 'Service', namespace: 'shop', name: 'web' };
  const message = `announcing from node "${node}" with protocol "layer2"`;
  return anEvent(about, 'nodeAssigned', { message, at, type: 'Normal' });
}
