import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { ConfigMap, Node, Pod, Workload } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead, type Reading } from '../../../core/facts/reading.ts';
import { troubleOf } from '../programs/pod-trouble.ts';
import { whoDoes } from './network-plugins.ts';
import type { Unready } from './pod-state.ts';

/** What tells who turns the addresses of Services into those of pods on each node. */
export type ProxyFacts = Facts<never, 'daemonSets' | 'nodes' | 'configMaps' | 'pods'>;

/** Who else does the work of kube-proxy here; undefined when nobody known does. */
export function replacementIn({ daemonSets, nodes }: ProxyFacts): string | undefined {
  return whoDoes('proxying', daemonSets, itemsIfRead(nodes));
}

/** The DaemonSet of kube-proxy; undefined when there is none, or when it cannot be seen. */
export function kubeProxyIn(daemonSets: Reading<Workload>): Workload | undefined {
  return itemsIfRead(daemonSets).find(
    ({ metadata, spec }) =>
      metadata.namespace === 'kube-system' &&
      (metadata.name === 'kube-proxy' || spec.template.labels['k8s-app'] === 'kube-proxy'),
  );
}

/** True when this cluster was set up with kube-proxy as a DaemonSet: its ConfigMap is there. */
export function hasProxyConfiguration(configMaps: Reading<ConfigMap>): boolean {
  return itemsIfRead(configMaps).some(
    ({ metadata }) => metadata.namespace === 'kube-system' && metadata.name === 'kube-proxy',
  );
}

/** Nodes on which Linux programs run: not Windows, and not what a virtual kubelet only shows. */
export function linuxNodes(nodes: readonly Node[]): readonly Node[] {
  return nodes.filter(
    ({ metadata }) =>
      (metadata.labels['kubernetes.io/os'] ?? 'linux') === 'linux' &&
      metadata.labels['type'] !== 'virtual-kubelet',
  );
}

/** Pods of kube-proxy, in a DaemonSet or by themselves as in RKE2; they are read only where some are not well. */
function proxyPods({ pods }: ProxyFacts): readonly Pod[] {
  return itemsIfRead(pods).filter(
    ({ metadata }) =>
      metadata.namespace === 'kube-system' &&
      (metadata.labels['k8s-app'] === 'kube-proxy' ||
        metadata.labels['component'] === 'kube-proxy'),
  );
}

/** True when pods of kube-proxy run that no DaemonSet makes. */
export function hasProxyPods(facts: ProxyFacts): boolean {
  return proxyPods(facts).length > 0;
}

/** Pods of kube-proxy that are not ready, by node; those of a node that is not ready itself tell nothing. */
export function unreadyProxies(facts: ProxyFacts): readonly Unready[] {
  const silent = unreadyNodes(itemsIfRead(facts.nodes)).map(({ metadata }) => metadata.name);
  return proxyPods(facts)
    .filter(({ spec }) => !silent.includes(spec.nodeName ?? ''))
    .flatMap((pod): readonly Unready[] => {
      const trouble = troubleOf(pod, facts.takenAt);
      return trouble === undefined ? [] : [{ pod, trouble, probe: undefined }];
    })
    .toSorted((a, b) => ((a.pod.spec.nodeName ?? '') < (b.pod.spec.nodeName ?? '') ? -1 : 1));
}

/** True when an agent is missing only where the whole node is: that the node is down says it all. */
export function isOnlyWithItsNode({ status }: Workload, nodes: readonly Node[]): boolean {
  const down = status.desired - status.ready;
  return down > 0 && status.ready > 0 && down <= unreadyNodes(linuxNodes(nodes)).length;
}

/** Nodes that say, or of which it is said, that they are not ready. */
function unreadyNodes(nodes: readonly Node[]): readonly Node[] {
  return nodes.filter(({ status }) =>
    status.conditions.some(({ type, status: is }) => type === 'Ready' && is !== 'True'),
  );
}
