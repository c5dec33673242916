import type { Conclusion } from '../../core/diagnosis/conclude.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy, RootCause } from '../../core/facts/finding.ts';
import type { Installation } from '../../core/facts/snapshot.ts';

/**
 * Releases before v0.13 have their pools in a ConfigMap (#1473). Checks speak of pools as of objects; here what they say
 * and tell to run is put as it is in such a cluster.
 */
export function inConfigMap<T extends Pick<Conclusion, 'rootCauses'>>(
  conclusion: T,
  installation: Installation | undefined,
): T {
  const { namespace = '', configMap } = installation ?? {};
  return configMap === undefined
    ? conclusion
    : {
        ...conclusion,
        rootCauses: conclusion.rootCauses.map((root) => reworded(root, { namespace, configMap })),
      };
}

interface Place {
  readonly namespace: string;
  readonly configMap: string;
}

function reworded(root: RootCause, place: Place): RootCause {
  const says = (text: string) =>
    text
      .replaceAll(`IPAddressPool ${place.namespace}/`, 'pool ')
      .replaceAll('autoAssign', 'auto-assign');
  return {
    ...root,
    says: says(root.says),
    details: root.details.map(says),
    remedies: root.remedies.map((remedy) =>
      remedyIn({ ...remedy, says: says(remedy.says) }, place),
    ),
  };
}

/** `ipaddresspool`, its plural and full name, and any further kinds of MetalLB behind a comma. */
const kinds = /\bipaddresspools?(?:\.metallb\.io)?(?:,\S+)?(?=\s|$)/;

function remedyIn(remedy: Remedy, { namespace, configMap }: Place): Remedy {
  const { command } = remedy;
  if (command === undefined || !kinds.test(command)) {
    return remedy;
  }
  const look = kubectl`-n ${namespace} get configmap ${configMap} -o yaml`;
  const others = /^kubectl get (\S+),ipaddresspools\.metallb\.io -A -o yaml$/.exec(command)?.[1];
  if (others !== undefined) {
    return { ...remedy, command: `kubectl get ${others} -A -o yaml && ${look}` };
  }
  return {
    ...remedy,
    command: remedy.mutates ? kubectl`-n ${namespace} edit configmap ${configMap}` : look,
  };
}
