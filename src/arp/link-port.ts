import type { Instruction } from './socket/filter.ts';

/** What is opened: one interface, one protocol, only the frames that the filter lets through. */
export interface LinkOpening {
  readonly name: string;
  /** The kernel's number of it; another device may have taken the name meanwhile. Undefined when not known. */
  readonly index: number | undefined;
  readonly etherType: number;
  readonly filter: readonly Instruction[];
  /** Called with bytes that are overwritten by the next frame. */
  readonly onFrame: (frame: Uint8Array) => void;
}

/** What came of a frame that was to be sent. `full`: the queue of the interface has no room. */
export type Sending = 'sent' | 'down' | 'gone' | 'full' | 'failed';

/** An open socket on an interface. */
export interface Link {
  /** The interface's Ethernet address, as the kernel tells it. */
  readonly mac: string;
  send(frame: Uint8Array): Sending;
  /** How often the interface went down, and how many frames came too fast to be read; both since it was opened. */
  losses(): LinkLosses;
  /** Hands over what has arrived by then. Harmless when it is closed. */
  close(): void;
}

export interface LinkLosses {
  readonly downs: number;
  readonly unread: number;
}

/** Why there is no link. */
export interface LinkRefusal {
  readonly refused: 'no-right' | 'not-here' | 'no-interface' | 'not-ethernet' | 'failed';
  readonly says: string;
}

export type OpenLink = (opening: LinkOpening) => Promise<Link | LinkRefusal>;
