import type { LabelSelector, Node } from '../../facts/kube-objects.ts';
import { selects } from '../selectors.ts';

/** Names of the nodes that one of the selectors selects; no selector means every node. */
export function selectedNodes(
  nodes: readonly Node[],
  selectors: readonly LabelSelector[],
): ReadonlySet<string> {
  return new Set(
    nodes.filter((node) => isSelected(node, selectors)).map(({ metadata }) => metadata.name),
  );
}

/** True when there is no selector or one of them selects the node. */
export function isSelected(node: Node, selectors: readonly LabelSelector[]): boolean {
  return (
    selectors.length === 0 || selectors.some((selector) => selects(selector, node.metadata.labels))
  );
}

/** True when both have something in common. */
export function share<Each>(left: ReadonlySet<Each>, right: ReadonlySet<Each>): boolean {
  return [...left].some((each) => right.has(each));
}
