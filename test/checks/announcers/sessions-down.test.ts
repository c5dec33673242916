import { describe, expect, test } from 'vitest';
import { announcersStanding } from '../../../src/checks/announcers/announcers-standing.ts';
import type { SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { aBGPAdvertisement, home, named } from '../../builders/some-objects.ts';
import { lan } from '../models/announcing/facts.ts';

const all = (builder: SnapshotBuilder) =>
  announcersStanding({ snapshot: builder.build(), service: undefined });

const aPeer = (name: string, peerAddress: string) => ({
  kind: 'BGPPeer' as const,
  metadata: named(name, { namespace: home }),
  spec: { myASN: 64512, peerASN: 64513, peerAddress, nodeSelectors: [], hasPassword: false },
});

describe('of two routers', () => {
  const state = (peer: string, bgpStatus: string, node: string) => ({
    kind: 'BGPSessionState' as const,
    metadata: named(`${node}-${peer}`, { namespace: home }),
    status: { node, peer, bgpStatus },
  });
  const nodes = ['n1', 'n2', 'n3'];
  const dialled = lan
    .with('l2Advertisements')
    .with('bgpAdvertisements', aBGPAdvertisement('edge'))
    .with('bgpPeers', aPeer('a', '10.0.0.1'), aPeer('b', '10.0.0.2'))
    .withInstallation({ bgpType: 'frr-k8s' });
  const states = (ofA: string, ofB: string) =>
    dialled.with(
      'bgpSessionStates',
      ...nodes.flatMap((node) => [state('10.0.0.1', ofA, node), state('10.0.0.2', ofB, node)]),
    );

  test('one that hears it is enough', () => {
    const { addresses, nodes: shares } = all(states('Active', 'Established'));
    expect(addresses[0]?.advertisers.count).toBe(3);
    expect(new Set(shares.map(({ remark }) => remark))).toEqual(new Set(['session down: a']));
  });

  test('without either it is announced by nobody', () => {
    const [row] = all(states('Active', 'Idle')).addresses;
    expect([row?.verdict, row?.why]).toEqual([
      'nobody',
      'BGP: its sessions with a, b are down, on all 3 nodes',
    ]);
  });

  test('of one that nobody tells of nothing is changed, and the note stays', () => {
    const builder = dialled.with(
      'bgpSessionStates',
      ...nodes.map((node) => state('10.0.0.1', 'Active', node)),
    );
    const { addresses, notes } = all(builder);
    expect(addresses[0]?.advertisers.count).toBe(3);
    expect(notes).toHaveLength(1);
  });
});
