import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drill } from '../../../src/checks/drill/drill.ts';
import type { BGPPeer, Endpoint, Workload } from '../../../src/core/facts/kube-objects.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { aWorkload } from '../../builders/programs.ts';
import {
  aBGPAdvertisement,
  aNode,
  anL2Advertisement,
  aPool,
  aSlice,
  home,
  named,
} from '../../builders/some-objects.ts';
import { lan, silentNode, speakerPod } from '../models/announcing/facts.ts';
import { announcersStanding } from '../../../src/checks/announcers/announcers-standing.ts';

const without = (builder: SnapshotBuilder, ...nodes: readonly string[]) =>
  drill(builder.build(), { kind: 'nodes', nodes });
const winner =
  announcersStanding({ snapshot: lan.build(), service: undefined }).addresses[0]?.announcer ?? '';
const order = ['n1', 'n2', 'n3'].filter((name) => name !== winner);

function aPeer(name: string, spec: Partial<BGPPeer['spec']> = {}): BGPPeer {
  return {
    kind: 'BGPPeer',
    metadata: named(name, { namespace: home }),
    spec: {
      myASN: 64512,
      peerASN: 64513,
      peerAddress: '10.0.0.254',
      nodeSelectors: [],
      hasPassword: false,
      ...spec,
    },
  };
}

describe('the loss of a node', () => {
  test('moves what it announces to the next by hash', () => {
    const { headline, addresses, untouched, timing } = without(lan, winner);
    expect(headline).toBe(`Without ${winner}: 1 address would move, 0 would stay as they are`);
    expect(addresses).toEqual([
      {
        address: '10.4.11.3',
        service: 'shop/checkout',
        pool: 'lan',
        outcome: 'moves',
        from: winner,
        to: expect.toBeOneOf(order),
        nextHops: { before: 0, after: { count: 0, first: [] } },
        why: undefined,
      },
    ]);
    expect(untouched).toBe(0);
    expect(timing[0]).toContain('within about 5 to 7 s');
  });

  test('moves nothing that it does not announce', () => {
    const [other = ''] = order;
    const { addresses, untouched, headline } = without(lan, other);
    expect([addresses, untouched]).toEqual([[], 1]);
    expect(headline).toBe(`Without ${other} nothing happens to any address (1 looked at)`);
  });

  test('loses what has its only endpoints there, whoever announces it', () => {
    const [other = ''] = order;
    const builder = lan
      .withService(aService('shop/single', { ip: '10.4.11.5' }))
      .withSlice(aSlice('shop/single', [{ addresses: ['10.244.9.5'], nodeName: other }]));
    expect(without(builder, other).addresses).toMatchObject([
      {
        service: 'shop/single',
        outcome: 'lost',
        why: `all its endpoints that can take traffic are on ${other} and are lost too; that they come back elsewhere is not promised`,
      },
    ]);
  });

  test('loses a Local Service without another endpoint in place, but not with one', () => {
    const serve = (...nodes: readonly string[]) =>
      aSlice(
        'shop/local',
        nodes.map((nodeName, place): Endpoint => ({ addresses: [`10.244.8.${place}`], nodeName })),
      );
    const local = lan.withService(aService('shop/local', { ip: '10.4.11.6', local: true }));
    const label = { 'node.kubernetes.io/exclude-from-external-load-balancers': '' };
    const builder = local
      .withSlice(serve('n1', 'n2'))
      .with('nodes', aNode('n1'), aNode('n2', '10.0.0.2', label), aNode('n3'));
    expect(
      without(builder, 'n1').addresses.find(({ service }) => service === 'shop/local'),
    ).toMatchObject({
      outcome: 'lost',
      from: 'n1',
      why: 'externalTrafficPolicy is Local and no other node that may announce it has an endpoint that can take traffic',
    });
    expect(
      without(local.withSlice(serve('n1', 'n3')), 'n1', 'n2').addresses.find(
        ({ service }) => service === 'shop/local',
      )?.outcome,
    ).not.toBe('lost');
  });

  test('of all nodes that may announce it loses it, and says why the others are out', () => {
    const builder = lan.with('pods', speakerPod('n1'));
    const [row] = without(builder, 'n1').addresses;
    expect(row).toMatchObject({
      outcome: 'lost',
      why: 'no other node may announce it: no speaker at work that the others could see (2)',
    });
  });

  test('goes unnoticed without memberlist', () => {
    const speaker = aWorkload('speaker');
    const [container] = speaker.spec.template.containers;
    const template = {
      ...speaker.spec.template,
      containers:
        container === undefined ? [] : [{ ...container, env: { METALLB_NODE_NAME: '$(x)' } }],
    };
    const builder = lan.with('daemonSets', {
      ...speaker,
      spec: { ...speaker.spec, template },
    });
    const { addresses, timing } = without(builder, winner);
    expect(addresses).toMatchObject([
      { outcome: 'lost', why: expect.stringContaining('without memberlist nobody notices') },
    ]);
    expect(timing[0]).toContain('without memberlist nobody takes over');
  });

  test('leaves fewer next hops by BGP, until none is left', () => {
    const builder = lan
      .with('l2Advertisements')
      .with('bgpAdvertisements', aBGPAdvertisement('all'))
      .with('bgpPeers', aPeer('tor', { holdTime: '9s' }));
    expect(without(builder, 'n3').addresses).toMatchObject([
      {
        outcome: 'fewer-next-hops',
        nextHops: { before: 3, after: { count: 2, first: ['n1', 'n2'] } },
      },
    ]);
    expect(without(builder, 'n1', 'n2', 'n3').addresses).toMatchObject([{ outcome: 'lost' }]);
    expect(without(builder, 'n3').timing[0]).toBe(
      'BGP: neighbour tor drops the next hop when the hold time is over: 9 s, or less if the neighbour wants less',
    );
  });

  test('is no news of a node that has fallen silent', () => {
    const nodes = ['n1', 'n2', 'n3'].map((name) =>
      name === winner ? silentNode(name) : aNode(name),
    );
    const { notes } = without(lan.with('nodes', ...nodes), winner);
    expect(notes).toEqual([
      `counted as dead already, since the cluster has heard nothing of it for a while: ${winner}`,
    ]);
  });
});

