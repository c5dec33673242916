import { plural, someOf } from '../../../core/facts/in-words.ts';
import type { NetworkPolicy } from '../../../core/facts/kube-objects.ts';
import { nameOf } from '../../../core/facts/object-ref.ts';
import { refOf } from '../references.ts';
import type { PluginPolicy as Policy } from './policy-commands.ts';

/** Its kind and name; Kubernetes has a kind of the same name. */
export function calledText(policy: Policy): string {
  const isCalicos = policy.kind === 'NetworkPolicy';
  return `${isCalicos ? 'Calico ' : ''}${nameOf(refOf(policy))}`;
}

/** Where its rules stand. */
export function pathOf(policy: Policy): string {
  return 'specs' in policy && policy.specs.length > 1 ? 'specs' : 'spec.ingress';
}

/** How many rules it has. */
export function rulesText(policy: Policy): string {
  const count =
    'specs' in policy
      ? policy.specs.reduce((sum, each) => sum + each.ingress.length + each.ingressDeny.length, 0)
      : policy.spec.ingress.length;
  return count === 0 ? 'none' : plural(count, 'rule');
}

/** How many there are of a list of rules. */
export function countText({ length }: readonly unknown[]): string {
  return length === 0 ? 'none' : plural(length, 'rule');
}

/** Which policies of Kubernetes were asked too. */
export function besidesText(besides: readonly NetworkPolicy[]): readonly string[] {
  return besides.length === 0
    ? []
    : [`judged together with ${someOf(besides.map((each) => nameOf(refOf(each))).toSorted())}`];
}
