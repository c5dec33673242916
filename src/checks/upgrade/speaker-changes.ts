import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { factsFrom, type Material } from '../../core/diagnosis/material.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { UpgradeChange } from '../../core/facts/upgrade.ts';
import type { ConfigurationProblem } from '../../core/metallb/configuration.ts';
import { adviceFor } from '../../core/metallb/configuration/advice.ts';
import { isOlder, releases } from '../../core/metallb/releases.ts';
import { namespacesIfSelected } from '../models/configuration/configuration.ts';
import { stepsOf } from './releases-between.ts';
import { missingOf, type Move, type RuleResult } from './rule.ts';
import {
  distinctProblems,
  speakerVerdicts,
  speakerVerdictsAt,
  type SpeakerFacts,
  type SpeakerVerdicts,
} from './speaker-verdicts.ts';
import { someOf } from '../../core/facts/in-words.ts';

const needs = ['ipAddressPools', 'l2Advertisements', 'bgpAdvertisements', 'nodes'] as const;
const helps = ['bgpPeers', 'bfdProfiles', 'communities', 'namespaces', 'deployments'] as const;
const ofBGP = ['bgpPeers', 'bfdProfiles', 'communities'] as const;

/**
 * What the speakers of one release take and those of the other refuse: both judge all pools, advertisements, peers,
 * profiles and communities as they are, each node by itself.
 */
export function speakerChanges(material: Material, move: Move): RuleResult {
  const facts: SpeakerFacts = factsFrom(material, needs, helps);
  if (move.from === move.to || facts.installation?.speaker === undefined) {
    return { changes: [], missing: [] };
  }
  const usesBGP = facts.bgpAdvertisements.length > 0;
  const missing = missingOf(
    [...needs, ...namespacesIfSelected(facts), ...(usesBGP ? ofBGP : [])],
    material,
  );
  return { changes: missing.length > 0 ? [] : changesOf(facts, move), missing };
}

/** How a group of speakers is spoken of. */
interface Group {
  readonly nodes: readonly string[];
  readonly all: number;
}

/** What each release makes of the objects, and when it comes to differ. */
interface Comparison {
  readonly facts: SpeakerFacts;
  readonly move: Move;
  readonly before: SpeakerVerdicts;
  readonly after: SpeakerVerdicts;
  readonly groupOf: (isIn: (node: string) => boolean) => Group;
  /** The release on the way from which on it holds. */
  readonly arrivalOf: (holds: (verdicts: SpeakerVerdicts) => boolean) => string;
}

function changesOf(facts: SpeakerFacts, move: Move): readonly UpgradeChange[] {
  const nodes = facts.nodes.map(({ metadata }) => metadata.name);
  const steps = stepsOf(
    move,
    releases.map(({ version }) => version),
  );
  const verdictsAt = speakerVerdictsAt(facts);
  const compared: Comparison = {
    facts,
    move,
    before: verdictsAt(move.from),
    after: verdictsAt(move.to),
    groupOf: (isIn) => ({ nodes: nodes.filter(isIn), all: nodes.length }),
    arrivalOf: (holds) => steps.find(({ after }) => holds(verdictsAt(after)))?.release ?? move.to,
  };
  return [
    ...refusing(compared),
    ...startingEmpty(compared),
    ...takingAgain(compared),
    ...refusingAsFRRK8s(compared),
  ];
}

function refusing(compared: Comparison): readonly UpgradeChange[] {
  const { before, after, move, groupOf, arrivalOf } = compared;
  const group = groupOf((node) => !before.has(node) && after.has(node));
  return told(group, after, {
    id: 'speakers-refuse',
    weight: 'breaks',
    release: () => arrivalOf((verdicts) => group.nodes.some((node) => verdicts.has(node))),
    title: `the speakers of ${move.to} refuse what those of ${move.from} take`,
    says: `${whoIs(group)} will refuse the whole configuration and announce nothing, in layer 2 neither`,
    before: (problems) => mending(problems, compared),
  });
}

function startingEmpty(compared: Comparison): readonly UpgradeChange[] {
  const { before, after, move, groupOf } = compared;
  const group = groupOf((node) => before.has(node) && after.has(node));
  return told(group, after, {
    id: 'speakers-start-empty',
    weight: 'breaks',
    release: () => move.to,
    title: 'every change of release restarts the speakers',
    says: lostText(group),
    before: (problems) => mending(problems, compared),
  });
}

