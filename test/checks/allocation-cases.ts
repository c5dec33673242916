import type { Service } from '../../src/core/facts/kube-objects.ts';
import { aSnapshot, type SnapshotBuilder } from '../builders/a-snapshot.ts';
import { aService } from '../builders/a-service.ts';
import { aNamespace, aPool, aSlice, anEvent } from '../builders/some-objects.ts';
import { aWorkload } from '../builders/programs.ts';
import type { CheckCase } from './case.ts';

const key = 'shop/checkout';

function cluster(...pools: readonly ReturnType<typeof aPool>[]): SnapshotBuilder {
  return aSnapshot().withPool(...pools);
}

const lan = aPool('lan', '10.4.11.10-10.4.11.11');
const wide = aPool('lan', '10.4.11.10-10.4.11.19');
const holders = [
  aService('shop/search', { ip: '10.4.11.10', writtenAt: '2026-03-14T03:00:40Z' }),
  aService('shop/old-api', { ip: '10.4.11.11', writtenAt: '2026-02-01T00:00:00Z' }),
];
const pending = aService(key);

function asking(request: Readonly<Record<string, string>>, more = {}) {
  return aService(key, { annotations: request, ...more });
}

const holder = aService('media/jellyfin', {
  ip: '10.4.11.13',
  annotations: { 'metallb.io/allow-shared-ip': 'tv' },
});
const beside = (service: Service): Service => ({
  ...service,
  status: {
    ...service.status,
    ingress: [...service.status.ingress, { hostname: 'lb.example.net' }],
  },
});
const sharing = (value: string) => ({ 'metallb.io/allow-shared-ip': value });
const asksHeld = { 'metallb.io/loadBalancerIPs': '10.4.11.13' };

