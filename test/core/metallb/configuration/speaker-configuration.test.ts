import { describe, expect, test } from 'vitest';
import {
  speakerConfiguration,
  speakerConfigurations,
  type SpeakerConfiguration,
} from '../../../../src/core/metallb/configuration/speaker-configuration.ts';
import type { SpeakerInput } from '../../../../src/core/metallb/configuration/speaker-input.ts';
import {
  aBGP,
  aCluster,
  aCommunity,
  aNode,
  anL2,
  aPeer,
  aPool,
  aProfile,
} from './sample-objects.ts';

function judged(given: Partial<SpeakerInput>): SpeakerConfiguration {
  const input = aCluster(given);
  const [node = aNode('n1')] = input.nodes;
  return speakerConfiguration(input, node);
}

function messages(given: Partial<SpeakerInput>): readonly string[] {
  const configuration = judged(given);
  return configuration.state === 'accepted'
    ? []
    : configuration.problems.map(({ message }) => message);
}

const peerWords = (version: string, spec: object) =>
  messages({ version, bgpPeers: [aPeer('r', spec)] });

describe('a peer by itself', () => {
  test.each([
    [{ myASN: 0 }, 'missing local ASN'],
    [{ peerASN: 0 }, 'missing peer ASN and dynamicASN'],
    [{ dynamicASN: 'external' }, 'both peer ASN and dynamicASN specified'],
    [{ peerASN: 0, dynamicASN: 'any' }, 'invalid dynamicASN any'],
    [
      { peerASN: 64500, ebgpMultiHop: true },
      'invalid ebgp-multihop parameter set for an ibgp peer',
    ],
    [{ peerAddress: '' }, 'peer has no Address or Interface specified'],
    [{ interface: 'eth1' }, 'peer has both Address and Interface specified'],
    [{ peerAddress: '192.0.2.300' }, 'invalid BGPPeer address "192.0.2.300"'],
    [{ routerID: 'me' }, 'invalid router ID "me"'],
    [{ sourceAddress: 'eth0' }, 'invalid source IP "eth0"'],
    [
      { holdTime: '2s' },
      'invalid BGPPeer timers: invalid hold time "&Duration{Duration:2s,}": must be 0 or >=3s',
    ],
    [
      { holdTime: '2.9s' },
      'invalid BGPPeer timers: invalid hold time "&Duration{Duration:2.9s,}": must be 0 or >=3s',
    ],
    [
      { keepaliveTime: '0.9s' },
      'invalid BGPPeer timers: invalid hold time "nil": must be 0 or >=3s',
    ],
    [
      { holdTime: '90s', keepaliveTime: '1m31s' },
      'invalid BGPPeer timers: invalid keepaliveTime "&Duration{Duration:1m31s,}", must be lower than holdTime "&Duration{Duration:1m30s,}"',
    ],
    [{ holdTime: 'long' }, 'time: invalid duration "long"'],
    [
      { password: 'x', passwordSecret: { name: 's' } },
      'can not have both password and secret ref set in peer config "metallb-system"/"r"',
    ],
    [
      { nodeSelectors: [{ matchLabels: { a: 'b' } }, { matchLabels: { a: 'b' } }] },
      'duplicate definition of nodeSelectors',
    ],
  ])('%j', (spec, words) => {
    expect(peerWords('v0.15.3', spec)).toEqual([`parsing peer r ${words}`]);
  });

  test.each([
    [{ holdTime: '0s' }],
    [{ holdTime: '0s', keepaliveTime: '0s' }],
    [{ holdTime: '3s' }],
    [{ peerAddress: '', interface: 'eth1' }],
    [{ peerASN: 0, dynamicASN: 'internal' }],
    [{ peerAddress: '2001:db8::1' }],
  ])('%j is fine', (spec) => {
    expect(peerWords('v0.15.3', spec)).toEqual([]);
  });

  test('the words around a fault differ by release', () => {
    const spec = { myASN: 0 };
    expect(peerWords('v0.14.5', spec)).toEqual(['parsing peer r: missing local ASN']);
    expect(peerWords('v0.14.8', spec)).toEqual(['missing local ASN\nparsing peer r']);
    expect(peerWords('v0.14.9', spec)).toEqual(['missing local ASN\nparsing peer r']);
    expect(peerWords('v0.16.1', spec)).toEqual(['parsing peer r missing local ASN']);
  });

  test('before v0.14.9 a missing hold time was 90 s', () => {
    expect(peerWords('v0.14.5', { keepaliveTime: '2m' })).toEqual([
      'parsing peer r: invalid keepaliveTime {"2m0s"}',
    ]);
    expect(peerWords('v0.14.8', { keepaliveTime: '2m' })).toEqual([
      'invalid keepaliveTime "2m0s" must be smaller than holdtime "1m30s"\nparsing peer r',
    ]);
    expect(peerWords('v0.14.9', { keepaliveTime: '2m' })).toEqual([]);
  });
});

