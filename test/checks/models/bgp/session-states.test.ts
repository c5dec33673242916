import { describe, expect, test } from 'vitest';
import { standingsOn } from '../../../../src/checks/models/bgp/session-states.ts';
import {
  type BGPFacts,
  bgpHelps,
  bgpNeeds,
  bgpWayOf,
} from '../../../../src/checks/models/bgp/bgp-way.ts';
import { factsFrom, materialFrom } from '../../../../src/core/diagnosis/material.ts';
import type { BGPPeer } from '../../../../src/core/facts/kube-objects.ts';
import { aService } from '../../../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import {
  aBGPAdvertisement,
  aNode,
  aPool,
  aSlice,
  home,
  named,
} from '../../../builders/some-objects.ts';

const web = aService('shop/web', { ip: '10.4.11.2' });

const dialling = (peerAddress: string, spec: Partial<BGPPeer['spec']> = {}): BGPPeer => ({
  kind: 'BGPPeer',
  metadata: named('router', { namespace: home }),
  spec: {
    myASN: 64_500,
    peerASN: 64_501,
    peerAddress,
    nodeSelectors: [{ matchLabels: {}, matchExpressions: [] }],
    hasPassword: false,
    ...spec,
  },
});

/** Three nodes that advertise one Service to one router. */
const towards = (peerAddress: string, spec: Partial<BGPPeer['spec']> = {}): SnapshotBuilder =>
  aSnapshot()
    .withPool(aPool('wan', '10.4.11.0/28'))
    .with('l2Advertisements')
    .with('bgpAdvertisements', aBGPAdvertisement('edge'))
    .with('bgpPeers', dialling(peerAddress, spec))
    .with('services', web)
    .with('endpointSlices', aSlice('shop/web', [{ addresses: ['10.244.0.5'], ready: true }]));

const standings = (builder: SnapshotBuilder) => {
  const facts: BGPFacts = factsFrom(materialFrom(builder.build()), bgpNeeds, bgpHelps);
  const way = bgpWayOf(facts, web);
  return typeof way === 'string'
    ? way
    : standingsOn(way, facts).map(({ node, state, trouble, flaps }) =>
        [node, state, trouble, ...(flaps ? ['flaps'] : [])].join(' '),
      );
};

const said = (at: string, peer: string, values: Readonly<Record<string, string>>) =>
  JSON.stringify({ ts: `2026-03-14T03:${at}Z`, peer, ...values });
const up = (at: string, peer = '10.0.0.254') => said(at, peer, { event: 'sessionUp' });
const down = (at: string, peer = '10.0.0.254') => said(at, peer, { event: 'sessionDown' });
const refused = (at: string, peer = '10.0.0.254') =>
  said(at, peer, { op: 'connect', error: 'connect: connection refused' });

