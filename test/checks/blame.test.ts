import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/checks/diagnose.ts';
import { aService } from '../builders/a-service.ts';
import { aSnapshot, now, type SnapshotBuilder } from '../builders/a-snapshot.ts';
import { aWorkload } from '../builders/programs.ts';
import { aPool, anEvent, home, named } from '../builders/some-objects.ts';
import { serviceIn } from './case.ts';

const key = 'shop/checkout';
const lan = aPool('lan', '10.4.11.10/28');
const full = aSnapshot()
  .withPool(aPool('lan', '10.4.11.10/32'))
  .withService(aService('shop/cart', { ip: '10.4.11.10' }), aService(key));

function asked(builder: SnapshotBuilder, about: string | undefined) {
  const snapshot = builder.build();
  const subject = about === undefined ? undefined : serviceIn(snapshot, about);
  const symptom = about === undefined ? 'health' : 'pending';
  return diagnose({ symptom, snapshot, subject });
}

function blamed(builder: SnapshotBuilder, about?: string) {
  return asked(builder, about).rootCauses.map(({ severity, cause }) => `${severity} ${cause}`);
}

function commandsOf(builder: SnapshotBuilder, about: string, cause: string) {
  const root = asked(builder, about).rootCauses.find((each) => each.cause === cause);
  return root?.remedies.map(({ command }) => command);
}

function ago(seconds: number): string {
  return new Date(Date.parse(now) - seconds * 1_000).toISOString();
}

const logging = (builder: SnapshotBuilder, lines: readonly string[]) =>
  builder.withSnapshot({ logs: [] }).withLog('controller-0', lines);

describe("another product's webhook that does not answer", () => {
  const refusedBy = (words: string) => (seconds: number) =>
    JSON.stringify({
      level: 'error',
      ts: ago(seconds),
      controller: 'ServiceReconciler',
      op: 'updateServiceStatus',
      msg: 'failed to update service status',
      error: `Internal error occurred: failed calling webhook "validate.example.net": failed to call webhook: ${words}`,
      service: key,
    });
  const waiting = aSnapshot().withPool(lan).withService(aService(key));

  test.each([
    'Post "https://policy.example.svc:443/validate": dial tcp 10.96.3.4:443: connect: connection refused',
    'the server is currently unable to handle the request',
  ])('is no trouble of the API server: %s', (words) => {
    const cluster = logging(waiting, [120, 60, 20].map(refusedBy(words)));
    expect([blamed(cluster, key), blamed(cluster)]).toEqual([
      ['error status-write-fails'],
      ['error status-write-fails'],
    ]);
    expect(asked(cluster, key).rootCauses[0]?.remedies).toEqual([
      {
        says: 'the admission webhook validate.example.net of another product does not answer: get it up again',
        command: 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
        mutates: false,
      },
    ]);
  });

  test('names the Service when nobody asked about it', () => {
    const cluster = logging(waiting, [refusedBy('EOF')(20)]);
    expect(asked(cluster, undefined).rootCauses[0]?.says).toMatch(
      /^MetalLB has an address for shop\/checkout, but cannot write it: /,
    );
  });
});

test('an API server with hiccups is not why a full pool is full', () => {
  const hiccup = (seconds: number) =>
    JSON.stringify({ level: 'error', ts: ago(seconds), error: 'etcdserver: request timed out' });
  const lines = [100, 20].map(hiccup);
  expect(blamed(logging(full, lines), key)).toEqual([
    'error pool-exhausted',
    'warning api-server-troubled',
  ]);
  const roomy = aSnapshot().withPool(lan).withService(aService(key));
  expect(blamed(logging(roomy, lines), key)).toEqual(['error api-server-troubled']);
});

test('a configuration that was never converted was not lost', () => {
  const controller = aWorkload('controller');
  const old = { ...controller.metadata, creationTimestamp: '2024-01-01T00:00:00Z' };
  const configMap = {
    kind: 'ConfigMap' as const,
    metadata: named('config', { namespace: home }),
    data: { config: 'address-pools:\n- name: lan' },
  };
  const upgraded = aSnapshot()
    .with('l2Advertisements')
    .with('deployments', { ...controller, metadata: old })
    .withSnapshot({ metallbDefinedAt: '2026-03-14T01:00:00Z' })
    .withService(aService(key));
  expect(blamed(upgraded, key)).toEqual(['error configuration-lost']);
  expect(blamed(upgraded.with('configMaps', configMap), key)).toEqual([
    'error old-configuration-ignored',
  ]);
});

