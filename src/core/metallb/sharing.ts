import type { IpAddress } from '../facts/ip.ts';
import type { ServiceKey, SharingObstacle } from './answer.ts';
import type { AddressBook, AddressUse } from './address-book.ts';
import type { Claim } from './claim.ts';
import { quoted } from './go-text.ts';

/** Why this Service may not be put on this address; undefined when it may. The Service itself never stands in its way. */
export function obstacleTo(
  claim: Claim,
  address: IpAddress,
  book: AddressBook,
): SharingObstacle | undefined {
  const use = book.useOf(address);
  if (use === undefined) {
    return undefined;
  }
  const difference = differenceOf(claim, use.terms);
  if (difference !== undefined && othersOn(use, claim.key).length > 0) {
    return { address, holders: othersOn(use, claim.key), why: difference };
  }
  for (const port of claim.ports) {
    const holder = use.ports.get(port);
    if (holder !== undefined && holder !== claim.key) {
      const why = { kind: 'sharing-port-taken', port, holder } as const;
      return { address, holders: othersOn(use, claim.key), why };
    }
  }
  return undefined;
}

/** MetalLB's words for the obstacle. It lists the holders in random order; here they are sorted. */
export function obstacleMessage(claim: Claim, obstacle: SharingObstacle): string {
  const { address, holders, why } = obstacle;
  return why.kind === 'sharing-port-taken'
    ? `port ${why.port} is already in use on ${quoted(address)}`
    : `can't change sharing key for ${quoted(claim.key)}, address also in use by ${holders.join(',')}`;
}

/** Everybody on the address but this Service, sorted. */
export function othersOn(use: AddressUse, service: ServiceKey): readonly ServiceKey[] {
  return [...use.services].filter((other) => other !== service).sort();
}

function differenceOf(
  claim: Claim,
  terms: AddressUse['terms'],
): SharingObstacle['why'] | undefined {
  const missingOn = [
    ...(claim.sharingKey === '' ? (['service'] as const) : []),
    ...(terms.sharingKey === '' ? (['holder'] as const) : []),
  ];
  if (missingOn.length > 0) {
    return { kind: 'no-sharing-key', missingOn };
  }
  if (claim.sharingKey !== terms.sharingKey) {
    return {
      kind: 'sharing-key-differs',
      serviceKey: claim.sharingKey,
      holderKey: terms.sharingKey,
    };
  }
  return claim.backendKey === terms.backendKey
    ? undefined
    : {
        kind: 'sharing-backend-differs',
        serviceBackend: claim.backendKey,
        holderBackend: terms.backendKey,
      };
}
