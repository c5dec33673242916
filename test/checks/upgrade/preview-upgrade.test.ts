import { describe, expect, test } from 'vitest';
import { previewUpgrade, upgradeRules } from '../../../src/checks/upgrade/preview-upgrade.ts';
import type { BGPPeer } from '../../../src/core/facts/kube-objects.ts';
import type { UpgradeChange } from '../../../src/core/facts/upgrade.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { aWorkload } from '../../builders/programs.ts';
import {
  aBGPAdvertisement,
  aNode,
  anL2Advertisement,
  aPool,
  home,
  named,
} from '../../builders/some-objects.ts';

function running(version: string): SnapshotBuilder {
  return aSnapshot().withInstallation({ controllerVersion: version, speakerVersion: version });
}

function preview(builder: SnapshotBuilder, to: string, from?: string) {
  return previewUpgrade(builder.build(), { to, from });
}

function changeIn(builder: SnapshotBuilder, to: string, id: string): UpgradeChange | undefined {
  return preview(builder, to).changes.find((change) => change.id === id);
}

/** Weight, release, number, sentence: what the reader goes by. */
function told(change: UpgradeChange | undefined) {
  return change && [change.weight, change.release, change.reference, change.says];
}

const exclude = { 'node.kubernetes.io/exclude-from-external-load-balancers': '' };
const lan = aPool('lan', '192.0.2.0/29');
const dual = aPool('dual', ['192.0.2.0/28', '2001:db8::/124']);
const one = { clusterIPs: ['10.96.0.10'] };
const two = { clusterIPs: ['10.96.0.10', 'fd00::10'] };
const nobody = { priority: 5, namespaces: [], namespaceSelectors: [], serviceSelectors: [] };
const web = { matchLabels: { app: 'web' }, matchExpressions: [] };
const shared = { labels: { app: 'web' }, annotations: { 'metallb.io/allow-shared-ip': 'k' } };

function withCharts(builder: SnapshotBuilder): SnapshotBuilder {
  const controller = aWorkload('controller');
  const metadata = { ...controller.metadata, labels: { 'helm.sh/chart': 'metallb-0.15.3' } };
  return builder.with('deployments', { ...controller, metadata });
}

function webhook(service: string) {
  return {
    kind: 'ValidatingWebhookConfiguration' as const,
    metadata: named('metallb-webhook-configuration'),
    webhooks: [
      {
        name: 'x.metallb.io',
        service: { namespace: home, name: service },
        hasCaBundle: true,
        rules: [],
      },
    ],
  };
}

function peer(spec: Partial<BGPPeer['spec']>): BGPPeer {
  return {
    kind: 'BGPPeer',
    metadata: named('tor', { namespace: home }),
    spec: { nodeSelectors: [], hasPassword: false, ...spec },
  };
}

describe('a configuration that is refused already', () => {
  const overlapping = () =>
    running('v0.15.3')
      .withPool(aPool('lan', '192.0.2.0/29'))
      .withPool(aPool('lan-2', '192.0.2.4/30'));

  test('is lost when the programs start anew, whatever the release', () => {
    const { outcome, changes } = preview(overlapping(), 'v0.15.2');
    expect(outcome).toBe('breaks');
    expect(changes[0]).toMatchObject({
      id: 'configuration-lost',
      weight: 'breaks',
      details: [expect.stringMatching(/^IPAddressPool lan-2: .*overlaps/)],
    });
  });

  test('is no matter where nothing is exchanged, nor is one that is taken', () => {
    expect(preview(overlapping(), 'v0.15.3').changes).toEqual([]);
    const taken = running('v0.15.3').withPool(aPool('lan', '192.0.2.0/29'));
    expect(changeIn(taken, 'v0.15.2', 'configuration-lost')).toBeUndefined();
  });
});

