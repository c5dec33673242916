import { familyOf, parseAddress, parseCidr } from '../../facts/ip.ts';
import type { DialledPeer } from '../configuration/announced.ts';
import type { ElectionRules } from './election-rules.ts';
import type { Route } from './routes.ts';

/** One prefix as the neighbour of one peer gets it. */
export interface Sent {
  readonly peer: string;
  readonly prefix: string;
  /** Preferences it is listed under, ascending; empty when none is set. */
  readonly localPrefs: readonly number[];
  /** The same of its prepended paths (frr-k8s, >= v0.16.2). */
  readonly asPathPrepends: readonly number[];
  /** Sorted. */
  readonly communities: readonly string[];
}

/** What one node sends, where equal prefixes meet; `options` has several entries where MetalLB goes by no fixed order. */
export interface Meeting {
  readonly peer: string;
  readonly prefix: string;
  /** Never empty. */
  readonly options: readonly Sent[];
}

/** How the BGP implementation merges routes. */
export interface Backend {
  /** `native`, `frr` or `frr-k8s`; undefined is native. */
  readonly bgpType: string | undefined;
  readonly rules: ElectionRules;
  /** By name, those of the node. */
  readonly peers: readonly DialledPeer[];
}

/** What is left of a node's routes in its BGP implementation: equal prefixes merged, foreign families left out. */
export function sentBy(routes: readonly Route[], backend: Backend): readonly Meeting[] {
  const peers = new Map(backend.peers.map((peer) => [peer.name, peer]));
  const meetings = Map.groupBy(
    routes.filter((route) => reaches(route, peers.get(route.peer), backend)),
    ({ peer, prefix }) => `${peer} ${prefix}`,
  );
  return [...meetings.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [merged([first, ...others], backend)],
  );
}

/** True when a neighbour is given the prefix at all: below v0.15.0, and in native mode, it gets both families. */
export function reaches(
  { prefix }: Route,
  peer: DialledPeer | undefined,
  { bgpType, rules }: Backend,
): boolean {
  const isNative = bgpType === undefined || bgpType === 'native';
  if (isNative || !rules.keepsFamiliesApart || peer === undefined) {
    return true;
  }
  const { peerAddress, dualStackAddressFamily } = peer.spec;
  const neighbour = parseAddress(peerAddress ?? '');
  return (
    dualStackAddressFamily === true ||
    neighbour === undefined ||
    parseCidr(prefix)?.family === familyOf(neighbour)
  );
}

function merged(group: readonly [Route, ...Route[]], { bgpType, rules }: Backend): Meeting {
  const [{ peer, prefix }] = group;
  const isNative = bgpType === undefined || bgpType === 'native';
  const communities = union(group);
  const preferences = [...new Set(group.map(({ localPref }) => localPref))].sort((a, b) => a - b);
  const asPathPrepends = [...new Set(group.map((route) => route.asPathPrepend))]
    .filter((each) => each !== 0)
    .sort((a, b) => a - b);
  const sent = (localPrefs: readonly number[], told: readonly string[]): Sent => ({
    peer,
    prefix,
    localPrefs: localPrefs.filter((each) => each !== 0),
    asPathPrepends,
    communities: told,
  });
  if (isNative && !rules.nativeUnitesCommunities) {
    return { peer, prefix, options: group.map((each) => sent([each.localPref], each.communities)) };
  }
  return isNative
    ? { peer, prefix, options: preferences.map((each) => sent([each], communities)) }
    : { peer, prefix, options: [sent(preferences, communities)] };
}

function union(group: readonly Route[]): readonly string[] {
  return [...new Set(group.flatMap(({ communities }) => communities))].toSorted();
}
