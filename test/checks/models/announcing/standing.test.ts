import { describe, expect, test } from 'vitest';
import { claimsOn } from '../../../../src/checks/models/announcing/claims.ts';
import {
  standingClaims,
  surelyStanding,
} from '../../../../src/checks/models/announcing/standing.ts';
import type { Pod } from '../../../../src/core/facts/kube-objects.ts';
import { aService } from '../../../builders/a-service.ts';
import type { SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import { aNode } from '../../../builders/some-objects.ts';
import {
  assignedTo,
  checkout,
  factsOf,
  lan,
  silentNode,
  speakerLine,
  speakerPod,
  statusFrom,
} from './facts.ts';

const runningSince = (node: string, startedAt: string): Pod => {
  const pod = speakerPod(node);
  return {
    ...pod,
    status: {
      ...pod.status,
      containerStatuses: pod.status.containerStatuses.map((each) => ({
        ...each,
        state: { state: 'running', startedAt },
      })),
    },
  };
};
const cluster = lan.with('pods', runningSince('n1', '2026-03-14T03:00:00Z'), speakerPod('n2'));
const announces = (at: string) => speakerLine('serviceAnnounced', at);
const withdraws = (at: string, more = {}) =>
  speakerLine('serviceWithdrawn', at, { reason: 'notOwner', ...more });

function standing(builder: SnapshotBuilder): readonly string[] {
  return surelyStanding(checkout, factsOf(builder)).map(({ by, node }) => `${by} ${node}`);
}

describe('whoever says that it announces', () => {
  test('is believed as long as its speaker runs', () => {
    const builder = cluster.withLog('speaker-n1', [announces('2026-03-14T03:05:00Z')]);
    expect(standing(builder)).toEqual(['log n1']);
    expect(standing(builder.with('pods', speakerPod('n2')))).toEqual([]);
  });

  test('is not believed for what was said before its speaker started', () => {
    expect(standing(cluster.withEvent(assignedTo('n1', '2026-03-14T02:59:00Z')))).toEqual([]);
    expect(standing(cluster.withEvent(assignedTo('n1', '2026-03-14T03:00:00Z')))).toEqual([
      'event n1',
    ]);
  });

  test('is not believed for an event, which holds no address, when the status was written later', () => {
    const by = (writtenAt: string) =>
      claimsOn(
        aService('shop/checkout', { ip: '10.4.11.3', writer: 'cilium-operator', writtenAt }),
        factsOf(cluster.withEvent(assignedTo('n1', '2026-03-14T03:04:00Z'))),
      ).map(({ node }) => node);
    expect(by('2026-03-14T03:04:00Z')).toEqual(['n1']);
    expect(by('2026-03-14T03:04:01Z')).toEqual([]);
  });

  test('is not believed once its own log says that it withdrew, whoever else said it', () => {
    const builder = cluster.withEvent(assignedTo('n1', '2026-03-14T03:04:00Z'));
    expect(
      standing(
        builder.withLog('speaker-n1', [
          announces('2026-03-14T03:04:00Z'),
          withdraws('2026-03-14T03:05:00Z'),
        ]),
      ),
    ).toEqual([]);
    expect(standing(builder.withLog('speaker-n2', [withdraws('2026-03-14T03:05:00Z')]))).toEqual([
      'event n1',
    ]);
  });

  test('within one second is judged by its last line', () => {
    const at = '2026-03-14T03:05:00Z';
    expect(standing(cluster.withLog('speaker-n1', [announces(at), withdraws(at)]))).toEqual([]);
    expect(standing(cluster.withLog('speaker-n1', [withdraws(at), announces(at)]))).toEqual([
      'log n1',
    ]);
  });

  test('is not believed once it says that it announces by no protocol any more', () => {
    const builder = cluster.withLog('speaker-n1', [
      announces('2026-03-14T03:04:00Z'),
      withdraws('2026-03-14T03:05:00Z', { protocol: 'bgp' }),
    ]);
    expect(standing(builder)).toEqual([]);
  });

  test('in a status is believed only since its speaker runs, which may have started anew in its pod', () => {
    const status = statusFrom('n2');
    const since = (at: string) =>
      standing(cluster.with('pods', runningSince('n2', at)).with('serviceL2Statuses', status));
    expect(since('2026-03-14T01:59:00Z')).toEqual(['status n2']);
    expect(since('2026-03-14T02:01:00Z')).toEqual([]);
  });

  test('is not believed for certain while nothing is heard of its node', () => {
    const builder = cluster.withLog('speaker-n1', [announces('2026-03-14T03:05:00Z')]);
    expect(standing(builder.with('nodes', silentNode('n1')))).toEqual([]);
  });

  test('of a node that no longer reports is not believed once another one announces', () => {
    const said = (own: string, other: string) =>
      standingClaims(
        claimsOn(
          checkout,
          factsOf(
            cluster
              .with('nodes', silentNode('n1'), aNode('n2'))
              .withLog('speaker-n1', [announces(own)])
              .withLog('speaker-n2', [announces(other)]),
          ),
        ),
        factsOf(cluster.with('nodes', silentNode('n1'), aNode('n2'))),
      ).map(({ node }) => node);
    expect(said('2026-03-14T03:05:00Z', '2026-03-14T03:07:00Z')).toEqual(['n2']);
    expect(said('2026-03-14T03:07:00Z', '2026-03-14T03:05:00Z').toSorted()).toEqual(['n1', 'n2']);
  });
});
