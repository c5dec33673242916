import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factNames, kinds } from '../../../../src/core/cluster/kinds.ts';
import { parseJson } from '../../../../src/core/cluster/parse/json.ts';
import { yamlDocuments } from '../../../../src/core/cluster/yaml-documents.ts';
import { aCluster, aService } from '../sample-objects.ts';

const incident = join(import.meta.dirname, '../../../incidents/pool-exhausted/sick');

/** Every object of one recorded incident, as kubectl printed it. */
const files = readdirSync(incident, { encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
const recorded = (
  await Promise.all(
    files.map((name) => yamlDocuments(readFileSync(join(incident, name), 'utf8'), name)),
  )
)
  .flat()
  .flatMap((value) => (value as { items?: unknown[] } | null)?.items ?? [value]) as {
  readonly kind: string;
}[];

describe('every trimmer', () => {
  test.each(factNames)('%s: what is trimmed once stays as it is, and is its own JSON', (fact) => {
    const { kind, parse } = kinds[fact];
    const objects = [...aCluster(), ...recorded].filter((object) => object.kind === kind);
    for (const object of objects) {
      const trimmed = parse(object);
      expect(parse(trimmed)).toEqual(trimmed);
      expect(JSON.parse(JSON.stringify(trimmed))).toEqual(trimmed);
    }
  });

  test.each(factNames)('%s: whatever comes gives an object, and the same one again', (fact) => {
    const { kind, parse } = kinds[fact];
    fc.assert(
      fc.property(fc.oneof(fc.json().map(parseJson), fc.object({ maxDepth: 4 })), (value) => {
        const trimmed = parse(value);
        expect(trimmed.kind).toBe(kind);
        expect(trimmed.metadata.labels).toBeTypeOf('object');
        expect(parse(trimmed)).toEqual(trimmed);
      }),
      { numRuns: 50 },
    );
  });

  test.each(factNames)('%s: fields of the wrong type count as missing', (fact) => {
    const { parse } = kinds[fact];
    const wrong = {
      metadata: { name: 7, labels: [1], annotations: 'x', managedFields: {}, ownerReferences: [1] },
      spec: { ports: 'x', selector: 3, containers: [null], template: [], addresses: 5 },
      status: { loadBalancer: { ingress: {} }, conditions: 'x', containerStatuses: [[]] },
      endpoints: { a: 1 },
      webhooks: [1],
      data: [],
    };
    expect(parse(wrong).metadata).toMatchObject({ name: '7', labels: {}, annotations: {} });
  });
});

describe('what is not kept', () => {
  const { parse } = kinds.services;

  test('copies of the object, field lists and long values', () => {
    const service = parse(
      aService('shop', 'checkout', {
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': '{"spec":{"password":"x"}}',
          'objectset.rio.cattle.io/applied': 'H4sI',
          'metallb.io/address-pool': 'lan',
          note: 'x'.repeat(5000),
        },
        managedFields: [
          {
            manager: 'controller',
            operation: 'Update',
            subresource: 'status',
            time: '2026-03-01T00:00:00Z',
            apiVersion: 'v1',
            fieldsV1: { 'f:status': {} },
          },
        ],
      }),
    );
    expect(service.metadata.annotations).toEqual({
      'metallb.io/address-pool': 'lan',
      note: `${'x'.repeat(4096)}…`,
    });
    expect(service.metadata.managedFields).toEqual([
      {
        manager: 'controller',
        operation: 'Update',
        subresource: 'status',
        time: '2026-03-01T00:00:00Z',
      },
    ]);
  });

  test('a 10 MB annotation costs no more than it is kept of', () => {
    const started = performance.now();
    const service = parse(
      aService('shop', 'checkout', { annotations: { note: 'x'.repeat(10_000_000) } }),
    );
    expect(service.metadata.annotations['note']).toHaveLength(4097);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('a label named __proto__ is a label like others', () => {
    const labels: unknown = JSON.parse('{"__proto__": "evil", "constructor": "x", "a": "b"}');
    const service = parse(aService('shop', 'checkout', { labels }));
    expect(Object.entries(service.metadata.labels)).toEqual([
      ['__proto__', 'evil'],
      ['constructor', 'x'],
      ['a', 'b'],
    ]);
    expect(Object.getPrototypeOf(service.metadata.labels)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['evil']).toBeUndefined();
  });

  test('passwords of BGP peers, wherever they stand', () => {
    const peer = kinds.bgpPeers.parse({
      metadata: { name: 'edge' },
      spec: {
        peerAddress: '192.0.2.1',
        password: 'sesame',
        passwordSecret: { name: 'bgp' },
        extra: [{ Password: 'x', ok: 1 }],
      },
    });
    expect(peer.spec).toEqual({
      peerAddress: '192.0.2.1',
      nodeSelectors: [],
      hasPassword: true,
      passwordSecret: 'bgp',
    });
  });

  test('secrets in the configurations that ConfigMaps hold', () => {
    const dataOf = (name: string, data: object) =>
      kinds.configMaps.parse({ metadata: { namespace: 'metallb-system', name }, data }).data;
    const legacy = [
      'peers:',
      '- peer-address: 10.0.0.1',
      '  password: hunter2',
      '  my-asn: 64500',
      '- {peer-address: 10.0.0.2, password: hunter2, my-asn: 64500}',
      '- password: |',
      '    hunter2',
      '',
      '    hunter2',
      '  peer-asn: 64501',
      '  "bgp-password":',
      '    hunter2',
      'address-pools: []',
    ];
    expect(dataOf('config', { config: legacy.join('\n'), dsn: 'hunter2' })).toEqual({
      config: [
        'peers:',
        '- peer-address: 10.0.0.1',
        '  password: (removed)',
        '  my-asn: 64500',
        '- {peer-address: 10.0.0.2, password: (removed)',
        '- password: (removed)',
        '  peer-asn: 64501',
        '  "bgp-password":(removed)',
        'address-pools: []',
      ].join('\n'),
    });
    const extras = 'router bgp 64500\n neighbor 10.0.0.1 password hunter2\n bfd\n';
    expect(dataOf('bgpextras', { extras })).toEqual({
      extras: 'router bgp 64500\n neighbor 10.0.0.1 password (removed)\n bfd\n',
    });
    expect(dataOf('app-settings', { config: 'hunter2' })).toEqual({});
  });

  test('what is left of a configuration is cut and stays as it is', () => {
    const kept = [
      ['bgpextras', 'extras', 65_536],
      // all that the API server takes, because the rest of the pools would be missed
      ['config', 'config', 1_048_576],
    ] as const;
    for (const [name, key, length] of kept) {
      const map = { metadata: { name }, data: { [key]: 'password: x\n'.repeat(80_000) } };
      const trimmed = kinds.configMaps.parse(map);
      expect(trimmed.data[key]).toHaveLength(length);
      expect(kinds.configMaps.parse(trimmed)).toEqual(trimmed);
    }
  });

  test.each([
    [{ volumes: [{ name: 'memberlist', secret: { secretName: 'lb-memberlist' } }] }],
    [
      {
        containers: [
          {
            name: 'speaker',
            env: [
              {
                name: 'METALLB_ML_SECRET_KEY',
                valueFrom: { secretKeyRef: { name: 'lb-memberlist', key: 'secretkey' } },
              },
            ],
          },
        ],
      },
    ],
  ])('of the Secrets a pod mounts only the name of the memberlist is kept: %j', (spec) => {
    const pod = kinds.pods.parse({ kind: 'Pod', metadata: { name: 'speaker-1' }, spec });
    expect(pod.spec.memberlistSecret).toBe('lb-memberlist');
    expect(kinds.pods.parse(pod)).toEqual(pod);
  });

  test('a pod that mounts another Secret says nothing of it', () => {
    const spec = { volumes: [{ name: 'tls', secret: { secretName: 'acme-tls' } }] };
    const pod = kinds.pods.parse({ kind: 'Pod', metadata: { name: 'web-1' }, spec });
    expect(JSON.stringify(pod)).not.toContain('acme-tls');
  });

  test('of an environment variable named address only an address is kept', () => {
    const parsed = (value: string) =>
      kinds.pods.parse({
        metadata: { name: 'kube-vip-n1' },
        spec: { containers: [{ name: 'kube-vip', env: [{ name: 'address', value }] }] },
      }).spec.containers[0]?.env;
    expect(parsed('10.0.0.250')).toEqual({ address: '10.0.0.250' });
    expect(parsed('fd00::250')).toEqual({ address: 'fd00::250' });
    expect(parsed('db://root:sesame@10.0.0.7')).toEqual({});
  });

  test('environment and secret flags of programs that are not ours', () => {
    const deployment = kinds.deployments.parse({
      metadata: { name: 'db' },
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'db',
                image: 'postgres',
                command: ['run', '--token'],
                args: [
                  'sesame',
                  '--admin-password=sesame',
                  '--api-key=1',
                  '--port=5432',
                  '-password',
                  'sesame',
                  '--secret',
                  '--port',
                  '5432',
                ],
                env: [
                  { name: 'POSTGRES_PASSWORD', value: 'sesame' },
                  { name: 'METALLB_BGP_TYPE', value: 'frr' },
                  { name: 'METALLB_HOST', valueFrom: { fieldRef: {} } },
                ],
              },
            ],
          },
        },
      },
    });
    expect(deployment.spec.template.containers).toEqual([
      {
        name: 'db',
        image: 'postgres',
        command: ['run', '--token'],
        args: [
          '(removed)',
          '--admin-password=(removed)',
          '--api-key=(removed)',
          '--port=5432',
          '-password',
          '(removed)',
          '--secret',
          '--port',
          '5432',
        ],
        ports: [],
        env: { METALLB_BGP_TYPE: 'frr' },
      },
    ]);
  });
});

