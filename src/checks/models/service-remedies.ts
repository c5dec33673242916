import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';

/** How to see the endpoints of the Service. */
export function seeEndpoints({ metadata }: Service, says = 'see its endpoints'): Remedy {
  const { name, namespace = 'default' } = metadata;
  return {
    says,
    command: kubectl`-n ${namespace} get endpointslices -l ${`kubernetes.io/service-name=${name}`} -o yaml`,
    mutates: false,
  };
}

/** What the pods behind it say; only the selector tells which they are. */
export function seeLogs({ metadata, spec }: Service): Remedy {
  const { namespace = 'default' } = metadata;
  const labels = Object.entries(spec.selector ?? {}).map(([key, value]) => `${key}=${value}`);
  return {
    says: 'the logs of the pods behind the Service; behind an ingress, those of its backend',
    ...(labels.length > 0 && {
      command: kubectl`-n ${namespace} logs -l ${labels.join(',')} --all-containers --prefix --tail=50`,
    }),
    mutates: false,
  };
}

/** How to change the Service. */
export function editService({ metadata }: Service, says: string): Remedy {
  const { name, namespace = 'default' } = metadata;
  return { says, command: kubectl`-n ${namespace} edit service ${name}`, mutates: true };
}

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

/** Takes one finalizer away, and only when it stands at that place of the list. */
export function takeFinalizer({ metadata }: Service, finalizer: string, says: string): Remedy {
  const { name, namespace = 'default', finalizers } = metadata;
  const path = `/metadata/finalizers/${finalizers.indexOf(finalizer)}`;
  const patch = JSON.stringify([
    { op: 'test', path, value: finalizer },
    { op: 'remove', path },
  ]);
  return {
    says,
    command: kubectl`-n ${namespace} patch service ${name} --type=json -p ${patch}`,
    mutates: true,
  };
}
