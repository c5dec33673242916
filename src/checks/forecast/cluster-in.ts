import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Installation, Snapshot } from '../../core/facts/snapshot.ts';
import {
  loadCluster,
  type HeldInstead,
  type LoadedCluster,
} from '../../core/metallb/loaded-cluster.ts';

/**
 * The cluster as one installation of MetalLB sees it, ready for changes to be tried on; with what the controller holds
 * instead, where it refuses the pools as they stand.
 */
export function clusterIn(
  { readings }: Pick<Snapshot, 'readings'>,
  installation: Installation,
  instead?: HeldInstead,
): LoadedCluster {
  const { namespace, bgpType, loadBalancerClass, controllerVersion, speakerVersion } = installation;
  const input = {
    pools: itemsIfRead(readings.ipAddressPools),
    communities: itemsIfRead(readings.communities),
    namespaces: itemsIfRead(readings.namespaces),
    services: itemsIfRead(readings.services),
    version: controllerVersion ?? speakerVersion,
    loadBalancerClass,
    bgpType,
    namespace,
  };
  return loadCluster(input, instead);
}
