import type { Node, Workload } from '../../../core/facts/kube-objects.ts';
import { taintLine, untolerated } from '../programs/taints.ts';

/** A node that gets no pod of a DaemonSet, and what of the two keeps it away. */
export interface LeftOut {
  readonly node: string;
  readonly why: string;
  /** The labels it lacks that are asked for, as `key=value`. */
  readonly lacks: readonly string[];
  readonly hasTaint: boolean;
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
    const lacks = Object.entries(nodeSelector)
      .filter(([key, value]) => own.get(key) !== value)
      .map(([key, value]) => `${key}=${value}`);
    const taint = untolerated(node, tolerations);
    const [first] = lacks;
    if (first !== undefined) {
      const why = `${name} lacks the label ${first} that it asks for`;
      return [{ node: name, why, lacks, hasTaint: taint !== undefined }];
    }
    return taint === undefined
      ? []
      : [
          {
            node: name,
            why: `${taintLine(node, taint)}, which it does not tolerate`,
            lacks,
            hasTaint: true,
          },
        ];
  });
  return found.length === nodes.length - workload.status.desired
    ? found.toSorted((a, b) => (a.node < b.node ? -1 : 1))
    : [];
}
