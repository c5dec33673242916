import type { BGPAdvertisement, BGPPeer, IPAddressPool, Node } from '../../facts/kube-objects.ts';
import type { ConfigurationProblem, Pool } from '../configuration.ts';
import { loadConfiguration } from '../load-configuration.ts';
import { bgpFaults, l2Faults } from './advertisement-faults.ts';
import {
  advertises,
  bgpAnnouncements,
  communityAliases,
  distinctL2,
  l2Announcements,
} from './advertisements.ts';
import type { AnnouncedPool, DialledPeer, L2Announcement } from './announced.ts';
import { bfdEchoProblems } from './bfd-echo.ts';
import { bfdProfileProblems } from './bfd-profiles.ts';
import { frrK8sOnlyProblems } from './frr-k8s-only.ts';
import { frrModeProblems } from './frr-mode.ts';
import { nativeModeProblems } from './native-mode.ts';
import { peerProblems } from './peers.ts';
import { poolProblems } from './pool-advertisements.ts';
import { isSelected, selectedNodes } from './selected-nodes.ts';
import { ownObjects, type SpeakerInput } from './speaker-input.ts';
import { speakerRulesOf, type SpeakerRules } from './speaker-rules.ts';
import { areReadable, unreadableNodeSelectors } from './unreadable-node-selectors.ts';

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
  const view = rules.judgesOwnNodeOnly ? forNode(own, node) : own;
  return judged(view, rules, loadedPools(own, rules));
}

/** All objects judged together, as the webhook does it: from v0.16.0 on no speaker does any more. */
export function judgedTogether(input: SpeakerInput): SpeakerConfiguration {
  const own = ownObjects(input);
  const rules = speakerRulesOf(input.version);
  return judged(own, rules, { ...loadedPools(own, rules), unselectable: [] });
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
  const loaded = loadedPools(own, rules);
  return [...groups.values()].map(({ view, nodes }) => ({
    nodes,
    configuration: judged(view, rules, loaded),
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
  const isFor = ({ spec }: BGPAdvertisement | BGPPeer) =>
    isSelected(node, spec.nodeSelectors) && areReadable(spec.nodeSelectors);
  return {
    ...input,
    bgpPeers: input.bgpPeers.filter(isFor),
    bgpAdvertisements: input.bgpAdvertisements.filter(isFor),
  };
}

/** What is the same for every speaker: pools, what announces them in layer 2, and what it cannot choose among. */
interface LoadedPools {
  /** Steps before all others: a speaker that cannot tell what is for its node judges nothing (>= v0.16.0). */
  readonly unselectable: readonly (readonly ConfigurationProblem[])[];
  readonly problems: readonly ConfigurationProblem[];
  readonly pools: readonly {
    readonly object: IPAddressPool;
    readonly pool: Pool;
    readonly l2: readonly L2Announcement[];
  }[];
}

function loadedPools(own: SpeakerInput, rules: SpeakerRules): LoadedPools {
  const loaded = loadConfiguration({ ...own, bgpType: 'frr' });
  const objects = new Map(own.pools.map((pool) => [pool.metadata.name, pool]));
  const announcements = l2Announcements(own, rules);
  return {
    unselectable: rules.judgesOwnNodeOnly
      ? [own.bgpAdvertisements, own.bgpPeers].map(unreadableNodeSelectors)
      : [],
    problems: [
      ...(loaded.state === 'rejected' ? loaded.problems : []),
      ...own.l2Advertisements.flatMap((each) => l2Faults(each, rules)),
    ],
    pools: loaded.pools.flatMap((pool) => {
      const object = objects.get(pool.name);
      return object === undefined ? [] : [{ object, pool, l2: distinctL2(announcements, object) }];
    }),
  };
}

/** The steps MetalLB takes one after the other; the first with a fault ends the load. */
function judged(
  input: SpeakerInput,
  rules: SpeakerRules,
  loaded: LoadedPools,
): SpeakerConfiguration {
  const aliases = communityAliases(input.communities);
  const advertised = bgpAnnouncements(input, rules);
  const pools = loaded.pools.map(({ object, pool, l2 }) => ({
    pool: { ...pool, l2, bgp: [] },
    bgp: advertised.filter((each) => advertises(each.object, object)),
  }));
  const announced: readonly AnnouncedPool[] = pools.map(({ pool, bgp }) => ({
    ...pool,
    bgp: bgp.map(({ announcement }) => announcement),
  }));
  const steps = [
    ...loaded.unselectable,
    modeProblems(input, rules),
    bfdProfileProblems(input.bfdProfiles, rules),
    peerProblems(input.bgpPeers, { ...input, rules }),
    loaded.problems.filter(({ object }) => object.kind !== 'L2Advertisement'),
    loaded.problems.filter(({ object }) => object.kind === 'L2Advertisement'),
    [
      ...input.bgpAdvertisements.flatMap((each) => bgpFaults(each, rules, aliases)),
      ...pools.flatMap(({ pool, bgp }) => poolProblems(pool, bgp, rules)),
    ],
    bfdEchoProblems(input, announced),
  ];
  const failing = steps.find((problems) => problems.length > 0);
  return failing === undefined
    ? { state: 'accepted', pools: announced, peers: peersOf(input) }
    : {
        state: 'rejected',
        problems: steps.flat(),
        maySay: failing.flatMap(({ message, alsoSaid = [] }) => [message, ...alsoSaid]),
      };
}

/** What the BGP implementation cannot do, or not together. */
function modeProblems(input: SpeakerInput, rules: SpeakerRules): readonly ConfigurationProblem[] {
  const isNative = input.bgpType === undefined || input.bgpType === 'native';
  return [
    ...frrK8sOnlyProblems(input, rules),
    ...(isNative ? nativeModeProblems(input, rules) : frrModeProblems(input, rules)),
  ];
}

function peersOf({ bgpPeers, nodes }: SpeakerInput): readonly DialledPeer[] {
  return bgpPeers.map(({ metadata, spec }) => ({
    name: metadata.name,
    nodes: selectedNodes(nodes, spec.nodeSelectors),
    spec,
  }));
}
