import { parseCidr, parseRange, splitIntoCidrs } from '../facts/ip.ts';
import type { Cidr } from '../facts/ip.ts';
import type { IPAddressPool, Namespace } from '../facts/kube-objects.ts';
import type { SpeakerRules } from './configuration/speaker-rules.ts';
import type { ConfigurationRule, Pinning, Pool } from './configuration.ts';
import { quoted } from './go-text.ts';
import { duplicateIn, selectorFault, selects } from './selectors.ts';

/** The first rule a pool breaks, in the order MetalLB checks them. */
export interface PoolFault {
  readonly rule: ConfigurationRule;
  readonly entry: string | undefined;
  readonly message: string;
}

/** One pool, parsed, or the first thing wrong with it. */
export type PoolParse =
  | { readonly kind: 'pool'; readonly pool: Pool }
  | { readonly kind: 'fault'; readonly fault: PoolFault };

type EntryParse =
  | { readonly kind: 'cidrs'; readonly cidrs: readonly Cidr[] }
  | { readonly kind: 'fault'; readonly rule: ConfigurationRule; readonly message: string };

/** What releases make differently of a range. */
type RangeRules = Pick<SpeakerRules, 'refusesMixedRanges'>;

/** Parses one IPAddressPool; selectors over namespaces are resolved to names here, once, as MetalLB does. */
export function parsePool(
  object: IPAddressPool,
  namespaces: readonly Namespace[],
  rules: RangeRules,
): PoolParse {
  const { name } = object.metadata;
  const fault = (rule: ConfigurationRule, message: string, entry?: string): PoolParse => ({
    kind: 'fault',
    fault: { rule, entry, message: `parsing address pool ${name}: ${message}` },
  });
  if (object.spec.addresses.length === 0) {
    return fault('no-addresses', 'pool has no prefixes defined');
  }
  const cidrs: Cidr[] = [];
  for (const entry of object.spec.addresses) {
    const parsed = parseEntry(entry, rules);
    if (parsed.kind === 'fault') {
      const where = `invalid CIDR ${quoted(entry)} in pool ${quoted(name)}`;
      return fault(parsed.rule, `${where}: ${parsed.message}`, entry);
    }
    cidrs.push(...parsed.cidrs);
  }
  const pinningFault = faultOfPinning(object);
  if (pinningFault !== undefined) {
    return fault(pinningFault.rule, pinningFault.message);
  }
  return { kind: 'pool', pool: poolOf(object, cidrs, namespaces) };
}

function poolOf(
  object: IPAddressPool,
  cidrs: readonly Cidr[],
  namespaces: readonly Namespace[],
): Pool {
  return {
    name: object.metadata.name,
    cidrs,
    addresses: object.spec.addresses,
    autoAssign: object.spec.autoAssign ?? true,
    avoidsBuggyAddresses: object.spec.avoidBuggyIPs ?? false,
    pinning: pinningOf(object, namespaces),
  };
}

/** One entry of `spec.addresses`: a prefix, or with a `-` in it a range. */
export function parseEntry(entry: string, { refusesMixedRanges }: RangeRules): EntryParse {
  if (!entry.includes('-')) {
    const cidr = parseCidr(entry);
    return cidr === undefined
      ? { kind: 'fault', rule: 'address-syntax', message: `invalid CIDR ${quoted(entry)}` }
      : { kind: 'cidrs', cidrs: [cidr] };
  }
  const parsed = parseRange(entry);
  const fault = (rule: ConfigurationRule, what: string): EntryParse => ({
    kind: 'fault',
    rule,
    message: `invalid IP range ${quoted(entry)}: ${what}`,
  });
  switch (parsed.kind) {
    case 'bad-start':
      return fault('address-syntax', `invalid start IP ${quoted(parsed.raw)}`);
    case 'bad-end':
      return fault('address-syntax', `invalid end IP ${quoted(parsed.raw)}`);
    case 'reversed':
      return fault(
        'range-reversed',
        `start IP ${quoted(parsed.start)} is after the end IP ${quoted(parsed.end)}`,
      );
    case 'mixed':
      return refusesMixedRanges
        ? fault('address-syntax', 'start and end IPs must be the same family')
        : { kind: 'cidrs', cidrs: [] };
    case 'range':
      return { kind: 'cidrs', cidrs: splitIntoCidrs(parsed.range) };
  }
}

/** The prefixes of one entry, none where it is no range of one family: that is so in every release. */
export function prefixesIn(entry: string): readonly Cidr[] {
  const parsed = parseEntry(entry, { refusesMixedRanges: true });
  return parsed.kind === 'cidrs' ? parsed.cidrs : [];
}

type PinningFault = Pick<PoolFault, 'rule' | 'message'>;

function faultOfPinning({ spec }: IPAddressPool): PinningFault | undefined {
  const allocation = spec.serviceAllocation;
  if (allocation === undefined) {
    return undefined;
  }
  if (new Set(allocation.namespaces).size < allocation.namespaces.length) {
    return { rule: 'duplicate-namespace', message: 'duplicate definition in namespaces field' };
  }
  const duplicate =
    duplicateIn(allocation.namespaceSelectors, 'namespaceSelectors') ??
    duplicateIn(allocation.serviceSelectors, 'serviceSelectors');
  if (duplicate !== undefined) {
    return { rule: 'duplicate-selector', message: duplicate };
  }
  const faults = [...allocation.namespaceSelectors, ...allocation.serviceSelectors].map(
    selectorFault,
  );
  const message = faults.find((fault) => fault !== undefined);
  return message === undefined ? undefined : { rule: 'selector-syntax', message };
}

/** A selector that matches no namespace adds none, and no namespace at all means every namespace (MetalLB quirk). */
function pinningOf({ spec }: IPAddressPool, namespaces: readonly Namespace[]): Pinning | undefined {
  const allocation = spec.serviceAllocation;
  if (allocation === undefined) {
    return undefined;
  }
  const selected = namespaces
    .filter(({ metadata }) =>
      allocation.namespaceSelectors.some((selector) => selects(selector, metadata.labels)),
    )
    .map(({ metadata }) => metadata.name);
  return {
    priority: allocation.priority ?? 0,
    namespaces: new Set([...allocation.namespaces, ...selected]),
    serviceSelectors: allocation.serviceSelectors,
    namesNobody:
      allocation.namespaces.length === 0 &&
      allocation.namespaceSelectors.length === 0 &&
      allocation.serviceSelectors.length === 0,
  };
}
