import type { Facts } from '../../../core/diagnosis/facts.ts';
import { namespacesRead } from '../../../core/facts/reading.ts';
import type { IPAddressPool } from '../../../core/facts/kube-objects.ts';

type WithReading = Facts<never, 'ipAddressPools'>;
type WithPools<F> = Omit<F, 'ipAddressPools'> & {
  readonly ipAddressPools: readonly IPAddressPool[];
};

/**
 * The pools as they are, or one for documentation only where they could not all be read: enough for decisions that
 * MetalLB takes before it comes to its pools.
 */
export function withSomePools<F extends WithReading>(facts: F): WithPools<F> {
  const { ipAddressPools: reading, installation } = facts;
  const isWhole =
    reading.state === 'read' &&
    (namespacesRead(reading)?.includes(installation?.namespace ?? '') ?? true);
  return { ...facts, ipAddressPools: isWhole ? reading.items : [stand(installation?.namespace)] };
}

function stand(namespace = 'metallb-system'): IPAddressPool {
  return {
    kind: 'IPAddressPool',
    metadata: {
      name: 'unknown',
      namespace,
      labels: {},
      annotations: {},
      finalizers: [],
      ownerReferences: [],
      managedFields: [],
    },
    spec: { addresses: ['192.0.2.0/24'] },
  };
}
