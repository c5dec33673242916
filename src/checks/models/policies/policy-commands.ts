import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { CalicoPolicy, CiliumPolicy, Pod } from '../../../core/facts/kube-objects.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import { itemsIfRead, type Reading } from '../../../core/facts/reading.ts';
import { agentsOf, type PluginPolicyFacts } from './plugin-policies.ts';

/** A policy of a network plugin. */
export type PluginPolicy = CalicoPolicy | CiliumPolicy;

const resources: Readonly<Record<PluginPolicy['kind'], string>> = {
  NetworkPolicy: 'networkpolicies.crd.projectcalico.org',
  GlobalNetworkPolicy: 'globalnetworkpolicies.crd.projectcalico.org',
  CiliumNetworkPolicy: 'ciliumnetworkpolicies.cilium.io',
  CiliumClusterwideNetworkPolicy: 'ciliumclusterwidenetworkpolicies.cilium.io',
};

/** Prints the policy. */
export function commandToSee({ kind, metadata }: PluginPolicy): string {
  const { name, namespace } = metadata;
  return namespace === undefined
    ? kubectl`get ${resources[kind]} ${name} -o yaml`
    : kubectl`-n ${namespace} get ${resources[kind]} ${name} -o yaml`;
}

/** An agent sees only what it drops itself: the one on the node of the pod is to be asked. */
export function watchDrops(
  { spec }: Pod,
  facts: PluginPolicyFacts & { readonly pods: Reading<Pod> },
): readonly Remedy[] {
  const [agent] = agentsOf('Cilium', facts);
  const { nodeName } = spec;
  if (agent === undefined || nodeName === undefined) {
    return [];
  }
  const { name, namespace = 'kube-system' } = agent.metadata;
  const pod = itemsIfRead(facts.pods).find(
    ({ metadata, spec: its }) =>
      its.nodeName === nodeName &&
      metadata.namespace === namespace &&
      metadata.ownerReferences.some((owner) => owner.kind === 'DaemonSet' && owner.name === name),
  );
  return pod === undefined
    ? [
        {
          says: `watch what Cilium drops while somebody tries: find its agent on ${nodeName}, and run cilium-dbg monitor --type drop in it`,
          command: kubectl`-n ${namespace} get pods -o wide --field-selector ${`spec.nodeName=${nodeName}`}`,
          mutates: false,
        },
      ]
    : [
        {
          says: `watch what Cilium drops on ${nodeName} while somebody tries`,
          command: kubectl`-n ${namespace} exec ${pod.metadata.name} -c cilium-agent -- cilium-dbg monitor --type drop`,
          mutates: false,
        },
      ];
}
