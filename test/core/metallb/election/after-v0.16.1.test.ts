import { describe, expect, test } from 'vitest';
import type {
  BGPAdvertisement,
  L2Advertisement,
  LabelSelector,
  Service,
} from '../../../../src/core/facts/kube-objects.ts';
import { advertisedByBGP } from '../../../../src/core/metallb/election/bgp.ts';
import { electLayer2, layer2Reason } from '../../../../src/core/metallb/election/layer2.ts';
import { routesOn } from '../../../../src/core/metallb/election/sessions.ts';
import { speakersOf, type ElectionInput } from '../../../../src/core/metallb/election/speakers.ts';
import { aService } from '../../../builders/a-service.ts';
import {
  aBGPAdvertisement,
  aNode,
  anL2Advertisement,
  aPool,
  aSlice,
  home,
} from '../../../builders/some-objects.ts';

const labelled = (labels: Record<string, string>): LabelSelector => ({
  matchLabels: labels,
  matchExpressions: [],
});
const rack = (name: string) => labelled({ rack: name });
const nodes = [
  aNode('n1', '10.0.0.1', { rack: 'a', fast: 'yes' }),
  aNode('n2', '10.0.0.2', { rack: 'b' }),
  aNode('n3', '10.0.0.3', { rack: 'b', fast: 'yes' }),
];
const checkout = aService('shop/checkout', { ip: '10.4.11.3', labels: { tier: 'web' } });

interface Words {
  readonly version?: string;
  readonly bgpType?: string;
  readonly l2?: readonly L2Advertisement[];
  readonly bgp?: readonly BGPAdvertisement[];
}

function speakers({ version = 'v0.16.2', bgpType, l2 = [], bgp = [] }: Words) {
  const input: ElectionInput = {
    pools: [aPool('lan', '10.4.11.0/28')],
    l2Advertisements: l2,
    bgpAdvertisements: bgp,
    bgpPeers: [],
    bfdProfiles: [],
    communities: [],
    namespaces: [],
    nodes,
    secrets: undefined,
    namespace: home,
    version,
    bgpType,
    services: [],
    endpointSlices: [aSlice('shop/checkout', [{ addresses: ['10.244.1.5'], nodeName: 'n1' }])],
    members: new Set(['n1', 'n2', 'n3']),
    interfaces: new Map(),
    ignoresExcludeLabel: false,
    loadBalancerClass: undefined,
  };
  return speakersOf(input);
}

function elected(words: Words, service: Service = checkout) {
  return electLayer2(service, speakers(words));
}

const plain = anL2Advertisement('all');
const byHash = elected({ l2: [plain] }).candidates;

describe('preferredNodeSelectors', () => {
  const prefer = (weight: number, preference: LabelSelector) => ({ weight, preference });

  test('put the node of the highest sum first, and leave the rest to the hash', () => {
    const l2 = [
      anL2Advertisement('all', {
        preferredNodeSelectors: [prefer(10, rack('b')), prefer(5, labelled({ fast: 'yes' }))],
      }),
    ];
    expect(elected({ l2 }).candidates).toEqual(['n3', 'n2', 'n1']);
    expect(elected({ l2, version: 'v0.16.1' }).candidates).toEqual(byHash);
  });

  test('of equal sum leave it to the hash', () => {
    const l2 = [anL2Advertisement('all', { preferredNodeSelectors: [prefer(7, rack('b'))] })];
    const ofB = byHash.filter((name) => name !== 'n1');
    expect(elected({ l2 }).candidates).toEqual([...ofB, 'n1']);
  });

  test('add up over advertisements that else say the same', () => {
    const two = ['one', 'two'].map((name) =>
      anL2Advertisement(name, { preferredNodeSelectors: [prefer(3, rack('a'))] }),
    );
    const other = anL2Advertisement('b', { preferredNodeSelectors: [prefer(5, rack('b'))] });
    expect(elected({ l2: [...two, other] }).announcer).toBe('n1');
    expect(elected({ l2: [...two.slice(0, 1), other] }).announcer).not.toBe('n1');
  });

  test('count only for nodes that their own advertisement selects', () => {
    const l2 = [
      plain,
      anL2Advertisement('a', {
        nodeSelectors: [rack('a')],
        preferredNodeSelectors: [prefer(100, rack('b'))],
      }),
    ];
    expect(elected({ l2 }).candidates).toEqual(byHash);
  });

  test('tell a node that it lost to a preferred one', () => {
    const words = {
      l2: [anL2Advertisement('all', { preferredNodeSelectors: [prefer(1, rack('a'))] })],
    };
    const all = speakers(words);
    const { obstacleOn } = electLayer2(checkout, all);
    expect(all.nodes.map(obstacleOn)).toEqual([
      undefined,
      { kind: 'lost', to: 'n1', by: 'preference' },
      { kind: 'lost', to: 'n1', by: 'preference' },
    ]);
  });

  test('that cannot be read refuse the configuration', () => {
    const bad = {
      matchLabels: {},
      matchExpressions: [{ key: 'rack', operator: 'Near', values: [] }],
    };
    const l2 = [anL2Advertisement('all', { preferredNodeSelectors: [prefer(1, bad)] })];
    expect(elected({ l2 }).announcer).toBeUndefined();
    expect(elected({ l2, version: 'v0.16.1' }).announcer).toBe(byHash[0]);
  });
});

