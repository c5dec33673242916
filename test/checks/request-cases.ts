import { aService } from '../builders/a-service.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aNamespace, anEvent, aPool } from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';

const key = 'shop/checkout';
const lan = aPool('lan', '10.4.11.10-10.4.11.19');
const manual = aPool('lan', '10.4.11.10-10.4.11.19', { autoAssign: false });
const mixed = aPool('six', '10.4.11.10-fe80::1');
const tv = aService('media/tv', {
  ip: '10.4.11.13',
  annotations: { 'metallb.io/allow-shared-ip': 'tv' },
});

function asking(annotations: Readonly<Record<string, string>>, more = {}) {
  return aService(key, { annotations, ports: [443], ...more });
}

/** Checks of how requests are written, and of pools that hold nothing. */
export const requestCases: readonly CheckCase[] = [
  {
    check: 'MLB-A27',
    title: 'a holder whose request is misspelled, and one whose key is a label',
    sick: aSnapshot()
      .withPool(lan)
      .withService(
        asking({ 'metallb.io/loadBalancerIP': '10.4.11.15' }, { ip: '10.4.11.10' }),
        aService('shop/web', { ip: '10.4.11.11', labels: { 'metallb.io/allow-shared-ip': 'x' } }),
      ),
    healthy: aSnapshot()
      .withPool(lan)
      .withService(
        asking({ 'metallb.io/loadBalancerIPs': '10.4.11.15' }, { ip: '10.4.11.15' }),
        aService('shop/web', {
          ip: '10.4.11.11',
          labels: { app: 'web', 'example.com/pool': 'lan' },
          annotations: { 'metallb.io/ip-allocated-from-pool': 'lan', 'metallb.io/note': 'x' },
        }),
      ),
    subject: undefined,
  },
  {
    check: 'MLB-A27',
    title: 'a prefix that the release does not read yet, on a holder',
    sick: aSnapshot()
      .withPool(lan)
      .withInstallation({ controllerVersion: 'v0.14.8' })
      .withService(asking({ 'metallb.io/address-pool': 'lan' }, { ip: '10.4.11.10' })),
    healthy: aSnapshot()
      .withPool(lan)
      .withInstallation({ controllerVersion: 'v0.14.8' })
      .withService(asking({ 'metallb.universe.tf/address-pool': 'lan' }, { ip: '10.4.11.10' })),
    subject: key,
  },
  {
    check: 'MLB-A30',
    title: 'a pool named by a misspelled annotation',
    sick: aSnapshot()
      .withPool(manual)
      .withService(asking({ 'metallb.io/addresspool': 'lan' })),
    healthy: aSnapshot()
      .withPool(manual)
      .withService(asking({ 'metallb.io/address-pool': 'lan' })),
    subject: key,
  },
  {
    check: 'MLB-A28',
    title: 'a sharing key that is a label',
    sick: aSnapshot()
      .withPool(lan)
      .withService(
        tv,
        asking(
          { 'metallb.io/loadBalancerIPs': '10.4.11.13' },
          { labels: { 'metallb.io/allow-shared-ip': 'tv' } },
        ),
      ),
    healthy: aSnapshot()
      .withPool(lan)
      .withService(
        tv,
        asking({
          'metallb.io/loadBalancerIPs': '10.4.11.13',
          'metallb.io/allow-shared-ip': 'tv',
        }),
      ),
    subject: key,
  },
  {
    check: 'MLB-A29',
    title: 'the only pool is a range between two families',
    sick: aSnapshot().withPool(mixed).withService(asking({})),
    healthy: aSnapshot().withPool(lan).withService(asking({})),
    subject: key,
  },
  {
    check: 'MLB-A29',
    title: 'the pool asked for is such a range',
    sick: aSnapshot()
      .withPool(mixed, lan)
      .withService(asking({ 'metallb.io/address-pool': 'six' })),
    healthy: aSnapshot()
      .withPool(lan)
      .withService(asking({ 'metallb.io/address-pool': 'lan' })),
    subject: key,
  },
  {
    check: 'MLB-H07',
    title: 'a pool that holds nothing beside one that serves',
    sick: aSnapshot().withPool(lan, mixed),
    healthy: aSnapshot().withPool(lan),
    subject: undefined,
  },
  {
    check: 'MLB-A31',
    title: 'v0.15.0 refused a pool',
    sick: aSnapshot()
      .withPool(lan)
      .withInstallation({ controllerVersion: 'v0.15.0' })
      .withLog('controller-0', [
        '{"action":"update","caller":"ipaddresspool_webhook.go:138","error":"pool cidr \\"10.4.11.10/31\\" contains nodeIp \\"10.4.11.11\\"","level":"error","name":"lan","namespace":"metallb-system","ts":"2026-03-14T03:10:40Z","webhook":"ipAddress"}',
      ]),
    healthy: aSnapshot()
      .withPool(aPool('lan', '10.4.11.8/29'))
      .withInstallation({ controllerVersion: 'v0.15.0' }),
    subject: undefined,
  },
  {
    check: 'MLB-A32',
    title: 'only its own namespace was read, and MetalLB names the holder',
    sick: ofOneNamespace(
      'can\'t change sharing key for "shop/checkout", address also in use by media/tv',
    ),
    healthy: ofOneNamespace('no available IPs'),
    subject: key,
  },
  {
    check: 'MLB-A32',
    title: 'only its own namespace was read, and the pool counts for itself',
    sick: ofOneNamespace('no available IPs', counted('0')),
    healthy: ofOneNamespace('no available IPs', counted('3')),
    subject: key,
  },
  {
    check: 'MLB-H08',
    title: 'a pool for namespaces with a label that none has',
    sick: aSnapshot()
      .withPool(aPool('gold', '10.4.11.10/31', { serviceAllocation: gold([]) }))
      .with('namespaces', aNamespace('shop', { tier: 'silver' }))
      .withService(
        aService('shop/web', {
          ip: '10.4.11.10',
          annotations: { 'metallb.io/address-pool': 'gold' },
        }),
      ),
    healthy: aSnapshot()
      .withPool(aPool('gold', '10.4.11.10/31', { serviceAllocation: gold([]) }))
      .with('namespaces', aNamespace('shop', { tier: 'gold' })),
    subject: undefined,
  },
  {
    check: 'MLB-H08',
    title: 'a pool for labelled Services of namespaces that are not there',
    sick: aSnapshot()
      .withPool(aPool('gold', '10.4.11.10/31', { serviceAllocation: gold(['web']) }))
      .with('namespaces', aNamespace('shop', { tier: 'silver' })),
    healthy: aSnapshot()
      .withPool(
        aPool('gold', '10.4.11.10/31', {
          serviceAllocation: { ...gold(['web']), namespaces: ['shop'] },
        }),
      )
      .with('namespaces', aNamespace('shop', { tier: 'silver' })),
    subject: undefined,
  },
];

function counted(availableIPv4: string) {
  const status = { assignedIPv4: '10', assignedIPv6: '0', availableIPv4, availableIPv6: '0' };
  return { ...lan, status };
}

function ofOneNamespace(reason: string, pool = lan) {
  const asks = asking(pool === lan ? { 'metallb.io/loadBalancerIPs': '10.4.11.13' } : {});
  return aSnapshot()
    .withPool(pool)
    .withReading('services', { state: 'read', items: [asks], within: 'shop' })
    .withEvent(
      anEvent({ kind: 'Service', namespace: 'shop', name: 'checkout' }, 'AllocationFailed', {
        message: `Failed to allocate IP for "shop/checkout": ${reason}`,
        at: '2026-03-14T03:10:40Z',
      }),
    );
}

function gold(apps: readonly string[]) {
  return {
    namespaces: [],
    namespaceSelectors: [{ matchLabels: { tier: 'gold' }, matchExpressions: [] }],
    serviceSelectors: apps.map((app) => ({ matchLabels: { app }, matchExpressions: [] })),
  };
}
