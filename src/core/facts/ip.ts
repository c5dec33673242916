import ipaddr from 'ipaddr.js';

declare const addressBrand: unique symbol;

/** An IP address in canonical text. IPv4-mapped IPv6 is IPv4, as it is for MetalLB (Go's `To4`). */
export type IpAddress = string & { readonly [addressBrand]: true };

export type IpFamily = 'ipv4' | 'ipv6';

/** All addresses from `first` to `last`, both included, as numbers: a /64 costs no more than a /32. */
export interface IpRange {
  readonly family: IpFamily;
  readonly first: bigint;
  readonly last: bigint;
}

/** A range that a prefix describes. */
export interface Cidr extends IpRange {
  /** Counted in the family's own width: `::ffff:10.0.0.0/120` has 24. */
  readonly prefixLength: number;
  /** As MetalLB compares it: 120 in the same example. Equal to `prefixLength` in every other notation. */
  readonly writtenPrefixLength: number;
}

const width = { ipv4: 32, ipv6: 128 } as const;
const mappedPrefix = 0xffffn << 32n;
const decimalOctet = '(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])';
const dotted = new RegExp(`^${decimalOctet}(?:\\.${decimalOctet}){3}$`);
const hexGroups = /^[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*$/i;

/** The address `text` names, or undefined; refuses what Go's `net.ParseIP` refuses: zones, leading zeros, blanks. */
export function parseAddress(text: string): IpAddress | undefined {
  if (dotted.test(text)) {
    return text as IpAddress;
  }
  const value = parseIPv6(text);
  if (value === undefined) {
    return undefined;
  }
  return value >> 32n === 0xffffn
    ? addressAt('ipv4', value & 0xffffffffn)
    : addressAt('ipv6', value);
}

/** Which family an address belongs to. */
export function familyOf(address: IpAddress): IpFamily {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}

/** The address as a number within its family. */
export function valueOf(address: IpAddress): bigint {
  return familyOf(address) === 'ipv4' ? parseIPv4(address) : numberFrom(ipaddr.parse(address));
}

/** The address with this number in this family. */
export function addressAt(family: IpFamily, value: bigint): IpAddress {
  if (family === 'ipv4') {
    const bits = Number(value);
    return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}` as IpAddress;
  }
  const bytes = Array.from({ length: 16 }, (_, index) =>
    Number((value >> BigInt(8 * (15 - index))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString() as IpAddress;
}

/** Orders by family, IPv4 first, then by number; never by text. */
export function compareAddresses(left: IpAddress, right: IpAddress): number {
  if (familyOf(left) !== familyOf(right)) {
    return familyOf(left) === 'ipv4' ? -1 : 1;
  }
  const difference = valueOf(left) - valueOf(right);
  return difference === 0n ? 0 : Number(difference > 0n) * 2 - 1;
}

/** How many addresses a range holds. */
export function sizeOf(range: IpRange): bigint {
  return range.last - range.first + 1n;
}

/** True when the address lies in the range and is of its family. */
export function contains(range: IpRange, address: IpAddress): boolean {
  if (familyOf(address) !== range.family) {
    return false;
  }
  const value = valueOf(address);
  return range.first <= value && value <= range.last;
}

/** True when the two ranges have an address in common. */
export function overlaps(left: IpRange, right: IpRange): boolean {
  return left.family === right.family && left.first <= right.last && right.first <= left.last;
}

/** The prefix `text` names, host bits masked away as Go's `net.ParseCIDR` does, or undefined. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  const lengthText = text.slice(slash + 1);
  if (slash < 0 || !/^[0-9]{1,7}$/.test(lengthText)) {
    return undefined;
  }
  const base = parseNumber(text.slice(0, slash));
  const length = Number(lengthText);
  if (base === undefined || length > width[base.family]) {
    return undefined;
  }
  const first = maskedTo(base.value, length, base.family);
  return base.family === 'ipv6' && first >> 32n === 0xffffn
    ? { ...cidrAt('ipv4', first - mappedPrefix, length - 96), writtenPrefixLength: length }
    : cidrAt(base.family, first, length);
}

/** `10.0.0.0/24`; an IPv4-mapped prefix is written as the IPv4 prefix it is. */
export function cidrText(cidr: Cidr): string {
  return `${addressAt(cidr.family, cidr.first)}/${cidr.prefixLength}`;
}

/** The fewest prefixes that cover exactly this range, ascending. */
export function splitIntoCidrs(range: IpRange): readonly Cidr[] {
  const cidrs: Cidr[] = [];
  let next = range.first;
  while (next <= range.last) {
    const length = shortestPrefixAt(next, range);
    const cidr = cidrAt(range.family, next, length);
    cidrs.push(cidr);
    next = cidr.last + 1n;
  }
  return cidrs;
}

/** What `a-b` means to MetalLB. `mixed` ends of two families are accepted and hold no address at all. */
export type RangeParse =
  | { readonly kind: 'range'; readonly range: IpRange }
  | { readonly kind: 'mixed' }
  | { readonly kind: 'bad-start'; readonly raw: string }
  | { readonly kind: 'bad-end'; readonly raw: string }
  | { readonly kind: 'reversed'; readonly start: IpAddress; readonly end: IpAddress };

const blanksAround =
  /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;

/** Without the white space around it, by Go's idea of white space. */
export function trimmed(text: string): string {
  return text.replace(blanksAround, '');
}

/** Reads `start-end`, split at the first `-`; blanks around the ends do not matter. */
export function parseRange(text: string): RangeParse {
  const dash = text.indexOf('-');
  const rawStart = dash < 0 ? text : text.slice(0, dash);
  const rawEnd = dash < 0 ? '' : text.slice(dash + 1);
  const start = parseAddress(trimmed(rawStart));
  if (start === undefined) {
    return { kind: 'bad-start', raw: rawStart };
  }
  const end = parseAddress(trimmed(rawEnd));
  if (end === undefined) {
    return { kind: 'bad-end', raw: rawEnd };
  }
  if (inSixteenBytes(start) > inSixteenBytes(end)) {
    return { kind: 'reversed', start, end };
  }
  const family = familyOf(start);
  return family === familyOf(end)
    ? { kind: 'range', range: { family, first: valueOf(start), last: valueOf(end) } }
    : { kind: 'mixed' };
}

function inSixteenBytes(address: IpAddress): bigint {
  return familyOf(address) === 'ipv4' ? mappedPrefix + valueOf(address) : valueOf(address);
}

function shortestPrefixAt(first: bigint, range: IpRange): number {
  let length: number = width[range.family];
  while (length > 0) {
    const size = 1n << BigInt(width[range.family] - length + 1);
    if (first % size !== 0n || first + size - 1n > range.last) {
      return length;
    }
    length -= 1;
  }
  return length;
}

function cidrAt(family: IpFamily, first: bigint, length: number): Cidr {
  const last = first + (1n << BigInt(width[family] - length)) - 1n;
  return { family, first, last, prefixLength: length, writtenPrefixLength: length };
}

function maskedTo(value: bigint, length: number, family: IpFamily): bigint {
  const hostBits = BigInt(width[family] - length);
  return (value >> hostBits) << hostBits;
}

/** Unlike `parseAddress` this keeps the notation: `::ffff:1.2.3.4` stays a number of 128 bits. */
function parseNumber(text: string): { family: IpFamily; value: bigint } | undefined {
  if (dotted.test(text)) {
    return { family: 'ipv4', value: parseIPv4(text) };
  }
  const value = parseIPv6(text);
  return value === undefined ? undefined : { family: 'ipv6', value };
}

function parseIPv4(text: string): bigint {
  const [a, b, c, d] = text.split('.');
  return BigInt(((Number(a) * 256 + Number(b)) * 256 + Number(c)) * 256 + Number(d));
}

/** ipaddr.js 2.5 reads `::1.2.3.4` as `::ffff:1.2.3.4` and takes long groups, so the grammar is checked here first. */
function parseIPv6(text: string): bigint | undefined {
  const plain = withoutDottedTail(text);
  const halves = plain?.split('::');
  if (plain === undefined || halves === undefined || halves.length > 2) {
    return undefined;
  }
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const wellFormed = halves.every((half) => half === '' || hexGroups.test(half));
  const count = groups.flat().length;
  if (!wellFormed || (halves.length === 1 ? count !== 8 : count > 7)) {
    return undefined;
  }
  return numberFrom(ipaddr.IPv6.parse(plain));
}

function withoutDottedTail(text: string): string | undefined {
  const colon = text.lastIndexOf(':');
  const tail = text.slice(colon + 1);
  if (!tail.includes('.')) {
    return text;
  }
  if (colon < 0 || !dotted.test(tail)) {
    return undefined;
  }
  const value = parseIPv4(tail);
  return `${text.slice(0, colon + 1)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}

function numberFrom(address: ipaddr.IPv4 | ipaddr.IPv6): bigint {
  return address.toByteArray().reduce((value, byte) => value * 256n + BigInt(byte), 0n);
}
