import type { NetworkPolicy, Pod } from '../../../core/facts/kube-objects.ts';
import { type PodPort, policiesOn, takesPort } from '../traffic/policies.ts';
import { blocksOf, senderIn } from './matching.ts';
import type { PolicyRule } from './outcome.ts';

/** What NetworkPolicies of Kubernetes let in to a port of a pod; undefined when none selects the pod. */
export function kubernetesRules(
  pod: Pod,
  port: PodPort,
  policies: readonly NetworkPolicy[],
): readonly PolicyRule[] | undefined {
  const own = policiesOn(pod, policies);
  return own.length === 0
    ? undefined
    : own
        .flatMap(({ spec }) => spec.ingress)
        .filter(
          ({ ports }) => ports.length === 0 || ports.some((each) => takesPort(each, port, pod)),
        )
        .map(({ from }) => ({ action: 'allow', about: senderAmong(from) }));
}

/** Pods are nobody from outside, and no node either. */
function senderAmong(from: NetworkPolicy['spec']['ingress'][number]['from']): PolicyRule['about'] {
  const blocks = blocksOf(from.flatMap(({ ipBlock }) => ipBlock ?? []));
  return from.length === 0 ? () => 'yes' : (sender) => senderIn(sender, blocks);
}
