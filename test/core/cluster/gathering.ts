import type { LiveSource } from '../../../src/core/cluster/cluster-source.ts';
import { openCluster } from '../../../src/core/cluster/open-cluster.ts';
import type { Clock, Wanted } from '../../../src/core/facts/ports.ts';
import type { Snapshot } from '../../../src/core/facts/snapshot.ts';
import type { FakeApi } from './fake-api-server.ts';

export const never = new AbortController().signal;

/** A clock that stands still and never makes anyone wait; it remembers what it was asked to wait. */
export function impatientClock(): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date('2026-03-14T03:00:00Z'),
    sleep: async (ms) => {
      slept.push(ms);
    },
  };
}

export const forPending: Wanted = {
  facts: [
    'services',
    'endpointSlices',
    'nodes',
    'pods',
    'deployments',
    'daemonSets',
    'events',
    'ipAddressPools',
    'l2Advertisements',
  ],
  logs: ['controller', 'speaker'],
  service: { namespace: 'shop', name: 'checkout' },
};

export async function gatherFrom(
  api: FakeApi,
  wanted: Partial<Wanted> = {},
  source: Partial<LiveSource> = {},
): Promise<Snapshot> {
  const reader = await openCluster({
    kind: 'live',
    kubeconfig: api.kubeconfig,
    environment: {},
    clock: impatientClock(),
    ...source,
  });
  return await reader.gather({ ...forPending, ...wanted }, never);
}
