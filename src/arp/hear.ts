import { broadcastMac, isNoMachine } from './ethernet.ts';
import { allNodes, parseNdpPacket, unspecified, type NdpDrop, type NdpPacket } from './ndp.ts';
import { parseArpPacket, type ArpDrop, type ArpPacket } from './packet.ts';

/** Who listens, and for what. */
export interface Listener {
  readonly family: 'ipv4' | 'ipv6';
  readonly address: string;
  readonly mac: string;
  /** Its own address, which answers are sent to; none when it asks as somebody who has none yet. */
  readonly ip: string | undefined;
  readonly neighbours: ReadonlySet<string>;
}

/** What one frame says. */
export type Heard =
  | {
      readonly kind: 'answer';
      readonly mac: string;
      readonly isAsked: boolean;
      readonly sentBy?: string;
    }
  | { readonly kind: 'neighbour'; readonly mac: string; readonly address: string }
  /** Somebody asks whether the address is free. */
  | { readonly kind: 'prober'; readonly mac: string }
  | { readonly kind: 'ignored'; readonly why: string };

/** What a frame says about the address; never throws, and believes nothing that no machine can have sent. */
export function hear(frame: Uint8Array, listener: Listener): Heard {
  return listener.family === 'ipv4' ? hearArp(frame, listener) : hearNdp(frame, listener);
}

function hearArp(frame: Uint8Array, listener: Listener): Heard {
  const parsed = parseArpPacket(frame);
  if ('drop' in parsed) {
    return { kind: 'ignored', why: words[parsed.drop] };
  }
  const { packet } = parsed;
  const { senderMac: mac, senderIp, ethernetSource, ethernetDestination } = packet;
  if (mac === listener.mac) {
    return ignored.own;
  }
  if (isNoMachine(mac) || isNoMachine(ethernetSource)) {
    return ignored.impossible;
  }
  if (ethernetDestination !== broadcastMac && ethernetDestination !== listener.mac) {
    return ignored.foreign;
  }
  if (senderIp === listener.address) {
    const isAsked = answersUs(packet, listener);
    return { kind: 'answer', mac, isAsked, ...sentBy(ethernetSource, mac) };
  }
  if (isArpProbe(packet, listener.address)) {
    return { kind: 'prober', mac };
  }
  return listener.neighbours.has(senderIp)
    ? { kind: 'neighbour', mac, address: senderIp }
    : ignored.unrelated;
}

/** Some answer everybody instead of the one who asked. */
function answersUs(packet: ArpPacket, { mac, ip, address }: Listener): boolean {
  const { operation, ethernetDestination, targetIp } = packet;
  const isForUs = ethernetDestination === mac || (targetIp === ip && ip !== address);
  return operation === 'reply' && isForUs;
}

function isArpProbe({ operation, senderIp, targetIp }: ArpPacket, address: string): boolean {
  return operation === 'request' && senderIp === '0.0.0.0' && targetIp === address;
}

function hearNdp(frame: Uint8Array, listener: Listener): Heard {
  const parsed = parseNdpPacket(frame);
  if ('drop' in parsed) {
    return { kind: 'ignored', why: words[parsed.drop] };
  }
  const { packet } = parsed;
  const { ethernetSource, ethernetDestination } = packet;
  const mac = packet.linkAddress ?? ethernetSource;
  if (mac === listener.mac || ethernetSource === listener.mac) {
    return ignored.own;
  }
  if (isNoMachine(mac) || isNoMachine(ethernetSource)) {
    return ignored.impossible;
  }
  if (!ethernetDestination.startsWith('33:33:') && ethernetDestination !== listener.mac) {
    return ignored.foreign;
  }
  return packet.kind === 'advertisement'
    ? advertised(packet, { ...listener, claimed: mac })
    : solicited(packet, listener);
}

function advertised(packet: NdpPacket, listener: Listener & { readonly claimed: string }): Heard {
  const { target, isSolicited, destination, ethernetSource } = packet;
  const { claimed: mac, ip } = listener;
  if (target === listener.address) {
    // who asks without an address is answered before all nodes, and nothing marks it as an answer
    const isAsked = isSolicited || (ip === undefined && destination === allNodes);
    return { kind: 'answer', mac, isAsked, ...sentBy(ethernetSource, mac) };
  }
  return listener.neighbours.has(target)
    ? { kind: 'neighbour', mac, address: target }
    : ignored.unrelated;
}

/** Whoever asks from the address has it, as a sender of ARP does. */
function solicited(packet: NdpPacket, { address }: Listener): Heard {
  const { source, target, ethernetSource, linkAddress: mac = ethernetSource } = packet;
  if (source === address) {
    return { kind: 'answer', mac, isAsked: false, ...sentBy(ethernetSource, mac) };
  }
  return source === unspecified && target === address
    ? { kind: 'prober', mac: ethernetSource }
    : ignored.unrelated;
}

function sentBy(source: string, mac: string): { readonly sentBy?: string } {
  return source === mac ? {} : { sentBy: source };
}

const ignored = {
  own: { kind: 'ignored', why: 'sent by this interface itself' },
  impossible: { kind: 'ignored', why: 'from an Ethernet address that no machine can have' },
  foreign: { kind: 'ignored', why: 'sent to somebody else' },
  unrelated: { kind: 'ignored', why: 'about another address' },
} as const satisfies Readonly<Record<string, Heard>>;

const words: Readonly<Record<ArpDrop | NdpDrop, string>> = {
  'too-short': 'too short',
  'not-arp': 'not ARP',
  'not-ipv4-over-ethernet': 'not ARP for IPv4 over Ethernet',
  'unknown-operation': 'neither a request nor a reply',
  'not-ndp': 'not neighbour discovery',
  'hop-limit': 'not from this segment: hop limit below 255',
  'unknown-code': 'neighbour discovery with an unknown code',
  'lying-length': 'lies about its length',
  checksum: 'wrong checksum',
  'target-is-a-group': 'about a group, not a machine',
  'broken-option': 'broken options',
  contradiction: 'contradicts itself',
};
