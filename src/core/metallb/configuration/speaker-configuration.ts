import type { IPAddressPool, Node } from '../../facts/kube-objects.ts';
import type { ConfigurationProblem } from '../configuration.ts';
import { loadConfiguration } from '../load-configuration.ts';
import { bgpFaults, l2Faults } from './advertisement-faults.ts';
import {
  advertises,
  bgpAnnouncementOf,
  communityAliases,
  l2AnnouncementsOf,
} from './advertisements.ts';
import type { AnnouncedPool, DialledPeer } from './announced.ts';
import { bfdEchoProblems } from './bfd-echo.ts';
import { bfdProfileProblems } from './bfd-profiles.ts';
import { frrModeProblems } from './frr-mode.ts';
import { nativeModeProblems } from './native-mode.ts';
import { peerProblems } from './peers.ts';
import { poolProblems } from './pool-advertisements.ts';
import { isSelected, selectedNodes } from './selected-nodes.ts';
import { ownObjects, type SpeakerInput } from './speaker-input.ts';
import { speakerRulesOf, type SpeakerRules } from './speaker-rules.ts';

/** What a speaker makes of all its objects together: one bad object refuses the lot. */
export type SpeakerConfiguration =
  | {
      readonly state: 'accepted';
      /** By name, each with all that announces it. */
      readonly pools: readonly AnnouncedPool[];
      /** From v0.16.0 on only the peers of this node. */
      readonly peers: readonly DialledPeer[];
    }
  | {
      readonly state: 'rejected';
      /** Every offence; MetalLB reports one of the first step that fails. */
      readonly problems: readonly ConfigurationProblem[];
      /** All texts that the speaker may print: the order it looks at objects in is not fixed. */
      readonly maySay: readonly string[];
    };

/** What the speaker of this node makes of its configuration. */
export function speakerConfiguration(input: SpeakerInput, node: Node): SpeakerConfiguration {
  const rules = speakerRulesOf(input.version);
  const own = ownObjects(input);
  return judged(rules.judgesOwnNodeOnly ? forNode(own, node) : own, rules);
}

/** All objects judged together, as the webhook does it: from v0.16.0 on no speaker does any more. */
export function judgedTogether(input: SpeakerInput): SpeakerConfiguration {
  return judged(ownObjects(input), speakerRulesOf(input.version));
}

/** Nodes whose speakers hold the same configuration, or refuse it for the same reasons. */
export interface SpeakerGroup {
  readonly nodes: readonly string[];
  readonly configuration: SpeakerConfiguration;
}

/** What all speakers make of their configurations, those with equal objects judged once. */
export function speakerConfigurations(input: SpeakerInput): readonly SpeakerGroup[] {
  const rules = speakerRulesOf(input.version);
  const own = ownObjects(input);
  const groups = new Map<string, { readonly view: SpeakerInput; readonly nodes: string[] }>();
  for (const node of own.nodes) {
    const view = rules.judgesOwnNodeOnly ? forNode(own, node) : own;
    const key = keyOf(view);
    const group = groups.get(key) ?? { view, nodes: [] };
    group.nodes.push(node.metadata.name);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ view, nodes }) => ({
    nodes,
    configuration: judged(view, rules),
  }));
}

function keyOf({ bgpPeers, bgpAdvertisements }: SpeakerInput): string {
  const names = [bgpPeers, bgpAdvertisements].map((objects) =>
    objects.map(({ metadata }) => metadata.name),
  );
  return JSON.stringify(names);
}

/** L2Advertisements are kept: every speaker needs all of them to know the candidates. */
function forNode(input: SpeakerInput, node: Node): SpeakerInput {
  return {
    ...input,
    bgpPeers: input.bgpPeers.filter(({ spec }) => isSelected(node, spec.nodeSelectors)),
    bgpAdvertisements: input.bgpAdvertisements.filter(({ spec }) =>
      isSelected(node, spec.nodeSelectors),
    ),
  };
}

/** The steps MetalLB takes one after the other; the first with a fault ends the load. */
function judged(input: SpeakerInput, rules: SpeakerRules): SpeakerConfiguration {
  const isNative = input.bgpType === undefined || input.bgpType === 'native';
  const base = loadConfiguration({ ...input, bgpType: 'frr' });
  const pools = announcedPools(input, rules, base.pools);
  const aliases = communityAliases(input.communities);
  const steps = [
    isNative ? nativeModeProblems(input, rules) : frrModeProblems(input, rules),
    bfdProfileProblems(input.bfdProfiles, rules),
    peerProblems(input.bgpPeers, { ...input, rules }),
    base.state === 'rejected' ? base.problems : [],
    input.l2Advertisements.flatMap((each) => l2Faults(each, rules)),
    [
      ...input.bgpAdvertisements.flatMap((each) => bgpFaults(each, rules, aliases)),
      ...advertisedPoolProblems(input, rules, pools),
    ],
    bfdEchoProblems(input, pools),
  ];
  const failing = steps.find((problems) => problems.length > 0);
  return failing === undefined
    ? { state: 'accepted', pools, peers: peersOf(input) }
    : {
        state: 'rejected',
        problems: steps.flat(),
        maySay: failing.flatMap(({ message, alsoSaid = [] }) => [message, ...alsoSaid]),
      };
}

function announcedPools(
  input: SpeakerInput,
  rules: SpeakerRules,
  parsed: readonly Omit<AnnouncedPool, 'l2' | 'bgp'>[],
): readonly AnnouncedPool[] {
  const objects = new Map(input.pools.map((pool) => [pool.metadata.name, pool]));
  return parsed.flatMap((pool) => {
    const object = objects.get(pool.name);
    return object === undefined
      ? []
      : [
          {
            ...pool,
            l2: l2AnnouncementsOf(object, input, rules),
            bgp: bgpOf(object, input, rules).map(({ announcement }) => announcement),
          },
        ];
  });
}

function bgpOf(pool: IPAddressPool, input: SpeakerInput, rules: SpeakerRules) {
  return input.bgpAdvertisements
    .filter((object) => advertises(object, pool))
    .map((object) => ({ object, announcement: bgpAnnouncementOf(object, input, rules) }));
}

function advertisedPoolProblems(
  input: SpeakerInput,
  rules: SpeakerRules,
  pools: readonly AnnouncedPool[],
): readonly ConfigurationProblem[] {
  const objects = new Map(input.pools.map((pool) => [pool.metadata.name, pool]));
  return pools.flatMap((pool) => {
    const object = objects.get(pool.name);
    return object === undefined ? [] : poolProblems(pool, bgpOf(object, input, rules), rules);
  });
}

function peersOf({ bgpPeers, nodes }: SpeakerInput): readonly DialledPeer[] {
  return bgpPeers.map(({ metadata, spec }) => ({
    name: metadata.name,
    nodes: selectedNodes(nodes, spec.nodeSelectors),
    spec,
  }));
}
