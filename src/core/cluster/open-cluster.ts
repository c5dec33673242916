import type { ClusterReader } from '../facts/ports.ts';
import type { ClusterSource } from './cluster-source.ts';

/** Opens a cluster, live or recorded; what neither needs is not loaded. */
export async function openCluster(
  source: ClusterSource,
  signal?: AbortSignal,
): Promise<ClusterReader> {
  switch (source.kind) {
    case 'live': {
      const { openLiveCluster } = await import('./live/open-live-cluster.ts');
      return await openLiveCluster(source);
    }
    case 'recorded': {
      const { openRecorded } = await import('./recorded/open-recorded.ts');
      return await openRecorded(source, signal);
    }
  }
}
