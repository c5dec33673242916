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