describe('a Service with a sharing key', () => {
  const shared = aService('shop/checkout', {
    ip: '10.4.11.3',
    labels: { tier: 'web' },
    annotations: { 'metallb.universe.tf/allow-shared-ip': '' },
  });
  const forWeb = anL2Advertisement('web', { serviceSelectors: [labelled({ tier: 'web' })] });
  const forDb = anL2Advertisement('db', { serviceSelectors: [labelled({ tier: 'db' })] });

  function reasons(words: Words, service: Service) {
    const all = speakers(words);
    const { announcer, obstacleOn } = electLayer2(service, all);
    return all.nodes.map((node) => {
      const obstacle = obstacleOn(node);
      return obstacle === undefined || obstacle.kind === 'no-configuration'
        ? announcer
        : layer2Reason(obstacle, true);
    });
  }

  test('is announced by nobody where an advertisement with serviceSelectors takes it', () => {
    const refused = Array.from({ length: 3 }, () => 'sharedIPWithServiceSelector');
    expect(reasons({ l2: [plain, forWeb] }, shared)).toEqual(refused);
    expect(elected({ l2: [plain, forWeb] }, shared).announcer).toBeUndefined();
    expect(elected({ l2: [plain, forWeb], version: 'v0.16.1' }, shared).announcer).toBe(byHash[0]);
  });

  test('is not hindered by one that takes others', () => {
    expect(elected({ l2: [plain, forDb] }, shared).announcer).toBe(byHash[0]);
    expect(elected({ l2: [plain, forWeb] }).announcer).toBe(byHash[0]);
  });
});

describe('asPathPrepend', () => {
  const longer = aBGPAdvertisement('longer', { asPathPrepend: 3 });
  const decisions = (words: Words) => [...advertisedByBGP(checkout, speakers(words)).values()];

  test('is refused by all modes but frr-k8s', () => {
    for (const bgpType of [undefined, 'native', 'frr']) {
      expect(decisions({ bgp: [longer], ...(bgpType && { bgpType }) })[0]).toEqual({
        advertises: false,
        reason: undefined,
      });
    }
    expect(decisions({ bgp: [longer], bgpType: 'frr-k8s' })[0]).toMatchObject({ advertises: true });
    expect(decisions({ bgp: [longer], version: 'v0.16.1' })[0]).toMatchObject({ advertises: true });
  });

  test('of two values for one update refuses the configuration, like two local preferences', () => {
    const bgp = [longer, aBGPAdvertisement('plain')];
    expect(decisions({ bgp, bgpType: 'frr-k8s' })[0]).toMatchObject({ reason: undefined });
  });

  test('of two values is decided per Service where one has serviceSelectors', () => {
    const web = aBGPAdvertisement('web', {
      asPathPrepend: 2,
      serviceSelectors: [labelled({ tier: 'web' })],
    });
    expect(decisions({ bgp: [longer, web], bgpType: 'frr-k8s' })[0]).toEqual({
      advertises: false,
      reason: 'conflictingAdvertisements',
    });
  });
});

test('a route carries how often the path is prepended', () => {
  const bgp = [aBGPAdvertisement('longer', { asPathPrepend: 3 })];
  const peer = {
    kind: 'BGPPeer' as const,
    metadata: { ...plain.metadata, name: 'tor' },
    spec: {
      myASN: 64512,
      peerASN: 64513,
      peerAddress: '10.0.0.254',
      nodeSelectors: [],
      hasPassword: false,
    },
  };
  const all = speakersOf({ ...speakers({ bgp, bgpType: 'frr-k8s' }).input, bgpPeers: [peer] });
  expect(routesOn(advertisedByBGP(checkout, all).get('n1'))).toEqual([
    { peer: 'tor', prefix: '10.4.11.3/32', localPref: 0, asPathPrepend: 3, communities: [] },
  ]);
});
