import { describe, expect, test } from 'vitest';
import { allocationOf } from '../../../../src/checks/models/allocation/allocation.ts';
import { holdersOf, lastHolder } from '../../../../src/checks/models/allocation/holders.ts';
import { takenText } from '../../../../src/checks/models/allocation/pool-lines.ts';
import { factsFrom, materialFrom } from '../../../../src/core/diagnosis/material.ts';
import { aService } from '../../../builders/a-service.ts';
import { aSnapshot, type SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import { aPool, aSlice, anEvent } from '../../../builders/some-objects.ts';

const cluster = aSnapshot()
  .withPool(aPool('lan', '10.4.11.10-10.4.11.12'))
  .withService(
    aService('shop/old', { ip: '10.4.11.10', writtenAt: '2026-02-01T00:00:00Z' }),
    aService('shop/new', { ip: '10.4.11.11', writtenAt: '2026-03-01T00:00:00Z' }),
  );

function read(builder: SnapshotBuilder) {
  const facts = factsFrom(
    materialFrom(builder.build()),
    ['services', 'ipAddressPools'],
    ['namespaces', 'communities', 'events', 'endpointSlices'],
  );
  const usage = allocationOf(facts)?.usages[0];
  if (usage === undefined) {
    throw new Error('no pool');
  }
  return { facts, usage, holders: holdersOf(usage, facts) };
}

const idle = (builder: SnapshotBuilder) =>
  read(builder).holders.map(({ key, isIdle, idleSince }) => [key, isIdle, idleSince]);

describe('who holds a pool', () => {
  test('an event tells better than the writer of the status when an address was taken', () => {
    const about = { kind: 'Service', namespace: 'shop', name: 'old' };
    const builder = cluster.withEvent(
      anEvent(about, 'IPAllocated', {
        message: 'Assigned IP',
        at: '2026-03-14T03:00:40Z',
        type: 'Normal',
      }),
    );
    const { usage, facts, holders } = read(builder);
    expect(lastHolder(holders)?.key).toBe('shop/old');
    expect(takenText(usage, facts)).toBe('2 of 3 taken, the last 12 min ago by shop/old');
  });

  test('without times nobody is called the last', () => {
    const builder = aSnapshot()
      .withPool(aPool('lan', '10.4.11.10-10.4.11.12'))
      .withService(aService('shop/a', { ip: '10.4.11.10' }));
    const { usage, facts } = read(builder);
    expect(takenText(usage, facts)).toBe('1 of 3 taken');
  });

  test('no endpoint that serves makes a holder idle, since its slice changed', () => {
    const builder = cluster.withSlice(
      aSlice('shop/old', [{ addresses: ['10.1.0.1'], ready: false }], '2026-02-02T00:00:00Z'),
      aSlice('shop/new', [{ addresses: ['10.1.0.2'], ready: false, serving: true }]),
    );
    expect(idle(builder)).toEqual([
      ['shop/old', true, '2026-02-02T00:00:00Z'],
      ['shop/new', false, undefined],
    ]);
  });

  test('slices that were not recorded, or not of the whole cluster, make nobody idle', () => {
    const nobody = [
      ['shop/old', false, undefined],
      ['shop/new', false, undefined],
    ];
    expect(idle(cluster)).toEqual(nobody);
    expect(idle(cluster.forbidding('endpointSlices'))).toEqual(nobody);
    const within = { state: 'read', items: [aSlice('shop/old', [])], within: 'shop' } as const;
    expect(idle(cluster.withReading('endpointSlices', within))).toEqual(nobody);
  });
});
