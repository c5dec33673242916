import type { IPAddressPool } from '../../../core/facts/kube-objects.ts';
import { advertiseCommand } from '../allocation/remedies.ts';
import { leftBehind, leftBehindText, namePoolsCommand, namesake } from './advertise-remedies.ts';
import { type Advertisement, advertisementName } from './advertisements.ts';

/** How a pool that nobody announces comes to be announced. */
export interface Announcing {
  /** Continues "nobody would answer for its addresses: ". */
  readonly says: string;
  readonly command: string;
  /** The advertisements once it is run. */
  readonly leaves: readonly Advertisement[];
}

/** The pools as they stand, and as they would be. */
export interface PoolsInTime {
  readonly before: readonly IPAddressPool[];
  readonly after: readonly IPAddressPool[];
}

/**
 * Through the advertisement that has the pool's name, the one whose pools are gone then, or the only one there is; by
 * one of its own otherwise. What stands goes on being announced: the pool is named before the others are deleted.
 */
export function announcingOf(
  pool: IPAddressPool,
  advertisements: readonly Advertisement[],
  { before, after }: PoolsInTime,
): Announcing {
  const { name, namespace = 'metallb-system' } = pool.metadata;
  const there =
    namesake(pool, advertisements) ?? leftBehind(advertisements, after) ?? onlyOf(advertisements);
  if (there === undefined) {
    const command = advertiseCommand(name, namespace);
    return { says: 'give it an L2Advertisement', command, leaves: advertisements };
  }
  const isIdle = leftBehind([there], [...before, ...after]) === there;
  const names = isIdle ? [name] : [...there.spec.ipAddressPools, name];
  return {
    says: isIdle
      ? `name ${name} in ${leftBehindText(there)}`
      : `name it in ${advertisementName(there)}`,
    command: namePoolsCommand(there, names),
    leaves: advertisements.map((each) => (each === there ? withNames(each, names) : each)),
  };
}

function onlyOf([only, ...others]: readonly Advertisement[]): Advertisement | undefined {
  return others.length === 0 ? only : undefined;
}

function withNames(advertisement: Advertisement, ipAddressPools: readonly string[]): Advertisement {
  return advertisement.kind === 'L2Advertisement'
    ? { ...advertisement, spec: { ...advertisement.spec, ipAddressPools } }
    : { ...advertisement, spec: { ...advertisement.spec, ipAddressPools } };
}
