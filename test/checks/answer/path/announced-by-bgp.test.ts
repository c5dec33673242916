import { describe, expect, test } from 'vitest';
import { inBGP } from '../../../../src/checks/answer/path/announced-by-bgp.ts';
import { announcingOf } from '../../../../src/checks/models/announcing/announcing.ts';
import { bgpHelps, bgpNeeds } from '../../../../src/checks/models/bgp/bgp-way.ts';
import { factsFrom, materialFrom } from '../../../../src/core/diagnosis/material.ts';
import { aService } from '../../../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import { aBGPAdvertisement, aPool, aSlice, home, named } from '../../../builders/some-objects.ts';

const web = aService('shop/web', { ip: '10.4.11.2' });
const routed = aSnapshot()
  .withPool(aPool('wan', '10.4.11.0/28'))
  .with('l2Advertisements')
  .with('bgpAdvertisements', aBGPAdvertisement('edge'))
  .with('bgpPeers', {
    kind: 'BGPPeer',
    metadata: named('tor', { namespace: home }),
    spec: {
      myASN: 64_500,
      peerASN: 64_501,
      peerAddress: '10.0.0.254',
      nodeSelectors: [],
      hasPassword: false,
    },
  })
  .with('services', web)
  .with('endpointSlices', aSlice('shop/web', [{ addresses: ['10.244.0.5'], ready: true }]));

function told(builder: SnapshotBuilder) {
  const material = materialFrom(builder.build());
  const announcing = announcingOf(web, factsFrom(material, bgpNeeds, bgpHelps));
  const scene = { service: web, material, checks: [], verdicts: [], rootCauses: [] };
  return announcing === undefined ? undefined : inBGP('10.4.11.2', announcing, scene);
}

describe('by BGP', () => {
  test('sessions that are up are counted among those that should carry the address', () => {
    const up = ['{"ts":"2026-03-14T03:00:00Z","event":"sessionUp","peer":"10.0.0.254"}'];
    expect(told(routed.withLog('speaker-n1', up).withLog('speaker-n3', up))).toEqual({
      answer: 'good',
      says: '10.4.11.2/32 goes to tor; 2 of 3 sessions are up',
    });
  });

  test('a ServiceBGPStatus is no session', () => {
    const status = {
      kind: 'ServiceBGPStatus' as const,
      metadata: named('bgp-n2', { namespace: home }),
      status: { node: 'n2', serviceName: 'web', serviceNamespace: 'shop', peers: ['tor'] },
    };
    expect(told(routed.with('serviceBGPStatuses', status))).toEqual({
      answer: 'unknown',
      says: '10.4.11.2/32 goes to tor (ServiceBGPStatus of n2); whether the sessions are up is not said here',
    });
  });

  test('in FRR mode it says whom to ask', () => {
    expect(told(routed.withInstallation({ bgpType: 'frr' }))).toEqual({
      answer: 'unknown',
      says: '10.4.11.2/32 goes to tor; only FRR knows whether the sessions are up: vtysh -c "show bgp summary" in the container frr of a speaker',
    });
  });

  test('without an endpoint, or without a router, nobody hears of it', () => {
    expect(told(routed.with('endpointSlices'))).toEqual({
      answer: 'broken',
      says: 'nobody advertises it by BGP: no endpoint can take traffic',
    });
    expect(told(routed.with('bgpPeers'))?.answer).toBe('broken');
  });

  test('whether there is a router is not known where nobody read the BGPPeers', () => {
    expect(told(routed.forbidding('bgpPeers'))).toEqual({
      answer: 'unknown',
      says: 'to whom it goes is not known: the BGPPeers were not read',
    });
  });
});
