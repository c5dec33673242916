import { describe, expect, test } from 'vitest';
import {
  admissionOfObject,
  type AdmittedObject,
} from '../../../../src/core/metallb/configuration/admission-of-object.ts';
import type { SpeakerInput } from '../../../../src/core/metallb/configuration/speaker-input.ts';
import { aBGP, aCluster, aCommunity, anL2, aPeer, aPool, aProfile } from './sample-objects.ts';

function admitted(object: AdmittedObject, given: Partial<SpeakerInput> = {}, isCreate = true) {
  const admission = admissionOfObject({ object, stored: aCluster(given), isCreate });
  return admission.allowed ? 'passes' : admission.messages;
}

describe('the webhook', () => {
  const lan = aPool('lan', '10.0.0.0/28');

  test('lets pass what may still be completed', () => {
    expect(admitted(aPeer('r', { bfdProfile: 'fast', passwordSecret: { name: 's' } }))).toBe(
      'passes',
    );
    expect(admitted(aBGP('edge', { communities: ['blackhole'] }), { pools: [lan] })).toBe('passes');
    expect(admitted(aProfile('fast', { receiveInterval: 1 }))).toBe('passes');
  });

  test('takes what looks like a value for a value', () => {
    expect(admitted(aBGP('edge', { communities: ['a:b:c'] }))).toEqual([
      'invalid community format: a:b:c\ninvalid community "a:b:c" in BGP advertisement',
    ]);
  });

  test('holds advertisements against pools, and pools against pools alone', () => {
    const wide = aBGP('edge', { aggregationLength: 24 });
    const words =
      'invalid aggregation length 24: prefix 28 in this pool is more specific than the aggregation length for addresses 10.0.0.0/28';
    expect(admitted(wide, { pools: [lan] })).toEqual([words]);
    expect(admitted(lan, { bgpAdvertisements: [wide] })).toBe('passes');
  });

  test('refuses every write of a kind while one object of it is broken', () => {
    const stored = { bgpPeers: [aPeer('old', { holdTime: '1s' })] };
    expect(admitted(aPeer('new', { peerAddress: '192.0.2.2' }), stored)).toEqual([
      'parsing peer old invalid BGPPeer timers: invalid hold time "&Duration{Duration:1s,}": must be 0 or >=3s',
    ]);
    expect(admitted(aPeer('old'), stored, false)).toBe('passes');
  });

  test('refuses another namespace on create only', () => {
    const astray = aPeer('r', {}, 'default');
    expect(admitted(astray)).toEqual(['resource must be created in metallb-system namespace']);
    expect(admitted(astray, {}, false)).toBe('passes');
    expect(admitted(aPeer('r', { myASN: 0 }, 'default'), {}, false)).toEqual([
      'parsing peer r missing local ASN',
    ]);
  });

  test('looks no further at a new peer with disableMP (v0.15.0 on)', () => {
    const odd = aPeer('r', { disableMP: true, myASN: 0 });
    expect(admitted(odd)).toBe('passes');
    expect(admitted(odd, {}, false)).toEqual(['parsing peer r missing local ASN']);
    expect(admitted(odd, { version: 'v0.14.9' })).toEqual(['missing local ASN\nparsing peer r']);
  });

  test('knows what only native BGP refuses', () => {
    const peer = aPeer('r', { vrf: 'red' });
    expect(admitted(peer, { bgpType: 'native' })).toEqual([
      'peer 192.0.2.1 has vrf set on native bgp mode',
    ]);
    expect(admitted(peer)).toBe('passes');
  });

  test('holds duplicates against it, kind by kind', () => {
    expect(admitted(anL2('lan', { ipAddressPools: ['a', 'a'] }))).toEqual([
      'duplicate definition of ipAddressPools "a"',
    ]);
    const stored = { communities: [aCommunity('one', [{ name: 'x', value: '1:1' }])] };
    expect(admitted(aCommunity('two', [{ name: 'x', value: '1:2' }]), stored)).toEqual([
      'duplicate definition of community "x"',
    ]);
  });
});
