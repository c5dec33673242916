import { describe, expect, test } from 'vitest';
import { factsFrom, materialFrom } from '../../../../src/core/diagnosis/material.ts';
import type { IPAddressPool } from '../../../../src/core/facts/kube-objects.ts';
import { heldConfiguration } from '../../../../src/checks/models/configuration/held-configuration.ts';
import { aService } from '../../../builders/a-service.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { aPool } from '../../../builders/some-objects.ts';

const started = '{"msg":"MetalLB controller starting version 0.15.3","ts":"2026-03-01T00:00:00Z"}';
const loaded =
  '{"controller":"PoolReconciler","event":"config reloaded","level":"info","ts":"2026-03-02T00:00:00Z"}';
const refused =
  '{"controller":"PoolReconciler","error":"CIDR overlaps","level":"error","ts":"2026-03-03T00:00:00Z"}';
const lookedAt = (name: string) =>
  `{"controller":"PoolReconciler","level":"info","start reconcile":"metallb-system/${name}","ts":"2026-03-03T00:00:00Z"}`;

function made(name: string, addresses: string, at: string, more: Partial<IPAddressPool> = {}) {
  const pool = aPool(name, addresses);
  const metadata = { ...pool.metadata, creationTimestamp: at, generation: 1 };
  return { ...pool, metadata, ...more };
}

const before = made('lan', '10.0.0.0/29', '2026-03-01T12:00:00Z');
const since = made('lan-2', '10.0.0.4/30', '2026-03-02T12:00:00Z');
const counting = (available: string) => ({
  assignedIPv4: '0',
  assignedIPv6: '0',
  availableIPv4: available,
  availableIPv6: '0',
});

interface Holding {
  readonly ip: string;
  readonly from: string;
}

function held(lines: readonly string[], pools: readonly IPAddressPool[], holding?: Holding) {
  const empty = aSnapshot().withLog('controller-0', lines);
  const filled = pools.reduce((snapshot, pool) => snapshot.withPool(pool), empty);
  const service = aService('shop/a', holding === undefined ? {} : { ip: holding.ip });
  const marked = {
    ...service,
    metadata: {
      ...service.metadata,
      annotations:
        holding === undefined ? {} : { 'metallb.io/ip-allocated-from-pool': holding.from },
    },
  };
  const snapshot = filled.withService(marked).build();
  const helps = ['namespaces', 'communities', 'controllerLogs'] as const;
  return heldConfiguration(
    factsFrom(materialFrom(snapshot), ['services', 'ipAddressPools'], helps),
  );
}

describe('what the controller holds while it refuses the pools', () => {
  test('is what its log shows to be loaded, without what came after', () => {
    expect(held([started, loaded, refused], [before, since])).toEqual({
      kind: 'older',
      pools: [before],
      because:
        'the controller loaded its pools at 2026-03-02T00:00:00Z and refused what came after',
    });
  });

  test('is unknown when a pool was changed since', () => {
    const changed = {
      ...before,
      metadata: {
        ...before.metadata,
        managedFields: [
          {
            manager: 'kubectl',
            operation: 'Update',
            time: '2026-03-02T13:00:00Z',
          },
        ],
      },
    };
    expect(held([loaded, refused], [changed, since]).kind).toBe('unknown');
  });

  test('is unknown when a pool was deleted since', () => {
    expect(held([loaded, lookedAt('old'), refused], [before, since])).toMatchObject({
      kind: 'unknown',
      because: expect.stringContaining('pool old was deleted'),
    });
  });

  test('is unknown when Services have addresses from a pool that is gone', () => {
    const holding = { ip: '10.9.0.1', from: 'gone' };
    expect(held([loaded, refused], [before, since], holding).kind).toBe('unknown');
  });

  test('is unknown when Services have addresses from a pool that was made anew since', () => {
    const holding = { ip: '10.0.0.5', from: 'lan-2' };
    expect(held([started, loaded, refused], [before, since], holding)).toEqual({
      kind: 'unknown',
      because:
        'pool lan-2, which Services have addresses from, was made anew since it was loaded, and what it was is not recorded',
    });
  });

  test('is unknown when a pool does not say since when it is there', () => {
    expect(held([loaded, refused], [before, aPool('lan-2', '10.0.0.4/30')]).kind).toBe('unknown');
  });

  test('is unknown when nothing is published of a pool that Services have addresses from', () => {
    const pools = [
      { ...before, status: counting('8') },
      { ...since, status: counting('0') },
    ];
    const holding = { ip: '10.0.0.5', from: 'lan-2' };
    expect(held([refused], pools, holding).kind).toBe('unknown');
    expect(held([refused], pools, { ip: '10.0.0.1', from: 'lan' }).kind).toBe('older');
  });

  test('is no pool at all where none was there when the controller loaded them', () => {
    expect(held([loaded, refused], [since])).toEqual({
      kind: 'older',
      pools: [],
      because:
        'there was none when the controller loaded them at 2026-03-02T00:00:00Z, and it refused what came after',
    });
  });

  test('is nothing when it has loaded none since it started', () => {
    expect(held([started, refused], [before, since]).kind).toBe('nothing');
  });

  test('is, without a log of it, what it publishes figures of', () => {
    const pools = [
      { ...before, status: counting('8') },
      { ...since, status: counting('0') },
    ];
    expect(held([refused], pools)).toMatchObject({ kind: 'older', pools: [pools[0]] });
  });

  test('is unknown when its figures fit no pool, or there are none', () => {
    const odd = [{ ...before, status: counting('5') }, since];
    expect([held([refused], odd).kind, held([refused], [before, since]).kind]).toEqual([
      'unknown',
      'unknown',
    ]);
  });
});