describe('what a peer refers to', () => {
  test('a profile that is not there is waited for', () => {
    const given = { bgpPeers: [aPeer('r', { bfdProfile: 'fast' })] };
    expect(judged(given)).toMatchObject({
      state: 'rejected',
      problems: [
        {
          rule: 'missing-bfd-profile',
          message: 'peer r referencing non existing bfd profile fast',
          waitsFor: 'BFDProfile metallb-system/fast',
        },
      ],
    });
    expect(messages({ ...given, bfdProfiles: [aProfile('fast')] })).toEqual([]);
  });

  test('Secrets are missed only by who has looked at them', () => {
    const bgpPeers = [aPeer('r', { passwordSecret: { name: 'bgp' } })];
    const secret = (type: string, hasPassword: boolean) =>
      new Map([['bgp', { type, hasPassword }]]);
    const around = (said: string) =>
      `parsing peer r ${said}\nfailed to parse peer r password secret`;
    expect(messages({ bgpPeers })).toEqual([]);
    expect(messages({ bgpPeers, secrets: new Map() })).toEqual([
      around('secret ref not found for peer config "metallb-system"/"r"'),
    ]);
    expect(messages({ bgpPeers, secrets: secret('Opaque', true) })).toEqual([
      around(
        'secret type mismatch on "metallb-system"/"bgp", type "kubernetes.io/basic-auth" is expected ',
      ),
    ]);
    expect(messages({ bgpPeers, secrets: secret('kubernetes.io/basic-auth', false) })).toEqual([
      around('password not specified in the secret "metallb-system"/"bgp"'),
    ]);
    expect(messages({ bgpPeers, secrets: secret('kubernetes.io/basic-auth', true) })).toEqual([]);
  });
});

describe('profiles and communities', () => {
  test('figures outside the range are told, the profile by its number', () => {
    const bfdProfiles = [aProfile('a'), aProfile('b', { receiveInterval: 5 })];
    expect(messages({ bfdProfiles })).toEqual([
      'parsing bfd profile #2: invalid value 5, must be in 10-60000 range\ninvalid receive interval value',
    ]);
    expect(messages({ bfdProfiles, version: 'v0.14.5' })).toEqual([
      'parsing bfd profile #2: invalid receive interval value: invalid value 5, must be in 10-60000 range',
    ]);
  });

  test('a value that is no community is refused, an alias is waited for', () => {
    const pools = [aPool('lan', '10.0.0.0/24')];
    const using = (value: string) =>
      judged({ pools, bgpAdvertisements: [aBGP('edge', { communities: [value] })] });
    expect(using('65000:70000')).toMatchObject({
      problems: [{ rule: 'community-syntax', message: expect.stringContaining('out of range') }],
    });
    expect(using('blackhole')).toMatchObject({
      problems: [
        {
          rule: 'missing-community',
          message:
            'invalid community format: blackhole\ninvalid community "blackhole" in BGP advertisement',
          waitsFor: 'a Community that defines "blackhole"',
        },
      ],
    });
  });
});

