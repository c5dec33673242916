import type { Pod } from '../../facts/kube-objects.ts';
import type { Wanted } from '../../facts/ports.ts';
import { namespacesRead, type Read } from '../../facts/reading.ts';
import type { Snapshot } from '../../facts/snapshot.ts';

/**
 * A recording as a live reading would have it: pods of MetalLB's namespaces, and those of the Service's where traffic is
 * asked about. A recording without any pod of other namespaces was made without them, and says nothing of the Service's.
 */
export function withOnlyWantedPods(snapshot: Snapshot, wanted: Wanted): Snapshot {
  const { readings, installations, target, receipt } = snapshot;
  const { service, backends = false } = wanted;
  const isAsked = backends && service !== undefined;
  const isDump = receipt.calls === 0;
  if (readings.pods.state !== 'read' || !(isAsked || isDump)) {
    return snapshot;
  }
  const home = installations.map(({ namespace }) => namespace);
  const pods = isAsked
    ? withBackends(readings.pods, home, service.namespace ?? target.namespace)
    : { ...readings.pods, items: podsIn(readings.pods, home) };
  return { ...snapshot, readings: { ...readings, pods } };
}

function withBackends(pods: Read<Pod>, home: readonly string[], namespace: string): Read<Pod> {
  const read = namespacesRead(pods);
  const isCovered =
    read?.includes(namespace) ??
    pods.items.some(({ metadata }) => !home.includes(metadata.namespace ?? ''));
  const places = isCovered ? [...new Set([...home, namespace])] : home;
  return {
    ...pods,
    items: [
      ...podsIn(pods, places),
      ...(places.includes('kube-system') ? [] : podsIn(pods, ['kube-system']).filter(isOfTheWay)),
    ],
    within: read === undefined ? places : read.filter((each) => places.includes(each)),
  };
}

/**
 * A live reading has those of kube-proxy too, where they are not all ready; in RKE2 no DaemonSet makes them. Nor does one
 * make kube-vip in most clusters of kubeadm: then only a dump shows what it is told.
 */
function isOfTheWay({ metadata }: Pod): boolean {
  return (
    metadata.labels['k8s-app'] === 'kube-proxy' ||
    metadata.labels['component'] === 'kube-proxy' ||
    metadata.name.startsWith('kube-vip')
  );
}

function podsIn({ items }: Read<Pod>, namespaces: readonly string[]): readonly Pod[] {
  return items.filter(({ metadata }) => namespaces.includes(metadata.namespace ?? ''));
}
