import { leastFrameLength, macAt, macBytes } from './ethernet.ts';

/**
 * An ARP packet for IPv4 over Ethernet (RFC 826), with the Ethernet header before it:
 *
 *     0        6        12   14   16   18  19  20   22        28    32        38    42
 *     | dst    | src    |0806|0001|0800| 6 | 4 | op | sha     | spa | tha     | tpa |
 *     '-------- Ethernet ----'------------------------- ARP ------------------------'
 *
 * Frames shorter than 60 bytes are padded by whoever sends them; what follows byte 42 is not read.
 */
export interface ArpPacket {
  readonly operation: 'request' | 'reply';
  /** Ethernet addresses as `02:00:5e:10:00:01`. */
  readonly ethernetDestination: string;
  readonly ethernetSource: string;
  readonly senderMac: string;
  /** Dotted decimal; 0.0.0.0 in a probe (RFC 5227). */
  readonly senderIp: string;
  readonly targetMac: string;
  readonly targetIp: string;
}

/** Why a frame is no ARP packet that concerns us. */
export type ArpDrop = 'too-short' | 'not-arp' | 'not-ipv4-over-ethernet' | 'unknown-operation';

const frameLength = 42;
const etherTypeArp = 0x0806;
const fixedHeader = [0x00, 0x01, 0x08, 0x00, 6, 4] as const;
const operations = { request: 1, reply: 2 } as const;

/** Reads a frame; never throws, whatever the bytes. */
export function parseArpPacket(
  frame: Uint8Array,
): { readonly packet: ArpPacket } | { readonly drop: ArpDrop } {
  if (frame.length < frameLength) {
    return { drop: 'too-short' };
  }
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (view.getUint16(12) !== etherTypeArp) {
    return { drop: 'not-arp' };
  }
  if (fixedHeader.some((byte, index) => frame[14 + index] !== byte)) {
    return { drop: 'not-ipv4-over-ethernet' };
  }
  const operation = operationOf(view.getUint16(20));
  if (operation === undefined) {
    return { drop: 'unknown-operation' };
  }
  const packet: ArpPacket = {
    operation,
    ethernetDestination: macAt(frame, 0),
    ethernetSource: macAt(frame, 6),
    senderMac: macAt(frame, 22),
    senderIp: ipAt(frame, 28),
    targetMac: macAt(frame, 32),
    targetIp: ipAt(frame, 38),
  };
  return { packet };
}

/** The frame of a packet, padded to the 60 bytes that Ethernet wants. Addresses must be well formed. */
export function arpFrame(packet: ArpPacket): Uint8Array {
  const frame = new Uint8Array(leastFrameLength);
  frame.set(macBytes(packet.ethernetDestination), 0);
  frame.set(macBytes(packet.ethernetSource), 6);
  frame.set([etherTypeArp >> 8, etherTypeArp & 0xff, ...fixedHeader], 12);
  frame.set([0, operations[packet.operation]], 20);
  frame.set(macBytes(packet.senderMac), 22);
  frame.set(ipBytes(packet.senderIp), 28);
  frame.set(macBytes(packet.targetMac), 32);
  frame.set(ipBytes(packet.targetIp), 38);
  return frame;
}

function operationOf(code: number): ArpPacket['operation'] | undefined {
  if (code === operations.request) {
    return 'request';
  }
  return code === operations.reply ? 'reply' : undefined;
}

function ipAt(frame: Uint8Array, offset: number): string {
  return `${frame[offset]}.${frame[offset + 1]}.${frame[offset + 2]}.${frame[offset + 3]}`;
}

function ipBytes(ip: string): readonly number[] {
  return ip.split('.').map(Number);
}
