import type { BGPPeer, BGPSessionState, Service } from '../../src/core/facts/kube-objects.ts';
import { aService } from '../builders/a-service.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aPod, aWorkload } from '../builders/programs.ts';
import {
  aBGPAdvertisement,
  anL2Advertisement,
  aNode,
  aPool,
  aSlice,
  home,
  named,
} from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';

const key = 'shop/web';
const excludeLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';

const selector = (labels: Readonly<Record<string, string>>) => ({
  matchLabels: labels,
  matchExpressions: [],
});

const aBGPPeer = (name: string, spec: Partial<BGPPeer['spec']> = {}): BGPPeer => ({
  kind: 'BGPPeer',
  metadata: named(name, { namespace: home }),
  spec: {
    myASN: 64_500,
    peerASN: 64_501,
    peerAddress: '10.0.0.254',
    nodeSelectors: [],
    hasPassword: false,
    ...spec,
  },
});

const web = (words: Parameters<typeof aService>[1] = {}): Service =>
  aService(key, { ip: '10.4.11.2', ...words });
const serving = (...nodes: readonly string[]) =>
  aSlice(
    key,
    nodes.map((nodeName, index) => ({
      addresses: [`10.244.${index}.5`],
      nodeName,
      ready: true,
      serving: true,
    })),
  );

/** Native BGP of v0.15.3: one router, three nodes, one Service that all of them advertise. */
const native = aSnapshot()
  .withPool(aPool('wan', '10.4.11.0/28'))
  .with('l2Advertisements')
  .with('bgpAdvertisements', aBGPAdvertisement('edge'))
  .with('bgpPeers', aBGPPeer('router-a'))
  .with('services', web())
  .with('endpointSlices', serving('n1', 'n2'));

const aSession = (node: string, bgpStatus: string, more: BGPSessionState['status'] = {}) => ({
  kind: 'BGPSessionState' as const,
  metadata: named(`${node}-x7k2p`, { namespace: home }),
  status: { node, peer: '10.0.0.254', bgpStatus, bfdStatus: 'N/A', ...more },
});
const aNodeState = (node: string, conversion = 'success', reload = 'success') => ({
  kind: 'FRRNodeState' as const,
  metadata: named(node),
  status: { lastConversionResult: conversion, lastReloadResult: reload },
});
const frrk8s = {
  ...aWorkload('speaker'),
  metadata: named('frr-k8s-daemon', { namespace: home }),
  spec: {
    template: { ...aWorkload('speaker').spec.template, labels: { app: 'frr-k8s' } },
  },
};
const nodes = ['n1', 'n2', 'n3'];
const withFRRK8s = native
  .withInstallation({ bgpType: 'frr-k8s' })
  .with('daemonSets', aWorkload('speaker'), frrk8s)
  .with('frrNodeStates', ...nodes.map((node) => aNodeState(node)))
  .with('bgpSessionStates', ...nodes.map((node) => aSession(node, 'Established')));
/** FRR-K8s with pods on some nodes only, which alone have their states written. */
const routersOn = (...some: readonly string[]) =>
  withFRRK8s
    .with(
      'pods',
      ...nodes.map((node) => aPod('speaker', { name: `speaker-${node}`, node })),
      ...some.map((node) => {
        const pod = aPod('speaker', { name: `frr-k8s-${node}`, node });
        return { ...pod, metadata: { ...pod.metadata, labels: { app: 'frr-k8s' } } };
      }),
    )
    .with('frrNodeStates', ...some.map((node) => aNodeState(node)))
    .with('bgpSessionStates', ...some.map((node) => aSession(node, 'Established')));
const twoRouters = withFRRK8s
  .with('ipAddressPools', aPool('wan', '10.4.11.0/28'), aPool('dmz', '10.4.12.0/28'))
  .with('services', web(), aService('shop/api', { ip: '10.4.12.2' }))
  .with('bgpPeers', aBGPPeer('router-a'), aBGPPeer('router-b', { peerAddress: '10.0.0.253' }))
  .with(
    'bgpAdvertisements',
    aBGPAdvertisement('edge', { ipAddressPools: ['wan'], peers: ['router-a'] }),
    aBGPAdvertisement('core', { ipAddressPools: ['dmz'], peers: ['router-b'] }),
  );
const fast = {
  kind: 'BFDProfile' as const,
  metadata: named('fast', { namespace: home }),
  spec: { receiveInterval: 300, transmitInterval: 300 },
};
const inLayer2Too = (builder: typeof native) =>
  builder.with('l2Advertisements', anL2Advertisement('lan'));

