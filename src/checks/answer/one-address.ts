import type { RootCause } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { parseAddress, type IpAddress } from '../../core/facts/ip.ts';
import type { Ways } from './path/address-paths.ts';

/** The causes, without those that concern other addresses of the Service alone. */
export function causesAt(
  address: IpAddress | undefined,
  causes: readonly RootCause[],
): readonly RootCause[] {
  return address === undefined
    ? causes
    : causes.filter(({ addresses }) => addresses?.some(isAt(address)) ?? true);
}

/** The way of one address; it is judged with all of them in view, because some rules are about their company. */
export function wayTo(address: IpAddress | undefined, ways: Ways): Ways {
  return address === undefined
    ? ways
    : { ...ways, paths: ways.paths.filter((path) => isAt(address)(path.address)) };
}

/** The Service as whoever asks about one address of it sees it. */
export function seenAt<T extends Service | undefined>(
  address: IpAddress | undefined,
  service: T,
): T {
  return address === undefined || service === undefined
    ? service
    : {
        ...service,
        status: {
          ...service.status,
          ingress: service.status.ingress.filter(({ ip }) => isAt(address)(ip ?? '')),
        },
      };
}

function isAt(address: IpAddress): (text: string) => boolean {
  return (text) => parseAddress(text) === address;
}
