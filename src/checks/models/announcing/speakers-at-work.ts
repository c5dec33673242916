import { remembered, type Facts } from '../../../core/diagnosis/facts.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { speakersOf, type Speakers } from '../../../core/metallb/election/speakers.ts';
import { memberlistIsOff } from '../programs/memberlist.ts';
import { speakerOf } from '../programs/programs.ts';
import { isAtWorkAtMost, isUncertain, speakerOn } from './speaker-on.ts';

/** Everything that decides who announces, as far as an API server knows it. */
export type AnnouncingFacts = Facts<
  | 'nodes'
  | 'endpointSlices'
  | 'ipAddressPools'
  | 'l2Advertisements'
  | 'bgpAdvertisements'
  | 'pods'
  | 'daemonSets',
  'deployments' | 'bgpPeers' | 'bfdProfiles' | 'communities' | 'namespaces' | 'speakerLogs'
>;

/** What a check that asks who announces declares as its needs, and as its helps. */
export const announcingNeeds = [
  'nodes',
  'endpointSlices',
  'ipAddressPools',
  'l2Advertisements',
  'bgpAdvertisements',
  'pods',
  'daemonSets',
] as const;
/** The same for a check that has nothing to ask as long as the endpoints are not known. */
export const needsButSlices = [
  'nodes',
  'ipAddressPools',
  'l2Advertisements',
  'bgpAdvertisements',
  'pods',
  'daemonSets',
] as const;
export const announcingHelps = [
  'deployments',
  'bgpPeers',
  'bfdProfiles',
  'communities',
  'namespaces',
  'speakerLogs',
] as const;

/**
 * All speakers as MetalLB's own rules see them; undefined without an installation. Which of them see one another
 * nobody tells: a node counts as member while a speaker runs on it and the node has not fallen silent. Of a silent one
 * nothing is certain (`uncertainNodes`): only its kubelet may be dead, and memberlist goes on answering (#2514).
 */
export const speakersAtWork = remembered((facts: AnnouncingFacts): Speakers | undefined =>
  speakersWith(facts, (node) => speakerOn(node, facts).state === 'running'),
);

/** The same, if the speakers of which nothing is certain were still at work. */
export const speakersAtMost = remembered((facts: AnnouncingFacts): Speakers | undefined =>
  uncertainNodes(facts).size === 0
    ? speakersAtWork(facts)
    : speakersWith(facts, (node) => isAtWorkAtMost(speakerOn(node, facts))),
);

/** Nodes whose speakers may be at work or may not. */
export const uncertainNodes = remembered(
  (facts: AnnouncingFacts): ReadonlySet<string> =>
    new Set(
      facts.nodes
        .map(({ metadata }) => metadata.name)
        .filter((node) => isUncertain(speakerOn(node, facts))),
    ),
);

/** The speakers of this cluster, those counting as members of which the rule says so. */
function speakersWith(
  facts: AnnouncingFacts,
  isMember: (node: string) => boolean,
): Speakers | undefined {
  const { installation } = facts;
  return installation === undefined
    ? undefined
    : speakersOf({
        pools: facts.ipAddressPools,
        l2Advertisements: facts.l2Advertisements,
        bgpAdvertisements: facts.bgpAdvertisements,
        bgpPeers: itemsIfRead(facts.bgpPeers),
        bfdProfiles: itemsIfRead(facts.bfdProfiles),
        communities: itemsIfRead(facts.communities),
        namespaces: itemsIfRead(facts.namespaces),
        nodes: facts.nodes,
        secrets: undefined,
        namespace: installation.namespace,
        version: installation.speakerVersion,
        bgpType: installation.bgpType,
        services: [],
        endpointSlices: facts.endpointSlices,
        members: isWithoutMemberlist(facts)
          ? undefined
          : new Set(facts.nodes.map(({ metadata }) => metadata.name).filter(isMember)),
        interfaces: new Map(),
        ignoresExcludeLabel: installation.ignoresExcludeLabel,
        loadBalancerClass: installation.loadBalancerClass,
        electionOrders: facts.electionOrders,
      });
}

/** True where the speakers do without memberlist: then each takes every node for a candidate, dead ones too. */
export function isWithoutMemberlist(facts: AnnouncingFacts): boolean {
  const speaker = speakerOf({ ...facts, deployments: facts.deployments });
  return memberlistIsOff(speaker?.workload, facts) !== undefined;
}
