/** The checksum of RFC 1071 over even-sized parts, all but the last, and a number that belongs to it. */
export function internetChecksum(parts: readonly Uint8Array[], extra: number): number {
  let sum = extra;
  for (const part of parts) {
    for (let index = 0; index < part.length; index += 2) {
      sum += ((part[index] ?? 0) << 8) | (part[index + 1] ?? 0);
    }
  }
  while (sum > 0xffff) {
    sum = (sum & 0xffff) + (sum >>> 16);
  }
  return ~sum & 0xffff;
}
