import { remembered, type Facts } from '../../../core/diagnosis/facts.ts';
import type { Node, Pod } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { speakersOf, type Speakers } from '../../../core/metallb/election/speakers.ts';
import { memberlistIsOff } from '../programs/memberlist.ts';
import { speakerOf } from '../programs/programs.ts';

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
 * nobody tells: a node counts as member while a speaker runs on it and the node has not fallen silent.
 */
export const speakersAtWork = remembered((facts: AnnouncingFacts): Speakers | undefined => {
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
        members: membersIn(facts),
        interfaces: new Map(),
        ignoresExcludeLabel: installation.ignoresExcludeLabel,
        loadBalancerClass: installation.loadBalancerClass,
      });
});

/** Nodes on which a speaker runs; undefined where the speakers do without memberlist. */
function membersIn(facts: AnnouncingFacts): ReadonlySet<string> | undefined {
  const speaker = speakerOf({ ...facts, deployments: facts.deployments });
  if (memberlistIsOff(speaker?.workload, facts) !== undefined) {
    return undefined;
  }
  const silent = new Set(facts.nodes.filter(isSilent).map(({ metadata }) => metadata.name));
  const running = (speaker?.pods ?? [])
    .filter(runsSpeaker)
    .flatMap(({ spec }) => spec.nodeName ?? []);
  return new Set(running.filter((node) => !silent.has(node)));
}

/** The kubelet has said nothing for so long that the node is given up; its pods stay as it last told them. */
export function isSilent({ status }: Node): boolean {
  return status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'Unknown');
}

function runsSpeaker({ status }: Pod): boolean {
  return status.containerStatuses.some(
    ({ name, state }) => name.endsWith('speaker') && state.state === 'running',
  );
}
