import {
  type Cidr,
  contains,
  familyOf,
  type IpAddress,
  parseCidr,
  trimmed,
} from '../../../core/facts/ip.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';

/** What spec.loadBalancerSourceRanges comes to. */
export interface SourceRanges {
  readonly ranges: readonly Cidr[];
  /** Entries that are no range; kube-proxy passes over them. */
  readonly malformed: readonly string[];
}

/** The ranges whose clients may reach the Service; none at all means that all may. */
export function sourceRangesOf({ spec }: Service): SourceRanges {
  const entries = spec.loadBalancerSourceRanges.map((text) => ({
    text,
    range: parseCidr(trimmed(text)),
  }));
  return {
    ranges: entries.flatMap(({ range }) => range ?? []),
    malformed: entries.flatMap(({ text, range }) => (range === undefined ? text : [])),
  };
}

/** True when kube-proxy lets a client with this address in: in each family it keeps to the ranges of that family, if there are any. */
export function letsClient({ ranges }: SourceRanges, client: IpAddress): boolean {
  const own = ranges.filter(({ family }) => family === familyOf(client));
  return own.length === 0 || own.some((range) => contains(range, client));
}

/** Ranges that hold no address a client could have, as 0.0.0.0/32 where 0.0.0.0/0 was meant. */
export function holdsNobody({ family, first, last, prefixLength }: Cidr): boolean {
  if (family === 'ipv6') {
    return last <= 1n || first >> 120n === 0xffn;
  }
  const octet = first >> 24n;
  return (prefixLength >= 8 && (octet === 0n || octet === 127n)) || octet >= 224n;
}