test('the loss of a speaker alone leaves the endpoints on its node', () => {
  const builder = lan
    .withService(aService('shop/single', { ip: '10.4.11.5' }))
    .withSlice(aSlice('shop/single', [{ addresses: ['10.244.9.5'], nodeName: winner }]));
  const found = drill(builder.build(), { kind: 'speakers', nodes: [winner] });
  expect(found.addresses.filter(({ outcome }) => outcome === 'lost')).toEqual([]);
  expect(found.headline).toContain(`Without the speaker on ${winner}`);
});

test('without any address there is nothing to lose', () => {
  const found = drill(aSnapshot().build(), { kind: 'each' });
  expect(found.headline).toBe(
    'no Service of this MetalLB has an address, so there is nothing to lose',
  );
});

test('without rights nothing is claimed', () => {
  const found = drill(lan.forbidding('pods').build(), { kind: 'each' });
  expect(found.headline).toBe(
    'what would happen cannot be said: the facts it rests on are missing',
  );
  expect(found.nodes).toEqual([]);
});

const nodeNames = ['n1', 'n2', 'n3', 'n4', 'n5'];
const someNodes = fc.subarray(nodeNames);
const serviceWords = fc.record({
  local: fc.boolean(),
  endpoints: fc.array(fc.option(fc.constantFrom(...nodeNames), { nil: undefined }), {
    maxLength: 4,
  }),
  pool: fc.constantFrom('l2', 'bgp', 'both'),
});
const cluster = fc.record({
  services: fc.array(serviceWords, { minLength: 1, maxLength: 8 }),
  excluded: someNodes,
  speakers: fc.subarray(nodeNames, { minLength: 1 }),
  refusing: someNodes,
  hasMembers: fc.boolean(),
});

