import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { IPAddressPool } from '../../../core/facts/kube-objects.ts';
import { advertiseCommand } from '../allocation/remedies.ts';
import { type Advertisement, advertisementName, selectsPool } from './advertisements.ts';

/**
 * How a pool comes to be announced. After a rename the advertisement still names the old pool: corrected, it keeps its
 * nodes and interfaces, so that comes before a new one.
 */
export function advertiseRemedies(
  pool: IPAddressPool,
  advertisements: readonly Advertisement[],
  pools: readonly IPAddressPool[],
): readonly Remedy[] {
  const { name, namespace = 'metallb-system' } = pool.metadata;
  const idle = advertisements.filter(
    (each) =>
      each.spec.ipAddressPools.length > 0 && !pools.some((other) => selectsPool(each, other)),
  );
  const [only, ...others] = idle;
  const taken = advertisements.find(
    ({ kind, metadata }) => kind === 'L2Advertisement' && metadata.name === name,
  );
  if (taken !== undefined && taken !== only) {
    return [adding(pool, taken)];
  }
  const command = advertiseCommand(name, namespace);
  return only === undefined || others.length > 0
    ? [{ says: 'advertise it, or name it in an advertisement there is', command, mutates: true }]
    : [naming(pool, only), { says: 'give it an advertisement of its own', command, mutates: true }];
}

/** A manifest of a name that is taken would take the other pools out of the advertisement. */
function adding({ metadata }: IPAddressPool, advertisement: Advertisement): Remedy {
  const { name, namespace = 'metallb-system' } = advertisement.metadata;
  const { ipAddressPools } = advertisement.spec;
  const patch = JSON.stringify({ spec: { ipAddressPools: [...ipAddressPools, metadata.name] } });
  const names = ipAddressPools.length === 0 ? '' : `, which names ${ipAddressPools.join(', ')}`;
  return {
    says: `name ${metadata.name} in ${advertisementName(advertisement)} too${names}`,
    command: kubectl`-n ${namespace} patch ${advertisement.kind.toLowerCase()} ${name} --type=merge -p ${patch}`,
    mutates: true,
  };
}

function naming({ metadata }: IPAddressPool, advertisement: Advertisement): Remedy {
  const { name, namespace = 'metallb-system' } = advertisement.metadata;
  const patch = JSON.stringify({ spec: { ipAddressPools: [metadata.name] } });
  return {
    says: `name ${metadata.name} in ${advertisementName(advertisement)}, which names ${advertisement.spec.ipAddressPools.join(', ')} and so no pool there is`,
    command: kubectl`-n ${namespace} patch ${advertisement.kind.toLowerCase()} ${name} --type=merge -p ${patch}`,
    mutates: true,
  };
}
