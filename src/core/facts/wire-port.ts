import type { PortAttempt, WireLook } from './wire.ts';

/** More would make the filter longer than every kernel takes, and the segment busier than a look may. */
export const mostNeighbours = 100;

/** Longer than the kernel waits for an answer by ARP, so that a machine that is not there is told from a port that is silent. */
export const portPatienceMs = 4_000;

/** How many ports are tried at the same time, and how many attempts one look makes at most. */
export const portsAtOnce = 8;
export const mostAttempts = 64;

/** A port that is tried in the same look. */
export interface PortQuestion {
  readonly protocol: PortAttempt['protocol'];
  readonly port: number;
  /** HTTP and HTTPS: what is asked for as it is sent, `/` when absent, and the name in the Host header and of TLS. */
  readonly path?: string;
  readonly host?: string;
}

/** What one look is to find out. */
export interface WireQuestion {
  readonly address: string;
  /** The interface to ask on; found by the address when undefined. */
  readonly interface: string | undefined;
  /** How long answers are waited for; all of it is used, whoever answers first. */
  readonly windowMs: number;
  /** How often the address is asked for; at most five times a second. */
  readonly questions: number;
  /** Ask without a sender's address, as somebody who wants to take the address would (RFC 5227). */
  readonly isProbe?: boolean;
  /** Tried a few at a time, from the first question on. */
  readonly ports: readonly PortQuestion[];
  /** What nobody is to try, and why; each complete in itself. The look repeats it in `unseen`. */
  readonly leftOut?: readonly string[];
  /** How long one port is waited for. */
  readonly portTimeoutMs: number;
  /** Addresses of nodes, to be given their Ethernet addresses. What is of the other family or off the link is left out; of more than `mostNeighbours` the first are asked. */
  readonly neighbours: readonly string[];
}

/** Looks at the wire; announces nothing and takes no address. */
export interface WireProber {
  /**
   * Rejects with a UsageError when the question makes no sense (no unicast address, an interface that is not there or
   * not Ethernet), else tells in `unseen` what could not be done. Stopped, it tells what was seen by then.
   */
  look(question: WireQuestion, signal: AbortSignal): Promise<WireLook>;
}
