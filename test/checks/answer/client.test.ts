import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/checks/diagnose.ts';
import { parseAddress } from '../../../src/core/facts/ip.ts';
import type { Service } from '../../../src/core/facts/kube-objects.ts';
import { aService } from '../../builders/a-service.ts';
import type { SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { aBackend, anAgent, aPolicy } from '../../builders/backends.ts';
import { aPod, aWorkload } from '../../builders/programs.ts';
import { serviceIn } from '../case.ts';
import { segment } from './traffic.ts';

const speakers = ['n1', 'n2', 'n3'].map((node) =>
  aPod('speaker', { name: `speaker-${node}`, node }),
);
const cluster = segment.with(
  'pods',
  aPod('controller'),
  ...speakers,
  aBackend('shop/checkout-1', { labels: { app: 'checkout' } }),
);

function service(local: boolean, ranges: readonly string[] = []): Service {
  const ports = [{ protocol: 'TCP', port: 80, targetPort: 8080 }];
  const made = aService('shop/checkout', {
    ip: '10.4.11.3',
    local,
    ports,
    selector: { app: 'checkout' },
  });
  return { ...made, spec: { ...made.spec, loadBalancerSourceRanges: ranges } };
}

function answerFor(builder: SnapshotBuilder, client: string | undefined) {
  const snapshot = builder.build();
  const { rootCauses } = diagnose({
    symptom: 'no-traffic',
    snapshot,
    subject: serviceIn(snapshot, 'shop/checkout'),
    client: client === undefined ? undefined : parseAddress(client),
  });
  const about = ['source-ranges-keep-out', 'network-policy-drops-traffic'];
  return rootCauses
    .filter(({ cause }) => about.includes(cause))
    .map(({ cause, severity, says }) => [cause, severity, says]);
}

describe('source ranges', () => {
  const ranged = cluster.with('services', service(false, ['198.51.100.0/24']));

  test('are for information as long as nobody is named', () => {
    expect(answerFor(ranged, undefined)).toEqual([
      ['source-ranges-keep-out', 'info', 'shop/checkout lets only clients from 198.51.100.0/24 in'],
    ]);
  });

  test('stop a client outside, for certain', () => {
    expect(answerFor(ranged, '203.0.113.9')).toEqual([
      [
        'source-ranges-keep-out',
        'error',
        'shop/checkout does not let 203.0.113.9 in: its source ranges are 198.51.100.0/24',
      ],
    ]);
  });

  test.each(['198.51.100.7', '2001:db8::7'])('do not concern %s', (client) => {
    expect(answerFor(ranged, client)).toEqual([]);
  });
});

describe('a NetworkPolicy of ranges, where pods see the client', () => {
  const ipBlock = { cidr: '198.51.100.0/24', except: [] };
  const ruled = cluster
    .with('services', service(true))
    .with('networkPolicies', aPolicy('shop/clients', [{ from: [{ ipBlock }], ports: [] }]));

  test('is for information as long as nobody is named', () => {
    expect(answerFor(ruled, undefined).map(([, severity]) => severity)).toEqual(['info']);
  });

  const outside =
    'NetworkPolicy clients lets only 198.51.100.0/24 in, and not 203.0.113.9, to the pods behind shop/checkout on 80/TCP';

  test('stops a client outside for certain where something enforces it', () => {
    const enforced = ruled.with('daemonSets', aWorkload('speaker'), anAgent('calico-node'));
    expect(answerFor(enforced, '203.0.113.9')).toEqual([
      ['network-policy-drops-traffic', 'error', outside],
    ]);
  });

  test('is a warning for a client outside where nobody knows whether anything enforces it', () => {
    expect(answerFor(ruled, '203.0.113.9')).toEqual([
      ['network-policy-drops-traffic', 'warning', outside],
    ]);
  });

  test('does not concern a client inside', () => {
    expect(answerFor(ruled, '198.51.100.7')).toEqual([]);
  });
});

test('the answer says whose traffic it is about', () => {
  const snapshot = cluster.with('services', service(false, ['198.51.100.0/24'])).build();
  const subject = serviceIn(snapshot, 'shop/checkout');
  const client = parseAddress('203.0.113.9');
  expect(diagnose({ symptom: 'no-traffic', snapshot, subject, client }).headline).toBe(
    'traffic from 203.0.113.9 to shop/checkout fails: shop/checkout does not let 203.0.113.9 in: its source ranges are 198.51.100.0/24',
  );
});

test('a client of a family that the Service has no address of cannot reach it', () => {
  const snapshot = cluster.with('services', service(false, [])).build();
  const { outcome, headline } = diagnose({
    symptom: 'no-traffic',
    snapshot,
    subject: serviceIn(snapshot, 'shop/checkout'),
    client: parseAddress('2001:db8::7'),
  });
  expect([outcome, headline]).toEqual([
    'problem',
    'traffic from 2001:db8::7 to shop/checkout fails: it has no IPv6 address, only 10.4.11.3',
  ]);
});

test('of a client inside the way says that the wire is not on it', () => {
  const snapshot = cluster.with('services', service(false, [])).build();
  const elsewhere = (client: string) =>
    diagnose({
      symptom: 'no-traffic',
      snapshot,
      subject: serviceIn(snapshot, 'shop/checkout'),
      client: parseAddress(client),
    }).paths?.[0]?.steps.find(({ question }) => question === 'elsewhere')?.says;
  expect(elsewhere('10.4.11.102')).toBe(
    'nothing that is not MetalLB was found in the cluster; 10.4.11.102 is node n2: what it sends to the address never reaches the wire',
  );
  expect(elsewhere('10.4.11.200')).toBe('nothing that is not MetalLB was found in the cluster');
});

test('the command that asks again asks for the same client', () => {
  const snapshot = segment.build();
  const { next } = diagnose({
    symptom: 'no-traffic',
    snapshot,
    subject: serviceIn(snapshot, 'shop/checkout'),
    client: parseAddress('198.51.100.7'),
  });
  expect(next).toContain('triage no-traffic shop/checkout --client 198.51.100.7 --probe');
});
