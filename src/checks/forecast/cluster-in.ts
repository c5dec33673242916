import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Installation, Snapshot } from '../../core/facts/snapshot.ts';
import { loadCluster, type LoadedCluster } from '../../core/metallb/loaded-cluster.ts';

/** The cluster as one installation of MetalLB sees it, ready for changes to be tried on. */
export function clusterIn(
  { readings }: Pick<Snapshot, 'readings'>,
  installation: Installation,
): LoadedCluster {
  const { namespace, bgpType, loadBalancerClass, controllerVersion, speakerVersion } = installation;
  return loadCluster({
    pools: itemsIfRead(readings.ipAddressPools),
    communities: itemsIfRead(readings.communities),
    namespaces: itemsIfRead(readings.namespaces),
    services: itemsIfRead(readings.services),
    version: controllerVersion ?? speakerVersion,
    loadBalancerClass,
    bgpType,
    namespace,
  });
}
