import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { liveCases, shippedIncidents } from './testbed/incident.ts';
import type { KubernetesObject } from './testbed/kubernetes-object.ts';
import { customKinds, definitionsServed } from './testbed/scenario-definitions.ts';
import { readScenarioFiles } from './testbed/scenario-files.ts';
import { namespacesMentioned, stableUid, withIdentities } from './testbed/scenario-objects.ts';
import { apiPath, storageKey } from './testbed/storage-keys.ts';
import { shiftTimes } from './testbed/time-shift.ts';

const HOUR = { byMs: 3_600_000, year: 2026 };

describe('times are moved', () => {
  test.each([
    ['2026-03-14T03:12:40Z', '2026-03-14T04:12:40Z'],
    ['"ts":"2026-03-14T03:12:40.123456789Z"', '"ts":"2026-03-14T04:12:40.123456789Z"'],
    ['2026-12-31T23:30:00Z', '2027-01-01T00:30:00Z'],
    ['2026-03-14T03:12:40+02:00', '2026-03-14T02:12:40Z'],
    ['W0314 03:12:40.123456       1 x.go:1] no', 'W0314 04:12:40.123456       1 x.go:1] no'],
    ['I1231 23:30:00.000001 1 x.go:1] yes', 'I0101 00:30:00.000001 1 x.go:1] yes'],
    [
      'from 2026-03-14T03:00:00Z to 2026-03-14T03:05:00Z',
      'from 2026-03-14T04:00:00Z to 2026-03-14T04:05:00Z',
    ],
  ])('%s', (text, moved) => {
    expect(shiftTimes(text, HOUR)).toBe(moved);
  });

  test.each(['v0.15.3', '10.4.0.11', '2026-03-14', '2026-13-99T99:99:99Z', 'E2026 is no time'])(
    '%s is left alone',
    (text) => {
      expect(shiftTimes(text, HOUR)).toBe(text);
    },
  );
});

describe('files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scenario-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };

  test('lists, many documents, JSON and logs are read, with their times moved', async () => {
    await write(
      'a.yaml',
      'kind: List\napiVersion: v1\nitems:\n- {kind: Node, apiVersion: v1, metadata: {name: n, creationTimestamp: 2026-03-14T03:00:00Z}}\n',
    );
    await write(
      'sub/b.yml',
      'kind: Namespace\nmetadata: {name: shop}\n---\n---\nkind: PodList\napiVersion: v1\nitems:\n- {metadata: {name: p}}\n',
    );
    await write(
      'c.json',
      '{"kind":"IPAddressPoolList","apiVersion":"metallb.io/v1beta1","items":[]}',
    );
    await write('logs/shop/p/main.log', '2026-03-14T03:00:00Z hello\n');
    await write('logs/shop/p/main.previous.log', 'bye\n');
    await write('notes.txt', 'kind: Nothing');
    expect(await readScenarioFiles(folder, HOUR)).toEqual({
      objects: [
        {
          kind: 'Node',
          apiVersion: 'v1',
          metadata: { name: 'n', creationTimestamp: '2026-03-14T04:00:00Z' },
        },
        { kind: 'Namespace', metadata: { name: 'shop' } },
        { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'p' } },
      ],
      kinds: new Set(['Node', 'IPAddressPool', 'Namespace', 'Pod']),
      logs: [
        {
          namespace: 'shop',
          pod: 'p',
          container: 'main',
          previous: false,
          text: '2026-03-14T04:00:00Z hello\n',
        },
        { namespace: 'shop', pod: 'p', container: 'main', previous: true, text: 'bye\n' },
      ],
    });
  });

  test('a number beyond the precision of JavaScript keeps its digits', async () => {
    await write('a.yaml', 'kind: Pool\nmetadata: {name: p}\nfree: 9223372036854775806\nused: 7\n');
    const { objects } = await readScenarioFiles(folder, HOUR);
    expect(JSON.stringify(objects[0])).toContain('"free":9223372036854775806,"used":7');
  });

  test('broken YAML is refused with its file', async () => {
    await write('broken.yaml', 'a: [1\nb: 2');
    await expect(readScenarioFiles(folder, HOUR)).rejects.toThrow(/^broken\.yaml: /);
  });
});

