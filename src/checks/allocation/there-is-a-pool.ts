import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { refusalCheck, type RefusalFacts } from '../models/allocation/refusals.ts';
import type { RefusalTelling } from '../models/allocation/refusals.ts';
import type { AllocationModel } from '../models/allocation/allocation.ts';

/** Addresses come only from IPAddressPools in MetalLB's own namespace. */
export const thereIsAPool = refusalCheck({
  id: 'MLB-A05',
  asks: `Is there an address pool in MetalLB's namespace?`,
  cause: 'no-pool',
  reasons: ['no-pool'],
  groupOf: () => 'all',
  tell: (_found, model, facts) => told(model, facts),
});

function told({ namespace }: AllocationModel, facts: RefusalFacts): RefusalTelling {
  const { configMap, controllerVersion = 'of this release' } = facts.installation ?? {};
  return configMap === undefined
    ? toldOfObjects(namespace, facts)
    : toldOfConfigMap(`${namespace}/${configMap}`, `MetalLB ${controllerVersion}`);
}

/** Up to v0.12 (#1473). A ConfigMap of another name is not read, whatever it holds (#487). */
function toldOfConfigMap(place: string, metallb: string): RefusalTelling {
  const [namespace = '', name = ''] = place.split('/');
  const says = `ConfigMap ${place} defines no pool, so ${metallb} has no address to give`;
  return {
    about: { kind: 'ConfigMap', namespace, name },
    says,
    many: says,
    details: [
      `${metallb} reads its pools from the key config of ConfigMap ${place}, and from no other`,
      'it is missing, or holds no address-pools',
    ],
    suggests: [
      {
        says: 'see which ConfigMaps there are; one of another name must be renamed, or named to the programs by --config',
        command: kubectl`-n ${namespace} get configmaps`,
        mutates: false,
      },
    ],
  };
}

function toldOfObjects(namespace: string, facts: RefusalFacts): RefusalTelling {
  const elsewhere = facts.ipAddressPools
    .map((pool) => `${pool.metadata.namespace ?? 'default'}/${pool.metadata.name}`)
    .toSorted();
  const misplaced =
    elsewhere.length === 0
      ? []
      : [`MetalLB does not look at pools elsewhere: ${elsewhere.slice(0, 5).join(', ')}`];
  const says = `there is no IPAddressPool in namespace ${namespace}, so MetalLB has no address to give`;
  return {
    about: { kind: 'Namespace', name: namespace },
    says,
    many: says,
    details: [
      `IPAddressPools in ${namespace}: none`,
      ...misplaced,
      'MetalLB records no event for this; a ConfigMap is not read since v0.13',
    ],
    suggests: [
      {
        says: `create a pool and an advertisement in ${namespace}, or sync the application that holds them`,
        command:
          'kubectl get ipaddresspools.metallb.io,l2advertisements.metallb.io,bgpadvertisements.metallb.io -A',
        mutates: false,
      },
    ],
  };
}