describe('addresses, computed with the rules of both releases', () => {
  test('RequireDualStack with one cluster IP loses its addresses at v0.15.0', () => {
    const builder = running('v0.14.9')
      .withPool(dual)
      .withService(
        aService('shop/web', {
          ...one,
          policy: 'RequireDualStack',
          ip: ['192.0.2.0', '2001:db8::'],
        }),
      );
    expect(preview(builder, 'v0.16.1').changes[0]).toEqual({
      id: 'addresses-lost',
      weight: 'breaks',
      release: 'v0.15.0',
      reference: 'metallb#2726',
      basis: 'computed',
      title: 'RequireDualStack with one cluster IP is refused from here on',
      says: 'shop/web loses its address (v0.14.9 against v0.16.1)',
      details: [
        'shop/web  192.0.2.0 and 2001:db8::  ->  none: Service requires dual stack but not enough clusterips [10.96.0.10]',
      ],
      objects: [{ kind: 'Service', namespace: 'shop', name: 'web' }],
      before: [
        {
          says: 'make shop/web single-stack, which every release treats alike',
          command: `kubectl -n shop patch service web --type=merge -p '{"spec":{"ipFamilyPolicy":"SingleStack"}}'`,
          mutates: true,
        },
      ],
    });
    expect(preview(builder, 'v0.16.1').outcome).toBe('breaks');
  });

  test('PreferDualStack with one cluster IP keeps one of two addresses', () => {
    const builder = running('v0.14.9')
      .withPool(dual)
      .withService(
        aService('shop/web', {
          ...one,
          policy: 'PreferDualStack',
          ip: ['192.0.2.0', '2001:db8::'],
        }),
      );
    expect(told(changeIn(builder, 'v0.15.3', 'second-addresses-lost'))).toEqual([
      'breaks',
      'v0.15.0',
      'metallb#2726',
      'shop/web keeps one of two addresses (v0.14.9 against v0.15.3)',
    ]);
  });

  test('a Service that waits for the old insistence on two families is served', () => {
    const builder = running('v0.14.8')
      .withPool(lan)
      .withService(aService('shop/web', { ...two, policy: 'PreferDualStack' }));
    expect(told(changeIn(builder, 'v0.16.1', 'addresses-gained'))).toEqual([
      'nice',
      'v0.14.9',
      'metallb#2587',
      'shop/web is pending now and gets an address (v0.14.8 against v0.16.1)',
    ]);
  });

  test('an older release serves whom it does not understand, and nobody calls that nice', () => {
    const builder = running('v0.14.9')
      .withPool(lan)
      .withService(
        aService('shop/web', { annotations: { 'metallb.io/loadBalancerIPs': '203.0.113.9' } }),
      );
    expect(told(changeIn(builder, 'v0.14.8', 'addresses-gained'))).toBeUndefined();
    expect(changeIn(builder, 'v0.14.8', 'addresses-unasked')).toMatchObject({
      weight: 'changes',
      release: 'v0.14.9',
      reference: 'metallb#2495',
      title: 'annotations with the prefix metallb.io/ are not read before this release',
    });
  });

  test('a pool with only a priority comes to serve', () => {
    const builder = running('v0.14.9')
      .withPool(aPool('gold', '192.0.2.0/30', { serviceAllocation: nobody }))
      .withService(aService('shop/web'));
    expect(told(changeIn(builder, 'v0.16.1', 'addresses-gained'))?.slice(1, 3)).toEqual([
      'v0.15.0',
      'metallb#2714',
    ]);
    expect(told(changeIn(builder, 'v0.16.1', 'priority-only-pools'))).toEqual([
      'changes',
      'v0.15.0',
      'metallb#2714',
      'pool gold will be used, first of all pools, by Services that name none',
    ]);
  });

  test('on the way down the same Service waits, and nobody loses what it holds', () => {
    const builder = running('v0.16.1')
      .withPool(aPool('gold', '192.0.2.0/30', { serviceAllocation: nobody }))
      .withService(aService('shop/web', { ip: '192.0.2.0' }));
    const { outcome, changes, direction } = preview(builder, 'v0.14.9');
    expect([outcome, direction]).toEqual(['breaks', 'downgrade']);
    expect(told(changes.find(({ id }) => id === 'known-bug'))).toEqual([
      'breaks',
      'v0.15.0',
      'metallb#2656',
      'pool gold has only a priority, and this release gives no address from it unasked',
    ]);
    expect(changes.filter(({ id }) => id.startsWith('addresses'))).toEqual([]);
  });

  test('a Service that gives up two addresses at the start can take that of another', () => {
    const builder = running('v0.14.9')
      .withPool(dual)
      .withService(
        aService('shop/plain', { ip: '192.0.2.0' }),
        aService('shop/web', {
          ...one,
          policy: 'PreferDualStack',
          ip: ['192.0.2.1', '2001:db8::1'],
        }),
      );
    expect(told(changeIn(builder, 'v0.15.3', 'addresses-may-move'))).toEqual([
      'breaks',
      'v0.15.3',
      undefined,
      'shop/plain may get another address, as chance has it (v0.14.9 against v0.15.3)',
    ]);
  });

  test('nothing is said where both releases decide alike', () => {
    const builder = running('v0.15.2')
      .withPool(lan)
      .withService(aService('shop/web', { ip: '192.0.2.0' }));
    expect(preview(builder, 'v0.15.0').changes).toEqual([]);
  });
});