describe('native speakers', () => {
  test('what the router said of an attempt outweighs that it hangs up on the next without a word', () => {
    const told = (at: string) =>
      said(at, '10.0.0.254', {
        event: 'peerNotification',
        error: 'got BGP notification code 0x0202 (Bad peer AS)',
      });
    const hungUp = (at: string) =>
      said(at, '10.0.0.254', { op: 'connect', error: 'read OPEN from "10.0.0.254:179": EOF' });
    const builder = towards('10.0.0.254')
      .withLog('speaker-n1', [down('10:00'), told('10:00'), hungUp('10:02'), hungUp('12:10')])
      .withLog('speaker-n2', [down('05:00'), told('05:00'), hungUp('12:10')])
      .withLog('speaker-n3', [down('11:50'), told('11:50'), refused('12:10')]);
    expect(standings(builder)).toEqual([
      'n1 down as-mismatch',
      'n2 down refused',
      'n3 down refused',
    ]);
  });

  test('what kept it down before it last came up is not what keeps it down now', () => {
    const full = (at: string) =>
      said(at, '10.0.0.254', {
        op: 'connect',
        error: 'got BGP notification code 0x0601 (Maximum Number of Prefixes Reached)',
      });
    const builder = towards('10.0.0.254')
      .withLog('speaker-n1', [refused('01:00'), up('02:00'), down('10:00'), full('12:00')])
      .withLog('speaker-n2', [refused('10:00'), full('12:00')]);
    expect(standings(builder).slice(0, 2)).toEqual(['n1 down unknown', 'n2 down unknown']);
  });

  test('a session is up by its last word, however old, and unknown without one', () => {
    const builder = towards('10.0.0.254')
      .withLog('speaker-n1', [refused('00:10'), up('00:20')])
      .withLog('speaker-n2', ['{"ts":"2026-03-14T03:00:00Z","msg":"ok"}']);
    expect(standings(builder)).toEqual([
      'n1 up unknown',
      'n2 unknown unknown',
      'n3 unknown unknown',
    ]);
  });

  test('a failure of half an hour ago says nothing of now: an attempt follows every two minutes', () => {
    const builder = towards('10.0.0.254')
      .withLog('speaker-n1', [refused('12:00')])
      .withLog('speaker-n2', [
        '{"ts":"2026-03-14T02:30:00Z","peer":"10.0.0.254","op":"connect","error":"i/o timeout"}',
      ]);
    expect(standings(builder)).toEqual([
      'n1 down refused',
      'n2 unknown unknown',
      'n3 unknown unknown',
    ]);
  });

  test('minutes count by the clock of the logs, because the reader may read them a day later', () => {
    const level = (line: string) => line.replace('{', '{"level":"info",');
    const builder = towards('10.0.0.254')
      .withLog('speaker-n1', [level(refused('12:00').replace('03-14', '03-13'))])
      .withLog('speaker-n2', [refused('12:05').replace('03-14', '03-13')])
      .withLog('speaker-n3', [refused('11:00').replace('03-14T03', '03-13T02')]);
    expect(standings(builder)).toEqual([
      'n1 down refused',
      'n2 down refused',
      'n3 unknown unknown',
    ]);
  });

  test('a log of warnings alone does not say that a session came up, so old ones say nothing', () => {
    const old = refused('12:00').replace('03-14', '03-13');
    const builder = towards('10.0.0.254').withLog('speaker-n1', [old]);
    expect(standings(builder)).toContain('n1 unknown unknown');
  });

  test('releases write the address with its port or without, in brackets or by the name of the peer', () => {
    const six = towards('fd00::254')
      .withLog('speaker-n1', [refused('12:00', '[fd00::254]:179')])
      .withLog('speaker-n2', [refused('12:00', 'fd00::254')])
      .withLog('speaker-n3', [refused('12:00', 'router')]);
    expect(standings(six)).toEqual(['n1 down refused', 'n2 down refused', 'n3 down refused']);
    const four = towards('10.0.0.254').withLog('speaker-n1', [refused('12:00', '10.0.0.254:179')]);
    expect(standings(four)).toContain('n1 down refused');
  });

  test('words about another router are not about this one', () => {
    const builder = towards('10.0.0.25').withLog('speaker-n1', [refused('12:00', '10.0.0.254')]);
    expect(standings(builder)).toContain('n1 unknown unknown');
  });

  test('what comes up and goes down three times in a quarter of an hour is not up', () => {
    const twice = [up('10:00'), down('10:01'), up('10:02'), down('10:03'), up('10:04')];
    const flapping = [...twice, down('10:05'), up('10:06')];
    expect(standings(towards('10.0.0.254').withLog('speaker-n1', twice))).toContain(
      'n1 up unknown',
    );
    expect(standings(towards('10.0.0.254').withLog('speaker-n1', flapping))).toContain(
      'n1 down unknown flaps',
    );
  });

  test('attempts that fail until the router is back are no flapping', () => {
    const back = [
      up('00:00'),
      down('09:00'),
      refused('09:01'),
      refused('09:20'),
      refused('10:00'),
      up('10:30'),
    ];
    expect(standings(towards('10.0.0.254').withLog('speaker-n1', back))).toContain('n1 up unknown');
  });

  test('what the run before the restart said does not count', () => {
    const builder = towards('10.0.0.254').withLog('speaker-n1', [refused('12:00')], {
      previous: true,
    });
    expect(standings(builder)).toContain('n1 unknown unknown');
  });
});

describe('FRR-K8s', () => {
  const session = (node: string, peer: string, bgpStatus: string, vrf?: string) => ({
    kind: 'BGPSessionState' as const,
    metadata: named(`${node}-${peer.length}`, { namespace: home }),
    status: { node, peer, bgpStatus, ...(vrf === undefined ? {} : { vrf }) },
  });
  const withSessions = (
    builder: SnapshotBuilder,
    ...states: readonly ReturnType<typeof session>[]
  ) => builder.withInstallation({ bgpType: 'frr-k8s' }).with('bgpSessionStates', ...states);

  test('an IPv6 neighbour is written with dashes and in full', () => {
    const builder = withSessions(
      towards('fd00::254').with('ipAddressPools', aPool('wan', '10.4.11.0/28')),
      session('n1', 'fd00-0000-0000-0000-0000-0000-0000-0254', 'Established'),
    );
    expect(standings(builder)).toEqual([]);
    const both = withSessions(
      towards('fd00::254', { dualStackAddressFamily: true }),
      session('n1', 'fd00-0000-0000-0000-0000-0000-0000-0254', 'Established'),
    );
    expect(standings(both)).toContain('n1 up unknown');
  });

  test('a session of another VRF is another session', () => {
    const builder = withSessions(
      towards('10.0.0.254', { vrf: 'red' }),
      session('n1', '10.0.0.254', 'Established'),
      session('n2', '10.0.0.254', 'Active', 'red'),
    );
    expect(standings(builder)).toEqual([
      'n1 unknown unknown',
      'n2 down unknown',
      'n3 unknown unknown',
    ]);
  });

  test('only an external router outside the usual subnet of the node is thought to be far away', () => {
    const idle = (peer: BGPPeer['spec']['peerAddress'] = '', spec: Partial<BGPPeer['spec']> = {}) =>
      standings(withSessions(towards(peer, spec), session('n1', peer, 'Idle')));
    expect(idle('172.16.0.1')).toContain('n1 down multihop');
    expect(idle('172.16.0.1', { ebgpMultiHop: true })).toContain('n1 down unknown');
    expect(idle('172.16.0.1', { peerASN: 64_500 })).toContain('n1 down unknown');
    expect(idle('10.0.0.254')).toContain('n1 down unknown');
    expect(
      standings(withSessions(towards('172.16.0.1'), session('n1', '172.16.0.1', 'OpenSent'))),
    ).toContain('n1 down unknown');
  });
});

