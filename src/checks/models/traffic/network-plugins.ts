import type { Node, Workload } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead, type Reading } from '../../../core/facts/reading.ts';

/** Whether anybody in the cluster sees to it that NetworkPolicies are kept. */
export type Enforcement =
  | { readonly kind: 'enforced'; readonly by: string }
  | { readonly kind: 'not-enforced'; readonly by: string }
  | { readonly kind: 'unknown' };

/** DaemonSets by which network plugins are known, and whether they keep policies. */
const plugins: readonly { readonly name: string; readonly agents: RegExp }[] = [
  { name: 'Calico', agents: /^(?:calico-node|rke2-calico)/ },
  { name: 'Canal', agents: /canal/ },
  { name: 'Cilium', agents: /^cilium(?:$|-agent)/ },
  { name: 'Antrea', agents: /^antrea-agent/ },
  { name: 'Weave Net', agents: /^weave-net/ },
  { name: 'kube-router', agents: /^kube-router/ },
  { name: 'OVN-Kubernetes', agents: /^ovnkube/ },
  { name: 'Kube-OVN', agents: /^kube-ovn-cni/ },
  { name: 'kube-network-policies', agents: /^kube-network-policies/ },
  { name: 'kindnet', agents: /^kindnet/ },
];

const flannel = /flannel/;
/** k3s runs the policies of kube-router inside its agent unless told not to. */
const k3s = /\+k3s/;

/** Who keeps NetworkPolicies here, by the agents that run on the nodes. */
export function enforcementIn(daemonSets: Reading<Workload>, nodes: readonly Node[]): Enforcement {
  const names = itemsIfRead(daemonSets).map(({ metadata }) => metadata.name);
  const plugin = plugins.find(({ agents }) => names.some((name) => agents.test(name)));
  if (plugin !== undefined) {
    return { kind: 'enforced', by: plugin.name };
  }
  if (nodes.some(({ status }) => k3s.test(status.kubeletVersion ?? ''))) {
    return { kind: 'enforced', by: 'k3s' };
  }
  const isWhole = daemonSets.state === 'read' && daemonSets.within === undefined;
  return isWhole && names.some((name) => flannel.test(name))
    ? { kind: 'not-enforced', by: 'flannel' }
    : { kind: 'unknown' };
}
