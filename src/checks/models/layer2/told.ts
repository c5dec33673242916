import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { ObjectRef } from '../../../core/facts/object-ref.ts';
import { someOf } from '../../../core/facts/in-words.ts';

/** `node worker-1`, `nodes worker-1, worker-2`. */
export function nodesText(names: readonly string[]): string {
  return `${names.length === 1 ? 'node' : 'nodes'} ${someOf(names)}`;
}

/** The command that opens an object in an editor. */
export function editObject(
  { kind, namespace = 'metallb-system', name }: ObjectRef,
  says: string,
): Remedy {
  return {
    says,
    command: kubectl`-n ${namespace} edit ${kind.toLowerCase()} ${name}`,
    mutates: true,
  };
}

/** How to see the nodes with their labels. */
export const seeNodeLabels: Remedy = {
  says: 'see the labels of the nodes',
  command: 'kubectl get nodes --show-labels',
  mutates: false,
};
