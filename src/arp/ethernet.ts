/** Everybody on the segment. */
export const broadcastMac = 'ff:ff:ff:ff:ff:ff';

/** In ARP: not known. */
export const zeroMac = '00:00:00:00:00:00';

export const headerLength = 14;
/** What Ethernet wants at least; whoever sends pads, no reader asks for it. */
export const leastFrameLength = 60;

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The Ethernet address at this offset, as `02:00:5e:10:00:01`. */
export function macAt(frame: Uint8Array, offset: number): string {
  const byte = (index: number): string => hex[frame[offset + index] ?? 0] ?? '';
  return `${byte(0)}:${byte(1)}:${byte(2)}:${byte(3)}:${byte(4)}:${byte(5)}`;
}

/** The six bytes of a well-formed Ethernet address. */
export function macBytes(mac: string): readonly number[] {
  return mac.split(':').map((part) => Number.parseInt(part, 16));
}

/** True of addresses that no single machine can have: groups, everybody, nobody. */
export function isNoMachine(mac: string): boolean {
  return mac === zeroMac || (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
}
