import { describe, expect, test } from 'vitest';
import { announcingOf } from '../../../../src/checks/models/announcing/announcing.ts';
import { bgpClaimsOn, claimsOn } from '../../../../src/checks/models/announcing/claims.ts';
import { disagreements } from '../../../../src/checks/models/announcing/disagreements.ts';
import { staleness } from '../../../../src/checks/models/announcing/standing.ts';
import type { ServiceBGPStatus } from '../../../../src/core/facts/kube-objects.ts';
import type { SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import { aNode, home, named } from '../../../builders/some-objects.ts';
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

const order = announcingOf(checkout, factsOf(lan))?.layer2.candidates ?? [];
const [first = '', second = '', third = ''] = order;
const cluster = lan.with('pods', speakerPod('n1'), speakerPod('n2'), speakerPod('n3'));

function found(builder: SnapshotBuilder) {
  const facts = factsOf(builder);
  const announcing = announcingOf(checkout, facts);
  const claims = [...claimsOn(checkout, facts), ...bgpClaimsOn(checkout, facts)];
  return announcing === undefined
    ? []
    : disagreements(announcing, claims, facts).map(({ claims: words, ...rest }) => ({
        ...rest,
        by: words.map(({ by, node }) => `${by} ${node}`),
      }));
}

function stale(builder: SnapshotBuilder) {
  const facts = factsOf(builder);
  return claimsOn(checkout, facts).map((claim) => staleness(claim, facts));
}

describe('who says that it announces', () => {
  test('agrees with who should', () => {
    expect(
      found(
        cluster
          .with('serviceL2Statuses', statusFrom(first))
          .withEvent(assignedTo(first, '2026-03-14T03:00:00Z'))
          .withLog(`speaker-${first}`, [speakerLine('serviceAnnounced', '2026-03-14T03:00:00Z')]),
      ),
    ).toEqual([]);
  });

  test('is another one than should', () => {
    expect(found(cluster.with('serviceL2Statuses', statusFrom(second)))).toEqual([
      { kind: 'other-announcer', predicted: first, node: second, by: [`status ${second}`] },
    ]);
  });

  test('are two at once', () => {
    const both = cluster.with('serviceL2Statuses', statusFrom(first), statusFrom(second));
    expect(found(both)).toEqual([
      {
        kind: 'several-announcers',
        nodes: [first, second].toSorted(),
        by: [`status ${first}`, `status ${second}`],
      },
    ]);
  });

  test('are two by their logs, unless one took it back', () => {
    const said = cluster
      .withLog(`speaker-${first}`, [speakerLine('serviceAnnounced', '2026-03-14T03:00:00Z')])
      .withLog(`speaker-${second}`, [speakerLine('serviceAnnounced', '2026-03-14T03:01:00Z')]);
    expect(found(said)).toMatchObject([{ kind: 'several-announcers' }]);
    const takenBack = speakerLine('serviceWithdrawn', '2026-03-14T03:02:00Z', {
      reason: 'notOwner',
    });
    expect(found(said.withLog(`speaker-${second}`, [takenBack]))).toEqual([]);
  });

  test('is only the newest of the events', () => {
    const moved = cluster
      .withEvent(assignedTo(second, '2026-03-14T02:30:00Z'))
      .withEvent(assignedTo(first, '2026-03-14T03:00:00Z'));
    expect(found(moved)).toEqual([]);
  });

  test('may be a silent node that would come first', () => {
    const silent = cluster
      .with(
        'nodes',
        ...['n1', 'n2', 'n3'].map((name) => (name === first ? silentNode(name) : aNode(name))),
      )
      .with('serviceL2Statuses', statusFrom(first));
    expect(found(silent)).toEqual([]);
    expect(found(silent.with('serviceL2Statuses', statusFrom(third)))).toMatchObject([
      { kind: 'other-announcer', node: third },
    ]);
  });

  test('is one although nobody should', () => {
    const nobody = cluster.with('l2Advertisements').with('serviceL2Statuses', statusFrom(first));
    expect(found(nobody)).toEqual([
      { kind: 'unforeseen-announcer', node: first, by: [`status ${first}`] },
    ]);
  });

  test('is nobody, since the one that should ceased to', () => {
    const lines = [
      speakerLine('serviceAnnounced', '2026-03-14T03:00:00Z'),
      speakerLine('serviceWithdrawn', '2026-03-14T03:02:00Z', { reason: 'notOwner' }),
    ];
    expect(found(cluster.withLog(`speaker-${first}`, lines))).toEqual([
      { kind: 'withdrawn', predicted: first, reason: 'notOwner', by: [`log ${first}`] },
    ]);
  });

  test('took it up again in the second in which it gave it up', () => {
    const at = '2026-03-14T03:00:00Z';
    const lines = [
      speakerLine('serviceWithdrawn', at, { reason: 'notOwner' }),
      speakerLine('serviceAnnounced', at),
    ];
    expect(found(cluster.withLog(`speaker-${first}`, lines))).toEqual([]);
    expect(
      found(cluster.withLog(`speaker-${first}`, lines.toReversed())).map(({ kind }) => kind),
    ).toEqual(['withdrawn']);
  });

  test('by BGP are nodes that should not', () => {
    const status: ServiceBGPStatus = {
      kind: 'ServiceBGPStatus',
      metadata: named('bgp-n3', { namespace: home }),
      status: { node: 'n3', serviceName: 'checkout', serviceNamespace: 'shop', peers: ['tor'] },
    };
    expect(found(cluster.with('serviceBGPStatuses', status))).toEqual([
      { kind: 'unforeseen-advertisers', nodes: ['n3'], by: ['status n3'] },
    ]);
  });
});

describe('a word counts no longer', () => {
  test('when the pod that wrote the status is gone', () => {
    expect(stale(cluster.with('serviceL2Statuses', statusFrom(second, 'uid-of-before')))).toEqual([
      `the speaker that wrote it is gone; another one runs on ${second}`,
    ]);
  });

  test('when the node or its speaker is gone', () => {
    expect(stale(cluster.with('serviceL2Statuses', statusFrom('n9')))).toEqual(['node n9 is gone']);
    const without = cluster.with('pods', speakerPod(first));
    expect(stale(without.with('serviceL2Statuses', statusFrom(second)))).toEqual([
      `no speaker is on ${second} any more`,
    ]);
  });

  test('when the speaker was started anew since', () => {
    const event = cluster.withEvent(assignedTo(second, '2026-03-09T00:00:00Z'));
    expect(stale(event)).toEqual([`the speaker on ${second} was started anew since`]);
    const line = speakerLine('serviceAnnounced', '2026-03-14T03:00:00Z');
    expect(stale(cluster.withLog(`speaker-${second}`, [line], { previous: true }))).toEqual([
      `the speaker on ${second} was started anew since`,
    ]);
  });

  test('and not before', () => {
    expect(stale(cluster.withEvent(assignedTo(second, '2026-03-14T03:00:00Z')))).toEqual([
      undefined,
    ]);
  });
});
