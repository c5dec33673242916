import type { BGPAdvertisement, L2Advertisement, LabelSelector } from '../../facts/kube-objects.ts';
import type { ConfigurationProblem, ConfigurationRule } from '../configuration.ts';
import { quoted } from '../go-text.ts';
import { duplicateIn, selectorFault } from '../selectors.ts';
import { parseCommunityValue } from './community-value.ts';
import { problemOf, repeatedIn } from './problem.ts';
import type { SpeakerRules } from './speaker-rules.ts';

type Advertisement = L2Advertisement | BGPAdvertisement;

interface Fault {
  readonly rule: ConfigurationRule;
  readonly entry: string | undefined;
  readonly message: string;
  readonly waitsFor?: string;
}

/** What is wrong with an L2Advertisement by itself. */
export function l2Faults(
  advertisement: L2Advertisement,
  rules: SpeakerRules,
): readonly ConfigurationProblem[] {
  const { ipAddressPools } = advertisement.spec;
  return asProblems(advertisement, [
    repeated('ipAddressPools', 'ipAddressPools', ipAddressPools),
    ...selectorFaults(advertisement, rules),
    preferenceFault(advertisement, rules),
  ]);
}

/** What is wrong with a BGPAdvertisement by itself, and the aliases it uses that no Community defines. */
export function bgpFaults(
  advertisement: BGPAdvertisement,
  rules: SpeakerRules,
  aliases: ReadonlyMap<string, string>,
): readonly ConfigurationProblem[] {
  const { ipAddressPools, communities, peers } = advertisement.spec;
  return asProblems(advertisement, [
    repeated('ipAddressPools', 'ipAddressPools', ipAddressPools),
    repeated('communities', 'community', communities),
    repeated('peers', 'peers', peers),
    ...selectorFaults(advertisement, rules),
    exclusionFault(advertisement, rules),
    ...lengthFaults(advertisement),
    ...communities.map((value) => communityFault(value, aliases, rules)),
  ]);
}

function asProblems(
  advertisement: Advertisement,
  faults: readonly (Fault | undefined)[],
): readonly ConfigurationProblem[] {
  return faults
    .filter((fault) => fault !== undefined)
    .map(({ entry, ...rest }) =>
      problemOf(advertisement, entry === undefined ? rest : { ...rest, entry }),
    );
}

function repeated(field: string, called: string, entries: readonly string[]): Fault | undefined {
  const twice = repeatedIn(entries);
  return twice === undefined
    ? undefined
    : {
        rule: 'duplicate-entry',
        entry: twice === '' ? field : twice,
        message: `duplicate definition of ${called} ${quoted(twice)}`,
      };
}

/** All duplicates are looked for before the first selector is parsed. */
function selectorFaults(
  { metadata, spec }: Advertisement,
  rules: SpeakerRules,
): readonly (Fault | undefined)[] {
  const services = rules.knowsServiceSelectors ? spec.serviceSelectors : [];
  const lists = [
    ['ipAddressPoolSelectors', spec.ipAddressPoolSelectors],
    ['nodeSelectors', spec.nodeSelectors],
    ['serviceSelectors', services],
  ] as const;
  const wrap = (what: string) => `failed to parse ${what} selector for ${metadata.name}`;
  return [
    ...lists.map(([field, selectors]) => duplicateSelector(field, selectors)),
    badSelector('nodeSelectors', spec.nodeSelectors, wrap('node')),
    badServiceSelector(services, wrap('service')),
    badSelector('ipAddressPoolSelectors', spec.ipAddressPoolSelectors, 'invalid label selector'),
  ];
}

function duplicateSelector(field: string, selectors: readonly LabelSelector[]): Fault | undefined {
  const message = duplicateIn(selectors, field);
  return message === undefined ? undefined : { rule: 'duplicate-selector', entry: field, message };
}

/** MetalLB's dump of the selector is left out. */
function badSelector(
  field: string,
  selectors: readonly LabelSelector[],
  wrapped: string,
): Fault | undefined {
  const fault = selectors.map(selectorFault).find((each) => each !== undefined);
  return fault === undefined
    ? undefined
    : { rule: 'selector-syntax', entry: field, message: `${fault}\n${wrapped}` };
}

/** Here the words before it are MetalLB's, and the dump between them is left out. */
function badServiceSelector(
  selectors: readonly LabelSelector[],
  wrapped: string,
): Fault | undefined {
  const fault = badSelector('serviceSelectors', selectors, wrapped);
  return fault && { ...fault, message: `invalid service selector: ${fault.message}` };
}

function preferenceFault(
  { metadata, spec }: L2Advertisement,
  rules: SpeakerRules,
): Fault | undefined {
  const preferences = rules.knowsPreferences ? (spec.preferredNodeSelectors ?? []) : [];
  return badSelector(
    'preferredNodeSelectors',
    preferences.map(({ preference }) => preference),
    `failed to parse preferred node selectors for ${metadata.name}`,
  );
}

function exclusionFault(
  { metadata, spec }: BGPAdvertisement,
  rules: SpeakerRules,
): Fault | undefined {
  if (!rules.knowsServiceSelectors || spec.serviceSelectors.length === 0) {
    return undefined;
  }
  const field =
    (spec.aggregationLength ?? 32) !== 32
      ? 'aggregationLength'
      : (spec.aggregationLengthV6 ?? 128) !== 128 && 'aggregationLengthV6';
  return field === false
    ? undefined
    : {
        rule: 'selectors-and-aggregation',
        entry: field,
        message: `serviceSelectors and ${field} are mutually exclusive, both cannot be set in ${metadata.name}`,
      };
}

/** Go prints these numbers as the characters they stand for; what is meant is shown instead. */
function lengthFaults({ spec }: BGPAdvertisement): readonly (Fault | undefined)[] {
  const limits = [
    ['aggregationLength', spec.aggregationLength, 32, 'IPv4'],
    ['aggregationLengthV6', spec.aggregationLengthV6, 128, 'IPv6'],
  ] as const;
  return limits.map(([field, length, limit, family]) =>
    length === undefined || length <= limit
      ? undefined
      : {
          rule: 'aggregation-length',
          entry: field,
          message: `invalid aggregation length ${length} for ${family}`,
        },
  );
}

function communityFault(
  value: string,
  aliases: ReadonlyMap<string, string>,
  rules: SpeakerRules,
): Fault | undefined {
  const parsed = aliases.has(value) ? undefined : parseCommunityValue(value);
  if (parsed === undefined || parsed.kind === 'community') {
    return undefined;
  }
  const where = `invalid community ${quoted(value)} in BGP advertisement`;
  const message = rules.joinsErrors ? `${parsed.message}\n${where}` : `${where}: ${parsed.message}`;
  return parsed.kind === 'format'
    ? {
        rule: 'missing-community',
        entry: value,
        message,
        waitsFor: `a Community that defines ${quoted(value)}`,
      }
    : { rule: 'community-syntax', entry: value, message };
}
