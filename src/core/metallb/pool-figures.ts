import type { IpAddress } from '../facts/ip.ts';
import type { ServiceKey } from './answer.ts';

/** `status` of an IPAddressPool, with numbers beyond 2^53 and below zero. */
export interface PublishedUse {
  readonly assignedIPv4: bigint;
  readonly assignedIPv6: bigint;
  readonly availableIPv4: bigint;
  readonly availableIPv6: bigint;
}

/** Who is on one address. */
export interface Holder {
  readonly address: IpAddress;
  readonly services: readonly ServiceKey[];
}
