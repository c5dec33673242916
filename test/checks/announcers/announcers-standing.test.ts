import { describe, expect, test } from 'vitest';
import { announcersStanding } from '../../../src/checks/announcers/announcers-standing.ts';
import type { BGPPeer } from '../../../src/core/facts/kube-objects.ts';
import { aService } from '../../builders/a-service.ts';
import type { SnapshotBuilder } from '../../builders/a-snapshot.ts';
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
import { serviceIn } from '../case.ts';
import { lan, silentNode, speakerPod, statusFrom } from '../models/announcing/facts.ts';

const all = (builder: SnapshotBuilder) =>
  announcersStanding({ snapshot: builder.build(), service: undefined });
const one = (builder: SnapshotBuilder, key = 'shop/checkout') =>
  announcersStanding({ snapshot: builder.build(), service: serviceIn(builder.build(), key) });

const [row] = all(lan).addresses;
const winner = row?.announcer ?? '';
const others = ['n1', 'n2', 'n3'].filter((name) => name !== winner);

function aPeer(name: string, peerAddress: string, spec: Partial<BGPPeer['spec']> = {}): BGPPeer {
  return {
    kind: 'BGPPeer',
    metadata: named(name, { namespace: home }),
    spec: {
      myASN: 64512,
      peerASN: 64513,
      peerAddress,
      nodeSelectors: [],
      hasPassword: false,
      ...spec,
    },
  };
}

describe('of all Services', () => {
  test('every address is told with its announcer', () => {
    expect(all(lan)).toEqual({
      headline: '1 address of 1 Service: 1 announced',
      addresses: [
        {
          address: '10.4.11.3',
          family: 'ipv4',
          service: 'shop/checkout',
          pool: 'lan',
          by: ['layer2'],
          verdict: 'announced',
          announcer: winner,
          mayAnnounce: [],
          advertisers: { count: 0, first: [] },
          why: undefined,
          said: [],
          disagreements: [],
        },
      ],
      nodes: ['n1', 'n2', 'n3'].map((node) => ({
        node,
        layer2: node === winner ? 1 : 0,
        bgp: 0,
        remark: undefined,
      })),
      refusing: [],
      reasoning: undefined,
      notes: [],
      unknowns: [],
    });
  });

  test('those of nobody come first, with the reason', () => {
    const builder = lan.withService(
      aService('shop/idle', { ip: '10.4.11.9' }),
      aService('shop/waiting'),
      aService('shop/other', { ip: '10.9.9.9', loadBalancerClass: 'other' }),
    );
    const { headline, addresses, notes } = all(builder);
    expect(headline).toBe('2 addresses of 2 Services: 1 announced, 1 by nobody');
    expect(addresses.map(({ service, verdict, why }) => [service, verdict, why])).toEqual([
      ['shop/idle', 'nobody', 'no endpoint of the Service can take traffic'],
      ['shop/checkout', 'announced', undefined],
    ]);
    expect(notes).toEqual([
      '1 Service is of a class that this MetalLB leaves alone',
      '1 Service has no address yet: triage health',
    ]);
  });

  test('nobody announces what no advertisement selects, or no node is left for', () => {
    expect(all(lan.with('l2Advertisements')).addresses[0]?.why).toBe(
      'no advertisement selects pool lan',
    );
    const label = { 'node.kubernetes.io/exclude-from-external-load-balancers': '' };
    const nodes = [aNode('n1', '10.0.0.1', label), aNode('n2'), aNode('n3', '10.0.0.3', label)];
    const builder = lan.with('nodes', ...nodes).with('pods', speakerPod('n1'));
    expect(all(builder).addresses[0]?.why).toBe(
      'layer 2: no speaker at work that the others could see (2), it has the label node.kubernetes.io/exclude-from-external-load-balancers (1)',
    );
  });

  test('the answer is open while the node that would come first is silent', () => {
    const nodes = ['n1', 'n2', 'n3'].map((name) =>
      name === winner ? silentNode(name) : aNode(name),
    );
    const [address] = all(lan.with('nodes', ...nodes)).addresses;
    expect(address).toMatchObject({ verdict: 'uncertain', mayAnnounce: [winner] });
    expect(others).toContain(address?.announcer);
  });

  test('a status of another node is a disagreement', () => {
    const [other = ''] = others;
    const pods = ['n1', 'n2', 'n3'].map((node) => speakerPod(node));
    const builder = lan.with('pods', ...pods).with('serviceL2Statuses', statusFrom(other));
    expect(all(builder).addresses[0]).toMatchObject({
      said: [other],
      disagreements: [`${other} says that it announces it, and ${winner} should`],
    });
  });

  test('rights that are missing are named, and nothing is claimed', () => {
    const { headline, addresses, unknowns } = all(lan.forbidding('nodes', 'endpointSlices'));
    expect(headline).toBe('who announces cannot be said: the facts it rests on are missing');
    expect(addresses).toEqual([]);
    expect(unknowns.map(({ fact }) => fact)).toEqual(['nodes', 'endpointslices']);
  });

  test('without MetalLB there is nobody to announce', () => {
    expect(all(lan.withSnapshot({ installations: [] })).headline).toBe(
      'who announces cannot be said: no MetalLB was found',
    );
  });
});