const said = (at: string, values: Readonly<Record<string, unknown>>) =>
  JSON.stringify({
    ts: `2026-03-14T03:${at}Z`,
    localASN: 64_500,
    peerASN: 64_501,
    peer: '10.0.0.254',
    ...values,
  });
const failedDial = (at: string, error: string) =>
  said(at, { level: 'error', op: 'connect', error, msg: 'failed to connect to peer' });
const up = (at: string) =>
  said(at, { level: 'info', event: 'sessionUp', msg: 'BGP session established' });
const down = (at: string) =>
  said(at, { level: 'warn', event: 'sessionDown', msg: 'BGP session down' });
const notified = (at: string, error: string) =>
  said(at, {
    level: 'error',
    event: 'peerNotification',
    error,
    msg: 'peer sent notification, closing session',
  });
const logs = (lines: Readonly<Record<string, readonly string[]>>, builder = native) =>
  Object.entries(lines).reduce(
    (built, [node, each]) => built.withLog(`speaker-${node}`, each),
    builder,
  );
const allUp = logs({ n1: [up('00:01')], n2: [up('00:02')], n3: [up('00:03')] });
const allSay = (...lines: readonly string[]) => logs({ n1: lines, n2: lines, n3: lines });

const newest = native.withInstallation({ speakerVersion: 'v0.16.1', controllerVersion: 'v0.16.1' });
const forEdge = aBGPAdvertisement('edge', { serviceSelectors: [selector({ tier: 'edge' })] });
const dual = native
  .withInstallation({ bgpType: 'frr' })
  .withPool(aPool('wan6', 'fd00:4:11::/120'))
  .with('ipAddressPools', aPool('wan', ['10.4.11.0/28', 'fd00:4:11::/120']))
  .with('services', web({ ip: ['10.4.11.2', 'fd00:4:11::2'], families: ['IPv4', 'IPv6'] }));
const silent = native.with(
  'endpointSlices',
  aSlice(key, [{ addresses: ['10.244.0.5'], nodeName: 'n1', ready: false, serving: false }]),
);
const twice = native.with(
  'endpointSlices',
  aSlice(key, [
    { addresses: ['10.244.0.5'], nodeName: 'n1', ready: true, serving: true },
    { addresses: ['10.244.0.5'], nodeName: 'n1', ready: false, serving: false },
  ]),
);
/** Two Services of policy Local: one with its endpoint on n1, the other on the node named. */
const twoLocal = (other: string) =>
  native
    .with('services', web({ local: true }), aService('shop/mail', { ip: '10.4.11.3', local: true }))
    .with(
      'endpointSlices',
      serving('n1'),
      aSlice('shop/mail', [
        { addresses: ['10.244.9.5'], nodeName: other, ready: true, serving: true },
      ]),
    );
const cordoned = (name: string) => ({
  ...aNode(name),
  spec: { ...aNode(name).spec, unschedulable: true },
});
const withoutNetwork = (name: string) => ({
  ...aNode(name),
  status: { ...aNode(name).status, conditions: [{ type: 'NetworkUnavailable', status: 'True' }] },
});
const onRackA = aBGPAdvertisement('edge', { nodeSelectors: [selector({ rack: 'a' })] });
const racks = native.with(
  'nodes',
  aNode('n1', '10.0.0.1', { rack: 'a' }),
  aNode('n2', '10.0.0.2', { rack: 'b' }),
  aNode('n3', '10.0.0.3', { rack: 'b' }),
);
const oldFRR = native
  .withInstallation({ bgpType: 'frr', speakerVersion: 'v0.14.9', controllerVersion: 'v0.14.9' })
  .with(
    'ipAddressPools',
    aPool('wan', '10.4.10.0-10.4.11.15'),
    aPool('dmz', '10.4.11.16-10.4.12.255'),
  )
  .with('services', web(), aService('shop/mail', { ip: '10.4.11.18' }));
const wide = (name: string, pool: string, localPref: number, aggregationLength = 24) =>
  aBGPAdvertisement(name, { ipAddressPools: [pool], localPref, aggregationLength });
