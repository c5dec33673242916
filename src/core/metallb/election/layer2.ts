import type { IpAddress } from '../../facts/ip.ts';
import type { Service } from '../../facts/kube-objects.ts';
import type { L2Announcement } from '../configuration/announced.ts';
import type { Field, Fields } from './candidates.ts';
import { heldBy, type EarlyReason, type Held } from './held-addresses.ts';
import { byPreference, isLess, isRefusedAsShared, mostPreferred, scoring } from './preferences.ts';
import { isLocal, servingIn, type Serving } from './serving.ts';
import type { ElectionNode, LoadedSpeaker, NodeObstacle, Speakers } from './speakers.ts';

/** MetalLB's word for why a speaker does not announce in layer 2; `notOwner` stands for three different things. */
export type Layer2Reason =
  | EarlyReason
  | 'notOwner'
  | 'noMatchingAdvertisement'
  | 'sharedIPWithServiceSelector';

/** Why a node is not the announcer, in full. */
export type Layer2Obstacle =
  | { readonly kind: 'early'; readonly reason: EarlyReason }
  /** Its speaker refuses its configuration. */
  | { readonly kind: 'no-configuration' }
  /** No endpoint can serve: nobody announces, whatever the traffic policy. */
  | { readonly kind: 'no-endpoint' }
  /** It has a sharing key, and an advertisement that takes it has serviceSelectors: nobody announces (>= v0.16.2). */
  | { readonly kind: 'shared-with-selectors' }
  /** No L2Advertisement of the pool selects the Service (>= v0.16.0). */
  | { readonly kind: 'service-not-advertised' }
  /** No L2Advertisement of the pool selects this node. */
  | { readonly kind: 'node-not-selected' }
  | { readonly kind: 'not-a-member' }
  | { readonly kind: 'node'; readonly obstacle: NodeObstacle }
  /** externalTrafficPolicy Local and no serving endpoint on this node. */
  | { readonly kind: 'no-local-endpoint' }
  /** It could announce, and another one comes first: by hash, or because an advertisement prefers it (>= v0.16.2). */
  | { readonly kind: 'lost'; readonly to: string; readonly by: 'hash' | 'preference' };

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
  const shared = firstHolding(speakers, viewOf);
  const [address] = shared?.held.addresses ?? [];
  const isOpen =
    shared !== undefined && serving.anywhere && !isRefusedAsShared(service, shared.field, speakers);
  const open = isOpen ? openTo(service, shared.field, { serving, speakers }) : [];
  const scores = shared?.field.scores;
  const place =
    address === undefined
      ? undefined
      : speakers.hashes.firstOf(mostPreferred(open, scores), address);
  const elected = place === undefined ? undefined : speakers.nodes[place];
  const announcer = isHolding(viewOf(elected?.speaker)) ? elected : undefined;
  const scoreOf = scoring(speakers, scores);
  const outside = candidateObstacles(service, { serving, field: shared?.field });
  return {
    announcer: announcer?.name,
    get candidates() {
      const places = address === undefined ? [] : speakers.hashes.inOrder(open, address);
      return byPreference(places, scores).flatMap((each) => speakers.nodes[each]?.name ?? []);
    },
    mute: announcer === undefined ? elected?.name : undefined,
    ...addressesOn(announcer, shared, speakers),
    obstacleOn: (node) =>
      ownObstacle(service, viewOf(node.speaker), { serving, speakers }) ??
      outside(node) ??
      (node.name === elected?.name
        ? undefined
        : {
            kind: 'lost',
            to: elected?.name ?? '',
            by: isLess(node.name, elected?.name, scoreOf) ? 'preference' : 'hash',
          }),
  };
}

/** The places of the nodes that could announce the Service. */
function openTo(
  service: Service,
  { candidates }: Field,
  { serving, speakers }: { serving: Serving; speakers: Speakers },
): readonly number[] {
  return isLocal(service)
    ? candidates.filter((place) => serving.nodes.has(speakers.nodes[place]?.name ?? ''))
    : candidates;
}

/** What a speaker finds before it looks at the nodes. */
function ownObstacle(
  service: Service,
  view: View,
  { serving, speakers }: { readonly serving: Serving; readonly speakers: Speakers },
): Layer2Obstacle | undefined {
  if (view === undefined) {
    return { kind: 'no-configuration' };
  }
  if (!isHolding(view)) {
    return { kind: 'early', reason: view.held.reason };
  }
  if (!serving.anywhere) {
    return { kind: 'no-endpoint' };
  }
  if (isRefusedAsShared(service, view.field, speakers)) {
    return { kind: 'shared-with-selectors' };
  }
  return view.field.matching.length === 0 && view.held.pool.l2.length > 0
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
    case 'shared-with-selectors':
      return 'sharedIPWithServiceSelector';
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

/** What speakers with one configuration make of the Service; undefined without a configuration. */
type View = Holding | { readonly held: Extract<Held, { kind: 'nothing' }> } | undefined;

interface Holding {
  readonly held: Extract<Held, { kind: 'held' }>;
  readonly field: Field;
}

function isHolding(view: View): view is Holding {
  return view?.held.kind === 'held';
}

/** Pools and L2Advertisements are the same for all speakers that have a configuration. */
function firstHolding(
  { loaded }: Speakers,
  viewOf: (speaker: LoadedSpeaker | undefined) => View,
): Holding | undefined {
  const view = viewOf(loaded[0]);
  return isHolding(view) ? view : undefined;
}

/** Speakers with the same configuration see the same. */
function viewsOf(
  service: Service,
  { fields }: Speakers,
): (speaker: LoadedSpeaker | undefined) => View {
  const views = new Map<LoadedSpeaker, View>();
  return (speaker) => {
    if (speaker === undefined) {
      return undefined;
    }
    const view = views.get(speaker) ?? viewFrom(service, speaker, fields);
    views.set(speaker, view);
    return view;
  };
}

function viewFrom(service: Service, speaker: LoadedSpeaker, fields: Fields): View {
  const held = heldBy(service, speaker);
  return held.kind === 'held' ? { held, field: fields.of(service, held.pool) } : { held };
}

interface Circumstances {
  readonly serving: Serving;
  readonly field: Field | undefined;
}

/** Why a node is no candidate, apart from what its speaker loaded. */
function candidateObstacles(
  service: Service,
  { serving, field }: Circumstances,
): (node: ElectionNode) => Layer2Obstacle | undefined {
  const local = isLocal(service);
  return ({ name, isMember, obstacles }) => {
    if (field?.selected.has(name) !== true) {
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

function addressesOn(
  announcer: ElectionNode | undefined,
  view: Holding | undefined,
  { input }: Speakers,
): Pick<Layer2Election, 'announced' | 'failed'> {
  if (announcer === undefined || view === undefined) {
    return { announced: [], failed: [] };
  }
  const wanted = interfacesFor(announcer.name, view.field.matching);
  const found = input.interfaces.get(announcer.name);
  const isHopeless =
    wanted !== undefined && found !== undefined && !wanted.some((each) => found.has(each));
  const addresses = [...new Set(view.held.addresses)];
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
