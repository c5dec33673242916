import { describe, expect, test } from 'vitest';
import { itemsIfRead, namespacesRead } from '../../../../src/core/facts/reading.ts';
import { fakeApi, type FakeApi } from '../fake-api-server.ts';
import { gatherFrom } from '../gathering.ts';
import { aCluster, aService } from '../sample-objects.ts';

const service = { namespace: 'shop', name: 'checkout' };

function kubeProxy(numberReady: number, name = 'kube-proxy') {
  const labels = { 'k8s-app': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'kube-system' },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: {} } },
    status: { desiredNumberScheduled: 3, numberReady },
  };
}

/** The lists that were asked for of this kind, as `namespace?query`. */
function listsOf({ calls }: FakeApi, resource: string): readonly string[] {
  return calls
    .map(({ path }) => new URL(path, 'http://api'))
    .filter(({ pathname }) =>
      pathname.endsWith(`/namespaces/${pathname.split('/')[4]}/${resource}`),
    )
    .map(({ pathname, searchParams }) => {
      const selector = searchParams.get('labelSelector') ?? searchParams.get('fieldSelector') ?? '';
      return `${pathname.split('/')[4]}?${selector}`;
    })
    .toSorted();
}

test("the pods of the Service's namespace are read with MetalLB's, and its warnings", async () => {
  await using api = await fakeApi({ objects: [...aCluster(), kubeProxy(3)] });
  const { readings } = await gatherFrom(api, { service, backends: true });
  expect(listsOf(api, 'pods')).toEqual(['metallb-system?', 'shop?']);
  expect(readings.pods.state === 'read' && namespacesRead(readings.pods)).toEqual([
    'metallb-system',
    'shop',
  ]);
  expect(listsOf(api, 'events')).toEqual([
    'metallb-system?',
    'shop?involvedObject.name=checkout',
    'shop?type=Warning',
  ]);
});

test('the pods of kube-proxy are read only where its DaemonSet is not well', async () => {
  await using api = await fakeApi({ objects: [...aCluster(), kubeProxy(2)] });
  const { readings } = await gatherFrom(api, { service, backends: true });
  expect(listsOf(api, 'pods')).toEqual([
    'kube-system?k8s-app=kube-proxy',
    'metallb-system?',
    'shop?',
  ]);
  expect(readings.pods).toMatchObject({ within: ['metallb-system', 'shop'] });
  expect(itemsIfRead(readings.daemonSets)).toHaveLength(2);
});

test('RKE2 makes them without a DaemonSet, so they are read to be seen at all', async () => {
  await using api = await fakeApi({ objects: [...aCluster(), kubeProxy(3, 'rke2-canal')] });
  await gatherFrom(api, { service, backends: true });
  expect(listsOf(api, 'pods')).toEqual([
    'kube-system?component=kube-proxy',
    'metallb-system?',
    'shop?',
  ]);
});

test('another question reads neither', async () => {
  await using api = await fakeApi({ objects: [...aCluster(), kubeProxy(2)] });
  const { readings } = await gatherFrom(api, { service });
  expect(listsOf(api, 'pods')).toEqual(['metallb-system?']);
  expect(listsOf(api, 'events')).toEqual(['metallb-system?', 'shop?involvedObject.name=checkout']);
  expect(readings.pods).not.toHaveProperty('within');
});

describe('a Service that shares its address', () => {
  const ofService = (namespace: string, name: string, ip: string) => [
    { ...aService(namespace, name), status: { loadBalancer: { ingress: [{ ip }] } } },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: `${name}-x`,
        namespace,
        labels: { 'kubernetes.io/service-name': name },
      },
      addressType: 'IPv4',
      endpoints: [],
      ports: [],
    },
  ];
  const others = aCluster().filter(({ kind }) => kind !== 'Service' && kind !== 'EndpointSlice');
  const asked = ofService('shop', 'checkout', '10.4.11.3');

  async function holdersRead(...more: readonly object[]) {
    await using api = await fakeApi({ objects: [...others, ...asked, ...more] });
    const { readings } = await gatherFrom(api, { service, backends: true });
    const paths = api.calls.map(({ path }) => path).filter((path) => path.includes('slices'));
    return {
      lists: paths.length,
      holders: itemsIfRead(readings.endpointSlices).map(({ metadata }) => metadata.name),
      chosen: readings.endpointSlices.state === 'read' && readings.endpointSlices.chosen,
    };
  }

  test('in its own namespace and in others has their endpoints read with one call more', async () => {
    const sharers = [
      ...ofService('shop', 'dns', '10.4.11.3'),
      ...ofService('web', 'front', '10.4.11.3'),
      ...ofService('shop', 'front', '10.4.11.9'),
    ];
    expect(await holdersRead(...sharers)).toEqual({
      lists: 2,
      holders: ['checkout-x', 'dns-x', 'front-x'],
      chosen: true,
    });
  });

  test('with nobody costs one call', async () => {
    const [lone] = [ofService('shop', 'dns', '10.4.11.4')];
    expect(await holdersRead(...lone)).toEqual({
      lists: 1,
      holders: ['checkout-x'],
      chosen: undefined,
    });
  });
});