/** IPv6 addresses announced by BGP, and a router that is reached over IPv4. */
function sixOverFour(version: string): SnapshotBuilder {
  return running(version)
    .withInstallation({ bgpType: 'frr' })
    .withPool(aPool('six', '2001:db8::/120'))
    .with('bgpAdvertisements', aBGPAdvertisement('edge'))
    .with('bgpPeers', peer({ myASN: 64512, peerASN: 64513, peerAddress: '198.51.100.1' }));
}

function l2Status(namespace: string) {
  return {
    kind: 'ServiceL2Status' as const,
    metadata: named('web-n1', { namespace }),
    status: { node: 'n1', interfaces: [] },
  };
}

const shown = [
  [
    'exclude-label',
    running('v0.13.12').with('nodes', aNode('n1', '10.0.0.1', exclude), aNode('n2')),
    'v0.15.3',
    [
      'changes',
      'v0.14.2',
      'metallb#2073',
      'n1 will announce nothing: what they announce now moves to other nodes',
    ],
  ],
  [
    'exclude-label',
    running('v0.13.12').with('nodes', aNode('n1', '10.0.0.1', exclude)),
    'v0.15.3',
    ['breaks', 'v0.14.2', 'metallb#2073', 'n1 will announce nothing: nobody is left to do so'],
  ],
  [
    'exclude-label',
    running('v0.15.3').with('nodes', aNode('n1', '10.0.0.1', exclude)),
    'v0.13.12',
    ['changes', 'v0.14.2', 'metallb#2073', 'n1 may announce again'],
  ],
  [
    'stranded-addresses',
    running('v0.13.12')
      .withPool(lan)
      .withService(aService('shop/web', { ip: '198.51.100.7' })),
    'v0.14.9',
    [
      'breaks',
      'v0.14.2',
      'metallb#2097',
      'shop/web holds an address that no pool has now and loses it at the first look',
    ],
  ],
  [
    'service-allocation',
    running('v0.14.9').withPool(
      aPool('gold', '192.0.2.0/30', { serviceAllocation: { ...nobody, namespaces: ['shop'] } }),
    ),
    'v0.13.5',
    ['breaks', 'v0.13.9', undefined, 'pool gold will be open to every Service'],
  ],
  [
    'old-annotations',
    running('v0.14.5').withService(
      aService('shop/web', { annotations: { 'metallb.universe.tf/address-pool': 'lan' } }),
    ),
    'v0.14.9',
    ['nice', 'v0.14.9', 'metallb#2495', 'shop/web will get deprecatedAnnotation events'],
  ],
  [
    'old-annotations',
    running('v0.14.9').withService(
      aService('shop/web', { annotations: { 'metallb.io/address-pool': 'lan' } }),
    ),
    'v0.14.5',
    [
      'changes',
      'v0.14.9',
      'metallb#2495',
      'shop/web ask with a prefix that is not read: what they ask for is not heeded',
    ],
  ],
  [
    'mixed-ranges',
    running('v0.16.1').withPool(aPool('odd', '10.0.0.1-fe80::1')),
    'v0.16.2',
    [
      'breaks',
      'v0.16.2',
      undefined,
      'pool odd will be refused; the controller then starts without any pool',
    ],
  ],
  [
    'service-selectors',
    running('v0.16.1').with(
      'l2Advertisements',
      anL2Advertisement('some', { serviceSelectors: [web] }),
    ),
    'v0.15.3',
    [
      'breaks',
      'v0.16.0',
      undefined,
      'L2Advertisement some will announce every Service of its pools, also those left out now',
    ],
  ],
  [
    'selectors-and-aggregation',
    running('v0.16.1').with(
      'bgpAdvertisements',
      aBGPAdvertisement('edge', { serviceSelectors: [web], aggregationLength: 24 }),
    ),
    'v0.16.2',
    [
      'changes',
      'v0.16.2',
      undefined,
      'BGPAdvertisement edge cannot be written again as it is; speakers refuse it today already',
    ],
  ],
  [
    'shared-with-selectors',
    running('v0.16.1')
      .withPool(lan)
      .with('l2Advertisements', anL2Advertisement('some', { serviceSelectors: [web] }))
      .withService(aService('shop/web', { ...shared, ip: '192.0.2.1' })),
    'v0.16.2',
    ['breaks', 'v0.16.2', undefined, 'shop/web will not be announced'],
  ],
  [
    'memberlist-key',
    running('v0.16.1'),
    'v0.16.2',
    [
      'changes',
      'v0.16.2',
      undefined,
      'old and new speakers do not see each other while the DaemonSet rolls out: until the last pod is replaced two nodes may answer for one address (read in the source, not tried)',
    ],
  ],
  [
    'peers-without-dynamicasn',
    running('v0.15.3')
      .with('bgpAdvertisements', aBGPAdvertisement('edge'))
      .with('bgpPeers', peer({ dynamicASN: 'external' })),
    'v0.14.8',
    ['breaks', 'v0.14.9', undefined, 'tor: the session does not come up without it'],
  ],
  [
    'peers-without-localasn',
    running('v0.16.1')
      .with('bgpAdvertisements', aBGPAdvertisement('edge'))
      .with('bgpPeers', peer({ localASN: 64512 })),
    'v0.15.3',
    ['breaks', 'v0.16.0', undefined, 'tor: the session does not come up without it'],
  ],
  [
    'peers-without-interface',
    running('v0.15.3')
      .with('bgpAdvertisements', aBGPAdvertisement('edge'))
      .with('bgpPeers', peer({ interface: 'eth1' })),
    'v0.14.9',
    ['breaks', 'v0.15.0', undefined, 'tor: the session does not come up without it'],
  ],
  [
    'peers-without-dualstackaddressfamily',
    running('v0.15.3')
      .with('bgpAdvertisements', aBGPAdvertisement('edge'))
      .with('bgpPeers', peer({ dualStackAddressFamily: true })),
    'v0.14.9',
    [
      'changes',
      'v0.15.0',
      undefined,
      'tor: both families go over the session there, also without it',
    ],
  ],
  [
    'peers-without-vrf',
    running('v0.14.9')
      .with('bgpAdvertisements', aBGPAdvertisement('edge'))
      .with('bgpPeers', peer({ vrf: 'red' })),
    'v0.13.5',
    ['breaks', 'v0.13.9', undefined, 'tor: the router is looked for outside its VRF'],
  ],
  [
    'peers-without-enablegracefulrestart',
    running('v0.14.9')
      .with('bgpAdvertisements', aBGPAdvertisement('edge'))
      .with('bgpPeers', peer({ enableGracefulRestart: true })),
    'v0.14.5',
    [
      'changes',
      'v0.14.6',
      undefined,
      'tor: the router drops the routes whenever the speaker is started anew',
    ],
  ],
  [
    'disable-mp',
    running('v0.14.9')
      .with('bgpAdvertisements', aBGPAdvertisement('edge'))
      .with('bgpPeers', peer({ disableMP: true })),
    'v0.15.0',
    ['changes', 'v0.15.0', undefined, 'tor has it set, and nothing comes of it any more'],
  ],
  [
    'peer-timers',
    running('v0.14.8')
      .withInstallation({ bgpType: 'frr' })
      .with('bgpAdvertisements', aBGPAdvertisement('edge'))
      .with('bgpPeers', peer({})),
    'v0.14.9',
    [
      'changes',
      'v0.14.9',
      undefined,
      'tor has no holdTime: until now that meant 90s, from there on whatever FRR takes',
    ],
  ],
  [
    'prefixes-of-the-other-family',
    sixOverFour('v0.14.9'),
    'v0.15.0',
    [
      'breaks',
      'v0.15.0',
      undefined,
      'IPv6 of pool six is announced to no peer any more: it goes to IPv6 neighbours only',
    ],
  ],
  [
    'prefixes-of-the-other-family',
    sixOverFour('v0.15.0'),
    'v0.14.9',
    ['changes', 'v0.15.0', undefined, 'IPv6 of pool six goes to tor too'],
  ],
  [
    'status-in-service-namespaces',
    running('v0.14.5').with('serviceL2Statuses', l2Status('shop')),
    'v0.14.6',
    [
      'nice',
      'v0.14.6',
      undefined,
      'shop/web-n1 will never change again: nobody owns it, and nobody deletes it',
    ],
  ],
  [
    'kind-servicel2statuses',
    running('v0.14.5').withSnapshot({ metallbResources: ['v1beta1/ipaddresspools'] }),
    'v0.14.6',
    [
      'changes',
      'v0.14.6',
      undefined,
      'servicel2statuses.metallb.io is not served here yet: apply the CRDs and roles of the release before the images, or the programs wait for it',
    ],
  ],
  [
    'kind-servicel2statuses',
    running('v0.14.9'),
    'v0.14.5',
    [
      'changes',
      'v0.14.6',
      undefined,
      'which node answers for a Service is then told by events (nodeAssigned) and logs only, unless the speakers are started with --enable-l2-service-status',
    ],
  ],
  [
    'kind-servicebgpstatuses',
    running('v0.15.3'),
    'v0.14.9',
    [
      'changes',
      'v0.15.0',
      undefined,
      'to which peers a Service is announced is then told by logs only',
    ],
  ],
  [
    'kind-configurationstates',
    running('v0.15.3'),
    'v0.15.0',
    [
      'changes',
      'v0.15.3',
      undefined,
      'whether controller and speakers took their configuration is then told by logs and metrics only; objects of this kind that stay behind tell of the past',
    ],
  ],
  [
    'bgp-session-states',
    running('v0.15.3').with('bgpAdvertisements', aBGPAdvertisement('edge')),
    'v0.16.0',
    [
      'changes',
      'v0.16.0',
      undefined,
      'where the backend becomes FRR-K8s, sessions are told by BGPSessionState objects and no more by metrics, logs and vtysh of the speakers',
    ],
  ],
  [
    'config-map',
    running('v0.12.1'),
    'v0.15.3',
    [
      'breaks',
      'v0.13.0',
      'metallb#1473',
      'there is no IPAddressPool here: without one no Service keeps or gets an address',
    ],
  ],
  [
    'config-map',
    running('v0.12.1').withInstallation({ configMap: 'config' }).withPool(lan),
    'v0.13.12',
    [
      'breaks',
      'v0.13.0',
      'metallb#1473',
      'ConfigMap metallb-system/config holds the pool lan: without IPAddressPools no Service keeps or gets an address',
    ],
  ],
  [
    'kind-servicebgpstatuses',
    running('v0.14.9').withSnapshot({ metallbResources: ['v1beta1/ipaddresspools'] }),
    'v0.15.0',
    [
      'changes',
      'v0.15.0',
      undefined,
      'servicebgpstatuses.metallb.io is not served here yet: apply the CRDs and roles of the release before the images, or the programs wait for it',
    ],
  ],
  [
    'priority-only-pools',
    running('v0.14.9').withPool(aPool('gold', '192.0.2.0/30', { serviceAllocation: nobody })),
    'v0.15.0',
    [
      'changes',
      'v0.15.0',
      'metallb#2714',
      'pool gold will be used, first of all pools, by Services that name none',
    ],
  ],
  [
    'kind-configurationstates',
    running('v0.15.0').withSnapshot({ metallbResources: ['v1beta1/ipaddresspools'] }),
    'v0.15.3',
    [
      'changes',
      'v0.15.3',
      undefined,
      'configurationstates.metallb.io is not served here yet: apply the CRDs and roles of the release before the images, or the programs wait for it',
    ],
  ],
  [
    'address-pool-kind',
    running('v0.13.12').with('addressPools', {
      kind: 'AddressPool',
      metadata: aPool('old', '192.0.2.0/30').metadata,
      spec: { protocol: 'layer2', addresses: ['192.0.2.0/30'], bgpAdvertisements: [] },
    }),
    'v0.14.9',
    [
      'breaks',
      'v0.14.2',
      'metallb#2252',
      'the AddressPool old will not be read: Services lose their addresses, and no new one is given out of them',
    ],
  ],
  [
    'address-pool-kind',
    running('v0.13.12')
      .withReading('addressPools', { state: 'failed', reason: 'the dump holds no addresspools' })
      .withSnapshot({ metallbResources: ['v1beta1/addresspools'] }),
    'v0.14.9',
    [
      'changes',
      'v0.14.2',
      'metallb#2252',
      'AddressPools are still served here; what they say will not be read',
    ],
  ],
  [
    'webhook-name',
    running('v0.13.12').with('validatingWebhooks', webhook('webhook-service')),
    'v0.14.9',
    [
      'changes',
      'v0.14.4',
      'metallb#2174',
      'metallb-webhook-configuration asks webhook-service: it must change together with the images, or every change of a pool is refused',
    ],
  ],
  [
    'metrics-and-probes-move',
    running('v0.15.3'),
    'v0.16.1',
    [
      'changes',
      'v0.16.0',
      'metallb#3055',
      'whatever reaches port 7472 of Deployment controller and DaemonSet speaker finds nothing there: ServiceMonitors, alerts, NetworkPolicies, firewalls of the nodes',
    ],
  ],
  [
    'own-pod',
    running('v0.15.3'),
    'v0.16.1',
    [
      'changes',
      'v0.16.0',
      undefined,
      'exchanging the image of Deployment controller alone does not start: arguments, probes and roles belong to the release',
    ],
  ],
  [
    'frr-k8s-default',
    withCharts(running('v0.15.3')),
    'v0.16.1',
    [
      'changes',
      'v0.16.0',
      'metallb#3053',
      'the chart adds the pods of FRR-K8s although nothing here uses BGP',
    ],
  ],
  [
    'frr-k8s-default',
    withCharts(running('v0.15.3')).with('bgpAdvertisements', aBGPAdvertisement('edge')),
    'v0.16.1',
    [
      'breaks',
      'v0.16.0',
      'metallb#3053',
      'BGP is used here (1 BGPAdvertisement): sessions restart when the backend changes, and routes are gone meanwhile',
    ],
  ],
  [
    'ignore-flag',
    running('v0.14.9').withInstallation({ ignoresExcludeLabel: true }),
    'v0.14.2',
    ['breaks', 'v0.14.4', 'metallb#2280', 'DaemonSet speaker is started with it'],
  ],
] as const;

