import { describe, expect, test } from 'vitest';
import { previewUpgrade } from '../../../src/checks/upgrade/preview-upgrade.ts';
import type { BGPPeer } from '../../../src/core/facts/kube-objects.ts';
import type { UpgradeChange } from '../../../src/core/facts/upgrade.ts';
import { aSnapshot, type SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { aWorkload } from '../../builders/programs.ts';
import {
  aBGPAdvertisement,
  aNode,
  anL2Advertisement,
  aPool,
  home,
  named,
} from '../../builders/some-objects.ts';

const lan = aPool('lan', '192.0.2.0/24');
const edge = aBGPAdvertisement('edge');

function running(version: string, bgpType = 'frr'): SnapshotBuilder {
  return aSnapshot()
    .withInstallation({ controllerVersion: version, speakerVersion: version, bgpType })
    .withPool(lan)
    .with('bgpAdvertisements', edge);
}

function aPeer(name: string, spec: Partial<BGPPeer['spec']> = {}): BGPPeer {
  const reached = { myASN: 64512, peerASN: 64513, peerAddress: '198.51.100.1' };
  return {
    kind: 'BGPPeer',
    metadata: named(name, { namespace: home }),
    spec: { ...reached, nodeSelectors: [], hasPassword: false, ...spec },
  };
}

const onNode = (rack: string) => [{ matchLabels: { rack }, matchExpressions: [] }];
const racks = [aNode('n1', '10.0.0.1', { rack: 'a' }), aNode('n2', '10.0.0.2', { rack: 'b' })];
const perRack = [
  aPeer('a', { nodeSelectors: onNode('a') }),
  aPeer('b', { nodeSelectors: onNode('b') }),
];

function changes(builder: SnapshotBuilder, to: string): readonly UpgradeChange[] {
  const { changes: all } = previewUpgrade(builder.build(), { to, from: undefined });
  return all.filter(({ id }) => id.startsWith('speakers-'));
}

function told(builder: SnapshotBuilder, to: string) {
  return changes(builder, to).map(({ id, weight, release, says, details }) => ({
    id,
    weight,
    release,
    says,
    details,
  }));
}

describe('what the speakers of one release take and those of the other refuse', () => {
  test('one router for two racks, each with a BGPPeer, is taken from v0.16.0 on only', () => {
    const newer = running('v0.16.1')
      .with('nodes', ...racks)
      .with('bgpPeers', ...perRack);
    expect(changes(newer, 'v0.15.3')).toEqual([
      {
        id: 'speakers-refuse',
        weight: 'breaks',
        release: 'v0.16.0',
        reference: undefined,
        basis: 'computed',
        title: 'the speakers of v0.15.3 refuse what those of v0.16.1 take',
        says: 'every speaker will refuse the whole configuration and announce nothing, in layer 2 neither',
        details: [
          "BGPPeer b: peer 198.51.100.1 already exists, FRR mode doesn't support duplicate BGPPeers",
        ],
        objects: [{ kind: 'BGPPeer', namespace: home, name: 'b' }],
        before: [
          {
            says: 'BGPPeer b: keep one BGPPeer per router and VRF, or let them select different nodes (v0.16.0 and later)',
            mutates: false,
          },
          {
            says: 'judge what is there by the rules of v0.15.3, again after each change',
            command:
              'kubectl -n metallb-system get ipaddresspools,l2advertisements,bgpadvertisements,bgppeers,bfdprofiles,communities -o yaml | triage validate - --version v0.15.3 --bgp-type frr',
            mutates: false,
          },
        ],
      },
    ]);
    const older = running('v0.15.3')
      .with('nodes', ...racks)
      .with('bgpPeers', ...perRack);
    expect(told(older, 'v0.16.1')).toEqual([
      {
        id: 'speakers-take-again',
        weight: 'nice',
        release: 'v0.16.0',
        says: 'every speaker refuses the configuration today and takes it from there on',
        details: [
          "BGPPeer b: peer 198.51.100.1 already exists, FRR mode doesn't support duplicate BGPPeers",
        ],
      },
    ]);
  });

  test('from v0.16.0 on a fault of one node stays on that node', () => {
    const faulty = [
      aPeer('a', { nodeSelectors: onNode('a') }),
      aPeer('a2', { nodeSelectors: onNode('a') }),
    ];
    const builder = running('v0.15.3')
      .with('nodes', ...racks)
      .with('bgpPeers', ...faulty);
    expect(told(builder, 'v0.16.1').map(({ id, says }) => [id, says])).toEqual([
      [
        'speakers-start-empty',
        'the speaker on n1 refuses the configuration as it stands: it goes on with an older one, and has none once it is started anew',
      ],
      [
        'speakers-take-again',
        'the speaker on n2 refuses the configuration today and takes it from there on',
      ],
    ]);
  });

  test('a peer by interface has no address for v0.14.9, and that refuses everything', () => {
    const { peerAddress: _, ...spec } = aPeer('tor', { interface: 'eth1' }).spec;
    const builder = running('v0.15.3').with('bgpPeers', { ...aPeer('tor'), spec });
    expect(told(builder, 'v0.14.9')).toMatchObject([
      {
        id: 'speakers-refuse',
        release: 'v0.15.0',
        details: ['BGPPeer tor: invalid BGPPeer address ""; parsing peer tor'],
      },
    ]);
  });

  test('advertisements for two kinds of Services collide once nobody reads serviceSelectors', () => {
    const web = [{ matchLabels: { app: 'web' }, matchExpressions: [] }];
    const builder = running('v0.16.1').with(
      'bgpAdvertisements',
      aBGPAdvertisement('plain', { localPref: 100 }),
      aBGPAdvertisement('web', { localPref: 200, serviceSelectors: web }),
    );
    expect(told(builder, 'v0.15.3')).toMatchObject([
      {
        id: 'speakers-refuse',
        weight: 'breaks',
        release: 'v0.16.0',
        details: [expect.stringContaining('BGPAdvertisement web: invalid local preference')],
      },
    ]);
  });

  test('IPv6 in a pool that BGP does not announce stops the native mode of v0.14.8', () => {
    const six = aPool('six', '2001:db8::/64');
    const builder = running('v0.14.9', 'native')
      .withPool(six)
      .with('bgpAdvertisements', aBGPAdvertisement('edge', { ipAddressPools: ['lan'] }));
    expect(told(builder, 'v0.14.8')).toMatchObject([
      { id: 'speakers-refuse', release: 'v0.14.9', details: [expect.stringContaining('six')] },
    ]);
    expect(told(builder, 'v0.15.3')).toEqual([]);
  });

  test.each([
    ['an L2Advertisement', { l2: anL2Advertisement('twice', { ipAddressPools: ['lan', 'lan'] }) }],
    ['a BFDProfile', { bfd: { receiveInterval: 1 } }],
    ['a Community', { community: 'nonsense' }],
  ])(
    '%s that every release refuses is lost with the restart',
    (_, { l2, bfd, community }: Faults) => {
      const builder = running('v0.15.3')
        .with('l2Advertisements', ...(l2 === undefined ? [] : [l2]))
        .with(
          'bfdProfiles',
          ...(bfd === undefined
            ? []
            : [
                {
                  kind: 'BFDProfile' as const,
                  metadata: named('fast', { namespace: home }),
                  spec: bfd,
                },
              ]),
        )
        .with(
          'bgpAdvertisements',
          aBGPAdvertisement('edge', { communities: community === undefined ? [] : [community] }),
        );
      expect(told(builder, 'v0.16.1').map(({ id, weight }) => [id, weight])).toEqual([
        ['speakers-start-empty', 'breaks'],
      ]);
    },
  );

  test('what both take is not spoken of, and neither is a move to nowhere', () => {
    const builder = running('v0.15.3').with('bgpPeers', aPeer('tor'));
    expect(told(builder, 'v0.16.1')).toEqual([]);
    expect(told(running('v0.15.3').with('bgpPeers', aPeer('a'), aPeer('b')), 'v0.15.3')).toEqual(
      [],
    );
  });

  test.each(['bgpPeers', 'bfdProfiles', 'communities', 'bgpAdvertisements'] as const)(
    'without the right to list %s the answer is not "safe" where BGP is used',
    (kind) => {
      const { outcome, unknowns } = previewUpgrade(running('v0.15.3').forbidding(kind).build(), {
        to: 'v0.16.1',
        from: undefined,
      });
      expect(outcome).toBe('unknown');
      expect(unknowns.map(({ permission }) => permission)).toContain(`list ${kind}`);
    },
  );
});

interface Faults {
  readonly l2?: ReturnType<typeof anL2Advertisement>;
  readonly bfd?: { readonly receiveInterval: number };
  readonly community?: string;
}

describe('the backend that comes with v0.16.0', () => {
  const chart = (builder: SnapshotBuilder) => {
    const controller = aWorkload('controller');
    const labels = { 'helm.sh/chart': 'metallb-0.15.3' };
    return builder.with('deployments', {
      ...controller,
      metadata: { ...controller.metadata, labels },
    });
  };
  const twoRouters = [
    aPeer('a', { routerID: '10.0.0.1' }),
    aPeer('b', { peerAddress: '198.51.100.2' }),
  ];

  test('refuses what the native mode took: said where the chart would bring it', () => {
    const builder = chart(running('v0.15.3', 'native').with('bgpPeers', ...twoRouters));
    expect(told(builder, 'v0.16.1')).toEqual([
      {
        id: 'speakers-refuse-as-frr-k8s',
        weight: 'breaks',
        release: 'v0.16.0',
        says: 'every speaker will refuse the whole configuration and announce nothing, in layer 2 neither, once FRR-K8s is the backend',
        details: [
          'BGPPeer b: peer  has RouterID different from 10.0.0.1, in FRR mode peers selecting the same node must all have the same RouterID',
        ],
      },
    ]);
  });

  test('is of no matter without the chart, where it runs already, and where it refuses nothing', () => {
    const plain = running('v0.15.3', 'native').with('bgpPeers', ...twoRouters);
    expect(told(plain, 'v0.16.1')).toEqual([]);
    const fine = chart(running('v0.15.3', 'native').with('bgpPeers', aPeer('a')));
    expect(told(fine, 'v0.16.1')).toEqual([]);
    const still = chart(running('v0.16.1', 'native').with('bgpPeers', ...twoRouters));
    expect(told(still, 'v0.16.0')).toEqual([]);
  });
});

test('a fault of every node is told in a few lines, however many peers and nodes share it', () => {
  const nodes = Array.from({ length: 400 }, (_, index) => aNode(`n${index}`));
  const peers = Array.from({ length: 60 }, (_, index) => aPeer(`p${index}`));
  const builder = running('v0.15.3')
    .with('nodes', ...nodes)
    .with('bgpPeers', ...peers);
  const [change] = changes(builder, 'v0.16.1');
  expect(change?.details).toHaveLength(11);
  expect(change?.details.at(-1)).toBe('and 49 more');
  expect(change?.objects).toHaveLength(59);
});
