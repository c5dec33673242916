import { expect, test } from 'vitest';
import { severalAnnouncers } from '../../../../src/checks/models/announcing/several-announcers.ts';
import { itemsIfRead } from '../../../../src/core/facts/reading.ts';
import { aService } from '../../../builders/a-service.ts';
import type { SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import { anL2Advertisement } from '../../../builders/some-objects.ts';
import {
  checkout,
  factsOf,
  lan,
  silentNode,
  speakerLine,
  speakerPod,
  statusFrom,
} from './facts.ts';

const at = '2026-03-14T03:00:00Z';
const cluster = lan
  .with('pods', speakerPod('n1'), speakerPod('n2'), speakerPod('n3'))
  .withInstallation({ speakerVersion: 'v0.16.1', controllerVersion: 'v0.16.1' });
const announcedBy = (node: string, time = at) =>
  [`speaker-${node}`, [speakerLine('serviceAnnounced', time)]] as const;

function nodesIn(builder: SnapshotBuilder): readonly string[] {
  const services = itemsIfRead(builder.build().readings.services);
  return severalAnnouncers({ ...factsOf(builder), services }).map(({ nodes }) => nodes.join());
}

test('two speakers that live and say so are two announcers', () => {
  expect(nodesIn(cluster.withLog(...announcedBy('n1')).withLog(...announcedBy('n3')))).toEqual([
    'n1,n3',
  ]);
  expect(nodesIn(cluster.with('serviceL2Statuses', statusFrom('n1'), statusFrom('n3')))).toEqual([
    'n1,n3',
  ]);
  expect(nodesIn(cluster.withLog(...announcedBy('n1')))).toEqual([]);
});

test.each(['v0.14.6', 'v0.14.9', 'v0.15.3'])(
  '%s leaves statuses behind, and two of them say nothing',
  (version) => {
    const both = cluster
      .withInstallation({ speakerVersion: version })
      .with('serviceL2Statuses', statusFrom('n1'), statusFrom('n3'));
    expect(nodesIn(both)).toEqual([]);
    expect(nodesIn(both.withLog(...announcedBy('n1')))).toEqual([]);
    expect(nodesIn(both.withLog(...announcedBy('n1')).withLog(...announcedBy('n3')))).toEqual([
      'n1,n3',
    ]);
  },
);

test('what is from another time does not count', () => {
  const logged = cluster.withLog(...announcedBy('n1')).withLog(...announcedBy('n3'));
  // its node may be dead
  expect(nodesIn(logged.with('nodes', silentNode('n1'), silentNode('n3')))).toEqual([]);
  // the address was another Service's then
  const made = { ...checkout.metadata, creationTimestamp: '2026-03-14T03:05:00Z' };
  expect(nodesIn(logged.with('services', { ...checkout, metadata: made }))).toEqual([]);
  // the speaker began anew
  const statuses = cluster.with('serviceL2Statuses', statusFrom('n1'), statusFrom('n3'));
  const since = { ...speakerPod('n1') };
  const status = {
    ...since.status,
    containerStatuses: since.status.containerStatuses.map((each) => ({
      ...each,
      state: { state: 'running' as const, startedAt: '2026-03-14T03:10:00Z' },
    })),
  };
  const anew = [{ ...since, status }, speakerPod('n2'), speakerPod('n3')];
  expect(nodesIn(statuses.with('pods', ...anew))).toEqual([]);
});

test('a line on a shared address may be about the other Service', () => {
  const shared = aService('shop/checkout', {
    ip: '10.4.11.3',
    annotations: { 'metallb.io/allow-shared-ip': 'key' },
  });
  const logged = cluster.withLog(...announcedBy('n1')).withLog(...announcedBy('n3'));
  expect(nodesIn(logged.with('services', shared))).toEqual([]);
});

test('nothing is said where layer 2 announces nothing', () => {
  const logged = cluster.withLog(...announcedBy('n1')).withLog(...announcedBy('n3'));
  const other = anL2Advertisement('other', { ipAddressPools: ['other'] });
  expect(nodesIn(logged.with('l2Advertisements', other))).toEqual([]);
});
