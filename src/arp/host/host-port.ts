import type { IpAddress } from '../../core/facts/ip.ts';

/** An address of an interface with the length of its prefix. */
export interface HostAddress {
  readonly address: IpAddress;
  readonly prefixLength: number;
}

/** One interface of the host. */
export interface HostInterface {
  readonly name: string;
  /** The kernel's number; undefined where only the program `ip` could tell it. */
  readonly index: number | undefined;
  readonly mac: string;
  /** `ether`, `loopback`, `none` of a tunnel, `infiniband`; undefined when not known. */
  readonly type: string | undefined;
  readonly isUp: boolean;
  readonly hasCarrier: boolean;
  readonly speaksArp: boolean;
  /** The bridge or bond that takes its frames. */
  readonly master: string | undefined;
  readonly addresses: readonly HostAddress[];
}

/** Where the host sends packets for an address. */
export type HostRoute =
  | { readonly kind: 'on-link'; readonly interface: string; readonly source: string | undefined }
  | { readonly kind: 'routed'; readonly interface: string; readonly gateway: string }
  | { readonly kind: 'own' }
  | { readonly kind: 'broadcast' }
  | { readonly kind: 'none' };

/** A line of the kernel's neighbour table. */
export interface KernelNeighbour {
  readonly address: string;
  readonly interface: string;
  /** Undefined while nobody has answered. */
  readonly mac: string | undefined;
  /** `REACHABLE`, `STALE`, `FAILED` ... */
  readonly state: string;
}

/** What the host knows of its own network. */
export interface HostPort {
  readonly name: string;
  interfaces(signal: AbortSignal): Promise<readonly HostInterface[]>;
  route(address: IpAddress, signal: AbortSignal): Promise<HostRoute>;
  neighbours(signal: AbortSignal): Promise<readonly KernelNeighbour[]>;
}
