import { addressAt, parseAddress, valueOf } from '../core/facts/ip.ts';
import { headerLength, macAt, macBytes } from './ethernet.ts';
import { internetChecksum } from './checksum.ts';

/**
 * A neighbour solicitation or advertisement (RFC 4861) over Ethernet:
 *
 *     0     6     12     14                      54   55   56         58      62       78
 *     | dst | src | 86dd | IPv6 header, 40 bytes | 135 | 0 | checksum | flags | target | options
 *                          hop limit at 21, source at 22, destination at 38
 *
 * Options count their length in units of 8 bytes; the one with the Ethernet address is 1 in a question, 2 in an answer.
 */
export interface NdpPacket {
  readonly kind: 'solicitation' | 'advertisement';
  readonly ethernetDestination: string;
  readonly ethernetSource: string;
  /** Canonical; `::` when somebody asks whether an address is free. */
  readonly source: string;
  readonly destination: string;
  readonly target: string;
  /** The Ethernet address that the sender (solicitation) or the target (advertisement) has; often left out. */
  readonly linkAddress?: string;
  /** Flags of an advertisement; all false in a solicitation. */
  readonly isRouter: boolean;
  readonly isSolicited: boolean;
  readonly overrides: boolean;
}

/** Why a frame is no neighbour discovery that may be believed. */
export type NdpDrop =
  | 'too-short'
  | 'not-ndp'
  /** Only a neighbour can send 255: routers count it down. */
  | 'hop-limit'
  | 'unknown-code'
  | 'lying-length'
  | 'checksum'
  | 'target-is-a-group'
  | 'broken-option'
  | 'contradiction';

export const unspecified = '::';
export const allNodes = 'ff02::1';

const etherTypeIpv6 = 0x86dd;
const icmpv6 = 58;
const icmpOffset = headerLength + 40;
const fixedLength = 24;
const optionsOffset = icmpOffset + fixedLength;
const types = { solicitation: 135, advertisement: 136 } as const;
const linkOption = { solicitation: 1, advertisement: 2 } as const;
const flagBits = { isRouter: 0x80, isSolicited: 0x40, overrides: 0x20 } as const;

type NdpParse = { readonly packet: NdpPacket } | { readonly drop: NdpDrop };

/** Reads a frame and checks what RFC 4861 section 7.1 asks for; never throws, whatever the bytes. */
export function parseNdpPacket(frame: Uint8Array): NdpParse {
  if (frame.length < optionsOffset) {
    return { drop: 'too-short' };
  }
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  const kind = kindOf(view);
  if (kind === undefined) {
    return { drop: 'not-ndp' };
  }
  const payload = view.getUint16(18);
  const drop = dropOf(view, payload);
  if (drop !== undefined) {
    return { drop };
  }
  const options = linkAddressIn(frame.subarray(optionsOffset, icmpOffset + payload), kind);
  if (options === 'broken') {
    return { drop: 'broken-option' };
  }
  const packet = packetOf(view, { kind, ...options });
  return contradicts(packet) ? { drop: 'contradiction' } : { packet };
}

/** The frame of a packet. Addresses must be well formed. */
export function ndpFrame(packet: NdpPacket): Uint8Array {
  const { kind, linkAddress } = packet;
  const option = linkAddress === undefined ? [] : [linkOption[kind], 1, ...macBytes(linkAddress)];
  const payload = fixedLength + option.length;
  const frame = new Uint8Array(icmpOffset + payload);
  frame.set(macBytes(packet.ethernetDestination), 0);
  frame.set(macBytes(packet.ethernetSource), 6);
  frame.set([etherTypeIpv6 >> 8, etherTypeIpv6 & 0xff, 0x60], 12);
  frame.set([0, payload, icmpv6, 255], 18);
  frame.set(ipv6Bytes(packet.source), 22);
  frame.set(ipv6Bytes(packet.destination), 38);
  frame.set([types[kind]], icmpOffset);
  frame.set([flagsOf(packet)], icmpOffset + 4);
  frame.set(ipv6Bytes(packet.target), icmpOffset + 8);
  frame.set(option, optionsOffset);
  new DataView(frame.buffer).setUint16(icmpOffset + 2, checksumOf(frame, payload));
  return frame;
}