describe('of one Service', () => {
  test('the candidates stand in order, and every other node with its reason', () => {
    const builder = lan
      .with('nodes', ...['n1', 'n2', 'n3', 'n4'].map((name) => aNode(name)))
      .with('pods', ...['n1', 'n2', 'n3'].map((node) => speakerPod(node)));
    const { reasoning, headline } = one(builder);
    expect(headline).toBe(`shop/checkout: 10.4.11.3 is announced by ${winner} in layer 2`);
    expect(reasoning?.layer2.candidates[0]).toBe(winner);
    expect(reasoning?.layer2.candidates.toSorted()).toEqual(['n1', 'n2', 'n3']);
    expect(reasoning?.layer2.out).toEqual([
      { why: 'not a candidate: no speaker runs on it', nodes: ['n4'] },
    ]);
  });

  test('prefixes are told with neighbours, attributes and the family rule', () => {
    const service = aService('shop/both', {
      ip: ['10.4.12.4', 'fd00:4::4'],
      families: ['IPv4', 'IPv6'],
    });
    const speaker = aWorkload('speaker');
    const { containers } = speaker.spec.template;
    const frr = containers.map((each) => ({ ...each, name: 'frr' }));
    const template = { ...speaker.spec.template, containers: [...containers, ...frr] };
    const builder = lan
      .withPool(aPool('both', ['10.4.12.0/28', 'fd00:4::/120']))
      .withService(service)
      .withSlice(aSlice('shop/both', [{ addresses: ['10.244.1.6'], nodeName: 'n1' }]))
      .withInstallation({ bgpType: 'frr' })
      .with('daemonSets', { ...speaker, spec: { ...speaker.spec, template } })
      .with('l2Advertisements')
      .with('bgpAdvertisements', aBGPAdvertisement('both', { localPref: 150 }))
      .with('bgpPeers', aPeer('tor', '10.0.0.254'));
    const { addresses, reasoning, nodes } = one(builder, 'shop/both');
    const nodeNames = ['n1', 'n2', 'n3'];
    const route = {
      peer: 'tor',
      localPref: 150,
      asPathPrepend: 0,
      communities: [],
      nodes: nodeNames,
    };
    expect(reasoning?.bgp.prefixes).toEqual([
      { ...route, prefix: '10.4.12.4/32', lostBy: undefined },
      {
        ...route,
        prefix: 'fd00:4::4/128',
        lostBy: 'the address of tor is of the other family, and dualStackAddressFamily is not set',
      },
    ]);
    expect(
      addresses.map(({ address, verdict, advertisers }) => [address, verdict, advertisers.count]),
    ).toEqual([
      ['fd00:4::4', 'nobody', 0],
      ['10.4.12.4', 'announced', 3],
    ]);
    expect(nodes.map(({ bgp }) => bgp)).toEqual([1, 1, 1]);
  });

  test('without a neighbour BGP announces nothing', () => {
    const builder = lan
      .with('l2Advertisements')
      .with('bgpAdvertisements', aBGPAdvertisement('all'));
    expect(one(builder).addresses[0]).toMatchObject({
      verdict: 'nobody',
      why: 'BGP: there is no BGPPeer, on all 3 nodes',
    });
  });

  test('a neighbour that the advertisement names and nobody has is named, on every node', () => {
    const builder = lan
      .with('l2Advertisements')
      .with('bgpAdvertisements', aBGPAdvertisement('all', { peers: ['routr'] }))
      .with('bgpPeers', aPeer('router', '10.0.0.254'));
    const pods = ['n1', 'n2', 'n3'].map((node) => speakerPod(node));
    const { addresses, reasoning } = one(builder.with('pods', ...pods));
    const why = 'the advertisement names peer routr, and there is none';
    expect(addresses[0]?.why).toBe(`BGP: ${why}, on all 3 nodes`);
    expect(reasoning?.bgp.out).toEqual([{ why, nodes: ['n1', 'n2', 'n3'] }]);
  });

  test('interfaces it is limited to are told', () => {
    const builder = lan.with(
      'l2Advertisements',
      anL2Advertisement('eth', { interfaces: ['eth1'] }),
    );
    expect(one(builder).reasoning?.layer2.interfaces).toEqual(['eth1']);
  });

  test('pending or of another type has nothing to announce', () => {
    const builder = lan.withService(
      aService('shop/late'),
      aService('shop/inner', { type: 'ClusterIP' }),
    );
    expect(one(builder, 'shop/late').headline).toBe(
      'shop/late has no address yet, so there is nothing to announce',
    );
    expect(one(builder, 'shop/inner').headline).toBe(
      'shop/inner is of type ClusterIP; MetalLB announces only Services of type LoadBalancer',
    );
  });

  test('what is said stands beside it, with what counts no longer', () => {
    const pods = ['n1', 'n2', 'n3'].map((node) => speakerPod(node));
    const builder = lan
      .with('pods', ...pods)
      .with('serviceL2Statuses', statusFrom(winner, 'uid-of-before'));
    expect(one(builder).reasoning?.said).toEqual([
      {
        node: winner,
        protocol: 'layer2',
        by: 'status',
        announces: true,
        at: '2026-03-14T02:00:00Z',
        stale: `the speaker that wrote it is gone; another one runs on ${winner}`,
      },
    ]);
  });
});

test('that nobody looked at the sessions is said where BGP advertises, and only there', () => {
  const byBGP = lan
    .with('bgpAdvertisements', aBGPAdvertisement('edge'))
    .with('bgpPeers', aPeer('router', '10.0.0.254'));
  const note =
    'BGP: sessions not seen; whether a neighbour hears it, triage no-traffic tells of one Service';
  expect(all(byBGP).notes).toContain(note);
  expect(all(lan).notes).not.toContain(note);
});
