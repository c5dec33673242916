import { aPod } from '../builders/programs.ts';
import { aService } from '../builders/a-service.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aPool, anEvent, named } from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';

const key = 'shop/checkout';
const about = { kind: 'Service', namespace: 'shop', name: 'checkout' };
const lan = aPool('lan', '10.4.11.10-10.4.11.19');
const both = aPool('both', ['10.4.11.10-10.4.11.19', '2001:db8::/120']);
const teamOnly = { namespaces: ['shop'], namespaceSelectors: [], serviceSelectors: [] };
const own = aPool('own', '10.4.12.1/32', { serviceAllocation: teamOnly });

function normal(reason: string, message: string, at: string) {
  return anEvent(about, reason, { type: 'Normal', message, at });
}

function cleared(reason: string) {
  const head = 'current IP for "shop/checkout" not allowed by config';
  const message = `${head}, will attempt for new IP assignment: ${reason}`;
  return normal('ClearAssignment', message, '2026-03-14T03:10:40Z');
}

const dualOnOne = { policy: 'PreferDualStack', clusterIPs: ['10.96.0.9'] };
const edited = {
  ...lan,
  metadata: {
    ...lan.metadata,
    managedFields: [{ manager: 'kubectl-edit', operation: 'Update', time: '2026-03-14T03:10:38Z' }],
  },
};
const complaint =
  '{"caller":"pool_controller.go:98","controller":"PoolReconciler","error":"parsing address pool lan: pool has no prefixes defined","level":"error","ts":"2026-03-14T01:10:40Z"}';
const reloaded =
  '{"caller":"pool_controller.go:128","controller":"PoolReconciler","event":"config reloaded","level":"info","ts":"2026-03-14T01:12:40Z"}';