/** Allocation checks: a sick cluster, its healthy twin, and the Service both are asked about. */
export const allocationCases: readonly CheckCase[] = [
  {
    check: 'MLB-A01',
    title: 'a class that MetalLB does not serve',
    sick: cluster(wide).withService(aService(key, { loadBalancerClass: 'example.net/lb' })),
    healthy: cluster(wide).withService(pending),
    subject: key,
  },
  {
    check: 'MLB-A01',
    title: 'no class, where MetalLB serves one class only',
    sick: cluster(wide).withService(pending).withInstallation({ loadBalancerClass: 'x.net/m' }),
    healthy: cluster(wide)
      .withService(aService(key, { loadBalancerClass: 'x.net/m' }))
      .withInstallation({ loadBalancerClass: 'x.net/m' }),
    subject: key,
  },
  {
    check: 'MLB-A02',
    title: 'a full pool is told with its last holder, the idle one and the pool beside it',
    sick: cluster(lan, aPool('dmz', '192.0.2.8/30', { autoAssign: false }))
      .withService(...holders, pending)
      .withSlice(
        aSlice('shop/search', [{ addresses: ['10.1.0.1'], ready: true }]),
        aSlice('shop/old-api', [], '2026-02-01T03:12:40Z'),
      )
      .withEvent(
        anEvent({ kind: 'Service', namespace: 'shop', name: 'checkout' }, 'AllocationFailed', {
          message: 'Failed to allocate IP for "shop/checkout": no available IPs',
          at: '2026-03-14T03:10:40Z',
        }),
      ),
    healthy: cluster(wide).withService(...holders, pending),
    subject: key,
  },
  {
    check: 'MLB-A03',
    title: 'only pools that assign nothing by themselves',
    sick: cluster(aPool('lan', '10.4.11.10/31', { autoAssign: false })).withService(pending),
    healthy: cluster(aPool('lan', '10.4.11.10/31')).withService(pending),
    subject: key,
  },
  {
    check: 'MLB-A04',
    title: 'a pool for another namespace',
    sick: cluster(
      aPool('lan', '10.4.11.10/31', {
        serviceAllocation: { namespaces: ['media'], namespaceSelectors: [], serviceSelectors: [] },
      }),
    ).withService(pending),
    healthy: cluster(
      aPool('lan', '10.4.11.10/31', {
        serviceAllocation: { namespaces: ['shop'], namespaceSelectors: [], serviceSelectors: [] },
      }),
    ).withService(pending),
    subject: key,
  },
  {
    check: 'MLB-A05',
    title: 'no pool, but one in a namespace MetalLB does not look at',
    sick: aSnapshot()
      .withPool({ ...wide, metadata: { ...wide.metadata, namespace: 'default' } })
      .withService(pending),
    healthy: cluster(wide).withService(pending),
    subject: key,
  },
  {
    check: 'MLB-A06',
    title: 'an IPv6 Service and IPv4 pools',
    sick: cluster(wide).withService(aService(key, { clusterIPs: ['fd00::1'], families: ['IPv6'] })),
    healthy: cluster(aPool('six', '2001:db8::/64')).withService(
      aService(key, { clusterIPs: ['fd00::1'], families: ['IPv6'] }),
    ),
    subject: key,
  },
  {
    check: 'MLB-A07',
    title: 'two families in two pools',
    sick: cluster(wide, aPool('six', '2001:db8::/64')).withService(
      aService(key, { clusterIPs: ['10.96.0.9', 'fd00::1'], policy: 'RequireDualStack' }),
    ),
    healthy: cluster(aPool('both', ['10.4.11.10/31', '2001:db8::/64'])).withService(
      aService(key, { clusterIPs: ['10.96.0.9', 'fd00::1'], policy: 'RequireDualStack' }),
    ),
    subject: key,
  },
  {
    check: 'MLB-A08',
    title: 'RequireDualStack with one cluster IP',
    sick: cluster(wide).withService(aService(key, { policy: 'RequireDualStack' })),
    healthy: cluster(wide).withService(pending),
    subject: key,
  },
  {
    check: 'MLB-A09',
    title: 'no cluster IP',
    sick: cluster(wide).withService(aService(key, { clusterIPs: [] })),
    healthy: cluster(wide).withService(pending),
    subject: key,
  },
  {
    check: 'MLB-A10',
    title: 'two cluster IPs under SingleStack',
    sick: cluster(wide).withService(aService(key, { clusterIPs: ['10.96.0.9', 'fd00::1'] })),
    healthy: cluster(wide).withService(pending),
    subject: key,
  },
  {
    check: 'MLB-A11',
    title: 'annotation and field at once',
    sick: cluster(wide).withService(
      asking({ 'metallb.io/loadBalancerIPs': '10.4.11.12' }, { loadBalancerIP: '10.4.11.12' }),
    ),
    healthy: cluster(wide).withService(asking({ 'metallb.io/loadBalancerIPs': '10.4.11.12' })),
    subject: key,
  },
  {
    check: 'MLB-A12',
    title: 'a request with a prefix length',
    sick: cluster(wide).withService(asking({ 'metallb.io/loadBalancerIPs': '10.4.11.12/32' })),
    healthy: cluster(wide).withService(asking({ 'metallb.io/loadBalancerIPs': ' 10.4.11.12 ' })),
    subject: key,
  },
  {
    check: 'MLB-A13',
    title: 'an annotation newer than MetalLB',
    sick: cluster(aPool('dmz', '10.4.12.0/30', { autoAssign: false }))
      .withService(asking({ 'metallb.io/address-pool': 'dmz' }))
      .withInstallation({ controllerVersion: 'v0.14.8' }),
    healthy: cluster(aPool('dmz', '10.4.12.0/30', { autoAssign: false }))
      .withService(asking({ 'metallb.universe.tf/address-pool': 'dmz' }))
      .withInstallation({ controllerVersion: 'v0.14.8' }),
    subject: key,
  },
  {
    check: 'MLB-A14',
    title: 'an IPv6 address for an IPv4 Service',
    sick: cluster(wide).withService(asking({ 'metallb.io/loadBalancerIPs': '2001:db8::7' })),
    healthy: cluster(wide).withService(asking({ 'metallb.io/loadBalancerIPs': '10.4.11.12' })),
    subject: key,
  },
  {
    check: 'MLB-A15',
    title: 'a requested address with a digit too much',
    sick: cluster(wide).withService(asking({ 'metallb.io/loadBalancerIPs': '10.4.111.12' })),
    healthy: cluster(wide).withService(asking({ 'metallb.io/loadBalancerIPs': '10.4.11.12' })),
    subject: key,
  },
  {
    check: 'MLB-A16',
    title: 'a requested address the pool avoids',
    sick: cluster(aPool('lan', '10.4.11.0/24', { avoidBuggyIPs: true })).withService(
      asking({ 'metallb.io/loadBalancerIPs': '10.4.11.0' }),
    ),
    healthy: cluster(aPool('lan', '10.4.11.0/24')).withService(
      asking({ 'metallb.io/loadBalancerIPs': '10.4.11.0' }),
    ),
    subject: key,
  },
  {
    check: 'MLB-A17',
    title: 'a requested pool for other namespaces',
    sick: cluster(
      aPool('lan', '10.4.11.10/31', {
        serviceAllocation: { namespaces: ['media'], namespaceSelectors: [], serviceSelectors: [] },
      }),
    ).withService(asking({ 'metallb.io/address-pool': 'lan' })),
    healthy: cluster(lan).withService(asking({ 'metallb.io/address-pool': 'lan' })),
    subject: key,
  },
  {
    check: 'MLB-A18',
    title: 'a requested address that is held',
    sick: cluster(wide).withService(holder, asking(asksHeld)),
    healthy: cluster(wide).withService(asking(asksHeld)),
    subject: key,
  },
  {
    check: 'MLB-A19',
    title: 'another sharing key',
    sick: cluster(wide).withService(
      holder,
      asking({ ...asksHeld, 'metallb.io/allow-shared-ip': 'web' }, { ports: [443] }),
    ),
    healthy: cluster(wide).withService(
      holder,
      asking({ ...asksHeld, 'metallb.io/allow-shared-ip': 'tv' }, { ports: [443] }),
    ),
    subject: key,
  },
  {
    check: 'MLB-A20',
    title: 'Local beside Cluster',
    sick: cluster(wide).withService(
      holder,
      asking({ ...asksHeld, 'metallb.io/allow-shared-ip': 'tv' }, { ports: [443], local: true }),
    ),
    healthy: cluster(wide).withService(
      holder,
      asking({ ...asksHeld, 'metallb.io/allow-shared-ip': 'tv' }, { ports: [443] }),
    ),
    subject: key,
  },
  {
    check: 'MLB-A20',
    title: 'a full pool, and an equal key on Local beside Cluster',
    sick: cluster(lan).withService(
      aService('media/jellyfin', { ip: '10.4.11.10', annotations: sharing('tv') }),
      aService('shop/old-api', { ip: '10.4.11.11' }),
      asking(sharing('tv'), { ports: [443], local: true }),
    ),
    healthy: cluster(lan).withService(
      aService('media/jellyfin', { ip: '10.4.11.10', annotations: sharing('tv') }),
      aService('shop/old-api', { ip: '10.4.11.11' }),
      asking(sharing('tv'), { ports: [443] }),
    ),
    subject: key,
  },
  {
    check: 'MLB-A21',
    title: 'a full pool that is asked for, and an equal key on the same port',
    sick: cluster(lan).withService(
      aService('media/jellyfin', { ip: '10.4.11.10', annotations: sharing('tv') }),
      aService('shop/old-api', { ip: '10.4.11.11' }),
      asking({ ...sharing('tv'), 'metallb.io/address-pool': 'lan' }),
    ),
    healthy: cluster(lan).withService(
      aService('media/jellyfin', { ip: '10.4.11.10', annotations: sharing('tv') }),
      aService('shop/old-api', { ip: '10.4.11.11' }),
      asking({ ...sharing('tv'), 'metallb.io/address-pool': 'lan' }, { ports: [443] }),
    ),
    subject: key,
  },
  {
    check: 'MLB-A21',
    title: 'the same port on a shared address',
    sick: cluster(wide).withService(
      holder,
      asking({ ...asksHeld, 'metallb.io/allow-shared-ip': 'tv' }),
    ),
    healthy: cluster(wide).withService(
      holder,
      asking({ ...asksHeld, 'metallb.io/allow-shared-ip': 'tv' }, { ports: [443] }),
    ),
    subject: key,
  },
  {
    check: 'MLB-A22',
    title: 'an address of another pool than the named one',
    sick: cluster(wide, aPool('dmz', '10.4.12.0/30')).withService(
      asking({ 'metallb.io/loadBalancerIPs': '10.4.11.12', 'metallb.io/address-pool': 'dmz' }),
    ),
    healthy: cluster(wide, aPool('dmz', '10.4.12.0/30')).withService(
      asking({ 'metallb.io/loadBalancerIPs': '10.4.11.12', 'metallb.io/address-pool': 'lan' }),
    ),
    subject: key,
  },
  {
    check: 'MLB-A23',
    title: 'a pool name with a letter too much',
    sick: cluster(wide).withService(asking({ 'metallb.io/address-pool': 'lann' })),
    healthy: cluster(wide).withService(asking({ 'metallb.io/address-pool': 'lan' })),
    subject: key,
  },
  {
    check: 'MLB-A24',
    title: 'a named pool that is full while another has room',
    sick: cluster(lan, aPool('dmz', '10.4.12.0/30')).withService(
      ...holders,
      asking({ 'metallb.io/address-pool': 'lan' }),
    ),
    healthy: cluster(wide).withService(...holders, asking({ 'metallb.io/address-pool': 'lan' })),
    subject: key,
  },
  {
    check: 'MLB-A25',
    title: 'k3s ServiceLB serves it as well',
    sick: cluster(wide)
      .withService(aService(key, { ip: ['10.0.0.1', '10.0.0.2'], writer: 'k3s' }))
      .with('daemonSets', aWorkload('speaker'), {
        ...aWorkload('speaker'),
        metadata: {
          ...aWorkload('speaker').metadata,
          namespace: 'kube-system',
          name: 'svclb-checkout-0a1b2c3d',
        },
      }),
    healthy: cluster(wide).withService(aService(key, { ip: '10.4.11.10', writer: 'controller' })),
    subject: key,
  },
  {
    check: 'MLB-A25',
    title: 'a host name stands beside the address, and nothing else tells of another',
    sick: cluster(wide).withService(beside(aService(key, { ip: '10.4.11.10' }))),
    healthy: cluster(wide).withService(aService(key, { ip: '10.4.11.10' })),
    subject: key,
  },
  {
    check: 'MLB-A33',
    title: 'another pool is asked for than its address is of',
    sick: cluster(wide, aPool('dmz', '192.0.2.8/30')).withService(
      asking(
        { 'metallb.io/address-pool': 'dmz' },
        { ip: '10.4.11.10', editedAt: '2026-03-14T03:00:40Z' },
      ),
    ),
    healthy: cluster(wide, aPool('dmz', '192.0.2.8/30')).withService(
      asking({ 'metallb.io/address-pool': 'dmz' }, { ip: '192.0.2.8' }),
    ),
    subject: key,
  },
  {
    check: 'MLB-A33',
    title: 'other addresses are asked for than it has, in all of the cluster',
    sick: cluster(wide).withService(
      asking({ 'metallb.io/loadBalancerIPs': '10.4.11.15' }, { ip: '10.4.11.10' }),
    ),
    healthy: cluster(wide).withService(
      asking({ 'metallb.io/loadBalancerIPs': '10.4.11.15' }, { ip: '10.4.11.15' }),
    ),
    subject: undefined,
  },
  {
    check: 'MLB-A26',
    title: 'an address is free and nobody woke MetalLB',
    sick: cluster(wide)
      .withService(pending)
      .withEvent(
        anEvent({ kind: 'Service', namespace: 'shop', name: 'checkout' }, 'AllocationFailed', {
          message: 'Failed to allocate IP for "shop/checkout": no available IPs',
          at: '2026-03-14T02:42:40Z',
        }),
      ),
    healthy: cluster(lan).withService(...holders, pending),
    subject: key,
  },
];

/** A pool whose namespaces are chosen by label: then namespaces are needed. */
export const selectingPool = cluster(
  aPool('lan', '10.4.11.10/31', {
    serviceAllocation: {
      namespaces: [],
      namespaceSelectors: [{ matchLabels: { team: 'shop' }, matchExpressions: [] }],
      serviceSelectors: [],
    },
  }),
)
  .withService(pending)
  .with('namespaces', aNamespace('shop', { team: 'shop' }));
