import { describe, expect, test } from 'vitest';
import { electLayer2 } from '../../../../src/core/metallb/election/layer2.ts';
import { speakersOf } from '../../../../src/core/metallb/election/speakers.ts';
import { aService } from '../../../builders/a-service.ts';
import { aNode, anL2Advertisement, aPool, aSlice, home } from '../../../builders/some-objects.ts';

const service = aService('shop/checkout', { ip: '10.4.11.3' });
const [ingress] = service.status.ingress;
const twice = {
  ...service,
  status: {
    ...service.status,
    ingress: ingress === undefined ? [] : [ingress, { ...ingress, ip: '::ffff:10.4.11.3' }],
  },
};
const all = anL2Advertisement('all');

/** One node whose speaker finds these interfaces, and an advertisement that names `eth0`, or all of them. */
const speakersWith = (found: ReadonlySet<string>, interfaces: readonly string[]) =>
  speakersOf({
    pools: [aPool('lan', '10.4.11.0/28')],
    l2Advertisements: [{ ...all, spec: { ...all.spec, interfaces } }],
    bgpAdvertisements: [],
    bgpPeers: [],
    bfdProfiles: [],
    communities: [],
    namespaces: [],
    nodes: [aNode('n1', '10.0.0.1')],
    secrets: undefined,
    namespace: home,
    version: 'v0.16.1',
    bgpType: 'native',
    services: [],
    endpointSlices: [aSlice('shop/checkout', [{ addresses: ['10.244.1.5'], nodeName: 'n1' }])],
    members: new Set(['n1']),
    interfaces: new Map([['n1', found]]),
    ignoresExcludeLabel: false,
    loadBalancerClass: undefined,
  });

describe('an address that stands twice in the status', () => {
  test('is announced once', () => {
    expect(electLayer2(twice, speakersWith(new Set(['eth0']), [])).announced).toEqual([
      { address: '10.4.11.3', interfaces: undefined },
    ]);
  });

  test('fails once where none of the interfaces is there', () => {
    expect(electLayer2(twice, speakersWith(new Set(['eth1']), ['eth0'])).failed).toEqual([
      '10.4.11.3',
    ]);
  });
});
