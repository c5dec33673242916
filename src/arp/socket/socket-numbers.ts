import { macAt } from '../ethernet.ts';

/** Numbers of Linux, equal on every architecture that koffi is built for. */
export const packetSocket = {
  family: 17,
  /** SOCK_RAW, never waiting, closed in children. */
  type: 3 | 0x800 | 0x80000,
} as const;

export const options = {
  socket: { level: 1, receiveBuffer: 8, attachFilter: 26, forceReceiveBuffer: 33 },
  packet: { level: 263, statistics: 6 },
} as const;

export const errors = {
  EPERM: 1,
  ENXIO: 6,
  EACCES: 13,
  ENODEV: 19,
  EAFNOSUPPORT: 97,
  ENETDOWN: 100,
  ENOBUFS: 105,
  EAGAIN: 11,
} as const;

const addressLength = 20;
const etherType = 1;
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** `struct sockaddr_ll`: the interface and the protocol to be bound to. */
export function socketAddress(interfaceIndex: number, protocol: number): Uint8Array {
  const bytes = new Uint8Array(addressLength);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, packetSocket.family, isLittleEndian);
  view.setUint16(2, protocol);
  view.setInt32(4, interfaceIndex, isLittleEndian);
  return bytes;
}

/** What the kernel says of the device behind a bound socket: whether it is Ethernet, and its address. */
export function parseHardware(address: Uint8Array): {
  readonly isEthernet: boolean;
  readonly type: number;
  readonly mac: string;
} {
  const view = new DataView(address.buffer, address.byteOffset, address.byteLength);
  const type = view.getUint16(8, isLittleEndian);
  const isEthernet = type === etherType && view.getUint8(11) === 6;
  return { isEthernet, type, mac: macAt(address, 12) };
}

/** The second number of `struct tpacket_stats`: frames that found no room. */
export function parseDrops(statistics: Uint8Array): number {
  const view = new DataView(statistics.buffer, statistics.byteOffset, statistics.byteLength);
  return view.getUint32(4, isLittleEndian);
}

/** A number as the kernel reads an `int`. */
export function intBytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value, isLittleEndian);
  return bytes;
}
