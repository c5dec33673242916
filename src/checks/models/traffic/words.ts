import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { Pod, Service } from '../../../core/facts/kube-objects.ts';

const shown = 4;

/** `web-1, web-2 and 3 more`. */
export function someOf(names: readonly string[], most = shown): string {
  const rest = names.length - most;
  return `${names.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** `1 pod`, `3 pods`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** `app=web, tier=front`. */
export function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .toSorted()
    .join(', ');
}

/** `web-1 on worker-1`. */
export function podText({ metadata, spec }: Pod): string {
  return spec.nodeName === undefined ? metadata.name : `${metadata.name} on ${spec.nodeName}`;
}

/** Whose fault it is, where it is not MetalLB's. */
export const notMetalLBs =
  'MetalLB has no part in this: it is for whoever runs the application behind the Service';

/** How to see the endpoints of the Service. */
export function seeEndpoints({ metadata }: Service): Remedy {
  const { name, namespace = 'default' } = metadata;
  return {
    says: 'see its endpoints',
    command: kubectl`-n ${namespace} get endpointslices -l ${`kubernetes.io/service-name=${name}`} -o yaml`,
    mutates: false,
  };
}

/** How to change the Service. */
export function editService({ metadata }: Service, says: string): Remedy {
  const { name, namespace = 'default' } = metadata;
  return { says, command: kubectl`-n ${namespace} edit service ${name}`, mutates: true };
}