/** Checks of addresses that came, went or changed. */
export const moveCases: readonly CheckCase[] = [
  {
    check: 'MLB-H09',
    title: 'a full pool of its own, and an address from a common one',
    sick: aSnapshot()
      .withPool(lan, own)
      .withService(
        aService('shop/first', { ip: '10.4.12.1' }),
        aService(key, { ip: '10.4.11.10' }),
      ),
    healthy: aSnapshot()
      .withPool(lan, own)
      .withService(aService(key, { ip: '10.4.12.1' }), aService('lab/x', { ip: '10.4.11.10' })),
    subject: undefined,
  },
  {
    check: 'MLB-H09',
    title: 'a pool of its own that has room again',
    sick: aSnapshot()
      .withPool(lan, own)
      .withService(aService(key, { ip: '10.4.11.10' })),
    healthy: aSnapshot()
      .withPool(lan, own)
      .withService(
        aService(key, { ip: '10.4.11.10', annotations: { 'metallb.io/address-pool': 'lan' } }),
      ),
    subject: undefined,
  },
  {
    check: 'MLB-H10',
    title: 'an address that ends in .255',
    sick: aSnapshot()
      .withPool(aPool('wide', '10.4.8.0/22'))
      .withService(aService(key, { ip: '10.4.8.255' })),
    healthy: aSnapshot()
      .withPool(aPool('wide', '10.4.8.0/22'))
      .withService(aService(key, { ip: '10.4.8.25' })),
    subject: undefined,
  },
  {
    check: 'MLB-H11',
    title: 'a second address that comes and goes',
    sick: aSnapshot()
      .withPool(both)
      .withService(aService(key, { ...dualOnOne, ip: ['10.4.11.10', '2001:db8::'] }))
      .withEvent(
        normal('IPAllocated', 'Assigned additional IP "2001:db8::"', '2026-03-14T03:12:38Z'),
        normal('IPAllocated', 'Assigned IP ["10.4.11.10"]', '2026-03-14T03:12:37Z'),
      ),
    healthy: aSnapshot()
      .withPool(lan)
      .withService(aService(key, { ...dualOnOne, ip: '10.4.11.10' })),
    subject: undefined,
  },
  {
    check: 'MLB-H11',
    title: 'v0.14.9 gives two families to one cluster IP',
    sick: aSnapshot()
      .withPool(both)
      .withInstallation({ controllerVersion: 'v0.14.9' })
      .withService(aService(key, { ...dualOnOne, ip: ['10.4.11.12', '2001:db8::2'] })),
    healthy: aSnapshot()
      .withPool(both)
      .withInstallation({ controllerVersion: 'v0.14.9' })
      .withService(aService(key, { ip: '10.4.11.12' })),
    subject: key,
  },
  {
    check: 'MLB-H12',
    title: 'a range was cut under a Service',
    sick: aSnapshot()
      .withPool(edited)
      .withService(aService(key, { ip: '10.4.11.10' }))
      .withEvent(cleared('["10.4.11.22"] is not allowed in config')),
    healthy: aSnapshot()
      .withPool(edited)
      .withService(aService(key, { ip: '10.4.11.10' }))
      .withEvent(
        cleared(`can't change sharing key for "shop/checkout", address also in use by a/b`),
      ),
    subject: undefined,
  },
  {
    check: 'MLB-H12',
    title: 'avoidBuggyIPs was turned on under one, a reservation under another',
    sick: aSnapshot()
      .withPool(aPool('wide', '10.4.8.0/22', { avoidBuggyIPs: true }), own)
      .withService(
        aService(key, { ip: '10.4.8.1' }),
        aService('lab/x', { createdAt: '2026-03-01T00:00:00Z' }),
      )
      .withEvent(
        cleared('["10.4.8.0"] is not allowed in config'),
        anEvent({ kind: 'Service', namespace: 'lab', name: 'x' }, 'ClearAssignment', {
          type: 'Normal',
          message:
            'current IP for "lab/x" not allowed by config, will attempt for new IP assignment: pool own not compatible for ip assignment',
          at: '2026-03-14T03:10:41Z',
        }),
      ),
    healthy: aSnapshot()
      .withPool(aPool('wide', '10.4.8.0/22'))
      .withService(aService(key, { ip: '10.4.8.0' }))
      .withEvent(cleared('["10.4.8.0"] is not allowed in config')),
    subject: undefined,
  },
  {
    check: 'MLB-H13',
    title: 'an old controller started and dealt anew',
    sick: aSnapshot()
      .withPool(lan)
      .withInstallation({ controllerVersion: 'v0.13.7' })
      .withService(aService(key, { ip: '10.4.11.10' }))
      .withEvent(normal('IPAllocated', 'Assigned IP ["10.4.11.10"]', '2026-03-10T00:00:04Z')),
    healthy: aSnapshot()
      .withPool(lan)
      .withInstallation({ controllerVersion: 'v0.13.7' })
      .withService(aService(key, { ip: '10.4.11.10' }))
      .withEvent(normal('IPAllocated', 'Assigned IP ["10.4.11.10"]', '2026-03-12T00:00:04Z')),
    subject: undefined,
  },
  {
    check: 'MLB-H14',
    title: 'MetalLB was removed under a Service',
    sick: aSnapshot()
      .withSnapshot({ installations: [] })
      .withService(
        aService(key, {
          ip: '10.4.11.10',
          annotations: { 'metallb.io/ip-allocated-from-pool': 'lan' },
        }),
      ),
    healthy: aSnapshot()
      .withSnapshot({ installations: [] })
      .withService(aService(key, { ip: '203.0.113.7' })),
    subject: key,
  },
  {
    check: 'MLB-H15',
    title: 'an address of a pool written into spec.externalIPs',
    sick: aSnapshot()
      .withPool(lan)
      .withService(
        withExternal('shop/legacy', 'ClusterIP'),
        aService('shop/web', { ip: '10.4.11.15' }),
      ),
    healthy: aSnapshot()
      .withPool(lan)
      .withService(withExternal('shop/legacy', 'ClusterIP', '10.0.0.1')),
    subject: undefined,
  },
  {
    check: 'MLB-H15',
    title: 'a pending Service that seems to have an address',
    sick: aSnapshot()
      .withPool(lan)
      .withService(withExternal(key, 'LoadBalancer', '198.51.100.4')),
    healthy: aSnapshot().withPool(lan).withService(aService(key)),
    subject: key,
  },
  {
    check: 'MLB-H16',
    title: 'the old prefix on two Services, hidden by the new one on the second',
    sick: aSnapshot()
      .withPool(lan)
      .withService(
        aService(key, {
          ip: '10.4.11.10',
          annotations: { 'metallb.universe.tf/address-pool': 'lan' },
        }),
        aService('shop/web', {
          ip: '10.4.11.11',
          annotations: {
            'metallb.universe.tf/allow-shared-ip': 'old',
            'metallb.io/allow-shared-ip': 'new',
          },
        }),
      )
      .withEvent(
        anEvent(about, 'deprecatedAnnotation', {
          message: 'Service uses deprecated annotation metallb.universe.tf/address-pool',
          at: '2026-03-14T03:10:40Z',
        }),
      ),
    healthy: aSnapshot()
      .withPool(lan)
      .withService(
        aService(key, { ip: '10.4.11.10', annotations: { 'metallb.io/address-pool': 'lan' } }),
      ),
    subject: undefined,
  },
  {
    check: 'MLB-H17',
    title: 'a fault that was undone',
    sick: aSnapshot().withPool(lan).withLog('controller-0', [reloaded, complaint]),
    healthy: aSnapshot().withPool(lan).withLog('controller-0', [complaint, reloaded]),
    subject: undefined,
  },
  {
    check: 'MLB-H18',
    title: 'another address than an hour ago, and an heir on the old one',
    sick: aSnapshot()
      .withPool(lan)
      .withService(aService(key, { ip: '10.4.11.11' }), aService('shop/web', { ip: '10.4.11.10' }))
      .withEvent(
        normal('IPAllocated', 'Assigned IP ["10.4.11.10"]', '2026-03-14T02:40:40Z'),
        normal('IPAllocated', 'Assigned IP ["10.4.11.11"]', '2026-03-14T03:08:40Z'),
      ),
    healthy: aSnapshot()
      .withPool(lan)
      .withService(aService(key, { ip: '10.4.11.11' }))
      .withEvent(normal('IPAllocated', 'Assigned IP ["10.4.11.11"]', '2026-03-14T03:08:40Z')),
    subject: undefined,
  },
  {
    check: 'MLB-H19',
    title: 'the old controller still works beside the new one',
    sick: aSnapshot().with('pods', aPod('controller'), leaving(true), aPod('speaker')),
    healthy: aSnapshot().with('pods', aPod('controller'), leaving(false), aPod('speaker')),
    subject: undefined,
  },
];

function withExternal(name: string, type: string, address = '10.4.11.15') {
  const service = aService(name, { type });
  return { ...service, spec: { ...service.spec, externalIPs: [address] } };
}

function leaving(ready: boolean) {
  const pod = aPod('controller', { name: 'controller-old', ready });
  return {
    ...pod,
    metadata: named('controller-old', {
      ...pod.metadata,
      deletionTimestamp: '2026-03-14T03:12:00Z',
    }),
  };
}
