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
  const idle = leftBehind(advertisements, pools);
  const taken = namesake(pool, advertisements);
  if (taken !== undefined) {
    // A manifest of a name that is taken would take the other pools out of that advertisement.
    return [taken === idle ? naming(pool, idle) : adding(pool, taken)];
  }
  const command = advertiseCommand(name, namespace);
  return idle === undefined
    ? [{ says: 'advertise it, or name it in an advertisement there is', command, mutates: true }]
    : [naming(pool, idle), { says: 'give it an advertisement of its own', command, mutates: true }];
}

/** The one advertisement that names pools and finds none of them; undefined for none, and for several. */
export function leftBehind(
  advertisements: readonly Advertisement[],
  pools: readonly IPAddressPool[],
): Advertisement | undefined {
  const [only, ...others] = advertisements.filter(
    (each) => each.spec.ipAddressPools.length > 0 && !pools.some((pool) => selectsPool(each, pool)),
  );
  return others.length === 0 ? only : undefined;
}

/** The L2Advertisement that has the pool's name. */
export function namesake(
  { metadata: { name } }: IPAddressPool,
  advertisements: readonly Advertisement[],
): Advertisement | undefined {
  return advertisements.find(
    ({ kind, metadata }) => kind === 'L2Advertisement' && metadata.name === name,
  );
}

/** Has the advertisement name these pools; a merge replaces a list, so it takes all of them. */
export function namePoolsCommand(
  { kind, metadata }: Advertisement,
  ipAddressPools: readonly string[],
): string {
  const { name, namespace = 'metallb-system' } = metadata;
  const patch = JSON.stringify({ spec: { ipAddressPools } });
  return kubectl`-n ${namespace} patch ${kind.toLowerCase()} ${name} --type=merge -p ${patch}`;
}

function adding({ metadata }: IPAddressPool, advertisement: Advertisement): Remedy {
  const { ipAddressPools } = advertisement.spec;
  const names = ipAddressPools.length === 0 ? '' : `, which names ${ipAddressPools.join(', ')}`;
  return {
    says: `name ${metadata.name} in ${advertisementName(advertisement)} too${names}`,
    command: namePoolsCommand(advertisement, [...ipAddressPools, metadata.name]),
    mutates: true,
  };
}

function naming({ metadata }: IPAddressPool, advertisement: Advertisement): Remedy {
  return {
    says: `name ${metadata.name} in ${leftBehindText(advertisement)}`,
    command: namePoolsCommand(advertisement, [metadata.name]),
    mutates: true,
  };
}

/** `l2/lan, which names old and so no pool there is`. */
export function leftBehindText(advertisement: Advertisement): string {
  const names = advertisement.spec.ipAddressPools.join(', ');
  return `${advertisementName(advertisement)}, which names ${names} and so no pool there is`;
}