test('an accepted configuration is resolved: nodes, communities, peers, equal advertisements once', () => {
  const configuration = judged({
    nodes: [aNode('n1', { rack: 'a' }), aNode('n2', { rack: 'b' })],
    pools: [aPool('lan', '10.0.0.0/24')],
    l2Advertisements: [
      anL2('a', { interfaces: ['eth0', 'eth1'] }),
      anL2('b', { interfaces: ['eth1', 'eth0'] }),
    ],
    bgpAdvertisements: [
      aBGP('edge', {
        nodeSelectors: [{ matchLabels: { rack: 'b' } }],
        communities: ['blackhole', '65000:0100'],
        peers: ['r'],
        localPref: 200,
      }),
    ],
    communities: [aCommunity('c', [{ name: 'blackhole', value: '65535:666' }])],
    bgpPeers: [aPeer('r')],
  });
  expect(configuration).toMatchObject({
    state: 'accepted',
    pools: [
      {
        name: 'lan',
        l2: [
          {
            name: 'a',
            nodes: new Set(['n1', 'n2']),
            interfaces: ['eth0', 'eth1'],
            serviceSelectors: [],
          },
        ],
        bgp: [
          {
            name: 'edge',
            nodes: new Set(['n2']),
            aggregationLength: 32,
            aggregationLengthV6: 128,
            localPref: 200,
            communities: ['65000:100', '65535:666'],
            peers: ['r'],
            serviceSelectors: [],
          },
        ],
      },
    ],
    peers: [{ name: 'r', nodes: new Set(['n1', 'n2']) }],
  });
});

test('what lies in another namespace is not looked at', () => {
  expect(messages({ bgpPeers: [aPeer('r', { myASN: 0 }, 'default')] })).toEqual([]);
});

test('from v0.16.0 on a speaker judges what selects its node only', () => {
  const given = {
    nodes: [aNode('n1'), aNode('n2', { rack: 'b' })],
    bgpPeers: [aPeer('r', { myASN: 0, nodeSelectors: [{ matchLabels: { rack: 'b' } }] })],
  };
  expect(messages({ ...given, version: 'v0.15.3' })).toHaveLength(1);
  expect(messages({ ...given, version: 'v0.16.1' })).toEqual([]);
  expect(messages({ ...given, version: 'v0.16.1', nodes: given.nodes.toReversed() })).toHaveLength(
    1,
  );
});

test('different local preferences for the same update are refused from v0.13.10 on (#1820)', () => {
  const given = {
    pools: [aPool('wan', '192.0.2.0/28')],
    bgpAdvertisements: [aBGP('one', { localPref: 100 }), aBGP('two', {})],
  };
  expect(messages({ ...given, version: 'v0.12.1' })).toEqual([]);
  expect(messages({ ...given, version: 'v0.13.9' })).toEqual([]);
  expect(messages({ ...given, version: 'v0.13.10' })).toHaveLength(1);
});

describe('a node selector that cannot be read', () => {
  const unreadable = [{ matchExpressions: [{ key: 'rack', operator: 'In', values: [] }] }];
  const nodes = [aNode('n1'), aNode('n2', { rack: 'b' })];
  const words =
    "values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty";

  test.each([
    ['a BGPAdvertisement', { bgpAdvertisements: [aBGP('wan', { nodeSelectors: unreadable })] }],
    ['a BGPPeer', { bgpPeers: [aPeer('r', { nodeSelectors: unreadable })] }],
  ])('of %s stops every speaker from v0.16.0 on, before anything else is judged', (_, given) => {
    const others = { nodes, bgpAdvertisements: [aBGP('twice', { peers: ['r', 'r'] })], ...given };
    for (const each of speakerConfigurations(aCluster({ ...others, version: 'v0.16.1' }))) {
      expect(each.nodes).toEqual(['n1', 'n2']);
      expect(each.configuration).toMatchObject({
        state: 'rejected',
        maySay: [`${words}\ninvalid label selector`],
      });
    }
  });

  test('is told once, whoever else stumbles over it', () => {
    const bgpPeers = [aPeer('r', { nodeSelectors: unreadable }), aPeer('s')];
    expect(messages({ bgpPeers, nodes, version: 'v0.16.1' })).toEqual([
      `${words}\ninvalid label selector`,
    ]);
  });
});

test('a range from IPv4 to IPv6 is no range from v0.16.2 on; before, it holds nothing', () => {
  const given = { pools: [aPool('lan', '10.0.0.1-fd00::1')] };
  expect(messages({ ...given, version: 'v0.16.1' })).toEqual([]);
  expect(messages({ ...given, version: 'v0.16.2' })).toEqual([
    'parsing address pool lan: invalid CIDR "10.0.0.1-fd00::1" in pool "lan": ' +
      'invalid IP range "10.0.0.1-fd00::1": start and end IPs must be the same family',
  ]);
});