/** The group in which whoever has the address listens, and its Ethernet address. */
export function solicitedNodeOf(address: string): { readonly group: string; readonly mac: string } {
  const low = valueOf6(address) & 0xffffffn;
  const group = addressAt('ipv6', (0xff02n << 112n) | (0x1ffn << 24n) | low);
  const [a = 0, b = 0, c = 0] = ipv6Bytes(group).slice(13);
  const mac = ['33', '33', 'ff', ...[a, b, c].map((byte) => byte.toString(16).padStart(2, '0'))];
  return { group, mac: mac.join(':') };
}

/** The 16 bytes of a well-formed IPv6 address. */
export function ipv6Bytes(address: string): readonly number[] {
  const value = valueOf6(address);
  return Array.from({ length: 16 }, (_, index) =>
    Number((value >> BigInt(8 * (15 - index))) & 255n),
  );
}

function valueOf6(address: string): bigint {
  const parsed = parseAddress(address);
  return parsed === undefined ? 0n : valueOf(parsed);
}

function kindOf(view: DataView): NdpPacket['kind'] | undefined {
  const isIcmpv6 = view.getUint16(12) === etherTypeIpv6 && view.getUint8(20) === icmpv6;
  if (!isIcmpv6 || view.getUint8(14) >> 4 !== 6) {
    return undefined;
  }
  const type = view.getUint8(icmpOffset);
  if (type === types.solicitation) {
    return 'solicitation';
  }
  return type === types.advertisement ? 'advertisement' : undefined;
}

function dropOf(view: DataView, payload: number): NdpDrop | undefined {
  if (view.getUint8(21) !== 255) {
    return 'hop-limit';
  }
  if (view.getUint8(icmpOffset + 1) !== 0) {
    return 'unknown-code';
  }
  if (payload < fixedLength || icmpOffset + payload > view.byteLength) {
    return 'lying-length';
  }
  const frame = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  if (checksumOf(frame, payload) !== view.getUint16(icmpOffset + 2)) {
    return 'checksum';
  }
  return view.getUint8(icmpOffset + 8) === 0xff ? 'target-is-a-group' : undefined;
}

/** Over source, destination, length and protocol, then the message with a checksum of zero. */
function checksumOf(frame: Uint8Array, payload: number): number {
  return internetChecksum(
    [frame.subarray(22, icmpOffset + 2), frame.subarray(icmpOffset + 4, icmpOffset + payload)],
    payload + icmpv6,
  );
}

/** The Ethernet address among the options; the others are walked over. */
function linkAddressIn(
  options: Uint8Array,
  kind: NdpPacket['kind'],
): 'broken' | { readonly linkAddress?: string } {
  let found: string | undefined;
  let offset = 0;
  while (offset < options.length) {
    const length = (options[offset + 1] ?? 0) * 8;
    if (length === 0 || offset + length > options.length) {
      return 'broken';
    }
    if (options[offset] === linkOption[kind] && length === 8) {
      found ??= macAt(options, offset + 2);
    }
    offset += length;
  }
  return found === undefined ? {} : { linkAddress: found };
}

function packetOf(
  view: DataView,
  known: Pick<NdpPacket, 'kind'> & { readonly linkAddress?: string },
): NdpPacket {
  const frame = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const flags = known.kind === 'advertisement' ? view.getUint8(icmpOffset + 4) : 0;
  return {
    ...known,
    ethernetDestination: macAt(frame, 0),
    ethernetSource: macAt(frame, 6),
    source: ipv6At(view, 22),
    destination: ipv6At(view, 38),
    target: ipv6At(view, icmpOffset + 8),
    isRouter: (flags & flagBits.isRouter) !== 0,
    isSolicited: (flags & flagBits.isSolicited) !== 0,
    overrides: (flags & flagBits.overrides) !== 0,
  };
}

/** Somebody without an address cannot be answered alone, and nobody asked can have been many. */
function contradicts({ kind, source, destination, linkAddress, isSolicited }: NdpPacket): boolean {
  if (kind === 'advertisement') {
    return isSolicited && destination.startsWith('ff');
  }
  const toSolicitedNode = destination.startsWith('ff02::1:ff');
  return source === unspecified && (linkAddress !== undefined || !toSolicitedNode);
}

function flagsOf({ kind, isRouter, isSolicited, overrides }: NdpPacket): number {
  if (kind === 'solicitation') {
    return 0;
  }
  return (
    (isRouter ? flagBits.isRouter : 0) |
    (isSolicited ? flagBits.isSolicited : 0) |
    (overrides ? flagBits.overrides : 0)
  );
}

function ipv6At(view: DataView, offset: number): string {
  return addressAt('ipv6', (view.getBigUint64(offset) << 64n) | view.getBigUint64(offset + 8));
}
