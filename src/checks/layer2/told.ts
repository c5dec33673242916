import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { ObjectRef } from '../../core/facts/object-ref.ts';

const shown = 5;

/** `worker-1, worker-2 and 3 more`. */
export function listed(names: readonly string[], most = shown): string {
  const rest = names.length - most;
  return `${names.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** `node worker-1`, `nodes worker-1, worker-2`. */
export function nodesText(names: readonly string[]): string {
  return `${names.length === 1 ? 'node' : 'nodes'} ${listed(names)}`;
}

/** `kubectl -n shop get endpointslices -l kubernetes.io/service-name=search`. */
export function seeEndpoints({ metadata }: Service): string {
  const { name, namespace = 'default' } = metadata;
  return kubectl`-n ${namespace} get endpointslices -l ${`kubernetes.io/service-name=${name}`} -o yaml`;
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

/** What lets every node announce, whether or not it has an endpoint. */
export function clusterPolicy({ metadata }: Service): Remedy {
  const { name, namespace = 'default' } = metadata;
  const patch = JSON.stringify({ spec: { externalTrafficPolicy: 'Cluster' } });
  return {
    says: 'let any node announce it: with externalTrafficPolicy: Cluster the pods no longer see the address of the client',
    command: kubectl`-n ${namespace} patch service ${name} --type=merge -p ${patch}`,
    mutates: true,
  };
}
