import { describe, expect, test } from 'vitest';
import { factNames, kinds } from '../../../src/core/cluster/kinds.ts';
import { type FactName, pluginFacts } from '../../../src/core/facts/snapshot.ts';
import { itemsIfRead } from '../../../src/core/facts/reading.ts';
import { everyMetalLBKind, fakeApi, forbidding, sendStatus } from './fake-api-server.ts';
import { gatherFrom } from './gathering.ts';
import { aCluster, anEvent, aPod, aPool, aService, aWorkload } from './sample-objects.ts';

const everything = { facts: factNames };
const clusterWide = (resource: string) => new RegExp(`/v1(beta\\d)?/${resource}\\?`);

/** Kinds that are only ever asked for within namespaces. */
const scoped = new Map<FactName, string>([
  ['pods', 'metallb-system'],
  ['configMaps', 'metallb-system'],
  ['events', 'shop'],
]);

/** Of network plugins the server serves what it has an object of. */
const ofPlugins = pluginFacts.map((fact) => {
  const { group, version, kind } = kinds[fact];
  return { apiVersion: `${group}/${version}`, kind, metadata: { name: 'any', namespace: 'shop' } };
});

describe('one kind denied', () => {
  test.each(factNames)('%s: forbidden, never empty, and all else is read', async (fact) => {
    const { group, resource } = kinds[fact];
    await using api = await fakeApi({
      objects: [...aCluster(), ...ofPlugins],
      metallbResources: everyMetalLBKind,
      faults: [forbidding(new RegExp(`${group}/[^?]*/${resource}\\?`))],
    });
    const { readings } = await gatherFrom(api, everything);
    const namespace = scoped.get(fact);
    expect(readings[fact]).toEqual({
      state: 'forbidden',
      verb: 'list',
      resource: group === '' ? resource : `${resource}.${group}`,
      ...(namespace !== undefined && { namespace }),
    });
    const others = factNames.filter((name) => name !== fact);
    expect(others.map((name) => [name, readings[name].state])).toEqual(
      others.map((name) => [name, 'read']),
    );
  });

  test('logs: each names the right', async () => {
    await using api = await fakeApi({ objects: aCluster(), faults: [forbidding(/\/log\?/)] });
    const { logs } = await gatherFrom(api);
    expect(logs.map(({ lines }) => lines)).toEqual(
      Array.from({ length: 3 }, () => ({
        state: 'forbidden',
        verb: 'get',
        resource: 'pods/log',
        namespace: 'metallb-system',
      })),
    );
  });
});

