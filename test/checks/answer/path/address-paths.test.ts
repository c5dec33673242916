import { describe, expect, test } from 'vitest';
import { aService } from '../../../builders/a-service.ts';
import { aPod } from '../../../builders/programs.ts';
import {
  aBGPAdvertisement,
  aNode,
  anL2Advertisement,
  home,
  named,
} from '../../../builders/some-objects.ts';
import { statusFrom } from '../../models/announcing/facts.ts';
import { askedOf, segment, waysIn } from '../traffic.ts';

const unseen = 'wire not-looked: nobody looked; --probe does, from a host of its segment';
const elsewhere = 'elsewhere good: nothing that is not MetalLB was found in the cluster';
const endsBefore = 'not-looked: not asked: the way ends before';

describe('the way of an address', () => {
  test('names who advertises, may announce, does, and what lies behind', () => {
    expect(waysIn(segment.with('serviceL2Statuses', statusFrom('n3')))).toEqual([
      [
        'advertised good: pool lan, by L2Advertisement all',
        'eligible good: 3 of 3 nodes may announce it: n3, n2, n1',
        'announced good: n3 is elected (then n2, n1); ServiceL2Status l2-n3 says that it announces',
        unseen,
        'data-path good: 2 of 2 endpoints ready, on n1, n2',
        elsewhere,
      ],
    ]);
  });

  test('says where nobody tells whether the elected node announces', () => {
    const [way] = waysIn(segment);
    expect(way?.[2]).toBe(
      'announced unknown: n3 is elected (then n2, n1); nothing says whether it announces',
    );
  });

  test('ends at the first link that breaks, and still tells what is certain behind it', () => {
    const [way] = waysIn(segment.with('l2Advertisements'));
    expect(way).toEqual([
      'advertised broken: no advertisement selects pool lan',
      `eligible ${endsBefore}`,
      `announced ${endsBefore}`,
      'wire not-looked: nobody looked',
      'data-path good: 2 of 2 endpoints ready, on n1, n2',
      elsewhere,
    ]);
  });

  test('is not known where the nodes are not', () => {
    const [way] = waysIn(segment.forbidding('nodes'));
    expect(way?.slice(0, 3)).toEqual([
      'advertised good: pool lan, by L2Advertisement all',
      'eligible unknown: cannot be said without nodes',
      'announced unknown: hangs on nodes too',
    ]);
  });

  test('tells once, where it first matters, what could not be read', () => {
    const { paths = [] } = askedOf(segment.forbidding('endpointSlices'));
    const says = paths[0]?.steps
      .filter(({ answer }) => answer === 'unknown')
      .map((each) => each.says);
    expect(says?.[0]).toMatch(/(?:not known: |without )endpointslices/);
    expect(says?.slice(1).map((each) => each.replace(/^.*; /, ''))).toEqual(
      says?.slice(1).map(() => 'hangs on endpointslices too'),
    );
    expect(says?.length).toBeGreaterThan(2);
  });

  test('is told for each address by itself', () => {
    const two = aService('shop/checkout', { ip: ['10.4.11.3', '192.0.2.7'] });
    const { paths = [] } = askedOf(segment.with('services', two));
    expect(paths.map(({ address, pool }) => [address, pool])).toEqual([
      ['10.4.11.3', 'lan'],
      ['192.0.2.7', undefined],
    ]);
  });

  test('breaks at the announcing, not at the nodes, where no speaker is at work', () => {
    const [way] = waysIn(segment.with('pods', aPod('controller')));
    expect(way?.slice(1, 3)).toEqual([
      'eligible good: 3 of 3 nodes may announce it: n1, n2, n3',
      'announced broken: nobody announces it: no speaker is at work on a node that may',
    ]);
  });

  test('breaks at the announcing where no endpoint can serve', () => {
    const [way] = waysIn(segment.with('endpointSlices'));
    expect([way?.[1], way?.[2], way?.[4]]).toEqual([
      'eligible good: 3 of 3 nodes may announce it: n1, n2, n3',
      'announced broken: nobody announces it: no endpoint can take traffic',
      'data-path broken: it has no endpoint',
    ]);
  });

  test('breaks at the nodes where a label keeps all of them out', () => {
    const label = { 'node.kubernetes.io/exclude-from-external-load-balancers': '' };
    const nodes = ['n1', 'n2', 'n3'].map((name) => aNode(name, '10.4.11.101', label));
    const [way] = waysIn(segment.with('nodes', ...nodes));
    expect(way?.slice(1, 3)).toEqual([
      'eligible broken: none of 3 nodes may announce it: not a candidate: it has the label node.kubernetes.io/exclude-from-external-load-balancers',
      `announced ${endsBefore}`,
    ]);
  });

  test('says on which interfaces, where the advertisement names some', () => {
    const eth1 = anL2Advertisement('all', { interfaces: ['eth1'] });
    const [way] = waysIn(segment.with('l2Advertisements', eth1));
    expect(way?.[2]).toBe(
      'announced unknown: n3 is elected (then n2, n1) on eth1; nothing says whether it announces',
    );
  });

  test('by BGP names prefixes and peers, and who says that it is advertised', () => {
    const router = {
      kind: 'BGPPeer' as const,
      metadata: named('tor', { namespace: home }),
      spec: {
        myASN: 64500,
        peerASN: 64501,
        peerAddress: '10.4.11.1',
        nodeSelectors: [],
        hasPassword: false,
      },
    };
    const [way] = waysIn(
      segment
        .with('l2Advertisements')
        .with('bgpAdvertisements', aBGPAdvertisement('edge'))
        .with('bgpPeers', router),
    );
    expect(way?.slice(0, 4)).toEqual([
      'advertised good: pool lan, by BGPAdvertisement edge',
      'eligible good: 3 of 3 nodes may advertise it by BGP: n1, n2, n3',
      'announced unknown: 10.4.11.3/32 goes to tor; whether the sessions are up is not said here',
      'wire not-looked: nobody looked; the router knows: show ip route 10.4.11.3',
    ]);
  });

  test('without MetalLB ends at once, and misses nothing', () => {
    const [way] = waysIn(segment.withSnapshot({ installations: [] }));
    expect(way?.slice(0, 3)).toEqual([
      'advertised unknown: no MetalLB was found that could advertise it',
      `eligible ${endsBefore}`,
      `announced ${endsBefore}`,
    ]);
  });
});
