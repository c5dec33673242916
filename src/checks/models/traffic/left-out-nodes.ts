import type { Node, Workload } from '../../../core/facts/kube-objects.ts';
import { taintLine, untolerated } from '../programs/taints.ts';

/** A node that gets no pod of a DaemonSet, and what of the two keeps it away. */
export interface LeftOut {
  readonly node: string;
  readonly why: string;
}

/**
 * The nodes that a DaemonSet leaves out by its node selector or for their taints; empty when the two do not account for as many
 * as it lacks.
 */
export function leftOutNodes(workload: Workload, nodes: readonly Node[]): readonly LeftOut[] {
  const { nodeSelector, tolerations } = workload.spec.template;
  const found = nodes.flatMap((node): readonly LeftOut[] => {
    const { name, labels } = node.metadata;
    const own = new Map(Object.entries(labels));
    const [unmet] = Object.entries(nodeSelector).filter(([key, value]) => own.get(key) !== value);
    const taint = untolerated(node, tolerations);
    if (unmet !== undefined) {
      const [key, value] = unmet;
      return [{ node: name, why: `${name} lacks the label ${key}=${value} that it asks for` }];
    }
    return taint === undefined
      ? []
      : [{ node: name, why: `${taintLine(node, taint)}, which it does not tolerate` }];
  });
  return found.length === nodes.length - workload.status.desired
    ? found.toSorted((a, b) => (a.node < b.node ? -1 : 1))
    : [];
}
