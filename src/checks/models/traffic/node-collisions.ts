import {
  type Cidr,
  contains,
  type IpAddress,
  overlaps,
  parseAddress,
  parseCidr,
} from '../../../core/facts/ip.ts';
import type { Node } from '../../../core/facts/kube-objects.ts';

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

/** What collides among nodes that are ready: one that was renamed leaves its old Node object behind. */
export function collisionsOf(all: readonly Node[]): readonly Collision[] {
  const nodes = all
    .filter(isReady)
    .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  return [...sharedAddresses(nodes), ...sharedRanges(nodes), ...coveredAddresses(nodes)];
}

function isReady({ status }: Node): boolean {
  return status.conditions.every(({ type, status: is }) => type !== 'Ready' || is === 'True');
}

/** Nodes apart from each other, such as behind NAT, tell an ExternalIP and may have the same address inside. */
function sharedAddresses(nodes: readonly Node[]): readonly Collision[] {
  const near = nodes.filter(({ status }) =>
    status.addresses.every(({ type }) => type !== 'ExternalIP'),
  );
  const owned = near.flatMap((node) => addressesOf(node).map((address) => ({ node, address })));
  return [...Map.groupBy(owned, ({ address }) => address)].flatMap(([address, owners]) =>
    owners.length < 2
      ? []
      : [{ kind: 'address' as const, address, nodes: owners.map(({ node }) => node) }],
  );
}

function sharedRanges(nodes: readonly Node[]): readonly Collision[] {
  return nodes.flatMap((node, index) =>
    nodes.slice(index + 1).flatMap((other) => {
      const [pair] = rangesOf(node).flatMap((mine) =>
        rangesOf(other)
          .filter(({ range }) => overlaps(mine.range, range))
          .map(({ text }) => [mine.text, text]),
      );
      return pair === undefined
        ? []
        : [
            {
              kind: 'pod-range' as const,
              ranges: [...new Set(pair)].join(' and '),
              nodes: [node, other],
            },
          ];
    }),
  );
}

function coveredAddresses(nodes: readonly Node[]): readonly Collision[] {
  return nodes.flatMap((node) =>
    addressesOf(node).flatMap((address) =>
      nodes.flatMap((owner) =>
        rangesOf(owner)
          .filter(({ range }) => contains(range, address))
          .map(({ text }) => ({
            kind: 'address-in-pod-range' as const,
            address,
            range: text,
            nodes: [node, owner] as const,
          })),
      ),
    ),
  );
}

function addressesOf({ status }: Node): readonly IpAddress[] {
  const own = status.addresses
    .filter(({ type }) => type === 'InternalIP')
    .flatMap(({ address }) => parseAddress(address) ?? []);
  return [...new Set(own)];
}

function rangesOf({ spec }: Node): readonly { readonly text: string; readonly range: Cidr }[] {
  return spec.podCIDRs.flatMap((text) => {
    const range = parseCidr(text);
    return range === undefined ? [] : [{ text, range }];
  });
}
