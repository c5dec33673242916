/**
 * What was seen on the wire when somebody looked: who answers for an address, and whether its ports do.
 * Ethernet addresses are written `02:00:5e:10:00:01`; times count milliseconds from the first question.
 */
export const wireMethods = ['arp', 'ndp', 'neighbours'] as const;

/** `neighbours` means the kernel's neighbour table, where no raw socket could be had. */
export type WireMethod = (typeof wireMethods)[number];

/** Where the look was taken from. */
export interface WireVantage {
  readonly host: string;
  /** The node, when the host is one of the cluster's; its own packets never leave it. */
  readonly node?: string;
  readonly interface: string;
  /** Empty where the interface has none. */
  readonly mac: string;
  /** Why this interface, complete in itself: `192.0.2.9 is in 192.0.2.0/24 of eth0`. */
  readonly why?: string;
  /** Its addresses with their prefix lengths, `192.0.2.200/24`. */
  readonly addresses: readonly string[];
  /** Every subnet the host is in; absent where that was not told, or is too much to be told. */
  readonly interfaces?: readonly WireInterface[];
}

/** An interface of the host that looked, with its addresses as `192.0.2.200/24`; single ones, as `/32`, are no subnet. */
export interface WireInterface {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** A look is kept in recordings; of a host with more nothing is told, because some would be missing. */
export const mostInterfaces = 64;

/** One Ethernet address that answered for the address asked for. */
export interface WireAnswer {
  readonly mac: string;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** True when it was heard although nobody asked: a gratuitous announcement. */
  readonly unasked: boolean;
  /** The Ethernet address that sent it, where that is another one: somebody answers on behalf of `mac`. */
  readonly sentBy?: string;
  /** By NDP: whether it answered a question put to it alone after those to the group; absent when it was not asked so. */
  readonly askedAlone?: 'answered' | 'silent';
  /** Present where each question was answered twice and more: a program beside its kernel does so, or frames go round in a loop. */
  readonly isTwice?: true;
}

/** How packets go from there to the address. Only what is on the link can be asked who answers. */
export type WireReach =
  | { readonly kind: 'on-link' }
  /** The address is on no network of the host; only the gateway's Ethernet address could be seen. */
  | { readonly kind: 'routed'; readonly gateway: string }
  | { readonly kind: 'unroutable' }
  /** The address is one of the host's own, so its packets never leave it; `interface` holds it. */
  | { readonly kind: 'own'; readonly interface: string };

/** Frames that were heard and are no answer. */
export interface WireIgnored {
  readonly why: string;
  readonly count: number;
}

export type PortOutcome = 'open' | 'refused' | 'timeout' | 'unreachable' | 'reset' | 'error';

/** One attempt to reach a port of the address. */
export interface PortAttempt {
  readonly protocol: 'TCP' | 'UDP' | 'HTTP' | 'HTTPS';
  readonly port: number;
  readonly outcome: PortOutcome;
  readonly ms: number;
  /** `HTTP 503`, `EHOSTUNREACH`: what was said, for people. */
  readonly says?: string;
}

/**
 * A neighbour that was asked in the same look, so that Ethernet addresses can be given names. One with several cards in
 * the segment answers with each of them, and is listed once for each.
 */
export interface WireNeighbour {
  readonly address: string;
  readonly mac: string;
}

/** What made a look miss frames: silence proves nothing then. */
export const wireGaps = [
  'interface-down',
  'interface-gone',
  'no-carrier',
  'frames-lost',
  'questions-unsent',
  'stopped',
] as const;

export type WireGap = (typeof wireGaps)[number];

/** One look at one address from one place. */
export interface WireLook {
  readonly address: string;
  readonly at: string;
  readonly from: WireVantage;
  readonly method: WireMethod;
  /** Why there was no raw socket, where `method` is `neighbours`: no CAP_NET_RAW, not on this system, or something else. */
  readonly withoutSocket?: 'no-right' | 'not-here' | 'failed';
  /** Absent in older recordings: on the link. Nothing is asked on the wire of what is not. */
  readonly reach?: WireReach;
  /** How long was listened, and how many questions were put; with none, no answer says nothing. */
  readonly windowMs: number;
  readonly asked: number;
  /** In the order in which they were first heard; empty when nobody answered. */
  readonly answers: readonly WireAnswer[];
  /** Answers of Ethernet addresses beyond those that are kept. */
  readonly notKept?: number;
  /** Ethernet addresses of others that asked meanwhile whether the address is free: they are about to take it. */
  readonly probers?: readonly string[];
  readonly ignored?: readonly WireIgnored[];
  /** Absent when nothing was missed; told in words in `unseen`. */
  readonly gaps?: readonly WireGap[];
  readonly neighbours: readonly WireNeighbour[];
  readonly ports: readonly PortAttempt[];
  /** What this look could not see, and why; each complete in itself. */
  readonly unseen: readonly string[];
}
