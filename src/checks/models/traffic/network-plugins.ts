import type { Node, Workload } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead, type Reading } from '../../../core/facts/reading.ts';

/** What an agent on the nodes may do for Services: keep NetworkPolicies, and the work of kube-proxy. */
export type NodeWork = 'policies' | 'proxying';

/** Network plugins, by the name of the DaemonSet of their agents. */
const plugins: readonly {
  readonly name: string;
  readonly agents: RegExp;
  readonly does: readonly NodeWork[];
}[] = [
  { name: 'Cilium', agents: /^cilium(?:$|-agent)/, does: ['policies', 'proxying'] },
  { name: 'kube-router', agents: /^kube-router/, does: ['policies', 'proxying'] },
  { name: 'OVN-Kubernetes', agents: /^ovnkube/, does: ['policies', 'proxying'] },
  { name: 'Antrea', agents: /^antrea-agent/, does: ['policies', 'proxying'] },
  { name: 'Calico', agents: /^(?:calico-node|rke2-calico)/, does: ['policies', 'proxying'] },
  { name: 'Kube-OVN', agents: /^kube-ovn-cni/, does: ['policies', 'proxying'] },
  { name: 'Canal', agents: /canal/, does: ['policies'] },
  { name: 'Weave Net', agents: /^weave-net/, does: ['policies'] },
  { name: 'kube-network-policies', agents: /^kube-network-policies/, does: ['policies'] },
  { name: 'kindnet', agents: /^kindnet/, does: ['policies'] },
];

/**
 * Distributions whose nodes do it inside their own agent, or in a static pod; their kubelet says so. k3s runs the policies
 * of kube-router unless told not to.
 */
const distributions: readonly {
  readonly name: string;
  readonly version: RegExp;
  readonly does: readonly NodeWork[];
}[] = [
  { name: 'k3s', version: /\+k3s/, does: ['policies', 'proxying'] },
  { name: 'rke2', version: /\+rke2/, does: ['proxying'] },
];

/** Who does this work on the nodes besides kube-proxy; undefined when nobody known is seen to. */
export function whoDoes(
  work: NodeWork,
  daemonSets: Reading<Workload>,
  nodes: readonly Node[],
): string | undefined {
  const names = itemsIfRead(daemonSets).map(({ metadata }) => metadata.name);
  return (
    plugins.find(
      ({ agents, does }) => does.includes(work) && names.some((name) => agents.test(name)),
    )?.name ??
    distributions.find(
      ({ version, does }) =>
        does.includes(work) &&
        nodes.some(({ status }) => version.test(status.kubeletVersion ?? '')),
    )?.name
  );
}

/** An agent of a network plugin, and which one it is. */
export interface PluginAgent {
  readonly plugin: string;
  readonly workload: Workload;
}

/** The agents of network plugins on the nodes, those of flannel among them. */
export function pluginAgentsIn(daemonSets: Reading<Workload>): readonly PluginAgent[] {
  return itemsIfRead(daemonSets).flatMap((workload) => {
    const { name } = workload.metadata;
    const plugin =
      plugins.find(({ agents }) => agents.test(name))?.name ??
      (flannel.test(name) ? 'flannel' : undefined);
    return plugin === undefined ? [] : [{ plugin, workload }];
  });
}

/** Whether anybody in the cluster sees to it that NetworkPolicies are kept. */
export type Enforcement =
  | { readonly kind: 'enforced'; readonly by: string }
  | { readonly kind: 'not-enforced'; readonly by: string }
  | { readonly kind: 'unknown' };

const flannel = /flannel/;

/** Who keeps NetworkPolicies here, by the agents that run on the nodes. */
export function enforcementIn(daemonSets: Reading<Workload>, nodes: readonly Node[]): Enforcement {
  const by = whoDoes('policies', daemonSets, nodes);
  if (by !== undefined) {
    return { kind: 'enforced', by };
  }
  const isWhole = daemonSets.state === 'read' && daemonSets.within === undefined;
  return isWhole && daemonSets.items.some(({ metadata }) => flannel.test(metadata.name))
    ? { kind: 'not-enforced', by: 'flannel' }
    : { kind: 'unknown' };
}
