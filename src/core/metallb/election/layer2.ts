import { createHash } from 'node:crypto';
import type { IpAddress } from '../../facts/ip.ts';
import type { Service } from '../../facts/kube-objects.ts';
import type { L2Announcement } from '../configuration/announced.ts';
import { selects } from '../selectors.ts';
import { heldBy, type EarlyReason, type Held } from './held-addresses.ts';
import { isLocal, servingIn, type Serving } from './serving.ts';
import type { ElectionNode, NodeObstacle, Speakers } from './speakers.ts';

/** MetalLB's word for why a speaker does not announce in layer 2; `notOwner` stands for three different things. */
export type Layer2Reason = EarlyReason | 'notOwner' | 'noMatchingAdvertisement';

/** Why a node is not the announcer, in full. */
export type Layer2Obstacle =
  | { readonly kind: 'early'; readonly reason: EarlyReason }
  /** Its speaker refuses its configuration. */
  | { readonly kind: 'no-configuration' }
  /** No endpoint can serve: nobody announces, whatever the traffic policy. */
  | { readonly kind: 'no-endpoint' }
  /** No L2Advertisement of the pool selects the Service (>= v0.16.0). */
  | { readonly kind: 'service-not-advertised' }
  /** No L2Advertisement of the pool selects this node. */
  | { readonly kind: 'node-not-selected' }
  | { readonly kind: 'not-a-member' }
  | { readonly kind: 'node'; readonly obstacle: NodeObstacle }
  /** externalTrafficPolicy Local and no serving endpoint on this node. */
  | { readonly kind: 'no-local-endpoint' }
  /** It could announce, and another one comes first by hash. */
  | { readonly kind: 'lost'; readonly to: string };

/** What one address of the Service is announced on. */
export interface AnnouncedAddress {
  readonly address: IpAddress;
  /** Undefined means all interfaces. */
  readonly interfaces: readonly string[] | undefined;
}

/** Who announces one Service in layer 2. */
export interface Layer2Election {
  /** The node that announces; undefined when nobody does. */
  readonly announcer: string | undefined;
  /** Nodes that could announce, in the order in which they come; the first is elected, whether or not it announces. */
  readonly candidates: readonly string[];
  /** The elected node when it is not the announcer: its speaker has no configuration, so nobody announces. */
  readonly mute: string | undefined;
  readonly announced: readonly AnnouncedAddress[];
  /** Addresses that the announcer cannot announce: none of the interfaces wanted exists there (event announceFailed). */
  readonly failed: readonly IpAddress[];
  /** Why a node is not the announcer; undefined for the announcer. */
  readonly obstacleOn: (node: ElectionNode) => Layer2Obstacle | undefined;
}

/** Runs the election of one Service for every node at once: what all speakers decide, each by itself. */
export function electLayer2(service: Service, speakers: Speakers): Layer2Election {
  const serving = servingIn(speakers.slicesOf(service));
  const viewOf = viewsOf(service, speakers);
  const shared = speakers.nodes.map(viewOf).find(({ held }) => held?.kind === 'held');
  const first = shared?.held?.kind === 'held' ? shared.held.addresses[0] : undefined;
  const outside = candidateObstacles(service, { serving, advertisements: shared?.matching ?? [] });
  const names = speakers.nodes
    .filter((node) => outside(node) === undefined)
    .map(({ name }) => name);
  const candidates = first === undefined || !serving.anywhere ? [] : inHashOrder(names, first);
  const [elected] = candidates;
  const winner = elected === undefined ? undefined : speakers.byName.get(elected);
  const announcer =
    winner !== undefined && viewOf(winner).held?.kind === 'held' ? winner : undefined;
  return {
    announcer: announcer?.name,
    candidates,
    mute: announcer === undefined ? elected : undefined,
    ...addressesOn(announcer, shared, speakers),
    obstacleOn: (node) =>
      ownObstacle(viewOf(node), serving) ??
      outside(node) ??
      (node.name === elected ? undefined : { kind: 'lost', to: elected ?? '' }),
  };
}

/** What a speaker finds before it looks at the nodes. */
function ownObstacle({ held, matching }: View, serving: Serving): Layer2Obstacle | undefined {
  if (held === undefined) {
    return { kind: 'no-configuration' };
  }
  if (held.kind === 'nothing') {
    return { kind: 'early', reason: held.reason };
  }
  if (!serving.anywhere) {
    return { kind: 'no-endpoint' };
  }
  return matching.length === 0 && held.pool.l2.length > 0
    ? { kind: 'service-not-advertised' }
    : undefined;
}