function built({
  services,
  excluded,
  speakers,
  refusing,
  hasMembers,
}: typeof cluster extends fc.Arbitrary<infer Each> ? Each : never): SnapshotBuilder {
  const label = { 'node.kubernetes.io/exclude-from-external-load-balancers': '' };
  const subnets = { l2: 1, bgp: 2, both: 3 } as const;
  const pools = Object.entries(subnets).map(([name, third]) => aPool(name, `10.4.${third}.0/24`));
  const base = aSnapshot()
    .withPool(...pools)
    .with(
      'nodes',
      ...nodeNames.map((name) =>
        aNode(name, '10.0.0.1', {
          ...(excluded.includes(name) ? label : {}),
          refuses: String(refusing.includes(name)),
        }),
      ),
    )
    .withInstallation({ speakerVersion: 'v0.16.1', controllerVersion: 'v0.16.1' })
    .with('daemonSets', aSpeaker(hasMembers))
    .with('pods', ...speakers.map((node) => speakerPod(node)))
    .with('l2Advertisements', anL2Advertisement('l2', { ipAddressPools: ['l2', 'both'] }))
    .with(
      'bgpAdvertisements',
      aBGPAdvertisement('bgp', { ipAddressPools: ['bgp', 'both'] }),
      refusedWhereSelected,
    )
    .with('bgpPeers', aPeer('tor'));
  return services.reduce((builder, { local, endpoints, pool }, index) => {
    const key = `shop/web-${index}`;
    return builder
      .withService(aService(key, { ip: `10.4.${subnets[pool]}.${index + 1}`, local }))
      .withSlice(
        aSlice(
          key,
          endpoints.map((nodeName, place): Endpoint => ({
            addresses: [`10.244.${index}.${place}`],
            ...(nodeName !== undefined && { nodeName }),
          })),
        ),
      );
  }, base);
}

/** A container that names its node and no labels to find the others by does without memberlist. */
function aSpeaker(hasMembers: boolean): Workload {
  const { spec, ...rest } = aWorkload('speaker');
  const env = { METALLB_NODE_NAME: '' };
  const containers = spec.template.containers.map((each) => (hasMembers ? each : { ...each, env }));
  return { ...rest, spec: { ...spec, template: { ...spec.template, containers } } };
}

/** Speakers of v0.16 refuse both at once, and only where it selects their node. */
const refusedWhereSelected = aBGPAdvertisement('bad', {
  ipAddressPools: ['bgp'],
  aggregationLength: 24,
  serviceSelectors: [{ matchLabels: { tier: 'none' }, matchExpressions: [] }],
  nodeSelectors: [{ matchLabels: { refuses: 'true' }, matchExpressions: [] }],
});

test('every node tried by itself comes to what its loss alone comes to', () => {
  fc.assert(
    fc.property(cluster, (words) => {
      const builder = built(words);
      const { nodes } = drill(builder.build(), { kind: 'each' });
      for (const { node, moves, fewerNextHops, lost } of nodes) {
        const outcomes = without(builder, node).addresses.map(({ outcome }) => outcome);
        const count = (wanted: string) => outcomes.filter((each) => each === wanted).length;
        expect({ node, moves, fewerNextHops, lost }).toEqual({
          node,
          moves: count('moves'),
          fewerNextHops: count('fewer-next-hops'),
          lost: count('lost'),
        });
      }
    }),
    { numRuns: 150 },
  );
});

describe('an address that nobody announces before anything is lost', () => {
  const idle = lan.withService(aService('shop/idle', { ip: '10.4.11.4' }));

  test('is told first, node by node too', () => {
    const { headline, already, untouched } = drill(idle.build(), { kind: 'each' });
    expect({ headline, already, untouched }).toEqual({
      headline:
        '1 address is announced by nobody as it is; of the others: any one of the 3 nodes can go: every address would still be announced',
      already: 1,
      untouched: 1,
    });
    expect(without(idle, winner).headline).toBe(
      `1 address is announced by nobody as it is; of the others: without ${winner}: 1 address would move, 0 would stay as they are`,
    );
  });

  test('leaves nothing to lose when it is the only one', () => {
    const only = idle.with('services', aService('shop/idle', { ip: '10.4.11.4' }));
    expect(drill(only.build(), { kind: 'each' }).headline).toBe(
      '1 address is announced by nobody as it is, so there is nothing more to lose',
    );
  });
});
