import type {
  BGPAdvertisement,
  Community,
  IPAddressPool,
  L2Advertisement,
  LabelSelector,
} from '../../facts/kube-objects.ts';
import { selects } from '../selectors.ts';
import type { BGPAnnouncement, L2Announcement } from './announced.ts';
import { parseCommunityValue } from './community-value.ts';
import { selectedNodes } from './selected-nodes.ts';
import type { SpeakerInput } from './speaker-input.ts';
import type { SpeakerRules } from './speaker-rules.ts';

/** No names and no selectors mean every pool; otherwise the union of both. Unknown names count for nothing. */
export function advertises(
  { spec }: L2Advertisement | BGPAdvertisement,
  { metadata }: IPAddressPool,
): boolean {
  const names = spec.ipAddressPools;
  const selectors = spec.ipAddressPoolSelectors;
  return (
    (names.length === 0 && selectors.length === 0) ||
    names.includes(metadata.name) ||
    selectors.some((selector) => selects(selector, metadata.labels))
  );
}

/** What announces the pool in layer 2, without those that say the same as an earlier one. */
export function l2AnnouncementsOf(
  pool: IPAddressPool,
  input: SpeakerInput,
  rules: SpeakerRules,
): readonly L2Announcement[] {
  const all = input.l2Advertisements
    .filter((advertisement) => advertises(advertisement, pool))
    .map(({ metadata, spec }) => ({
      name: metadata.name,
      nodes: selectedNodes(input.nodes, spec.nodeSelectors),
      interfaces: spec.interfaces,
      serviceSelectors: rules.knowsServiceSelectors ? spec.serviceSelectors : [],
    }));
  const keys = all.map(sameness);
  return all.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

function sameness({ nodes, interfaces, serviceSelectors }: L2Announcement): string {
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

/** A BGPAdvertisement with its selectors and aliases resolved. Communities that cannot be read are left out. */
export function bgpAnnouncementOf(
  { metadata, spec }: BGPAdvertisement,
  input: SpeakerInput,
  rules: SpeakerRules,
): BGPAnnouncement {
  const aliases = communityAliases(input.communities);
  return {
    name: metadata.name,
    nodes: selectedNodes(input.nodes, spec.nodeSelectors),
    aggregationLength: spec.aggregationLength ?? 32,
    aggregationLengthV6: spec.aggregationLengthV6 ?? 128,
    localPref: spec.localPref ?? 0,
    communities: canonical(spec.communities.map((value) => aliases.get(value) ?? value)),
    peers: spec.peers,
    serviceSelectors: rules.knowsServiceSelectors ? spec.serviceSelectors : [],
  };
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
