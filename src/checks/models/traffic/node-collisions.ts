import {
  familyOf,
  type IpAddress,
  type IpRange,
  parseAddress,
  parseCidr,
  valueOf,
} from '../../../core/facts/ip.ts';
import type { Node } from '../../../core/facts/kube-objects.ts';
import { nestedPairs } from './nested-ranges.ts';

/** Two things of the network that must not be the same, and are. */
export type Collision =
  | { readonly kind: 'address'; readonly address: IpAddress; readonly nodes: readonly Node[] }
  | { readonly kind: 'pod-range'; readonly ranges: string; readonly nodes: readonly Node[] }
  /** A node whose address other nodes, or it itself, take for a pod's; the owner of the range comes second. */
  | {
      readonly kind: 'address-in-pod-range';
      readonly address: IpAddress;
      readonly range: string;
      readonly nodes: readonly [Node, Node];
    };

/** Where all collide with all, the first ones tell as much as millions would. */
export const collisionsAtMost = 1_000;

/** A node in the order of names, and what it has, each read once. */
interface Place {
  readonly node: Node;
  readonly rank: number;
}

interface Spot extends Place {
  readonly text: string;
  readonly range: IpRange;
  /** Which of the node's own it is. */
  readonly index: number;
}

/**
 * What collides among nodes that are ready, of each kind at most as many as count: one that was renamed leaves its old Node object
 * behind.
 */
export function collisionsOf(all: readonly Node[]): readonly Collision[] {
  const places = all
    .filter(isReady)
    .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .map((node, rank): Place => ({ node, rank }));
  const addresses = places.flatMap(addressesOf);
  const ranges = places.flatMap(rangesOf);
  return [
    ...sharedAddresses(addresses),
    ...sharedRanges(ranges),
    ...coveredAddresses(addresses, ranges),
  ];
}

function isReady({ status }: Node): boolean {
  return status.conditions.every(({ type, status: is }) => type !== 'Ready' || is === 'True');
}

/** Nodes apart from each other, such as behind NAT, tell an ExternalIP and may have the same address inside. */
function sharedAddresses(addresses: readonly AddressSpot[]): readonly Collision[] {
  const near = addresses.filter(({ node }) =>
    node.status.addresses.every(({ type }) => type !== 'ExternalIP'),
  );
  return [...Map.groupBy(near, ({ address }) => address)]
    .filter(([, owners]) => owners.length > 1)
    .slice(0, collisionsAtMost)
    .map(([address, owners]) => ({
      kind: 'address',
      address,
      nodes: owners.map(({ node }) => node),
    }));
}

/** Of two nodes the first two ranges that overlap are enough. */
function sharedRanges(ranges: readonly Spot[]): readonly Collision[] {
  const pairs = new Map<string, Pair>();
  for (const pair of nestedPairs(ranges)) {
    const ordered = inOrder(pair);
    const [mine, other] = ordered;
    const key = `${mine.rank} ${other.rank}`;
    const known = pairs.get(key);
    if (mine.rank !== other.rank && (known === undefined || byNodes(ordered, known) < 0)) {
      pairs.set(key, ordered);
    }
    if (pairs.size === collisionsAtMost) {
      break;
    }
  }
  return [...pairs.values()].toSorted(byNodes).map(([mine, other]) => ({
    kind: 'pod-range',
    ranges: [...new Set([mine.text, other.text])].join(' and '),
    nodes: [mine.node, other.node],
  }));
}

function coveredAddresses(
  addresses: readonly AddressSpot[],
  ranges: readonly Spot[],
): readonly Collision[] {
  const found: (readonly [AddressSpot, Spot])[] = [];
  for (const pair of nestedPairs<Spot | AddressSpot>(ranges, addresses)) {
    const [owner, spot] = pair;
    if ('address' in spot) {
      found.push([spot, owner]);
    }
    if (found.length === collisionsAtMost) {
      break;
    }
  }
  return found.toSorted(byAddress).map(([{ node, address }, owner]) => ({
    kind: 'address-in-pod-range',
    address,
    range: owner.text,
    nodes: [node, owner.node],
  }));
}

type Pair = readonly [Spot, Spot];

function inOrder([left, right]: Pair): Pair {
  return left.rank < right.rank ? [left, right] : [right, left];
}

/** By the names of both nodes, then in the order in which these tell what they have. */
function byNodes([a, b]: Pair, [c, d]: Pair): number {
  return a.rank - c.rank || b.rank - d.rank || a.index - c.index || b.index - d.index;
}

/** All of a node's first address before its next. */
function byAddress([a, b]: Pair, [c, d]: Pair): number {
  return a.rank - c.rank || a.index - c.index || b.rank - d.rank || b.index - d.index;
}

interface AddressSpot extends Spot {
  readonly address: IpAddress;
}

function addressesOf(place: Place): readonly AddressSpot[] {
  const own = place.node.status.addresses
    .filter(({ type }) => type === 'InternalIP')
    .flatMap(({ address }) => parseAddress(address) ?? []);
  return [...new Set(own)].map((address, index) => {
    const value = valueOf(address);
    const range = { family: familyOf(address), first: value, last: value };
    return { ...place, address, text: address, range, index };
  });
}

function rangesOf(place: Place): readonly Spot[] {
  return place.node.spec.podCIDRs.flatMap((text, index) => {
    const range = parseCidr(text);
    return range === undefined ? [] : [{ ...place, text, range, index }];
  });
}