function takingAgain({
  before,
  after,
  move,
  groupOf,
  arrivalOf,
}: Comparison): readonly UpgradeChange[] {
  const group = groupOf((node) => before.has(node) && !after.has(node));
  const does = isSeveral(group) ? ['refuse', 'take'] : ['refuses', 'takes'];
  return told(group, before, {
    id: 'speakers-take-again',
    weight: 'nice',
    release: () => arrivalOf((verdicts) => group.nodes.some((node) => !verdicts.has(node))),
    title: `the speakers of ${move.to} take what those of ${move.from} refuse`,
    says: `${whoIs(group)} ${does[0]} the configuration today and ${does[1]} it from there on`,
    before: () => [],
  });
}

/** The release whose chart brings FRR-K8s unless it is told otherwise. */
const bringsFRRK8s = 'v0.16.0';

function refusingAsFRRK8s(compared: Comparison): readonly UpgradeChange[] {
  const { facts, move, before, after, groupOf } = compared;
  const isOnTheWay = isOlder(move.from, bringsFRRK8s) && !isOlder(move.to, bringsFRRK8s);
  if (!isOnTheWay || facts.installation?.bgpType === 'frr-k8s' || !isFromChart(facts)) {
    return [];
  }
  const verdicts = speakerVerdicts(facts, move.to, 'frr-k8s');
  const group = groupOf((node) => !before.has(node) && !after.has(node) && verdicts.has(node));
  return told(group, verdicts, {
    id: 'speakers-refuse-as-frr-k8s',
    weight: 'breaks',
    release: () => bringsFRRK8s,
    title: 'FRR-K8s is the default of BGP and comes with the chart',
    says: `${whoIs(group)} will refuse the whole configuration and announce nothing, in layer 2 neither, once FRR-K8s is the backend`,
    before: (problems) => [
      { says: 'keep the backend, with frrk8s.enabled=false in the chart', mutates: false },
      ...mending(problems, compared, 'frr-k8s'),
    ],
  });
}

function isFromChart({ deployments, installation }: SpeakerFacts): boolean {
  return itemsIfRead(deployments).some(
    ({ metadata }) =>
      metadata.namespace === installation?.namespace &&
      metadata.name === installation?.controller?.name &&
      metadata.labels['helm.sh/chart'] !== undefined,
  );
}

interface Telling extends Pick<UpgradeChange, 'id' | 'weight' | 'title' | 'says'> {
  readonly release: () => string;
  readonly before: (problems: readonly ConfigurationProblem[]) => readonly Remedy[];
}

function told(
  { nodes }: Group,
  verdicts: SpeakerVerdicts,
  { release, before, ...telling }: Telling,
): readonly UpgradeChange[] {
  const problems = distinctProblems(nodes, verdicts);
  return nodes.length === 0
    ? []
    : [
        {
          ...telling,
          release: release(),
          reference: undefined,
          basis: 'computed',
          details: linesOf(problems),
          objects: [
            ...new Map(problems.map(({ object }) => [JSON.stringify(object), object])).values(),
          ],
          before: before(problems),
        },
      ];
}

const problemsShown = 10;

function linesOf(problems: readonly ConfigurationProblem[]): readonly string[] {
  const lines = problems
    .slice(0, problemsShown)
    .map(
      ({ object, message }) => `${object.kind} ${object.name}: ${message.replaceAll('\n', '; ')}`,
    );
  const rest = problems.length - lines.length;
  return rest > 0 ? [...lines, `and ${rest} more`] : lines;
}

const remediesShown = 3;

function mending(
  problems: readonly ConfigurationProblem[],
  { facts: { installation }, move: { to: version } }: Comparison,
  mode = installation?.bgpType ?? 'native',
): readonly Remedy[] {
  const own = problems.map(({ object, ...rest }) => ({
    says: `${object.kind} ${object.name}: ${adviceFor({ object, ...rest })}`,
    mutates: false,
  }));
  const objects = kubectl`-n ${installation?.namespace ?? 'metallb-system'} get ipaddresspools,l2advertisements,bgpadvertisements,bgppeers,bfdprofiles,communities -o yaml`;
  return [
    ...[...new Map(own.map((each) => [each.says, each])).values()].slice(0, remediesShown),
    {
      says: `judge what is there by the rules of ${version}, again after each change`,
      command: `${objects} | triage validate - --version ${version} --bgp-type ${mode}`,
      mutates: false,
    },
  ];
}

function isSeveral({ nodes, all }: Group): boolean {
  return nodes.length > 1 && nodes.length < all;
}

function whoIs(group: Group): string {
  if (group.nodes.length === group.all) {
    return 'every speaker';
  }
  return `the ${isSeveral(group) ? 'speakers' : 'speaker'} on ${someOf(group.nodes)}`;
}

function lostText(group: Group): string {
  const rest = isSeveral(group)
    ? 'they go on with an older one, and have none once they are started anew'
    : 'it goes on with an older one, and has none once it is started anew';
  return `${whoIs(group)} ${isSeveral(group) ? 'refuse' : 'refuses'} the configuration as it stands: ${rest}`;
}