describe('storage', () => {
  const pools = {
    group: 'metallb.io',
    kind: 'IPAddressPool',
    plural: 'ipaddresspools',
    namespaced: true,
  };
  const object = (apiVersion: string, kind: string, namespace?: string): KubernetesObject => ({
    apiVersion,
    kind,
    metadata: { name: 'x', ...(namespace === undefined ? {} : { namespace }) },
  });

  test.each([
    [
      object('v1', 'Service', 'shop'),
      'services/specs/shop/x',
      '/api/v1/namespaces/shop/services/x',
    ],
    [object('v1', 'Node'), 'minions/x', '/api/v1/nodes/x'],
    [object('v1', 'Pod'), 'pods/default/x', '/api/v1/namespaces/default/pods/x'],
    [
      object('apps/v1', 'DaemonSet', 'm'),
      'daemonsets/m/x',
      '/apis/apps/v1/namespaces/m/daemonsets/x',
    ],
    [
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
      'apiextensions.k8s.io/customresourcedefinitions/x',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/x',
    ],
    [
      object('metallb.io/v1beta1', 'IPAddressPool', 'm'),
      'metallb.io/ipaddresspools/m/x',
      '/apis/metallb.io/v1beta1/namespaces/m/ipaddresspools/x',
    ],
  ])('%j has its key and its path', (stored, key, path) => {
    expect(storageKey(stored, [pools])).toBe(`/registry/${key}`);
    expect(apiPath(stored, [pools])).toBe(path);
  });

  test('a kind that nothing defines is refused', () => {
    expect(() => storageKey(object('metallb.io/v1beta1', 'Pool', 'm'), [pools])).toThrow(
      'no such kind in this scenario: Pool of metallb.io (x)',
    );
  });
});

