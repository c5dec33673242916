import type { CauseId } from '../../../core/facts/finding.ts';
import type { IPAddressPool, Service } from '../../../core/facts/kube-objects.ts';
import { parseAddress, valueOf } from '../../../core/facts/ip.ts';
import { endsBuggy } from '../../../core/metallb/pool-index.ts';
import { addressRequestOf, poolRequestOf } from '../../../core/metallb/requests.ts';
import type { Behaviour } from '../../../core/metallb/versions.ts';
import { claimOf } from '../../../core/metallb/claim.ts';
import { unreadKeys } from '../allocation/unread-keys.ts';

/** What MetalLB's own words come down to, where only one cause says them. */
export interface StatedReason {
  readonly cause: CauseId;
  /** Continues "shop/checkout is pending: …". */
  readonly says: string;
}

interface Reader {
  readonly words: RegExp;
  readonly reason: (
    found: readonly string[],
    wish: { readonly pool: string | undefined; readonly addresses: readonly string[] },
  ) => StatedReason | undefined;
}

const readers: readonly Reader[] = [
  {
    words: /unknown pool "?([^"\s]+)"?/,
    reason: ([pool = ''], wish) =>
      wish.pool === pool
        ? { cause: 'requested-pool-missing', says: `pool ${pool}, which it asks for, is not there` }
        : undefined,
  },
  {
    words: /no available IPs in pool "?([^"\s]+)"?/,
    reason: ([pool = ''], wish) =>
      wish.pool === pool
        ? {
            cause: 'requested-pool-exhausted',
            says: `pool ${pool}, which it asks for, has no address left`,
          }
        : undefined,
  },
  {
    words: /is not compatible with requested address pool (\S+)/,
    reason: ([pool = ''], wish) =>
      wish.pool === pool && wish.addresses.length > 0
        ? {
            cause: 'request-contradicts-pool',
            says: `${wish.addresses.join(', ')}, which it asks for, is not in pool ${pool}, which it asks for too`,
          }
        : undefined,
  },
  {
    words: /port (\S+) is already in use on "([^"]+)"/,
    reason: ([port = '', address = ''], wish) =>
      wish.addresses.includes(address)
        ? {
            cause: 'sharing-port-taken',
            says: `${address}, which it asks for, is shared, and port ${port} on it is taken`,
          }
        : undefined,
  },
  {
    words: /^.*\["([^"<]+)"\] is not allowed in config/,
    reason: ([address = ''], wish) => {
      const parsed = parseAddress(address);
      const isPlain = parsed !== undefined && !endsBuggy(valueOf(parsed));
      return isPlain && wish.addresses.join() === address
        ? {
            cause: 'requested-address-outside-pools',
            says: `the requested address ${address} is in no pool`,
          }
        : undefined;
    },
  },
];

const inUse = /address also in use by (\S+)/;

/** The cause that these words state, if the Service still asks for what they speak of. */
export function statedReason(
  message: string,
  service: Service,
  behaviour: Behaviour,
): StatedReason | undefined {
  const request = addressRequestOf(service, behaviour);
  const addresses = request.kind === 'addresses' ? request.addresses : [];
  const wish = { pool: poolRequestOf(service, behaviour), addresses };
  const [, holder] = inUse.exec(message) ?? [];
  const sharesNothing =
    claimOf(service, behaviour).sharingKey === '' && unreadKeys(service, behaviour).length === 0;
  if (holder !== undefined && addresses.length > 0) {
    return sharesNothing
      ? {
          cause: 'requested-address-held',
          says: `${addresses.join(', ')}, which it asks for, is held by ${holder}`,
        }
      : undefined;
  }
  return readers
    .map(({ words, reason }) => {
      const found = words.exec(message);
      return found === null ? undefined : reason(found.slice(1), wish);
    })
    .find((stated) => stated !== undefined);
}

/**
 * From v0.15.0 on pools count for themselves: with nothing available in any pool that serves everybody unasked, "no
 * available IPs" has one meaning, whoever holds the addresses.
 */
export function exhaustedByCount(
  message: string,
  pools: readonly IPAddressPool[],
): StatedReason | undefined {
  const serving = pools.filter(({ spec }) => spec.autoAssign ?? true);
  const isOut = ({ spec, status }: IPAddressPool): boolean =>
    spec.serviceAllocation === undefined &&
    status?.availableIPv4 === '0' &&
    status.availableIPv6 === '0' &&
    (status.assignedIPv4 ?? '0') + (status.assignedIPv6 ?? '0') !== '00';
  const names = serving.map(({ metadata }) => metadata.name).toSorted();
  return message.endsWith('no available IPs') && serving.length > 0 && serving.every(isOut)
    ? { cause: 'pool-exhausted', says: `every pool it may use is full: ${names.join(', ')}` }
    : undefined;
}
