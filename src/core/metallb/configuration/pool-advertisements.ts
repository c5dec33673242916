import type { BGPAdvertisement } from '../../facts/kube-objects.ts';
import type { ConfigurationProblem, Pool } from '../configuration.ts';
import { prefixesIn } from '../parse-pool.ts';
import type { BGPAnnouncement } from './announced.ts';
import { pairsOf, problemOf } from './problem.ts';
import { share } from './selected-nodes.ts';
import type { SpeakerRules } from './speaker-rules.ts';

type Pair = readonly [BGPAnnouncement, BGPAnnouncement];

/** A BGPAdvertisement as written and as resolved. */
export interface Advertised {
  readonly object: BGPAdvertisement;
  readonly announcement: BGPAnnouncement;
}

/** What cannot be announced as one pool's BGPAdvertisements want it. */
export function poolProblems(
  pool: Pool,
  advertised: readonly Advertised[],
  rules: SpeakerRules,
): readonly ConfigurationProblem[] {
  return [
    ...advertised.flatMap((each) => lengthProblems(pool, each)),
    ...pairsOf(advertised)
      .filter(([one, other]) => conflict([one.announcement, other.announcement], pool, rules))
      .map(([one, other]) => conflictProblem(one, other)),
  ];
}

/**
 * An entry must hold at least one prefix that is as short as what is announced of it. MetalLB always prints the IPv4
 * length, also when the IPv6 one is at fault.
 */
function lengthProblems(
  pool: Pool,
  { object, announcement }: Advertised,
): readonly ConfigurationProblem[] {
  return pool.addresses.flatMap((entry) => {
    const [first, ...rest] = prefixesIn(entry);
    if (first === undefined) {
      return [];
    }
    const isIPv6 = first.family === 'ipv6';
    const longest = isIPv6 ? announcement.aggregationLengthV6 : announcement.aggregationLength;
    const shortest = Math.min(...[first, ...rest].map((cidr) => cidr.writtenPrefixLength));
    if (longest >= shortest) {
      return [];
    }
    const message =
      `invalid aggregation length ${announcement.aggregationLength}: prefix ${shortest} in ` +
      `this pool is more specific than the aggregation length for addresses ${entry}`;
    const field = isIPv6 ? 'aggregationLengthV6' : 'aggregationLength';
    return [problemOf(object, { rule: 'aggregation-length', entry: field, message })];
  });
}

/** MetalLB compares local preferences first. */
function conflictProblem(one: Advertised, other: Advertised): ConfigurationProblem {
  return one.announcement.localPref === other.announcement.localPref
    ? prependProblem(one, other)
    : preferenceProblem(one, other);
}

function prependProblem(one: Advertised, other: Advertised): ConfigurationProblem {
  const says = (late: Advertised, early: Advertised) =>
    `invalid as path prepend ${late.announcement.asPathPrepend}: as path prepend ` +
    `${early.announcement.asPathPrepend} was already set for the same type of BGP update. ` +
    'Check existing BGP advertisements with common pools and aggregation lengths';
  return problemOf(other.object, {
    other: one.object,
    rule: 'as-path-prepend',
    entry: 'asPathPrepend',
    message: says(other, one),
    alsoSaid: [says(one, other)],
  });
}

function preferenceProblem(one: Advertised, other: Advertised): ConfigurationProblem {
  const says = (late: Advertised, early: Advertised) =>
    `invalid local preference ${late.announcement.localPref}: local preferernce ` +
    `${early.announcement.localPref} was already set for the same type of BGP update. ` +
    'Check existing BGP advertisements with common pools and aggregation lengths';
  return problemOf(other.object, {
    other: one.object,
    rule: 'local-preference',
    entry: 'localPref',
    message: says(other, one),
    alsoSaid: [says(one, other)],
  });
}

function conflict(pair: Pair, pool: Pool, rules: SpeakerRules): boolean {
  return (
    rules.comparesPreferences &&
    pair.every(({ serviceSelectors }) => serviceSelectors.length === 0) &&
    preferencesConflict(pair, pool, rules)
  );
}

/**
 * True when two advertisements of a pool want different preferences, or longer paths, for the same update: same prefix
 * length, a common peer, a common node.
 */
export function preferencesConflict(pair: Pair, pool: Pool, rules: SpeakerRules): boolean {
  const [one, other] = pair;
  return (
    (one.localPref !== other.localPref || one.asPathPrepend !== other.asPathPrepend) &&
    !lengthsDiffer(pair, pool, rules) &&
    (one.peers.length === 0 ||
      other.peers.length === 0 ||
      one.peers.some((peer) => other.peers.includes(peer))) &&
    share(one.nodes, other.nodes)
  );
}

/** In a pool of both families, and below v0.15.0 in every pool, only if both lengths differ. */
function lengthsDiffer([one, other]: Pair, pool: Pool, rules: SpeakerRules): boolean {
  const differs = one.aggregationLength !== other.aggregationLength;
  const differsV6 = one.aggregationLengthV6 !== other.aggregationLengthV6;
  const hasV4 = pool.cidrs.some(({ family }) => family === 'ipv4');
  const hasV6 = pool.cidrs.some(({ family }) => family === 'ipv6');
  if (!rules.comparesLengthsByFamily || hasV4 === hasV6) {
    return differs && differsV6;
  }
  return hasV4 ? differs : differsV6;
}
