import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { IPAddressPool } from '../../../core/facts/kube-objects.ts';
import { advertiseRemedies } from './advertise-remedies.ts';
import { advertiseCommand } from '../allocation/remedies.ts';
import { type Advertisement, advertisementName } from './advertisements.ts';

/** How a pool that nobody announces comes to be announced. */
export interface Announcing {
  /** Continues "nobody would answer for its addresses: ". */
  readonly says: string;
  readonly command: string;
}

/**
 * Through the advertisement that a rename left behind, the one that has the pool's name, or the only one there is; by
 * one of its own otherwise. A manifest of a name that is taken would take the other pools out of it.
 */
export function announcingOf(
  pool: IPAddressPool,
  advertisements: readonly Advertisement[],
  pools: readonly IPAddressPool[],
): Announcing {
  const [first, ...others] = advertiseRemedies(pool, advertisements, pools);
  if (first?.command !== undefined && others.length > 0) {
    return { says: first.says, command: first.command };
  }
  const { name, namespace = 'metallb-system' } = pool.metadata;
  const [only, ...more] = advertisements;
  const named = advertisements.find(
    ({ kind, metadata }) => kind === 'L2Advertisement' && metadata.name === name,
  );
  const there = named ?? (more.length === 0 ? only : undefined);
  return there === undefined
    ? { says: 'give it an L2Advertisement', command: advertiseCommand(name, namespace) }
    : {
        says: `name it in ${advertisementName(there)}`,
        command: namingCommand(name, there),
      };
}

function namingCommand(pool: string, { kind, metadata, spec }: Advertisement): string {
  const { name, namespace = '' } = metadata;
  const patch = JSON.stringify({ spec: { ipAddressPools: [...spec.ipAddressPools, pool] } });
  return kubectl`-n ${namespace} patch ${kind.toLowerCase()} ${name} --type merge -p ${patch}`;
}
