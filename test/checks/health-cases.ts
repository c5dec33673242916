import type { L2Advertisement } from '../../src/core/facts/kube-objects.ts';
import { aService } from '../builders/a-service.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aWorkload } from '../builders/programs.ts';
import { aBGPAdvertisement, aPool, anL2Advertisement, named } from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';

const lan = aPool('lan', '10.4.11.10-10.4.11.19');
const held = aService('shop/search', { ip: '10.4.11.10' });
/** In the namespace of the Service, where it was thought to belong. */
const astray = (pool: string): L2Advertisement => ({
  ...anL2Advertisement(pool, { ipAddressPools: [pool] }),
  metadata: named(pool, { namespace: 'shop' }),
});

const speakersWith = (env: Readonly<Record<string, string>>) => {
  const { spec, ...rest } = aWorkload('speaker');
  const containers = spec.template.containers.map((each) => ({ ...each, env }));
  return { ...rest, spec: { ...spec, template: { ...spec.template, containers } } };
};
const withoutMemberlist = aSnapshot()
  .withInstallation({ controllerVersion: 'v0.14.9', speakerVersion: 'v0.14.9' })
  .withPool(lan)
  .with('daemonSets', speakersWith({ METALLB_NODE_NAME: '' }));

/** Health checks: a sick cluster and its healthy twin. */
export const healthCases: readonly CheckCase[] = [
  {
    check: 'MLB-H22',
    title: 'no memberlist in a release that needs it: nobody announces in layer 2',
    sick: withoutMemberlist
      .withPool(aPool('dmz', '10.9.0.0/28'))
      .withService(held, aService('shop/edge', { ip: '10.9.0.1' }))
      .with('l2Advertisements', anL2Advertisement('all', {}))
      .with('bgpAdvertisements', aBGPAdvertisement('edge', { ipAddressPools: ['dmz'] })),
    healthy: withoutMemberlist
      .withService(held)
      .with('daemonSets', speakersWith({ METALLB_ML_LABELS: 'app=metallb' })),
    subject: undefined,
  },
  {
    check: 'MLB-H22',
    title: 'no memberlist, and nothing announced in layer 2 yet: a warning',
    sick: withoutMemberlist,
    healthy: withoutMemberlist
      .withService(held)
      .with('l2Advertisements')
      .with('bgpAdvertisements', aBGPAdvertisement('edge', {})),
    subject: undefined,
  },
  {
    check: 'MLB-H01',
    title: 'a pool in use that nobody advertises',
    sick: aSnapshot().withPool(lan).withService(held).with('l2Advertisements'),
    healthy: aSnapshot()
      .withPool(lan)
      .withService(held)
      .with('l2Advertisements')
      .with('bgpAdvertisements', aBGPAdvertisement('edge', { ipAddressPools: ['lan'] })),
    subject: undefined,
  },
  {
    check: 'MLB-H01',
    title: 'an unused pool that nobody advertises is a warning',
    sick: aSnapshot()
      .withPool(lan)
      .with('l2Advertisements', anL2Advertisement('other', { ipAddressPools: ['dmz'] })),
    healthy: aSnapshot().withPool(lan),
    subject: undefined,
  },
  {
    check: 'MLB-H01',
    title: 'with two idle advertisements nobody knows which one was meant',
    sick: aSnapshot()
      .withPool(lan)
      .with(
        'l2Advertisements',
        anL2Advertisement('a', { ipAddressPools: ['dmz'] }),
        anL2Advertisement('b', { ipAddressPools: ['lab'] }),
      ),
    healthy: aSnapshot().withPool(lan),
    subject: undefined,
  },
  {
    check: 'MLB-H06',
    title: 'the advertisement still names the pool as it was called before',
    sick: aSnapshot()
      .withPool(lan)
      .withService(held)
      .with('l2Advertisements', anL2Advertisement('prod', { ipAddressPools: ['prod'] })),
    healthy: aSnapshot().withPool(lan).withService(held),
    subject: 'shop/search',
  },
  {
    check: 'MLB-H06',
    title: 'a Service has its address from a pool that nobody advertises',
    sick: aSnapshot().withPool(lan).withService(held).with('l2Advertisements'),
    healthy: aSnapshot().withPool(lan).withService(held),
    subject: 'shop/search',
  },
  {
    check: 'MLB-H06',
    title: 'the advertisement of its pool lies where MetalLB does not look',
    sick: aSnapshot()
      .withPool(lan)
      .withService(held)
      .with('l2Advertisements', astray('lan'), astray('other')),
    healthy: aSnapshot().withPool(lan).withService(held),
    subject: 'shop/search',
  },
  {
    check: 'MLB-H02',
    title: 'an advertisement names a pool that is not there',
    sick: aSnapshot()
      .withPool(lan)
      .with('l2Advertisements', anL2Advertisement('lan', { ipAddressPools: ['lann'] })),
    healthy: aSnapshot()
      .withPool(lan)
      .with('l2Advertisements', anL2Advertisement('lan', { ipAddressPools: ['lan'] })),
    subject: undefined,
  },
  {
    check: 'MLB-H02',
    title: 'the only advertisement of a pool selects no node',
    sick: aSnapshot()
      .withPool(lan)
      .with(
        'l2Advertisements',
        anL2Advertisement('lan', {
          nodeSelectors: [{ matchLabels: { edge: 'yes' }, matchExpressions: [] }],
        }),
      ),
    healthy: aSnapshot().withPool(lan),
    subject: undefined,
  },
  {
    check: 'MLB-H03',
    title: 'an address that no pool contains',
    sick: aSnapshot()
      .withPool(lan)
      .withService(aService('shop/search', { ip: '10.4.12.10' })),
    healthy: aSnapshot()
      .withPool(lan)
      .withService(
        held,
        aService('other/cloud', { ip: '203.0.113.9', loadBalancerClass: 'cloud.net/lb' }),
      ),
    subject: undefined,
  },
  {
    check: 'MLB-H03',
    title: 'the Service in question has an address that no pool contains',
    sick: aSnapshot()
      .withPool(lan)
      .withService(
        aService('shop/search', { ip: '10.4.12.10' }),
        aService('shop/other', { ip: '10.4.12.11' }),
      ),
    healthy: aSnapshot()
      .withPool(lan)
      .withService(
        aService('shop/search', { ip: '10.4.12.10', writer: 'cilium-operator' }),
        aService('shop/other', { ip: '10.4.12.11' }),
      ),
    subject: 'shop/search',
  },
  {
    check: 'MLB-H04',
    title: 'one address on two Services that do not share',
    sick: aSnapshot()
      .withPool(lan)
      .withService(
        held,
        aService('shop/twin', { ip: '10.4.11.10', createdAt: '2026-03-02T00:00:00Z' }),
      ),
    healthy: aSnapshot()
      .withPool(lan)
      .withService(
        ...[80, 443].map((port) =>
          aService(`shop/on-${port}`, {
            ip: '10.4.11.10',
            ports: [port],
            annotations: { 'metallb.io/allow-shared-ip': 'web' },
          }),
        ),
      ),
    subject: undefined,
  },
  {
    check: 'MLB-H05',
    title: 'one address left of ten',
    sick: aSnapshot()
      .withPool(lan)
      .withService(
        ...Array.from({ length: 9 }, (_, index) =>
          aService(`shop/s${index}`, { ip: `10.4.11.1${index}` }),
        ),
      ),
    healthy: aSnapshot().withPool(lan).withService(held),
    subject: undefined,
  },
];