describe('what is kept exactly', () => {
  test('counts of a pool beyond 2^53, from JSON and from YAML', async () => {
    const json = '{"status":{"availableIPv6":9223372036854775807,"assignedIPv4": -3}}';
    const yaml = 'status:\n  availableIPv6: 9223372036854775807\n  assignedIPv4: -3\n';
    for (const value of [parseJson(json), (await yamlDocuments(yaml, 'x'))[0]]) {
      expect(kinds.ipAddressPools.parse(value).status).toEqual({
        availableIPv6: '9223372036854775807',
        assignedIPv4: '-3',
      });
    }
  });

  test('a text that looks like a count stays as it is', () => {
    const note = 'see {"availableIPv6": 9223372036854775807}';
    expect(parseJson(JSON.stringify({ note }))).toEqual({ note });
  });

  test('times of YAML stay texts', async () => {
    const [value] = await yamlDocuments('metadata: {creationTimestamp: 2026-03-01T00:00:00Z}', 'x');
    expect(kinds.nodes.parse(value).metadata.creationTimestamp).toBe('2026-03-01T00:00:00Z');
  });

  test('both event APIs say when, how often and about what', () => {
    const event = kinds.events.parse({
      metadata: { name: 'e' },
      regarding: { kind: 'Service', namespace: 'shop', name: 'checkout' },
      note: 'hello',
      reason: 'AllocationFailed',
      eventTime: '2026-03-01T00:00:00.000000Z',
      series: { count: 5, lastObservedTime: '2026-03-01T00:05:00.000000Z' },
      reportingController: 'metallb-controller',
    });
    expect(event).toMatchObject({
      about: { kind: 'Service', namespace: 'shop', name: 'checkout' },
      message: 'hello',
      component: 'metallb-controller',
      count: 5,
      firstAt: '2026-03-01T00:00:00.000000Z',
      lastAt: '2026-03-01T00:05:00.000000Z',
    });
  });
});