const status = (node: string) => ({
  kind: 'ServiceBGPStatus' as const,
  metadata: named(`bgp-${node}`, { namespace: home }),
  status: { node, serviceName: 'web', serviceNamespace: 'shop', peers: ['router-a'] },
});
const ofOther = (node: string) => ({
  kind: 'ServiceBGPStatus' as const,
  metadata: named(`bgp-other-${node}`, { namespace: home }),
  status: { node, serviceName: 'mail', serviceNamespace: 'shop', peers: ['router-a'] },
});
const calico = {
  ...aWorkload('speaker'),
  metadata: named('calico-node', { namespace: 'kube-system' }),
  spec: {
    template: {
      ...aWorkload('speaker').spec.template,
      labels: { 'k8s-app': 'calico-node' },
      containers: [
        {
          name: 'calico-node',
          image: 'docker.io/calico/node:v3.29.1',
          command: [],
          args: [],
          env: { CALICO_NETWORKING_BACKEND: 'bird' },
          ports: [],
        },
      ],
    },
  },
};
const agent = (name: string, args: readonly string[] = []) => ({
  ...calico,
  metadata: named(name, { namespace: 'kube-system' }),
  spec: {
    template: {
      ...calico.spec.template,
      containers: [{ name, image: name, command: [], args, env: {}, ports: [] }],
    },
  },
});
const refusedByRouter = allSay(
  failedDial('11:40', 'read OPEN from "10.0.0.254": EOF'),
  failedDial('12:20', 'read OPEN from "10.0.0.254": EOF'),
);

