import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/checks/diagnose.ts';
import { isMarked, writtenMarks, rivalWorkloads } from '../../src/checks/models/rivals/rivals.ts';
import type { Service } from '../../src/core/facts/kube-objects.ts';
import { aService } from '../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../builders/a-snapshot.ts';
import { aWorkload } from '../builders/programs.ts';
import { aPool, anEvent, named } from '../builders/some-objects.ts';
import { serviceIn } from './case.ts';

const key = 'shop/checkout';
const lan = aPool('lan', '10.4.11.10/28');

function pending(builder: SnapshotBuilder) {
  const snapshot = builder.build();
  return diagnose({ symptom: 'pending', snapshot, subject: serviceIn(snapshot, key) });
}

function health(builder: SnapshotBuilder) {
  return diagnose({ symptom: 'health', snapshot: builder.build(), subject: undefined });
}

function deletedService(finalizers: readonly string[]): Service {
  const service = aService(key, { ip: '10.4.11.10' });
  const metadata = { ...service.metadata, deletionTimestamp: '2026-03-14T01:00:00Z', finalizers };
  return { ...service, metadata };
}

describe('a Service that is being deleted', () => {
  test('held by a finalizer, it is said who holds it', () => {
    const { outcome, headline, next } = pending(
      aSnapshot()
        .withPool(lan)
        .withService(deletedService(['example.net/keep'])),
    );
    expect({ outcome, headline, next }).toEqual({
      outcome: 'warnings',
      headline:
        'shop/checkout gets no address, because it is being deleted: shop/checkout has been on its way out for 2 h, and example.net/keep holds it with its address 10.4.11.10',
      next: [
        'triage explain service-held-by-finalizer',
        'kubectl -n shop describe service checkout',
      ],
    });
  });

  test('held by nobody, it is only on its way', () => {
    expect(pending(aSnapshot().withPool(lan).withService(deletedService([])))).toMatchObject({
      outcome: 'healthy',
      headline: 'shop/checkout is being deleted, so it gets no address',
    });
  });
});

test('a Service that a quota keeps from becoming a LoadBalancer is told so', () => {
  const about = { kind: 'Kustomization', namespace: 'flux-system', name: 'shop' };
  const { outcome, headline, next } = pending(
    aSnapshot()
      .withPool(lan)
      .withService(aService(key, { type: 'ClusterIP' }))
      .withEvent(
        anEvent(about, 'ReconciliationFailed', {
          message:
            'Service/shop/checkout dry-run failed: services "checkout" is forbidden: exceeded quota: tenant, requested: services.loadbalancers=1, used: services.loadbalancers=2, limited: services.loadbalancers=2',
          at: '2026-03-14T03:00:00Z',
        }),
      ),
  );
  expect({ outcome, headline, next }).toEqual({
    outcome: 'problem',
    headline:
      'shop/checkout gets no address, because it is of type ClusterIP: quota tenant does not let shop/checkout become a LoadBalancer: services.loadbalancers stands at 2 of 2',
    next: ['triage explain services-blocked-by-quota', 'kubectl -n shop describe service checkout'],
  });
});

describe('a webhook that could not be called', () => {
  const words =
    'failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": Post "https://metallb-webhook-service.metallb-system.svc:443/x": context deadline exceeded';
  const application = { kind: 'Application', namespace: 'argocd', name: 'lb' };
  const event = anEvent(application, 'OperationCompleted', {
    message: words,
    at: '2026-03-14T03:00:00Z',
  });

  test('refuses changes and strikes no Service as long as there are pools', () => {
    const { outcome, rootCauses, scope } = health(aSnapshot().withPool(lan).withEvent(event));
    expect(outcome).toBe('warnings');
    expect(rootCauses.map(({ cause }) => cause)).toEqual(['webhook-unreachable']);
    expect(scope?.reach).toBe('none');
  });

  test('is why there is no pool, and that is said once', () => {
    const builder = aSnapshot()
      .with('l2Advertisements')
      .withService(aService(key))
      .withEvent(event);
    expect(pending(builder).rootCauses.map(({ cause }) => cause)).toEqual(['webhook-unreachable']);
    expect(health(builder).scope).toMatchObject({
      reach: 'service',
      services: [{ name: 'checkout' }],
    });
  });

  test('is heard in the log of the API server and in what was pasted into a file', () => {
    const logs = [
      {
        namespace: 'kube-system',
        pod: 'kube-apiserver-cp-1',
        container: 'kube-apiserver',
        previous: false,
        lines: { state: 'read', items: [`W0314 03:10:01.000000  1 x.go:1] ${words}`] },
      },
    ] as const;
    const builder = aSnapshot().withPool(lan).withSnapshot({ logs });
    expect(health(builder).rootCauses.map(({ cause }) => cause)).toEqual(['webhook-unreachable']);
  });
});

test('a cluster without MetalLB and without any LoadBalancer Service may be the wrong one', () => {
  const empty = aSnapshot()
    .withSnapshot({ installations: [] })
    .with('deployments')
    .with('daemonSets');
  const [strange] = health(empty).rootCauses;
  expect(strange?.details).toContain(
    'no Service is of type LoadBalancer either: make sure that this is the cluster you mean',
  );
  const [known] = health(empty.withService(aService(key))).rootCauses;
  expect(known?.details.join()).not.toContain('the cluster you mean');
});

describe('the hand of another product', () => {
  const nobody = rivalWorkloads([]);
  const shaped = (ingress: Service['status']['ingress']) => ({
    ...aService(key),
    status: { ingress, conditions: [] },
  });

  test.each([
    [{ hostname: 'lb.example.net' }, 'the host name lb.example.net'],
    [{ ip: '192.0.2.1', ipMode: 'Proxy' }, 'ipMode Proxy'],
    [{ ip: '192.0.2.1', ports: [80, 443] }, 'ports 80, 443'],
  ])('%j is nothing that MetalLB writes', (ingress, says) => {
    expect(writtenMarks(shaped([ingress]), nobody).map((mark) => mark.says)).toEqual([
      `its status holds ${says}, which MetalLB never writes`,
    ]);
  });

  test('an address alone is nobody in particular', () => {
    expect(writtenMarks(shaped([{ ip: '192.0.2.1' }]), nobody)).toEqual([]);
  });

  test('its finalizer is a mark, MetalLB sets none', () => {
    const finalizers = ['service.kubernetes.io/load-balancer-cleanup'];
    const service = aService(key);
    expect(isMarked({ ...service, metadata: { ...service.metadata, finalizers } })).toBe(true);
    expect(isMarked(service)).toBe(false);
  });

  test('installed and without work it is no cause', () => {
    const cilium = {
      ...aWorkload('speaker'),
      metadata: named('cilium', { namespace: 'kube-system' }),
    };
    const dormant = { ...aService(key, { ip: '10.4.11.10', writer: 'controller' }) };
    const conditions = [
      { type: 'cilium.io/IPAMRequestSatisfied', status: 'False', reason: 'no_pool' },
    ];
    const builder = aSnapshot()
      .withPool(lan)
      .with('daemonSets', aWorkload('speaker'), cilium)
      .withService({ ...dormant, status: { ...dormant.status, conditions } });
    expect(health(builder).rootCauses).toEqual([]);
  });
});