/** The word that the speaker writes into its log for this. */
export function layer2Reason(
  obstacle: Exclude<Layer2Obstacle, { kind: 'no-configuration' }>,
  knowsServiceSelectors: boolean,
): Layer2Reason {
  switch (obstacle.kind) {
    case 'early':
      return obstacle.reason;
    case 'service-not-advertised':
    case 'node-not-selected':
      return knowsServiceSelectors ? 'noMatchingAdvertisement' : 'notOwner';
    case 'no-endpoint':
    case 'not-a-member':
    case 'node':
    case 'no-local-endpoint':
    case 'lost':
      return 'notOwner';
  }
}

/** What speakers with one configuration make of the Service; `held` is undefined without a configuration. */
interface View {
  readonly held: Held | undefined;
  readonly matching: readonly L2Announcement[];
}

/** Speakers with the same configuration see the same. */
function viewsOf(service: Service, { rules }: Speakers): (node: ElectionNode) => View {
  const views = new Map<ElectionNode['speaker'], View>();
  return ({ speaker }) => {
    const known = views.get(speaker) ?? viewFrom(service, speaker, rules.knowsServiceSelectors);
    views.set(speaker, known);
    return known;
  };
}

function viewFrom(
  service: Service,
  speaker: ElectionNode['speaker'],
  knowsServiceSelectors: boolean,
): View {
  const held = speaker === undefined ? undefined : heldBy(service, speaker);
  const advertisements = held?.kind === 'held' ? held.pool.l2 : [];
  const matching = advertisements.filter(
    ({ serviceSelectors }) =>
      !knowsServiceSelectors ||
      serviceSelectors.length === 0 ||
      serviceSelectors.some((selector) => selects(selector, service.metadata.labels)),
  );
  return { held, matching };
}

interface Circumstances {
  readonly serving: Serving;
  readonly advertisements: readonly L2Announcement[];
}

/** Why a node is no candidate, apart from what its speaker loaded. */
function candidateObstacles(
  service: Service,
  { serving, advertisements }: Circumstances,
): (node: ElectionNode) => Layer2Obstacle | undefined {
  const selected = new Set(advertisements.flatMap(({ nodes }) => [...nodes]));
  const local = isLocal(service);
  return ({ name, isMember, obstacles }) => {
    if (!selected.has(name)) {
      return { kind: 'node-not-selected' };
    }
    if (!isMember) {
      return { kind: 'not-a-member' };
    }
    const [obstacle] = obstacles;
    if (obstacle !== undefined) {
      return { kind: 'node', obstacle };
    }
    return local && !serving.nodes.has(name) ? { kind: 'no-local-endpoint' } : undefined;
  };
}

/** By SHA-256 of `node#address`, the first address only; every speaker comes to the same order. */
export function inHashOrder(nodes: readonly string[], address: IpAddress): readonly string[] {
  return nodes
    .map((node) => ({
      node,
      hash: createHash('sha256').update(`${node}#${address}`).digest('hex'),
    }))
    .sort((left, right) => (left.hash < right.hash ? -1 : 1))
    .map(({ node }) => node);
}

function addressesOn(
  announcer: ElectionNode | undefined,
  view: View | undefined,
  { input }: Speakers,
): Pick<Layer2Election, 'announced' | 'failed'> {
  if (announcer === undefined || view?.held?.kind !== 'held') {
    return { announced: [], failed: [] };
  }
  const wanted = interfacesFor(announcer.name, view.matching);
  const found = input.interfaces.get(announcer.name);
  const isHopeless =
    wanted !== undefined && found !== undefined && !wanted.some((each) => found.has(each));
  const { addresses } = view.held;
  return isHopeless
    ? { announced: [], failed: addresses }
    : { announced: addresses.map((address) => ({ address, interfaces: wanted })), failed: [] };
}

/** The union over the advertisements that select the node; undefined when one of them takes all. */
function interfacesFor(
  node: string,
  matching: readonly L2Announcement[],
): readonly string[] | undefined {
  const own = matching.filter(({ nodes }) => nodes.has(node));
  return own.some(({ interfaces }) => interfaces.length === 0)
    ? undefined
    : [...new Set(own.flatMap(({ interfaces }) => interfaces))].toSorted();
}