describe('identities', () => {
  test('events and owners get the uid of what they name, and resource versions are dropped', () => {
    const [service, pod, event] = withIdentities([
      {
        kind: 'Service',
        metadata: { name: 's', namespace: 'shop', uid: 'u-1', resourceVersion: '7' },
      },
      ownedBy({ kind: 'Service', name: 's' }),
      {
        kind: 'Event',
        metadata: { name: 'e', namespace: 'shop' },
        involvedObject: { kind: 'Service', name: 's', namespace: 'shop' },
      },
    ]);
    expect(service?.metadata).toEqual({ name: 's', namespace: 'shop', uid: 'u-1' });
    expect(pod?.metadata).toMatchObject({
      ownerReferences: [{ kind: 'Service', name: 's', uid: 'u-1' }],
    });
    expect(event?.['involvedObject']).toMatchObject({ uid: 'u-1' });
    expect(event?.metadata.uid).toBe(stableUid('Event', 'shop', 'e'));
  });

  test('a uid that is stated stays, and a made one is a UUID', () => {
    const [pod] = withIdentities([ownedBy({ kind: 'Node', name: 'gone', uid: 'stated' })]);
    expect(pod?.metadata).toMatchObject({ ownerReferences: [{ uid: 'stated' }] });
    expect(pod?.metadata.uid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test('namespaces that are only mentioned are made', () => {
    const mentioned = namespacesMentioned([
      { kind: 'Namespace', metadata: { name: 'a' } },
      { kind: 'Pod', metadata: { name: 'p', namespace: 'a' } },
      { kind: 'Pod', metadata: { name: 'p', namespace: 'b' } },
      { kind: 'Pod', metadata: { name: 'q', namespace: 'b' } },
      { kind: 'Node', metadata: { name: 'n' } },
    ]);
    expect(mentioned.map(({ metadata }) => metadata.name)).toEqual(['b']);
  });

  function ownedBy(owner: object): KubernetesObject {
    const metadata = { name: 'p', namespace: 'shop', ownerReferences: [owner] };
    return { kind: 'Pod', metadata };
  }
});

describe('definitions', () => {
  const released = definitionOf({ openAPIV3Schema: { type: 'object', title: 'released' } });

  test('stated without a schema takes the release’s, and no webhook converts', () => {
    const [served] = definitionsServed([definitionOf(undefined)], [released]);
    expect(served?.spec).toMatchObject({
      scope: 'Namespaced',
      versions: [{ name: 'v1', storage: true, schema: { openAPIV3Schema: { title: 'released' } } }],
    });
    expect(served?.spec).not.toHaveProperty('conversion');
    expect(served?.['status']).toMatchObject({ storedVersions: ['v1'] });
  });

  test('stated and unknown to the release allows anything', () => {
    const [served] = definitionsServed([definitionOf(undefined)], []);
    expect(served?.spec.versions[0]?.schema?.openAPIV3Schema).toMatchObject({
      'x-kubernetes-preserve-unknown-fields': true,
    });
  });

  test('without any stated the release’s are served; stated as none, none is', () => {
    expect(customKinds(definitionsServed(undefined, [released]))).toEqual([
      { group: 'g.io', kind: 'Thing', plural: 'things', namespaced: true },
    ]);
    expect(definitionsServed([], [released])).toEqual([]);
  });

  function definitionOf(schema: { openAPIV3Schema: object } | undefined) {
    const version = { name: 'v1', served: true, storage: true };
    const versions = [schema === undefined ? version : { ...version, schema }];
    const names = { kind: 'Thing', plural: 'things' };
    const spec = { group: 'g.io', names, versions, conversion: { strategy: 'Webhook' } };
    return { metadata: { name: 'things.g.io' }, spec };
  }
});

test('every incident is shown by a real API server, but for those that none could show', async () => {
  const shown = new Set((await liveCases()).map(({ name, variant }) => `${name}/${variant}`));
  expect([...shown].filter(isBeyondAnApiServer)).toEqual([]);
  const all = (await shippedIncidents()).flatMap(({ name }) => [`${name}/sick`, `${name}/healthy`]);
  const others = all.filter((variant) => !shown.has(variant) && !isBeyondAnApiServer(variant));
  expect(others).toEqual([
    'answers-take-another-way/sick',
    'answers-take-another-way/healthy',
    'bug-controller-never-ready/sick',
    'bug-controller-never-ready/healthy',
    'calico-global-policy-denies-all/sick',
    'calico-global-policy-denies-all/healthy',
    'cilium-announces-too/sick',
    'cilium-announces-too/healthy',
    'cilium-policy-lets-pods-in-only/sick',
    'cilium-policy-lets-pods-in-only/healthy',
    'config-stale/sick',
    'config-stale/healthy',
    'configuration-lost/sick',
    'configuration-lost/healthy',
    'controller-not-collected/sick',
    'controller-probe-on-loopback/sick',
    'controller-probe-on-loopback/healthy',
    'controllers-overlap/sick',
    'controllers-overlap/healthy',
    'dump-without-pools/sick',
    'endpoints-missing-and-pods-unread/sick',
    'endpoints-missing-and-pods-unread/healthy',
    'firewall-on-the-node-says-so/sick',
    'firewall-on-the-node-says-so/healthy',
    'local-policy-tried-from-a-node/sick',
    'local-policy-tried-from-a-node/healthy',
    'logs-rotated-away/sick',
    'namespace-terminating/sick',
    'namespace-terminating/healthy',
    'namespaces-not-collected/sick',
    'namespaces-not-collected/healthy',
    'no-cluster-ip/sick',
    'no-cluster-ip/healthy',
    'pods-terminating/sick',
    'pods-terminating/healthy',
    'policy-contradicts-cluster-ips/sick',
    'policy-contradicts-cluster-ips/healthy',
    'pool-exhausted-partial-dump/sick',
    'pool-exhausted-partial-dump/healthy',
    'pool-refused-for-node-address/sick',
    'pool-refused-for-node-address/healthy',
    'service-held-by-finalizer/sick',
    'service-held-by-finalizer/healthy',
    'shared-address-with-selectors/sick',
    'shared-address-with-selectors/healthy',
    'silent-without-endpoints/sick',
    'silent-without-endpoints/healthy',
    'stale-announcement-status/sick',
    'stale-announcement-status/healthy',
    'too-few-cluster-ips/sick',
    'too-few-cluster-ips/healthy',
  ]);
});

/** A look at the wire is no object, and the definitions of FRR-K8s do not come with MetalLB. */
function isBeyondAnApiServer(variant: string): boolean {
  const directory = join(import.meta.dirname, 'incidents', variant);
  const objects = readFileSync(join(directory, 'metallb.yaml'), 'utf8');
  return existsSync(join(directory, 'wire.json')) || objects.includes('frrk8s.metallb.io');
}
