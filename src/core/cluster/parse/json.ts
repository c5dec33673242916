/** A pool's counts: 64-bit integers, which JSON.parse would round. Within a JSON text no quote can precede. */
const poolCount = /(?<=[{,]\s*)("(?:assigned|available)IPv[46]"\s*:\s*)(-?\d+)/g;

/** Parses JSON that may hold IPAddressPools; their counts become texts, so that no digit is lost. */
export function parseJson(content: string): unknown {
  return JSON.parse(content.includes('lableIPv') ? content.replace(poolCount, '$1"$2"') : content);
}
