import type { IpAddress } from '../facts/ip.ts';
import type { ServiceKey, SharingObstacle } from './answer.ts';
import type { AddressBook, AddressUse, Terms } from './address-book.ts';
import type { Claim } from './claim.ts';
import { quoted } from './go-text.ts';

/** Why this Service may not be put on this address; undefined when it may. The Service itself never stands in its way. */
export function obstacleTo(
  claim: Claim,
  address: IpAddress,
  book: AddressBook,
): SharingObstacle | undefined {
  const use = book.useOf(address);
  const other = use?.someoneBut(claim.key);
  if (use === undefined || other === undefined) {
    return undefined;
  }
  const why = differenceOf(claim, other) ?? portConflict(claim, use);
  return why && { address, holders: othersOn(use, claim.key).toSorted(), why };
}

/** Whether this Service may be put on this address: the short answer, however many are on it. */
export function fits(claim: Claim, address: IpAddress, book: AddressBook): boolean {
  const use = book.useOf(address);
  const other = use?.someoneBut(claim.key);
  return (
    use === undefined ||
    other === undefined ||
    (differenceOf(claim, other) === undefined && portConflict(claim, use) === undefined)
  );
}

/** MetalLB's words for the obstacle. It lists the holders in random order; here they are sorted. */
export function obstacleMessage(claim: Claim, obstacle: SharingObstacle): string {
  const { address, holders, why } = obstacle;
  return why.kind === 'sharing-port-taken'
    ? `port ${why.port} is already in use on ${quoted(address)}`
    : `can't change sharing key for ${quoted(claim.key)}, address also in use by ${holders.join(',')}`;
}

/** Everybody on the address but this Service. */
export function othersOn(use: AddressUse, service: ServiceKey): readonly ServiceKey[] {
  return use.claims.map(({ key }) => key).filter((key) => key !== service);
}

function portConflict(claim: Claim, use: AddressUse): SharingObstacle['why'] | undefined {
  for (const port of claim.ports) {
    const holder = use.holderOf(port, claim.key);
    if (holder !== undefined) {
      return { kind: 'sharing-port-taken', port, holder };
    }
  }
  return undefined;
}

function differenceOf(claim: Claim, terms: Terms): SharingObstacle['why'] | undefined {
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