describe('the label by which FRR-K8s knows a node', () => {
  const labelled = (label: string, states: readonly string[]) =>
    standings(
      towards('10.0.0.254')
        .withInstallation({ bgpType: 'frr-k8s' })
        .with(
          'nodes',
          aNode('n1', '10.0.0.1', { 'kubernetes.io/hostname': label }),
          aNode('n2', '10.0.0.2', { 'kubernetes.io/hostname': 'n2' }),
        )
        .with(
          'bgpSessionStates',
          ...states.map((node) => ({
            kind: 'BGPSessionState' as const,
            metadata: named(`${node}-x7k2p`, { namespace: home }),
            status: { node, peer: '10.0.0.254', bgpStatus: 'Established', bfdStatus: 'N/A' },
          })),
        ),
    );

  test('is not the name of the node, so FRR there is told nothing', () => {
    expect(labelled('n1.example.net', ['n2'])).toEqual(['n1 down unselected', 'n2 up unknown']);
  });

  test('does not matter where a session stands, nor where it is the name', () => {
    expect(labelled('n1.example.net', ['n1', 'n2'])).toEqual(['n1 up unknown', 'n2 up unknown']);
    expect(labelled('n1', ['n2'])).toEqual(['n1 unknown unknown', 'n2 up unknown']);
  });
});

describe('a node that fell silent', () => {
  test('has no session any more, whatever was said last', () => {
    const silent = aNode('n1', '10.0.0.1');
    const conditions = [{ type: 'Ready', status: 'Unknown' }];
    const builder = towards('10.0.0.254')
      .with(
        'nodes',
        { ...silent, status: { ...silent.status, conditions } },
        aNode('n2', '10.0.0.2'),
      )
      .withLog('speaker-n1', [up('10:00')])
      .withLog('speaker-n2', [up('10:00')]);
    expect(standings(builder)).toEqual(['n1 unknown unknown', 'n2 up unknown']);
  });
});

describe('FRR in the pods of the speakers', () => {
  const frr = (...lines: readonly string[]) =>
    standings(
      towards('10.0.0.25')
        .withInstallation({ bgpType: 'frr' })
        .withLog('speaker-n1', lines, { container: 'frr' }),
    );
  const change = (rest: string) =>
    `2026/03/14 03:12:01.500 BGP: [M59KS-A3ZXZ] %ADJCHANGE: neighbor ${rest}`;

  test('its own log tells, where a dump holds it', () => {
    expect(frr(change('10.0.0.25(router) in vrf default Up'))).toContain('n1 up unknown');
    expect(frr(change('10.0.0.25(router) in vrf default Down Hold Timer Expired'))).toContain(
      'n1 down hold-timer',
    );
  });

  const sent = (minute: string, rest = '2/2 (OPEN Message Error/Bad Peer AS) 4 bytes') =>
    `2026/03/14 03:${minute}:01.500 BGP: [ZWCSR-M7FG9] %NOTIFICATION: received from neighbor 10.0.0.25 ${rest}`;

  test('a session that never comes up changes no state, and is told by what is said again and again', () => {
    expect(frr(sent('06'), sent('08'), sent('10'), sent('12'))).toContain('n1 down as-mismatch');
    const reset = (minute: string) =>
      `2026/03/14 03:${minute}:01.500 BGP: [EC 33554454] 10.0.0.25 [Error] bgp_read_packet error: Connection reset by peer`;
    expect(frr(reset('08'), reset('10'), reset('12'))).toContain('n1 down refused');
  });

  test('once or twice, or long ago, tells nothing of a session that changes no state', () => {
    expect(frr(sent('10'), sent('12'))).toContain('n1 unknown unknown');
    const later = sent('12', '').replace('10.0.0.25', '10.0.0.99');
    expect(frr(sent('00'), sent('02'), sent('04'), later)).toContain('n1 unknown unknown');
  });

  test('an address that begins alike is another router', () => {
    expect(frr(change('10.0.0.254(other) in vrf default Down Peer closed the session'))).toContain(
      'n1 unknown unknown',
    );
  });
});
