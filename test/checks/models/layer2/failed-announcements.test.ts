import { expect, test } from 'vitest';
import type { SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import { anEvent, anL2Advertisement } from '../../../builders/some-objects.ts';
import { serviceIn, verdictOf } from '../../case.ts';
import { announced, said } from '../../layer2-scenes.ts';

const about = { kind: 'Service', namespace: 'shop', name: 'search' };
const advertisement = anL2Advertisement('all', { interfaces: ['eth0'] });
const changedAt = (time: string) => ({
  ...advertisement,
  metadata: {
    ...advertisement.metadata,
    managedFields: [{ manager: 'kubectl-edit', operation: 'Update', time }],
  },
});
const eventAt = (reason: string, message: string, at: string) =>
  anEvent(about, reason, { message, at });
const failed = eventAt(
  'announceFailed',
  'the interfaces specified by LB IP "10.0.0.100" doesn\'t exist in assigned node "n1" with protocol "layer2"',
  '2026-03-14T02:20:00Z',
);
const assignedAt = (at: string) =>
  eventAt('nodeAssigned', 'announcing from node "n1" with protocol "layer2"', at);
const responderAt = (ts: string) => said({ ts, event: 'createARPResponder', interface: 'eth0' });

const cluster = announced
  .with('l2Advertisements', changedAt('2026-03-14T02:19:58Z'))
  .withLog('speaker-n1', [said({ event: 'other' })])
  .withEvent(failed);

function causesIn(builder: SnapshotBuilder): readonly string[] {
  const verdict = verdictOf('MLB-L15', builder, serviceIn(builder.build(), 'shop/search'));
  return verdict.verdict === 'fail' ? verdict.findings.map(({ cause }) => cause) : [];
}

test('a failure that nothing came after stands, and so does one that was announced all the same', () => {
  expect(causesIn(cluster)).toEqual(['interface-missing']);
  expect(causesIn(cluster.withEvent(assignedAt('2026-03-14T02:20:01Z')))).toEqual([
    'interface-missing',
  ]);
  const line = said({
    ts: '2026-03-14T02:20:01Z',
    event: 'serviceAnnounced',
    ips: ['10.0.0.100'],
    protocol: 'layer2',
  });
  expect(causesIn(cluster.withLog('speaker-n1', [line]))).toEqual(['interface-missing']);
});

test('a failure older than the responder of that interface is over', () => {
  const opened = [responderAt('2026-03-14T03:10:00Z')];
  expect(causesIn(cluster.withLog('speaker-n1', opened))).toEqual([]);
  const before = [responderAt('2026-03-14T01:10:00Z')];
  expect(causesIn(cluster.withLog('speaker-n1', before))).toEqual(['interface-missing']);
});

test('a failure older than the last change of the advertisement is over', () => {
  const corrected = cluster.with('l2Advertisements', changedAt('2026-03-14T02:40:00Z'));
  expect(causesIn(corrected)).toEqual([]);
});

test('a failure is over when the node announced again without one', () => {
  expect(causesIn(cluster.withEvent(assignedAt('2026-03-14T02:50:00Z')))).toEqual([]);
});

test('what the speaker says of another Service is not about this one', () => {
  const complaint = (service: string) =>
    said({
      ts: '2026-03-14T02:20:00Z',
      level: 'warn',
      op: 'SetBalancer',
      service,
      msg: `the specified interfaces used to announce LB IP don't exist`,
    });
  const unheard = announced.with('l2Advertisements', changedAt('2026-03-14T02:19:58Z'));
  expect(causesIn(unheard.withLog('speaker-n1', [complaint('shop/search')]))).toEqual([
    'interface-missing',
  ]);
  expect(causesIn(unheard.withLog('speaker-n1', [complaint('shop/other')]))).toEqual([]);
});
