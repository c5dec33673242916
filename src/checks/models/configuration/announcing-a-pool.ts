import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import { advertiseCommand } from '../allocation/remedies.ts';
import { type Advertisement, advertisementName } from './advertisements.ts';

/** How a pool that nobody announces comes to be announced. */
export interface Announcing {
  /** Continues "nobody would answer for its addresses: ". */
  readonly says: string;
  readonly command: string;
}

/**
 * Through the advertisement that is there, when there is one or one has the pool's name; by one of its own otherwise.
 * A manifest of the same name would take the other pools out of it.
 */
export function announcingOf(
  pool: string,
  advertisements: readonly Advertisement[],
  namespace: string,
): Announcing {
  const [only, ...more] = advertisements;
  const named = advertisements.find(
    ({ kind, metadata }) => kind === 'L2Advertisement' && metadata.name === pool,
  );
  const there = named ?? (more.length === 0 ? only : undefined);
  return there === undefined
    ? { says: 'give it an L2Advertisement', command: advertiseCommand(pool, namespace) }
    : {
        says: `name it in ${advertisementName(there)}`,
        command: namingCommand(pool, there),
      };
}

function namingCommand(pool: string, { kind, metadata, spec }: Advertisement): string {
  const { name, namespace = '' } = metadata;
  const patch = JSON.stringify({ spec: { ipAddressPools: [...spec.ipAddressPools, pool] } });
  return kubectl`-n ${namespace} patch ${kind.toLowerCase()} ${name} --type merge -p ${patch}`;
}