describe('what releases do differently, as it shows here', () => {
  test.each(shown)('%s', (id, builder, to, expected) => {
    expect(told(changeIn(builder, to, id))).toEqual(expected);
    const there = preview(builder, to).from ?? '';
    expect(preview(builder, there).changes).toEqual([]);
  });

  test('every rule shows in some case', () => {
    const ids = upgradeRules.map(({ id }) => id);
    const covered = new Set<string>(shown.map(([id]) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !covered.has(id))).toEqual([]);
  });

  test('a label that is ignored by flag changes nothing', () => {
    const builder = running('v0.13.12')
      .withInstallation({ ignoresExcludeLabel: true })
      .with('nodes', aNode('n1', '10.0.0.1', exclude));
    expect(changeIn(builder, 'v0.15.3', 'exclude-label')).toBeUndefined();
  });

  test('what breaks stands first, what is nice last', () => {
    const { changes } = preview(
      withCharts(running('v0.14.5'))
        .with('bgpAdvertisements', aBGPAdvertisement('edge'))
        .withService(
          aService('shop/web', { annotations: { 'metallb.universe.tf/address-pool': 'lan' } }),
        ),
      'v0.16.1',
    );
    const weights = changes.map(({ weight }) => weight);
    expect(weights[0]).toBe('breaks');
    expect(weights.at(-1)).toBe('nice');
    expect(weights).toEqual(weights.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
  });
});

const order = ['breaks', 'changes', 'nice'];

describe('known bugs on the way', () => {
  test('those that show now are told as mended, those that will show as gained', () => {
    const cordoned = aNode('n1');
    const builder = running('v0.14.8').with('nodes', {
      ...cordoned,
      spec: { ...cordoned.spec, unschedulable: true },
    });
    const up = preview(builder, 'v0.14.9');
    expect(up.bugsGained.map(({ bug, says }) => [bug, says])).toContainEqual([
      'metallb#2470',
      'n1 of 1 nodes is cordoned and announces nothing with this release',
    ]);
    expect([up.outcome, up.headline]).toEqual([
      'breaks',
      'v0.14.8 to v0.14.9 breaks one thing here',
    ]);
    const away = preview(
      builder.withInstallation({ controllerVersion: 'v0.14.9', speakerVersion: 'v0.14.9' }),
      'v0.15.3',
    );
    expect(away.bugsFixed.map(({ bug }) => bug)).toEqual(['metallb#2470']);
  });

  test('one that cannot be told beforehand is named without a claim, and breaks nothing', () => {
    const { bugsGained, outcome } = preview(running('v0.15.3'), 'v0.16.1');
    expect(bugsGained.find(({ bug }) => bug === 'metallb#3063')?.says).toBeUndefined();
    expect(outcome).toBe('safe');
  });
});

describe('where knowledge ends', () => {
  test('a release newer than any known is judged as the newest known, and said so', () => {
    const { outcome, limits, direction } = preview(running('v0.15.3'), 'v0.99.0');
    expect([outcome, direction]).toEqual(['unknown', 'upgrade']);
    expect(limits[0]).toBe(
      'nothing is known of releases after v0.16.2: what is said of v0.99.0 holds for v0.16.2, and nothing is known beyond',
    );
  });

  test('a release before everything known is not known either', () => {
    const { outcome, headline } = preview(running('v0.15.3'), 'v0.9.6');
    expect(outcome).toBe('unknown');
    expect(headline).toContain('nothing is known of releases before v0.13.0');
  });

  test('an unknown running release asks for --from-version', () => {
    const builder = running('main');
    expect(preview(builder, 'v0.16.1')).toMatchObject({
      direction: 'unknown',
      outcome: 'unknown',
      headline:
        'what runs here calls itself "main", which is no release; give it with --from-version',
    });
    expect(preview(builder, 'v0.16.1', '0.15.3')).toMatchObject({
      from: 'v0.15.3',
      outcome: 'safe',
    });
  });

  test('without MetalLB nothing can be said', () => {
    const none = aSnapshot().withSnapshot({ installations: [] });
    expect(preview(none, 'v0.16.1', 'v0.15.3')).toMatchObject({ outcome: 'unknown', changes: [] });
  });

  test.each(['services', 'ipAddressPools', 'nodes', 'l2Advertisements', 'deployments'] as const)(
    'without the right to list %s the answer is not "safe"',
    (kind) => {
      const { outcome, unknowns } = preview(running('v0.13.12').forbidding(kind), 'v0.16.2');
      expect(outcome).toBe('unknown');
      expect(unknowns.map(({ permission }) => permission)).toContain(`list ${kind}`);
    },
  );

  test('peers that may not be listed leave a way down open where BGP is used', () => {
    const builder = running('v0.16.1').forbidding('bgpPeers');
    const used = builder.with('bgpAdvertisements', aBGPAdvertisement('edge'));
    expect(preview(used, 'v0.14.9').unknowns.map(({ fact }) => fact)).toEqual(['bgppeers']);
    expect(preview(builder, 'v0.14.9').unknowns).toEqual([]);
  });

  test('the release that runs changes nothing', () => {
    expect(preview(running('v0.15.3'), '0.15.3')).toMatchObject({
      direction: 'none',
      outcome: 'safe',
      headline: 'v0.15.3 is what runs here: nothing changes',
      changes: [],
      bugsFixed: [],
      bugsGained: [],
    });
  });
});
