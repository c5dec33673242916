import type { Facts } from '../../core/diagnosis/facts.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { ConfigurationProblem } from '../../core/metallb/configuration.ts';
import { speakerConfigurations } from '../../core/metallb/configuration/speaker-configuration.ts';
import { speakerRulesOf } from '../../core/metallb/configuration/speaker-rules.ts';
import { stopsController } from '../../core/metallb/configuration/who-refuses.ts';

/** Everything the speakers make their configuration of. */
export type SpeakerFacts = Facts<
  'ipAddressPools' | 'l2Advertisements' | 'bgpAdvertisements' | 'nodes',
  'bgpPeers' | 'bfdProfiles' | 'communities' | 'namespaces' | 'deployments'
>;

/** By node, why its speaker refuses the configuration; nodes whose speaker takes it are left out. */
export type SpeakerVerdicts = ReadonlyMap<string, readonly ConfigurationProblem[]>;

/** What the speakers of a release make of the objects as they are; what stops the controller too is told of it. */
export function speakerVerdicts(
  facts: SpeakerFacts,
  version: string,
  bgpType: string | undefined = facts.installation?.bgpType,
): SpeakerVerdicts {
  const groups = speakerConfigurations({
    pools: facts.ipAddressPools,
    l2Advertisements: facts.l2Advertisements,
    bgpAdvertisements: facts.bgpAdvertisements,
    bgpPeers: itemsIfRead(facts.bgpPeers),
    bfdProfiles: itemsIfRead(facts.bfdProfiles),
    communities: itemsIfRead(facts.communities),
    namespaces: itemsIfRead(facts.namespaces),
    nodes: facts.nodes,
    secrets: undefined,
    namespace: facts.installation?.namespace ?? '',
    version,
    bgpType,
  });
  const refused = groups.flatMap(({ nodes, configuration }) => {
    const problems =
      configuration.state === 'rejected'
        ? configuration.problems.filter((problem) => !stopsController(problem))
        : [];
    return problems.length === 0 ? [] : nodes.map((node) => [node, problems] as const);
  });
  return new Map(refused);
}

/** The same for release after release; those with equal rules are asked once. */
export function speakerVerdictsAt(facts: SpeakerFacts): (version: string) => SpeakerVerdicts {
  const known = new Map<string, SpeakerVerdicts>();
  return (version) => {
    const rules = JSON.stringify(speakerRulesOf(version));
    const verdicts = known.get(rules) ?? speakerVerdicts(facts, version);
    known.set(rules, verdicts);
    return verdicts;
  };
}

/** Each fault once, however many nodes have it. */
export function distinctProblems(
  nodes: readonly string[],
  verdicts: SpeakerVerdicts,
): readonly ConfigurationProblem[] {
  // nodes with equal objects share one list
  const lists = new Set(nodes.flatMap((node) => [verdicts.get(node) ?? []]));
  const all = [...lists].flat();
  return [
    ...new Map(
      all.map((problem) => [JSON.stringify([problem.object, problem.message]), problem]),
    ).values(),
  ];
}
