import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';

/** The command that shows the endpoints of a Service. */
export function seeSlices({ metadata }: Service): string {
  const { name, namespace = 'default' } = metadata;
  return kubectl`-n ${namespace} get endpointslices -l ${`kubernetes.io/service-name=${name}`} -o yaml`;
}