describe('rights in one namespace', () => {
  test('a question about all of its Services is answered there', async () => {
    await using api = await fakeApi({
      objects: [...aCluster(), aService('web', 'front')],
      faults: [forbidding(clusterWide('services'))],
    });
    const { readings } = await gatherFrom(api, { service: undefined, namespace: 'web' });
    expect(readings.services).toMatchObject({ state: 'read', within: 'web' });
    expect(itemsIfRead(readings.services)).toHaveLength(1);
  });

  test('the Service in question is still found, and the reading says how far it goes', async () => {
    await using api = await fakeApi({
      objects: [...aCluster(), aService('web', 'front')],
      faults: [forbidding(clusterWide('services')), forbidding(clusterWide('endpointslices'))],
    });
    const { readings } = await gatherFrom(api);
    expect(readings.services).toMatchObject({
      state: 'read',
      within: 'shop',
      items: [{ metadata: { name: 'checkout' } }],
    });
    expect(readings.endpointSlices).toEqual({ state: 'read', items: [], within: 'shop' });
  });

  test('a Service named without namespace is looked for in the current one', async () => {
    await using api = await fakeApi({
      objects: aCluster(),
      faults: [forbidding(clusterWide('services'))],
    });
    const service = { namespace: undefined, name: 'checkout' };
    const { readings } = await gatherFrom(api, { service });
    expect(readings.services).toMatchObject({ state: 'read', within: 'shop' });
  });

  test('without a Service in question, denied stays denied', async () => {
    await using api = await fakeApi({
      objects: aCluster(),
      faults: [forbidding(clusterWide('services'))],
    });
    const { readings } = await gatherFrom(api, { service: undefined });
    expect(readings.services.state).toBe('forbidden');
  });

  test('kinds of MetalLB are read where it runs', async () => {
    await using api = await fakeApi({
      objects: [...aCluster(), aPool('elsewhere', 'inert', [])],
      faults: [
        forbidding(clusterWide('ipaddresspools')),
        forbidding(clusterWide('l2advertisements')),
      ],
    });
    const { readings } = await gatherFrom(api);
    expect(readings.ipAddressPools).toMatchObject({
      state: 'read',
      within: 'metallb-system',
      items: [{ metadata: { name: 'lan' } }],
    });
    expect(readings.l2Advertisements).toMatchObject({ state: 'read', within: 'metallb-system' });
  });

  test('two installations of MetalLB are both read, where both may be', async () => {
    const both = ['net', 'metallb-system'].flatMap((namespace) => [
      aWorkload({ role: 'controller', namespace }),
      aPool(namespace, `of-${namespace}`, ['10.0.0.0/24']),
    ]);
    const denied = forbidding(clusterWide('ipaddresspools'));
    await using api = await fakeApi({ objects: both, faults: [denied] });
    const { readings } = await gatherFrom(api);
    expect(readings.ipAddressPools).toMatchObject({
      within: ['metallb-system', 'net'],
      rest: 'denied',
      items: [{ metadata: { name: 'of-metallb-system' } }, { metadata: { name: 'of-net' } }],
    });
    const there = forbidding(/namespaces\/metallb-system\/ipaddresspools/);
    await using partly = await fakeApi({ objects: both, faults: [denied, there] });
    expect((await gatherFrom(partly)).readings.ipAddressPools).toMatchObject({
      within: 'net',
      items: [{ metadata: { name: 'of-net' } }],
    });
  });

  test('events of a Service named without namespace are looked for in the current one', async () => {
    await using api = await fakeApi({
      objects: aCluster(),
      faults: [forbidding(clusterWide('events'))],
    });
    const service = { namespace: undefined, name: 'checkout' };
    const { readings } = await gatherFrom(api, { service });
    expect(readings.events).toMatchObject({ state: 'read', within: 'shop', items: { length: 1 } });
  });

  test.each([
    ['only the events of the Service', /namespaces\/metallb-system\/events/, 'shop'],
    ["only MetalLB's own events", /namespaces\/shop\/events/, 'metallb-system'],
  ])('%s may be read', async (_, denied, within) => {
    await using api = await fakeApi({ objects: aCluster(), faults: [forbidding(denied)] });
    expect((await gatherFrom(api)).readings.events).toMatchObject({ state: 'read', within });
  });
});

describe('where MetalLB is, when workloads may not be listed everywhere', () => {
  const noWorkloads = [
    forbidding(clusterWide('deployments')),
    forbidding(clusterWide('daemonsets')),
  ];
  const inNet = [
    aWorkload({ role: 'controller', namespace: 'net' }),
    aWorkload({ role: 'speaker', namespace: 'net' }),
  ];

  test('the pools show the namespace', async () => {
    await using api = await fakeApi({
      objects: [...inNet, aPool('net', 'lan', ['10.0.0.0/24'])],
      faults: noWorkloads,
    });
    const { installations, readings } = await gatherFrom(api);
    expect(installations).toMatchObject([{ namespace: 'net', controllerVersion: 'v0.15.3' }]);
    expect(readings.deployments).toMatchObject({ state: 'read', within: 'net' });
  });

  test('or the webhook configuration', async () => {
    const webhook = {
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'metallb-webhook-configuration' },
      webhooks: [
        {
          name: 'a',
          clientConfig: { service: { namespace: 'net', name: 'w' } },
          rules: [{ apiGroups: ['metallb.io'], resources: ['ipaddresspools'] }],
        },
      ],
    };
    await using api = await fakeApi({ objects: [...inNet, webhook], faults: noWorkloads });
    expect((await gatherFrom(api)).installations).toMatchObject([{ namespace: 'net' }]);
  });

  test('or the labels of the pods', async () => {
    const pod = aPod({ role: 'speaker', namespace: 'net', name: 'speaker-1' });
    await using api = await fakeApi({ objects: [...inNet, pod], faults: noWorkloads });
    expect((await gatherFrom(api)).installations).toMatchObject([{ namespace: 'net' }]);
  });

  test('at last metallb-system is looked at', async () => {
    await using api = await fakeApi({
      objects: aCluster(),
      faults: [...noWorkloads, forbidding(clusterWide('(ipaddresspools|pods|validating.*)'))],
    });
    const { installations, readings } = await gatherFrom(api);
    expect(installations).toMatchObject([{ namespace: 'metallb-system' }]);
    expect(readings.ipAddressPools).toMatchObject({ state: 'read', within: 'metallb-system' });
  });

  test('--metallb-namespace says it', async () => {
    await using api = await fakeApi({ objects: inNet, faults: noWorkloads });
    const { installations } = await gatherFrom(api, {}, { metallbNamespace: 'net' });
    expect(installations).toMatchObject([{ namespace: 'net', speakerVersion: 'v0.15.3' }]);
  });
});

