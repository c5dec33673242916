import type { NetworkPolicy, NetworkPolicyPort } from '../../../core/facts/kube-objects.ts';
import { someOf } from '../../../core/facts/in-words.ts';
import type { Barred } from './barred-ports.ts';
import { numberIn } from './target-ports.ts';

/**
 * `they allow 80/TCP, and the pods are asked on 8080/TCP`: a policy counts the ports of pods, not those of the Service. Nothing
 * where somebody is let in, or no policy names a port.
 */
export function portsMissed(
  barred: readonly Barred[],
  policies: readonly NetworkPolicy[],
): readonly string[] {
  const closed = barred.filter(({ kind }) => kind === 'nobody');
  const asked = closed.flatMap(({ port, pods }) =>
    pods.flatMap((pod) => {
      const number = numberIn(pod, port);
      return number === undefined ? [] : [`${number}/${port.protocol}`];
    }),
  );
  const allowed = policies
    .flatMap(({ spec }) => spec.ingress)
    .flatMap(({ ports }) => ports.map(portText));
  return asked.length === 0 || allowed.length === 0
    ? []
    : [
        `${policies.length === 1 ? 'it allows' : 'they allow'} ${someOf([...new Set(allowed)])}, and the pods are asked on ${someOf([...new Set(asked)])}: a policy counts the port of the pod, not that of the Service`,
      ];
}

/** As a policy has it: a number, a range, the name of a container's port, or all of a protocol. */
function portText({ protocol = 'TCP', port, endPort }: NetworkPolicyPort): string {
  if (port === undefined) {
    return `all ports of ${protocol}`;
  }
  return `${port}${endPort === undefined ? '' : `-${endPort}`}/${protocol}`;
}