/** What keeps BGP from announcing an address. */
export const bgpCases: readonly CheckCase[] = [
  {
    check: 'MLB-B01',
    title: 'no BGPPeer at all',
    sick: native.with('bgpPeers'),
    healthy: native,
    subject: key,
  },
  {
    check: 'MLB-B01',
    title: 'no BGPPeer, and nobody asks for one Service: the holders are named',
    sick: native.with('bgpPeers', {
      ...aBGPPeer('router-a'),
      metadata: named('router-a', { namespace: 'default' }),
    }),
    healthy: native,
    subject: undefined,
  },
  {
    check: 'MLB-B01',
    title: 'no BGPPeer, and layer 2 announces the pool too: a warning',
    sick: inLayer2Too(native.with('bgpPeers')),
    healthy: inLayer2Too(native),
    subject: key,
  },
  {
    check: 'MLB-B02',
    title: 'peers names somebody who is not there',
    sick: native.with('bgpAdvertisements', aBGPAdvertisement('edge', { peers: ['routr-a'] })),
    healthy: native.with('bgpAdvertisements', aBGPAdvertisement('edge', { peers: ['router-a'] })),
    subject: key,
  },
  {
    check: 'MLB-B03',
    title: 'no node has the labels of the peer',
    sick: racks.with(
      'bgpPeers',
      aBGPPeer('router-a', { nodeSelectors: [selector({ rack: 'z' })] }),
    ),
    healthy: racks.with(
      'bgpPeers',
      aBGPPeer('router-a', { nodeSelectors: [selector({ rack: 'b' })] }),
    ),
    subject: key,
  },
  {
    check: 'MLB-B03',
    title: 'advertisement and peer select different nodes',
    sick: racks
      .with('bgpAdvertisements', onRackA)
      .with('bgpPeers', aBGPPeer('router-a', { nodeSelectors: [selector({ rack: 'b' })] })),
    healthy: racks
      .with('bgpAdvertisements', onRackA)
      .with('bgpPeers', aBGPPeer('router-a', { nodeSelectors: [selector({ rack: 'a' })] })),
    subject: key,
  },
  {
    check: 'MLB-B03',
    title: 'the advertisement selects no node',
    sick: native.with('bgpAdvertisements', onRackA),
    healthy: racks.with('bgpAdvertisements', onRackA),
    subject: key,
  },
  {
    check: 'MLB-B04',
    title: 'serviceSelectors leave the Service out',
    sick: newest.with('bgpAdvertisements', forEdge),
    healthy: newest
      .with('bgpAdvertisements', forEdge)
      .with('services', web({ labels: { tier: 'edge' } })),
    subject: key,
  },
  {
    check: 'MLB-B05',
    title: 'a special advertisement meets the general one',
    sick: newest.with('services', web({ labels: { tier: 'edge' } })).with(
      'bgpAdvertisements',
      aBGPAdvertisement('all', { localPref: 100 }),
      aBGPAdvertisement('edge', {
        localPref: 200,
        serviceSelectors: [selector({ tier: 'edge' })],
      }),
    ),
    healthy: newest.with('services', web({ labels: { tier: 'edge' } })).with(
      'bgpAdvertisements',
      aBGPAdvertisement('all', { localPref: 200 }),
      aBGPAdvertisement('edge', {
        localPref: 200,
        serviceSelectors: [selector({ tier: 'edge' })],
      }),
    ),
    subject: key,
  },
  {
    check: 'MLB-B06',
    title: 'the only node that advertises is excluded by label',
    sick: native
      .with('nodes', aNode('n1', '10.0.0.1', { [excludeLabel]: '' }))
      .with('endpointSlices', serving('n1')),
    healthy: native.with('nodes', aNode('n1')).with('endpointSlices', serving('n1')),
    subject: key,
  },
  {
    check: 'MLB-B06',
    title: 'every node is cordoned, in the one release that minds',
    sick: native
      .withInstallation({ speakerVersion: 'v0.14.9' })
      .with('nodes', ...nodes.map(cordoned)),
    healthy: native.withInstallation({ speakerVersion: 'v0.14.9' }),
    subject: key,
  },
  {
    check: 'MLB-B06',
    title: 'the network of every node is said not to be up',
    sick: native.with('nodes', ...nodes.map(withoutNetwork)),
    healthy: native,
    subject: key,
  },
  {
    check: 'MLB-B07',
    title: 'an address stands twice, once unready',
    sick: twice,
    healthy: twice.withInstallation({ speakerVersion: 'v0.16.1' }),
    subject: key,
  },
  {
    check: 'MLB-B08',
    title: 'no endpoint serves',
    sick: silent,
    healthy: native,
    subject: key,
  },
  {
    check: 'MLB-B08',
    title: 'Local, and the endpoints are where nobody advertises',
    sick: racks
      .with('bgpAdvertisements', onRackA)
      .with('services', web({ local: true }))
      .with('endpointSlices', serving('n2', 'n3')),
    healthy: racks
      .with('bgpAdvertisements', onRackA)
      .with('services', web({ local: true }))
      .with('endpointSlices', serving('n1')),
    subject: key,
  },
  {
    check: 'MLB-B08',
    title: 'Local, and the endpoints do not say where they are',
    sick: native
      .with('services', web({ local: true }))
      .with('endpointSlices', aSlice(key, [{ addresses: ['10.9.9.9'], ready: true }])),
    healthy: native.with('services', web({ local: true })),
    subject: key,
  },
  {
    check: 'MLB-B09',
    title: 'an IPv6 address, and a router dialled by IPv4',
    sick: dual,
    healthy: dual.with('bgpPeers', aBGPPeer('router-a', { dualStackAddressFamily: true })),
    subject: key,
  },
  {
    check: 'MLB-B10',
    title: 'the router refuses every node',
    sick: allSay(
      failedDial('10:10', 'dial "10.0.0.254": connect: connection refused'),
      failedDial('12:10', 'dial "10.0.0.254": connect: connection refused'),
    ),
    healthy: allUp,
    subject: key,
  },
  {
    check: 'MLB-B10',
    title: 'one node cannot reach the router, the others can',
    sick: logs({
      n1: [up('00:01')],
      n2: [up('00:02'), down('05:00'), failedDial('12:10', 'dial "10.0.0.254": i/o timeout')],
      n3: [up('00:03')],
    }),
    healthy: allUp,
    subject: key,
  },
  {
    check: 'MLB-B10',
    title: 'the AS numbers do not fit: up and down again and again',
    sick: allSay(
      ...['12:01', '12:05', '12:09', '12:13'].flatMap((at) => [
        up(at),
        notified(at, 'got BGP notification code 0x0202 (Bad peer AS)'),
        down(at),
      ]),
      up('12:17'),
    ),
    healthy: allUp,
    subject: key,
  },
  {
    check: 'MLB-B10',
    title: 'the router has another AS than expected, and layer 2 announces too',
    sick: inLayer2Too(allSay(failedDial('12:10', 'unexpected peer ASN 64999, want 64501'))),
    healthy: inLayer2Too(allUp),
    subject: key,
  },
  {
    check: 'MLB-B10',
    title: 'the hold timer expires',
    sick: allSay(
      up('02:00'),
      notified('12:00', 'got BGP notification code 0x0400 (Hold Timer Expired (unspecific))'),
      down('12:00'),
    ),
    healthy: allUp,
    subject: key,
  },
  {
    check: 'MLB-B10',
    title: 'the source address is on no interface',
    sick: allSay(
      failedDial('12:10', `dial "10.0.0.254": address "10.0.0.77" doesn't exist on this host`),
    ).with('bgpPeers', aBGPPeer('router-a', { sourceAddress: '10.0.0.77' })),
    healthy: allUp,
    subject: key,
  },
  {
    check: 'MLB-B10',
    title: 'the password differs, as the router says',
    sick: allSay(
      failedDial(
        '12:10',
        'read OPEN from "10.0.0.254": got BGP notification code 0x0205 (unknown code)',
      ),
    ),
    healthy: allUp,
    subject: key,
  },
  {
    check: 'MLB-B10',
    title: 'FRR-K8s cannot connect to a router further away',
    sick: withFRRK8s
      .with('bgpPeers', aBGPPeer('router-a', { peerAddress: '172.16.9.1' }))
      .with(
        'bgpSessionStates',
        ...nodes.map((node) => aSession(node, 'Idle', { peer: '172.16.9.1' })),
      ),
    healthy: withFRRK8s,
    subject: key,
  },
  {
    check: 'MLB-B10',
    title: 'FRR-K8s connects, and the OPEN is not answered',
    sick: withFRRK8s
      .with('bfdProfiles', fast)
      .with('bgpPeers', aBGPPeer('router-a', { bfdProfile: 'fast' }))
      .with(
        'bgpSessionStates',
        aSession('n1', 'Established'),
        aSession('n2', 'OpenSent', { bfdStatus: 'Up' }),
        aSession('n3', 'Active', { bfdStatus: 'Down' }),
      ),
    healthy: withFRRK8s,
    subject: key,
  },
  {
    check: 'MLB-B10',
    title: 'only the session for IPv6 is down',
    sick: withFRRK8s
      .with('ipAddressPools', aPool('wan', ['10.4.11.0/28', 'fd00:4:11::/120']))
      .with('services', web({ ip: ['10.4.11.2', 'fd00:4:11::2'], families: ['IPv4', 'IPv6'] }))
      .with('bgpPeers', aBGPPeer('router-a'), aBGPPeer('router-6', { peerAddress: 'fd00::254' }))
      .with(
        'bgpSessionStates',
        ...nodes.flatMap((node) => [
          aSession(node, 'Established'),
          {
            ...aSession(node, 'Active', { peer: 'fd00-0000-0000-0000-0000-0000-0000-0254' }),
            metadata: named(`${node}-six`, { namespace: home }),
          },
        ]),
      ),
    healthy: withFRRK8s,
    subject: key,
  },
  {
    check: 'MLB-B10',
    title: 'in FRR mode a dump holds the words of FRR',
    sick: nodes.reduce(
      (built, node) =>
        built.withLog(
          `speaker-${node}`,
          [
            '2026/03/14 03:12:01.500 BGP: [P2JHP-FQ0D4] %NOTIFICATION: received from neighbor 10.0.0.254 2/2 (OPEN Message Error/Bad Peer AS) 4 bytes',
            '2026/03/14 03:12:01.501 BGP: [M59KS-A3ZXZ] %ADJCHANGE: neighbor 10.0.0.254(router) in vrf default Down BGP Notification received',
          ],
          { container: 'frr' },
        ),
      native.withInstallation({ bgpType: 'frr' }),
    ),
    healthy: nodes.reduce(
      (built, node) =>
        built.withLog(
          `speaker-${node}`,
          [
            '2026/03/14 03:00:01.501 BGP: [M59KS-A3ZXZ] %ADJCHANGE: neighbor 10.0.0.254(router) in vrf default Up',
          ],
          { container: 'frr' },
        ),
      native.withInstallation({ bgpType: 'frr' }),
    ),
    subject: key,
  },
  {
    check: 'MLB-B11',
    title: 'the container frr of the speakers crashes',
    sick: native.withInstallation({ bgpType: 'frr' }).with(
      'pods',
      ...nodes.map((node) => {
        const pod = aPod('speaker', { name: `speaker-${node}`, node, ready: false });
        const [own] = pod.status.containerStatuses;
        return {
          ...pod,
          status: {
            ...pod.status,
            containerStatuses: [
              ...(own === undefined ? [] : [{ ...own, ready: true }]),
              {
                name: 'frr',
                image: 'quay.io/frrouting/frr:10.4.1',
                ready: false,
                restartCount: 9,
                state: { state: 'waiting' as const, reason: 'CrashLoopBackOff' },
                lastState: {
                  state: 'terminated' as const,
                  exitCode: 1,
                  reason: 'Error',
                  finishedAt: '2026-03-14T03:11:40Z',
                },
              },
            ],
          },
        };
      }),
    ),
    healthy: native.withInstallation({ bgpType: 'frr' }),
    subject: key,
  },
  {
    check: 'MLB-B12',
    title: 'the speakers rely on FRR-K8s, and there is none',
    sick: withFRRK8s
      .with('daemonSets', aWorkload('speaker'))
      .withReading('frrNodeStates', { state: 'absent' }),
    // its DaemonSet is seen, which is enough
    healthy: withFRRK8s.forbidding('frrNodeStates'),
    subject: key,
  },
  {
    check: 'MLB-B12',
    title: 'the speakers rely on FRR in their pods, and there is none',
    sick: native.withInstallation({ bgpType: 'frr' }),
    healthy: native.withInstallation({ bgpType: 'frr' }).with('daemonSets', {
      ...aWorkload('speaker'),
      spec: {
        template: {
          ...aWorkload('speaker').spec.template,
          containers: [
            ...aWorkload('speaker').spec.template.containers,
            {
              name: 'frr',
              image: 'quay.io/frrouting/frr:10.4.1',
              command: [],
              args: [],
              env: {},
              ports: [],
            },
          ],
        },
      },
    }),
    subject: key,
  },
  {
    check: 'MLB-B13',
    title: 'another FRRConfiguration contradicts the one of MetalLB',
    sick: withFRRK8s.with(
      'frrNodeStates',
      ...nodes.map((node) =>
        aNodeState(node, 'failed: different asns (64500 != 64999) specified for same vrf: '),
      ),
    ),
    healthy: withFRRK8s,
    subject: key,
  },
  {
    check: 'MLB-B13',
    title: 'FRR of one node refuses what it is given',
    sick: withFRRK8s.with(
      'frrNodeStates',
      aNodeState('n1'),
      aNodeState('n2', 'success', 'Failed to start new configuration\nline 14: % Unknown command'),
      aNodeState('n3'),
    ),
    healthy: withFRRK8s,
    subject: key,
  },
  {
    check: 'MLB-B14',
    title: 'prefixes of two pools coincide under two preferences',
    sick: logs(
      {
        n1: [
          '{"level":"error","ts":"2026-03-14T03:10:00Z","op":"setBalancer","error":"cannot merge advertisements with different local preferences: 100 != 200","msg":"failed to announce service"}',
        ],
      },
      oldFRR.with('bgpAdvertisements', wide('edge', 'wan', 100), wide('dmz', 'dmz', 200)),
    ),
    healthy: oldFRR.with('bgpAdvertisements', wide('edge', 'wan', 100), wide('dmz', 'dmz', 100)),
    subject: key,
  },
  {
    check: 'MLB-B15',
    title: 'the prefix holds the nodes and the router',
    sick: native
      .with('ipAddressPools', aPool('wan', '10.0.0.128-10.0.1.255'))
      .with('services', web({ ip: '10.0.0.130' }))
      .with('bgpAdvertisements', aBGPAdvertisement('edge', { aggregationLength: 24 })),
    healthy: native
      .with('ipAddressPools', aPool('wan', '10.0.0.128-10.0.1.255'))
      .with('services', web({ ip: '10.0.0.130' })),
    subject: key,
  },
  {
    check: 'MLB-B15',
    title:
      'two Services of policy Local share a prefix, and their endpoints are on different nodes',
    sick: twoLocal('n2').with(
      'bgpAdvertisements',
      aBGPAdvertisement('edge', { aggregationLength: 28 }),
    ),
    healthy: twoLocal('n2'),
    subject: key,
  },
  {
    check: 'MLB-B15',
    title: 'a Service of policy Cluster takes the prefix to every node',
    sick: twoLocal('n1')
      .with('services', web({ local: true }), aService('shop/mail', { ip: '10.4.11.3' }))
      .with('bgpAdvertisements', aBGPAdvertisement('edge', { aggregationLength: 28 })),
    healthy: twoLocal('n1').with(
      'bgpAdvertisements',
      aBGPAdvertisement('edge', { aggregationLength: 28 }),
    ),
    subject: key,
  },
  {
    check: 'MLB-B16',
    title: 'Calico speaks BGP from the same nodes',
    sick: refusedByRouter.with('daemonSets', aWorkload('speaker'), calico),
    healthy: allUp.with('daemonSets', aWorkload('speaker'), calico),
    subject: key,
  },
  {
    check: 'MLB-B17',
    title: 'no node says it, and all say so of another Service',
    sick: racks.with('serviceBGPStatuses', ofOther('n1'), ofOther('n2'), ofOther('n3')),
    healthy: racks.with('serviceBGPStatuses', status('n1'), status('n2'), status('n3')),
    subject: key,
  },
  {
    check: 'MLB-B17',
    title: 'one node does not say it, and one says it that should not',
    sick: racks
      .with(
        'bgpAdvertisements',
        aBGPAdvertisement('edge', { nodeSelectors: [selector({ rack: 'b' })] }),
      )
      .with('serviceBGPStatuses', status('n1'), status('n2')),
    healthy: racks
      .with(
        'bgpAdvertisements',
        aBGPAdvertisement('edge', { nodeSelectors: [selector({ rack: 'b' })] }),
      )
      .with('serviceBGPStatuses', status('n2'), status('n3')),
    subject: key,
  },
  {
    check: 'MLB-B18',
    title: 'peers without anything to tell them',
    sick: inLayer2Too(native.with('bgpAdvertisements')),
    healthy: native,
    subject: key,
  },
  {
    check: 'MLB-B18',
    title: 'the pool is announced both ways',
    sick: inLayer2Too(native),
    healthy: native,
    subject: key,
  },
  {
    check: 'MLB-B19',
    title: 'BFD is down while BGP is up',
    sick: withFRRK8s
      .with('bfdProfiles', fast)
      .with('bgpPeers', aBGPPeer('router-a', { bfdProfile: 'fast' }))
      .with(
        'bgpSessionStates',
        ...nodes.map((node) => aSession(node, 'Established', { bfdStatus: 'down' })),
      ),
    healthy: withFRRK8s
      .with('bfdProfiles', fast)
      .with('bgpPeers', aBGPPeer('router-a', { bfdProfile: 'fast' }))
      .with(
        'bgpSessionStates',
        ...nodes.map((node) => aSession(node, 'Established', { bfdStatus: 'up' })),
      ),
    subject: key,
  },
  {
    check: 'MLB-B20',
    title: 'one speaker refuses its configuration, the others advertise (v0.16)',
    sick: racks
      .withInstallation({ speakerVersion: 'v0.16.1', controllerVersion: 'v0.16.1' })
      .with(
        'bgpAdvertisements',
        aBGPAdvertisement('edge', { localPref: 100 }),
        aBGPAdvertisement('rack-a', { localPref: 200, nodeSelectors: [selector({ rack: 'a' })] }),
      ),
    healthy: racks
      .withInstallation({ speakerVersion: 'v0.16.1', controllerVersion: 'v0.16.1' })
      .with('bgpAdvertisements', aBGPAdvertisement('edge', { localPref: 100 })),
    subject: key,
  },
  {
    check: 'MLB-B21',
    title: 'the only node that dials a router has no speaker',
    sick: racks
      .with('bgpPeers', aBGPPeer('router-a', { nodeSelectors: [selector({ rack: 'a' })] }))
      .with(
        'pods',
        ...['n2', 'n3'].map((node) => aPod('speaker', { name: `speaker-${node}`, node })),
      ),
    healthy: racks.with(
      'bgpPeers',
      aBGPPeer('router-a', { nodeSelectors: [selector({ rack: 'a' })] }),
    ),
    subject: key,
  },
  {
    check: 'MLB-B21',
    title: 'with policy Local its only endpoint is on a node that dials no router',
    sick: racks
      .with('bgpPeers', aBGPPeer('router-a', { nodeSelectors: [selector({ rack: 'a' })] }))
      .with('services', web({ local: true }))
      .with('endpointSlices', serving('n2')),
    healthy: racks
      .with('bgpPeers', aBGPPeer('router-a', { nodeSelectors: [selector({ rack: 'a' })] }))
      .with('services', web({ local: true }))
      .with('endpointSlices', serving('n1', 'n2')),
    subject: key,
  },
  {
    check: 'MLB-B06',
    title: 'workers are cordoned in v0.14.9, and the control plane is excluded as ever',
    sick: native
      .withInstallation({ speakerVersion: 'v0.14.9', controllerVersion: 'v0.14.9' })
      .with(
        'nodes',
        aNode('n1', '10.0.0.1', { [excludeLabel]: '' }),
        ...['n2', 'n3'].map(cordoned),
      ),
    healthy: native
      .withInstallation({ speakerVersion: 'v0.14.9', controllerVersion: 'v0.14.9' })
      .with(
        'nodes',
        aNode('n1', '10.0.0.1', { [excludeLabel]: '' }),
        ...['n2', 'n3'].map((name) => aNode(name)),
      ),
    subject: key,
  },
  {
    check: 'MLB-B06',
    title: 'with policy Local the network of the only node with an endpoint is not up',
    sick: native
      .with('services', web({ local: true }))
      .with('endpointSlices', serving('n2'))
      .with('nodes', aNode('n1'), withoutNetwork('n2'), aNode('n3')),
    healthy: native
      .with('services', web({ local: true }))
      .with('endpointSlices', serving('n1', 'n2'))
      .with('nodes', aNode('n1'), withoutNetwork('n2'), aNode('n3')),
    subject: key,
  },
  {
    check: 'MLB-B10',
    title: 'FRR-K8s has no pod on the only node with an endpoint',
    sick: routersOn('n2', 'n3')
      .with('services', web({ local: true }))
      .with('endpointSlices', serving('n1')),
    healthy: routersOn('n1', 'n2', 'n3')
      .with('services', web({ local: true }))
      .with('endpointSlices', serving('n1')),
    subject: key,
  },
  {
    check: 'MLB-B10',
    title: 'a node without a speaker has no session to lose',
    sick: allSay(failedDial('12:10', 'dial "10.0.0.254": connect: connection refused')).with(
      'pods',
      ...['n2', 'n3'].map((node) => aPod('speaker', { name: `speaker-${node}`, node })),
    ),
    healthy: allUp,
    subject: key,
  },
  {
    check: 'MLB-B16',
    title: 'Cilium is there, and whether it speaks BGP is not known',
    sick: refusedByRouter.with('daemonSets', aWorkload('speaker'), agent('cilium')),
    healthy: allUp.with('daemonSets', aWorkload('speaker'), agent('cilium')),
    subject: key,
  },
  {
    check: 'MLB-B16',
    title: 'kube-router routes',
    sick: refusedByRouter.with('daemonSets', aWorkload('speaker'), agent('kube-router')),
    healthy: refusedByRouter.with(
      'daemonSets',
      aWorkload('speaker'),
      agent('kube-router', ['--run-router=false']),
    ),
    subject: key,
  },
  {
    check: 'MLB-B22',
    title: 'the router refuses every node, and no pool is heard of',
    sick: allSay(failedDial('12:10', 'dial "10.0.0.254": connect: connection refused')),
    healthy: allUp,
    subject: undefined,
  },
  {
    check: 'MLB-B22',
    title: 'one of three sessions is down',
    sick: logs({
      n1: [up('00:01')],
      n2: [failedDial('12:10', 'dial "10.0.0.254": i/o timeout')],
      n3: [up('00:03')],
    }),
    healthy: allUp,
    subject: undefined,
  },
  {
    check: 'MLB-B22',
    title: 'of one session nothing is told, so the pool is not called lost',
    sick: logs({
      n1: [failedDial('12:10', 'dial "10.0.0.254": i/o timeout')],
      n2: [failedDial('12:10', 'dial "10.0.0.254": i/o timeout')],
    }),
    healthy: allUp,
    subject: undefined,
  },
  {
    check: 'MLB-B22',
    title: 'all sessions are down, and layer 2 announces too',
    sick: inLayer2Too(allSay(failedDial('12:10', 'dial "10.0.0.254": i/o timeout'))),
    healthy: inLayer2Too(allUp),
    subject: undefined,
  },
  {
    check: 'MLB-B22',
    title: 'no session of FRR-K8s is established',
    sick: withFRRK8s.with('bgpSessionStates', ...nodes.map((node) => aSession(node, 'OpenSent'))),
    healthy: withFRRK8s,
    subject: undefined,
  },
  {
    check: 'MLB-B22',
    title: 'the router of one pool is down, that of the other pool is not',
    sick: twoRouters.with(
      'bgpSessionStates',
      ...nodes.map((node) => aSession(node, 'Established')),
      ...nodes.map((node) => aSession(node, 'Active', { peer: '10.0.0.253' })),
    ),
    healthy: twoRouters.with(
      'bgpSessionStates',
      ...nodes.map((node) => aSession(node, 'Established')),
      ...nodes.map((node) => aSession(node, 'Established', { peer: '10.0.0.253' })),
    ),
    subject: undefined,
  },
  {
    check: 'MLB-B23',
    title: 'there is no FRR-K8s, and its kinds are not served',
    sick: withFRRK8s
      .with('daemonSets', aWorkload('speaker'))
      .withReading('bgpSessionStates', { state: 'absent' }),
    healthy: withFRRK8s,
    subject: undefined,
  },
  {
    check: 'MLB-B23',
    title: 'the pods of the speakers have no FRR, and layer 2 announces too',
    sick: inLayer2Too(native.withInstallation({ bgpType: 'frr' })),
    healthy: withFRRK8s,
    subject: undefined,
  },
];