describe('what the server serves', () => {
  test('a kind it does not serve is absent without a call', async () => {
    await using api = await fakeApi({
      objects: aCluster(),
      metallbResources: ['v1beta1/ipaddresspools'],
    });
    const { readings, metallbResources } = await gatherFrom(api, everything);
    expect(metallbResources).toEqual(['v1beta1/ipaddresspools']);
    expect(readings.l2Advertisements).toEqual({ state: 'absent' });
    expect(api.paths().filter((path) => path.includes('l2advertisements'))).toEqual([]);
  });

  test('without MetalLB all its kinds are absent, and nothing was found', async () => {
    await using api = await fakeApi({ objects: [aService('a', 'b')], metallbResources: [] });
    const { readings, installations } = await gatherFrom(api, everything);
    expect(readings.ipAddressPools).toEqual({ state: 'absent' });
    expect(readings.pods).toEqual({ state: 'read', items: [] });
    expect(installations).toEqual([]);
  });

  test('a kind of a newer version only is read in that version', async () => {
    await using api = await fakeApi({
      objects: aCluster(),
      metallbResources: ['v1/ipaddresspools', 'v2alpha1/ipaddresspools'],
    });
    const { readings } = await gatherFrom(api);
    expect(itemsIfRead(readings.ipAddressPools)).toHaveLength(1);
    expect(api.paths()).toContain('/apis/metallb.io/v1/ipaddresspools');
  });

  test('without the list of groups nobody knows what else is served', async () => {
    await using api = await fakeApi({
      objects: aCluster(),
      metallbResources: ['v1/l2advertisements', 'v1beta1/bgppeers', 'v1beta1/ipaddresspools'],
      faults: [forbidding(/^\/apis$/)],
    });
    const snapshot = await gatherFrom(api, everything);
    expect(snapshot).not.toHaveProperty('metallbResources');
    expect(snapshot.readings.l2Advertisements.state).toBe('read');
    expect(api.paths()).toContain('/apis/metallb.io/v1beta1/l2advertisements');
    expect(api.paths()).toContain('/apis/metallb.io/v1beta1/bgppeers');
  });

  test('when discovery is denied, kinds are asked for as usual, and 404 is absent', async () => {
    const gone = {
      path: /\/l2advertisements/,
      answer: (response: Parameters<typeof sendStatus>[0]) => sendStatus(response, 404, 'gone'),
    };
    await using api = await fakeApi({
      objects: aCluster(),
      faults: [forbidding(/^\/(version|apis(\/metallb\.io\/v1beta\d)?)$/), gone],
    });
    const snapshot = await gatherFrom(api);
    expect(snapshot).not.toHaveProperty('metallbResources');
    expect(snapshot).not.toHaveProperty('apiGroups');
    expect(snapshot.versions).toEqual({});
    expect(snapshot.readings.ipAddressPools.state).toBe('read');
    expect(snapshot.readings.l2Advertisements).toEqual({ state: 'absent' });
  });
});

