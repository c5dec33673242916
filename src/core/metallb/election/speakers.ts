import type { EndpointSlice, Node, Service } from '../../facts/kube-objects.ts';
import type { ElectionOrder } from '../../facts/snapshot.ts';
import type { AnnouncedPool, DialledPeer } from '../configuration/announced.ts';
import {
  speakerConfigurations,
  type SpeakerConfiguration,
} from '../configuration/speaker-configuration.ts';
import type { SpeakerInput } from '../configuration/speaker-input.ts';
import { speakerRulesOf, type SpeakerRules } from '../configuration/speaker-rules.ts';
import { indexPools, type PoolIndex } from '../pool-index.ts';
import { Fields } from './candidates.ts';
import { electionRulesOf, type ElectionRules } from './election-rules.ts';
import { NodeHashes } from './hashing/node-hashes.ts';
import { slicesAsRead, slicesByService } from './serving.ts';

/** Everything that decides who announces. */
export interface ElectionInput extends SpeakerInput {
  readonly services: readonly Service[];
  readonly endpointSlices: readonly EndpointSlice[];
  /** Nodes whose speakers see one another; undefined when memberlist is switched off. */
  readonly members: ReadonlySet<string> | undefined;
  /** Interfaces that speakers find on their nodes, after exclusion; a node that is not in it is not known. */
  readonly interfaces: ReadonlyMap<string, ReadonlySet<string>>;
  /** `--ignore-exclude-lb`. */
  readonly ignoresExcludeLabel: boolean;
  /** `--lb-class`. */
  readonly loadBalancerClass: string | undefined;
  /** Orders that are known otherwise than by hash. */
  readonly electionOrders?: readonly ElectionOrder[] | undefined;
}

/** What one speaker works with. */
export interface LoadedSpeaker {
  readonly index: PoolIndex;
  readonly pools: ReadonlyMap<string, AnnouncedPool>;
  readonly peers: readonly DialledPeer[];
}

/** Why a node may not announce anything, in the order in which BGP tests it. */
export type NodeObstacle = 'unschedulable' | 'network-unavailable' | 'excluded-by-label';

/** A node as the election sees it. */
export interface ElectionNode {
  readonly name: string;
  readonly obstacles: readonly NodeObstacle[];
  /** False when its speaker is not among the members. */
  readonly isMember: boolean;
  /** Undefined when its speaker refuses its configuration: then it announces nothing, and is a candidate all the same. */
  readonly speaker: LoadedSpeaker | undefined;
}

/** All speakers of one cluster, loaded once for every Service. */
export interface Speakers {
  readonly input: ElectionInput;
  readonly rules: ElectionRules;
  readonly speakerRules: SpeakerRules;
  readonly nodes: readonly ElectionNode[];
  readonly byName: ReadonlyMap<string, ElectionNode>;
  /** Every configuration once, in the order of the nodes. */
  readonly loaded: readonly LoadedSpeaker[];
  readonly fields: Fields;
  /** By their places in `nodes`. */
  readonly hashes: NodeHashes;
  readonly slicesOf: (service: Service) => readonly EndpointSlice[];
}

/** Loads the configuration of every speaker and sorts the endpoints by Service. */
export function speakersOf(input: ElectionInput): Speakers {
  const rules = electionRulesOf(input.version);
  const loaded = new Map(
    speakerConfigurations(input).flatMap(({ nodes, configuration }) => {
      const speaker = loadedFrom(configuration);
      return nodes.map((node) => [node, speaker] as const);
    }),
  );
  const nodes = input.nodes.map((node): ElectionNode => ({
    name: node.metadata.name,
    obstacles: obstaclesOf(node, input, rules),
    isMember: input.members?.has(node.metadata.name) ?? rules.electsWithoutMembers,
    speaker: loaded.get(node.metadata.name),
  }));
  const slices = slicesByService(slicesAsRead(input.endpointSlices, rules));
  return {
    input,
    rules,
    speakerRules: speakerRulesOf(input.version),
    nodes,
    byName: new Map(nodes.map((node) => [node.name, node])),
    loaded: [...new Set(nodes.flatMap(({ speaker }) => speaker ?? []))],
    fields: new Fields(nodes, rules.knowsServiceSelectors),
    hashes: new NodeHashes(
      nodes.map(({ name }) => name),
      input.electionOrders,
    ),
    slicesOf: ({ metadata }) => slices.get(`${metadata.namespace ?? ''}/${metadata.name}`) ?? [],
  };
}

/** The peers whose selectors take in this node. */
export function peersOn({ name, speaker }: ElectionNode): readonly DialledPeer[] {
  return (speaker?.peers ?? []).filter(({ nodes }) => nodes.has(name));
}

function loadedFrom(configuration: SpeakerConfiguration): LoadedSpeaker | undefined {
  return configuration.state === 'rejected'
    ? undefined
    : {
        index: indexPools(configuration.pools),
        pools: new Map(configuration.pools.map((pool) => [pool.name, pool])),
        peers: configuration.peers,
      };
}

const excludeLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';

function obstaclesOf(
  { metadata, spec, status }: Node,
  { ignoresExcludeLabel }: ElectionInput,
  rules: ElectionRules,
): readonly NodeObstacle[] {
  // of two conditions of one type only the first counts
  const network = status.conditions.find(({ type }) => type === 'NetworkUnavailable');
  const isUnavailable = network?.status === 'True';
  const isExcluded = Object.hasOwn(metadata.labels, excludeLabel) && !ignoresExcludeLabel;
  return [
    ...(rules.honoursCordon && spec.unschedulable ? (['unschedulable'] as const) : []),
    ...(rules.honoursNetworkUnavailable && isUnavailable ? (['network-unavailable'] as const) : []),
    ...(rules.honoursExcludeLabel && isExcluded ? (['excluded-by-label'] as const) : []),
  ];
}
