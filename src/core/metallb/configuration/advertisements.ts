import type {
  BGPAdvertisement,
  Community,
  IPAddressPool,
  L2Advertisement,
  LabelSelector,
  Node,
} from '../../facts/kube-objects.ts';
import { selects } from '../selectors.ts';
import type { BGPAnnouncement, L2Announcement } from './announced.ts';
import { parseCommunityValue } from './community-value.ts';
import { selectedNodes } from './selected-nodes.ts';
import type { SpeakerInput } from './speaker-input.ts';
import type { SpeakerRules } from './speaker-rules.ts';

/**
 * No names and no selectors mean every pool; otherwise the union of both. Unknown names count for nothing. What an
 * AddressPool says of itself counts for that one, and nothing else does: v0.13 adds them after all advertisements.
 */
export function advertises(
  { spec }: L2Advertisement | BGPAdvertisement,
  { metadata, spec: { protocol } }: IPAddressPool,
): boolean {
  if (protocol !== undefined || spec.addressPool !== undefined) {
    return protocol !== undefined && spec.addressPool === metadata.name;
  }
  const names = spec.ipAddressPools;
  const selectors = spec.ipAddressPoolSelectors;
  return (
    (names.length === 0 && selectors.length === 0) ||
    names.includes(metadata.name) ||
    selectors.some((selector) => selects(selector, metadata.labels))
  );
}

/** An L2Advertisement as written and as resolved. */
export interface AdvertisedL2 {
  readonly object: L2Advertisement;
  readonly announcement: L2Announcement;
  /** Equal for those that say the same. */
  readonly sameness: string;
}

/** All L2Advertisements with their selectors resolved. */
export function l2Announcements(input: SpeakerInput, rules: SpeakerRules): readonly AdvertisedL2[] {
  return input.l2Advertisements.map((object) => {
    const { metadata, spec } = object;
    const nodes = selectedNodes(input.nodes, spec.nodeSelectors);
    const announcement = {
      name: metadata.name,
      nodes,
      interfaces: spec.interfaces,
      serviceSelectors: rules.knowsServiceSelectors ? spec.serviceSelectors : [],
      preferred: rules.knowsPreferences ? preferredAmong(input.nodes, nodes, spec) : none,
    };
    return { object, announcement, sameness: samenessOf(announcement) };
  });
}

const none: ReadonlyMap<string, number> = new Map();

/** The weights of all preferences that fit a node add up. */
function preferredAmong(
  nodes: readonly Node[],
  selected: ReadonlySet<string>,
  { preferredNodeSelectors = [] }: L2Advertisement['spec'],
): ReadonlyMap<string, number> {
  if (preferredNodeSelectors.length === 0) {
    return none;
  }
  const scores = nodes
    .filter(({ metadata }) => selected.has(metadata.name))
    .map(({ metadata }): [string, number] => [
      metadata.name,
      preferredNodeSelectors
        .filter(({ preference }) => selects(preference, metadata.labels))
        .reduce((sum, { weight }) => sum + weight, 0),
    ]);
  return new Map(scores.filter(([, score]) => score > 0));
}

/** Those of a pool, without any that says the same as an earlier one; those with preferences add up, so all stay. */
export function distinctL2(
  all: readonly AdvertisedL2[],
  pool: IPAddressPool,
): readonly L2Announcement[] {
  const mine = all.filter(({ object }) => advertises(object, pool));
  const plain = mine.filter(({ announcement }) => announcement.preferred.size === 0);
  const first = new Map(plain.toReversed().map((each) => [each.sameness, each]));
  return mine
    .filter((each) => each.announcement.preferred.size > 0 || first.get(each.sameness) === each)
    .map(({ announcement }) => announcement);
}

function samenessOf({ nodes, interfaces, serviceSelectors }: L2Announcement): string {
  const selectors = serviceSelectors.map(selectorText).toSorted();
  return JSON.stringify([[...nodes].toSorted(), [...new Set(interfaces)].toSorted(), selectors]);
}

/** Equal for selectors that mean the same to Kubernetes. */
function selectorText({ matchLabels, matchExpressions }: LabelSelector): string {
  const labels = Object.entries(matchLabels).map(([key, value]) => [key, 'In', [value]]);
  const expressions = matchExpressions.map(({ key, operator, values }) => [
    key,
    operator,
    values.toSorted(),
  ]);
  return JSON.stringify([...labels, ...expressions].map((each) => JSON.stringify(each)).toSorted());
}

/** All BGPAdvertisements with selectors and aliases resolved. Communities that cannot be read are left out. */
export function bgpAnnouncements(
  input: SpeakerInput,
  rules: SpeakerRules,
): readonly { readonly object: BGPAdvertisement; readonly announcement: BGPAnnouncement }[] {
  const aliases = communityAliases(input.communities);
  return input.bgpAdvertisements.map((object) => {
    const { metadata, spec } = object;
    const announcement = {
      name: metadata.name,
      nodes: selectedNodes(input.nodes, spec.nodeSelectors),
      aggregationLength: spec.aggregationLength ?? 32,
      aggregationLengthV6: spec.aggregationLengthV6 ?? 128,
      localPref: spec.localPref ?? 0,
      asPathPrepend: rules.knowsPreferences ? (spec.asPathPrepend ?? 0) : 0,
      communities: canonical(spec.communities.map((value) => aliases.get(value) ?? value)),
      peers: spec.peers,
      serviceSelectors: rules.knowsServiceSelectors ? spec.serviceSelectors : [],
    };
    return { object, announcement };
  });
}

function canonical(values: readonly string[]): readonly string[] {
  const texts = values.flatMap((value) => {
    const parsed = parseCommunityValue(value);
    return parsed.kind === 'community' ? [parsed.text] : [];
  });
  return [...new Set(texts)].toSorted();
}

/** Values by alias; of two with one name the first counts (and the configuration is refused). */
export function communityAliases(communities: readonly Community[]): ReadonlyMap<string, string> {
  const all = communities.flatMap(({ spec }) => spec.communities);
  return new Map(all.toReversed().map(({ name, value }) => [name, value] as const));
}
