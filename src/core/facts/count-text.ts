const exactUpTo = 10n ** 12n;

/** `1,279`; from a million millions on as a power of two, which is how sizes of IPv6 ranges are known: `2^64`. */
export function countText(count: bigint): string {
  return count < exactUpTo ? String(count).replace(/\B(?=(?:[0-9]{3})+$)/g, ',') : powerText(count);
}

/** Within a hundredth it is about that power; between two powers it is more than the lower one. */
function powerText(count: bigint): string {
  const bits = count.toString(2).length - 1;
  const lower = 1n << BigInt(bits);
  const upper = lower << 1n;
  if (count === lower) {
    return `2^${bits}`;
  }
  if (isNear(count, upper)) {
    return `about 2^${bits + 1}`;
  }
  return isNear(count, lower) ? `about 2^${bits}` : `more than 2^${bits}`;
}

function isNear(count: bigint, power: bigint): boolean {
  const distance = count > power ? count - power : power - count;
  return distance * 100n < power;
}