describe('what is not asked for is not read', () => {
  const selecting = {
    ...aPool('metallb-system', 'lan', []),
    spec: {
      addresses: ['10.0.0.0/24'],
      serviceAllocation: { namespaceSelectors: [{ matchLabels: { team: 'a' } }] },
    },
  };

  test('namespaces are listed only when a pool selects them by label', async () => {
    const wanted = { factsIfSelected: ['namespaces'] } as const;
    await using plain = await fakeApi({ objects: aCluster() });
    expect((await gatherFrom(plain, wanted)).readings.namespaces).toEqual({
      state: 'failed',
      reason: 'not read: nothing in this configuration refers to it',
    });
    await using api = await fakeApi({ objects: [...aCluster(), selecting] });
    expect((await gatherFrom(api, wanted)).readings.namespaces.state).toBe('read');
  });

  test('without a Service in question, events are those of the controller and of its namespace', async () => {
    await using api = await fakeApi({ objects: aCluster() });
    const { readings } = await gatherFrom(api, { service: undefined });
    expect(itemsIfRead(readings.events)).toHaveLength(1);
    expect(
      api.calls
        .map(({ path }) => path)
        .filter((path) => path.includes('events'))
        .toSorted(),
    ).toEqual([
      '/api/v1/events?limit=500&fieldSelector=source%3Dmetallb-controller%2Creason%21%3DIPAllocated',
      '/api/v1/namespaces/metallb-system/events?limit=500',
    ]);
  });

  test('kube-proxy is read along with the ConfigMaps of MetalLB', async () => {
    const map = (namespace: string, name: string) => ({
      kind: 'ConfigMap',
      metadata: { namespace, name },
      data: { a: 'b' },
    });
    const maps = [
      map('metallb-system', 'metallb-excludel2'),
      map('kube-system', 'kube-proxy'),
      map('kube-system', 'coredns'),
    ];
    await using api = await fakeApi({ objects: [...aCluster(), ...maps] });
    const { readings } = await gatherFrom(api, { facts: ['configMaps'] });
    expect(itemsIfRead(readings.configMaps).map(({ metadata }) => metadata.name)).toEqual([
      'kube-proxy',
      'metallb-excludel2',
    ]);
  });

  test('kube-proxy is read although the ConfigMaps of MetalLB are denied', async () => {
    const proxy = {
      kind: 'ConfigMap',
      metadata: { namespace: 'kube-system', name: 'kube-proxy' },
      data: { a: 'b' },
    };
    await using api = await fakeApi({
      objects: [...aCluster(), proxy],
      faults: [forbidding(/\/namespaces\/metallb-system\/configmaps/)],
    });
    const { readings } = await gatherFrom(api, { facts: ['configMaps'] });
    expect(readings.configMaps).toMatchObject({
      state: 'read',
      within: 'kube-system',
      items: [{ metadata: { name: 'kube-proxy' } }],
    });
  });

  test('where kube-proxy lives, the ConfigMap of an old MetalLB is read too, and is known to be none', async () => {
    const image = 'quay.io/metallb/controller:v0.12.1';
    const old = aWorkload({ role: 'controller', namespace: 'kube-system', image });
    const config = 'address-pools: [{name: lan, protocol: layer2, addresses: [10.4.11.0/28]}]';
    const map = (name: string, data: object) => ({
      kind: 'ConfigMap',
      metadata: { namespace: 'kube-system', name },
      data,
    });
    const poolsOf = async (...maps: readonly object[]) => {
      const objects = [old, map('kube-proxy', {}), ...maps];
      await using api = await fakeApi({ objects });
      const facts = ['configMaps', 'deployments', 'ipAddressPools'] as const;
      return (await gatherFrom(api, { facts })).readings.ipAddressPools;
    };
    expect(await poolsOf(map('config', { config }))).toMatchObject({
      state: 'read',
      items: [{ metadata: { name: 'lan' }, spec: { addresses: ['10.4.11.0/28'] } }],
    });
    expect(await poolsOf()).toEqual({ state: 'read', items: [] });
  });

  test('the log of a container that never started is not asked for', async () => {
    const waiting = { waiting: { reason: 'ImagePullBackOff' } };
    const pod = aPod({ role: 'controller', name: 'controller-1', state: waiting });
    await using api = await fakeApi({ objects: [aWorkload({ role: 'controller' }), pod] });
    const { logs, receipt } = await gatherFrom(api);
    expect(receipt.logs).toBe(0);
    expect(logs).toMatchObject([
      {
        pod: 'controller-1',
        lines: { state: 'failed', reason: 'the container has not started (ImagePullBackOff)' },
      },
    ]);
  });

  test('a health reading of 1,000 Services and slices takes at most 15 lists', async () => {
    const many = Array.from({ length: 1002 }, (_, index) => [
      aService('shop', `s${index}`),
      { kind: 'EndpointSlice', metadata: { namespace: 'shop', name: `e${index}` } },
      {
        ...anEvent('shop', `s${index}.1`, { kind: 'Service', name: `s${index}` }),
        reason: 'IPAllocated',
      },
    ]).flat();
    await using api = await fakeApi({ objects: [...aCluster().slice(1), ...many] });
    const { receipt } = await gatherFrom(api, {
      facts: [
        'services',
        'endpointSlices',
        'nodes',
        'pods',
        'deployments',
        'daemonSets',
        'events',
        'ipAddressPools',
        'l2Advertisements',
        'bgpAdvertisements',
        'configurationStates',
        'validatingWebhooks',
      ],
      factsIfSelected: ['namespaces'],
      service: undefined,
    });
    expect(receipt.lists).toBe(15);
  });

  test('what tells why there is no pool is only read when there is none', async () => {
    const wanted = {
      facts: ['ipAddressPools', 'events'],
      factsWithoutPools: ['configMaps'],
      service: undefined,
    } as const;
    const asked = async (...pools: readonly object[]) => {
      const objects = [...aCluster().filter((each) => !isPool(each)), ...pools];
      const metallbResources = ['v1beta1/addresspools', 'v1beta1/ipaddresspools'];
      await using api = await fakeApi({ objects, metallbResources });
      const { readings } = await gatherFrom(api, wanted);
      const paths = api.calls.map(({ path }) => path);
      return {
        configMaps: readings.configMaps.state,
        allWarnings: paths.some((path) => decodeURIComponent(path).includes('type=Warning')),
      };
    };
    expect(await asked(aPool('metallb-system', 'lan', ['10.4.11.0/28']))).toEqual({
      configMaps: 'failed',
      allWarnings: false,
    });
    expect(await asked()).toEqual({ configMaps: 'read', allWarnings: true });
    // most releases read no AddressPool, so one that is left over is none
    const left = {
      kind: 'AddressPool',
      metadata: { namespace: 'metallb-system', name: 'old' },
      spec: { protocol: 'layer2', addresses: ['10.9.9.0/28'] },
    };
    expect(await asked(left)).toEqual({ configMaps: 'read', allWarnings: true });
  });

  test('of ConfigMaps those are read on which layer 2 rests here, and no others', async () => {
    const map = (namespace: string, name: string) => ({
      kind: 'ConfigMap',
      metadata: { namespace, name },
      data: { a: 'b' },
    });
    const proxy = (...args: readonly string[]) => ({
      kind: 'DaemonSet',
      metadata: { namespace: 'kube-system', name: 'kube-proxy' },
      spec: { template: { spec: { containers: [{ name: 'kube-proxy', args }] } } },
    });
    const advertisement = (...interfaces: readonly string[]) => ({
      kind: 'L2Advertisement',
      metadata: { namespace: 'metallb-system', name: 'lan' },
      spec: { interfaces },
    });
    const wanted = {
      facts: ['ipAddressPools', 'l2Advertisements', 'daemonSets'],
      factsIfSelected: ['configMaps'],
      service: undefined,
    } as const;
    const read = async (...more: readonly object[]) => {
      const objects = [
        ...aCluster().filter((each) => !isAdvertisement(each)),
        map('metallb-system', 'metallb-excludel2'),
        map('kube-system', 'kube-proxy'),
        ...more,
      ];
      await using api = await fakeApi({ objects });
      const { readings } = await gatherFrom(api, wanted);
      const { configMaps } = readings;
      const names = itemsIfRead(configMaps).map(({ metadata }) => metadata.name);
      return [
        configMaps.state === 'read' ? (configMaps.within ?? 'whole') : configMaps.state,
        ...names,
      ];
    };
    const hidden = proxy('--config=/var/lib/kube-proxy/config.conf');
    expect(await read(advertisement())).toEqual(['failed']);
    expect(await read(hidden)).toEqual(['failed']);
    expect(await read(advertisement(), proxy('--proxy-mode=ipvs'))).toEqual(['failed']);
    expect(await read(advertisement(), hidden)).toEqual(['kube-system', 'kube-proxy']);
    expect(await read(advertisement('eth0'))).toEqual(['whole', 'metallb-excludel2']);
    expect(await read(advertisement('eth0'), hidden)).toEqual([
      'whole',
      'kube-proxy',
      'metallb-excludel2',
    ]);
  });
});

function isAdvertisement(object: object): boolean {
  return 'kind' in object && object.kind === 'L2Advertisement';
}

function isPool(object: object): boolean {
  return 'kind' in object && object.kind === 'IPAddressPool';
}
