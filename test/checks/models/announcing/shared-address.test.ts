import { expect, test } from 'vitest';
import { announcingOf } from '../../../../src/checks/models/announcing/announcing.ts';
import { claimsOn } from '../../../../src/checks/models/announcing/claims.ts';
import { disagreements } from '../../../../src/checks/models/announcing/disagreements.ts';
import type { SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import { checkout, factsOf, lan, speakerLine, speakerPod } from './facts.ts';

const shared = {
  ...checkout,
  metadata: { ...checkout.metadata, annotations: { 'metallb.io/allow-shared-ip': 'key' } },
};

const cluster = lan
  .with('services', shared)
  .with('pods', speakerPod('n1'), speakerPod('n2'), speakerPod('n3'));

function severalIn(builder: SnapshotBuilder): readonly string[] {
  const facts = factsOf(builder);
  const announcing = announcingOf(shared, facts);
  return announcing === undefined
    ? []
    : disagreements(announcing, claimsOn(shared, facts), facts)
        .filter(({ kind }) => kind === 'several-announcers')
        .map(({ kind }) => kind);
}

test('a later announcer of a shared address ends what the log of an earlier one said', () => {
  const moved = cluster
    .withLog('speaker-n1', [
      speakerLine('serviceAnnounced', '2026-03-14T03:00:00Z'),
      speakerLine('serviceWithdrawn', '2026-03-14T03:01:00Z', { reason: 'notOwner' }),
    ])
    .withLog('speaker-n2', [speakerLine('serviceAnnounced', '2026-03-14T03:01:05Z')]);
  expect(severalIn(moved)).toEqual([]);
});

test('two that say so of a shared address in one second are two announcers', () => {
  const both = cluster
    .withLog('speaker-n1', [speakerLine('serviceAnnounced', '2026-03-14T03:01:05Z')])
    .withLog('speaker-n2', [speakerLine('serviceAnnounced', '2026-03-14T03:01:05Z')]);
  expect(severalIn(both)).toEqual(['several-announcers']);
});

test('a quoted word of any length in a log is read at once', () => {
  const long = JSON.stringify({
    ts: '2026-03-14T03:00:00Z',
    event: 'serviceAnnounced',
    msg: `\\"${'.'.repeat(262_144)} `,
  });
  const facts = factsOf(cluster.withLog('speaker-n1', [long]));
  const started = performance.now();
  expect(claimsOn(shared, facts)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(2_000);
});