test('metrics that are asked for by the name of a port are found wherever they are', () => {
  const metrics = aService('metallb-system/metrics', { ports: [7472] });
  const asking = (targetPort: string | undefined) =>
    aSnapshot()
      .withPool(lan)
      .withInstallation({ controllerVersion: 'v0.16.1', speakerVersion: 'v0.16.1' })
      .withService({
        ...metrics,
        spec: {
          ...metrics.spec,
          type: 'ClusterIP',
          ports: [
            { protocol: 'TCP', port: 7472, ...(targetPort === undefined ? {} : { targetPort }) },
          ],
        },
      });
  expect([blamed(asking('metricshttps')), blamed(asking(undefined))]).toEqual([
    [],
    ['warning metrics-port-moved'],
  ]);
});

test('what is worth knowing and no fault leaves an answer healthy', () => {
  const held = aService(key, { ip: '10.4.11.10' });
  const also = { ...held, spec: { ...held.spec, externalIPs: ['203.0.113.9'] } };
  const { outcome, headline, rootCauses } = asked(aSnapshot().withPool(lan).withService(also), key);
  expect({ outcome, headline, found: rootCauses.map(({ cause }) => cause) }).toEqual({
    outcome: 'healthy',
    headline: 'shop/checkout is not pending: it has 10.4.11.10',
    found: ['external-ips-lookalike'],
  });
});

test('nobody is told to ask a second time for an address, which would be refused', () => {
  const cleared = anEvent(
    { kind: 'Service', namespace: 'shop', name: 'checkout' },
    'ClearAssignment',
    {
      message:
        'current IP ["10.9.9.9"] not allowed by config, will attempt for new IP assignment: ["10.9.9.9"] is not allowed in config',
      at: ago(120),
    },
  );
  const plain = aService(key, { ip: '10.4.11.10' });
  const asking = aService(key);
  const cluster = aSnapshot().withPool(lan).withEvent(cleared);
  const cause = 'pool-change-moved-addresses';
  const look = 'kubectl -n metallb-system get ipaddresspools.metallb.io -o yaml';
  expect(commandsOf(cluster.withService(plain), key, cause)).toEqual([
    look,
    'kubectl -n shop annotate service checkout metallb.io/loadBalancerIPs=10.9.9.9 --overwrite',
  ]);
  expect(
    commandsOf(
      cluster.withService({ ...asking, spec: { ...asking.spec, loadBalancerIP: '10.9.9.9' } }),
      key,
      cause,
    ),
  ).toEqual([look]);
});

test('a holder that was deleted holds nothing, whatever the last event says', () => {
  const said = anEvent(
    { kind: 'Service', namespace: 'shop', name: 'checkout' },
    'AllocationFailed',
    {
      message:
        'Failed to allocate IP for "shop/checkout": can\'t change sharing key for "shop/checkout", address also in use by shop/gone',
      at: ago(1_800),
    },
  );
  const cluster = aSnapshot()
    .withPool(lan)
    .withEvent(said)
    .withService(
      aService(key, { loadBalancerIP: '10.4.11.12' }),
      aService('default/kubernetes', { type: 'ClusterIP' }),
    );
  expect([blamed(cluster, key), blamed(cluster)]).toEqual([
    ['error waiting-for-retry'],
    ['error waiting-for-retry'],
  ]);
});

describe('a Service that waits and nobody knows why', () => {
  const given = anEvent({ kind: 'Service', namespace: 'shop', name: 'checkout' }, 'IPAllocated', {
    message: 'Assigned IP ["10.4.11.12"]',
    at: ago(1_200),
    type: 'Normal',
  });
  const waiting = (createdAt: string) =>
    asked(
      aSnapshot().withPool(lan).withEvent(given).withService(aService(key, { createdAt })),
      undefined,
    );

  test('is no healthy cluster', () => {
    const { outcome, headline, next } = waiting(ago(1_300));
    expect({ outcome, headline, next }).toEqual({
      outcome: 'unknown',
      headline: 'shop/checkout is pending, and nothing that was looked at explains it',
      next: ['triage pending shop/checkout'],
    });
  });

  test('is given a moment first', () => {
    expect(waiting(ago(20)).outcome).toBe('healthy');
  });
});
