import { remembered, type Facts } from '../../../core/diagnosis/facts.ts';
import { itemsIfRead, type Reading } from '../../../core/facts/reading.ts';
import type {
  ConfigurationProblem,
  ConfigurationRule,
} from '../../../core/metallb/configuration.ts';
import {
  speakerConfigurations,
  type SpeakerGroup,
} from '../../../core/metallb/configuration/speaker-configuration.ts';
import { stopsController } from '../../../core/metallb/configuration/who-refuses.ts';

/** What speakers make their configuration of, as far as it was read. */
export type SpeakerConfigurationFacts = Facts<
  'ipAddressPools',
  | 'l2Advertisements'
  | 'bgpAdvertisements'
  | 'nodes'
  | 'bgpPeers'
  | 'bfdProfiles'
  | 'communities'
  | 'namespaces'
>;

/** Nodes whose speakers refuse their configuration, and what is wrong with it. */
export interface Refusal {
  readonly nodes: readonly string[];
  /** True when no speaker has anything else. */
  readonly isEverywhere: boolean;
  readonly problems: readonly ConfigurationProblem[];
  /** What the speakers may say of it. */
  readonly maySay: readonly string[];
}

/** Faults that only show against a kind that was not read. */
const restsOn: ReadonlyMap<ConfigurationRule, 'bfdProfiles' | 'communities'> = new Map([
  ['missing-bfd-profile', 'bfdProfiles'],
  ['missing-community', 'communities'],
] as const);

/**
 * Which speakers refuse what the controller takes. Empty when the kinds that decide could not be read: half a
 * configuration is never judged as if it were the whole.
 */
export const refusalsBySpeakers = remembered(
  (facts: SpeakerConfigurationFacts): readonly Refusal[] => {
    const { installation } = facts;
    const decisive = [facts.l2Advertisements, facts.bgpAdvertisements, facts.nodes];
    if (installation?.speaker === undefined || !decisive.every(isKnown)) {
      return [];
    }
    const groups = speakerConfigurations({
      pools: facts.ipAddressPools,
      l2Advertisements: itemsIfRead(facts.l2Advertisements),
      bgpAdvertisements: itemsIfRead(facts.bgpAdvertisements),
      bgpPeers: itemsIfRead(facts.bgpPeers),
      bfdProfiles: itemsIfRead(facts.bfdProfiles),
      communities: itemsIfRead(facts.communities),
      namespaces: itemsIfRead(facts.namespaces),
      nodes: itemsIfRead(facts.nodes),
      secrets: undefined,
      namespace: installation.namespace,
      version: installation.speakerVersion,
      bgpType: installation.bgpType,
    });
    return groups.flatMap((group) => refusalOf(group, groups.length, facts));
  },
);

function refusalOf(
  { nodes, configuration }: SpeakerGroup,
  groups: number,
  facts: SpeakerConfigurationFacts,
): readonly Refusal[] {
  if (configuration.state === 'accepted') {
    return [];
  }
  const { maySay } = configuration;
  const problems = configuration.problems.filter(
    (problem) => !stopsController(problem) && isGrounded(problem, facts),
  );
  return problems.length === 0 ? [] : [{ nodes, isEverywhere: groups === 1, problems, maySay }];
}

function isGrounded({ rule }: ConfigurationProblem, facts: SpeakerConfigurationFacts): boolean {
  const kind = restsOn.get(rule);
  return kind === undefined || isKnown(facts[kind]);
}

function isKnown(reading: Reading<unknown>): boolean {
  return reading.state === 'read' || reading.state === 'absent';
}
