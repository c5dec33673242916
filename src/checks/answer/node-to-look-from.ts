import { contains, familyOf, parseAddress, valueOf, type IpAddress } from '../../core/facts/ip.ts';
import type { Node } from '../../core/facts/kube-objects.ts';
import type { AddressPath } from '../../core/facts/path.ts';
import type { WireLook } from '../../core/facts/wire.ts';
import { knownSubnets, ownAddresses } from '../models/layer2/subnets.ts';

/**
 * The node from which a look at the wire tells most: not the announcer, whose own packets never leave it, nor one that has
 * looked already; first of all one in a subnet with the address, then the one whose own address is nearest to it.
 */
export function nodeToLookFrom(
  { address: text, announcer }: Pick<AddressPath, 'address' | 'announcer'>,
  { nodes, looks }: { readonly nodes: readonly Node[]; readonly looks: readonly WireLook[] },
): string | undefined {
  const address = parseAddress(text);
  const have = new Set(looks.map(({ from }) => from.node ?? from.host));
  const fit = nodes.filter(
    (node) => node.metadata.name !== announcer && !have.has(node.metadata.name) && isReady(node),
  );
  if (address === undefined) {
    return fit[0]?.metadata.name;
  }
  const beside = new Set(
    knownSubnets(nodes, looks)
      .filter(({ cidr, isInner }) => !isInner && contains(cidr, address))
      .map(({ node }) => node),
  );
  const [best] = fit
    .map((node) => ({
      name: node.metadata.name,
      isBeside: beside.has(node.metadata.name),
      gap: gapTo(address, node),
    }))
    .toSorted(
      (left, right) =>
        Number(right.isBeside) - Number(left.isBeside) ||
        Number(left.gap - right.gap) ||
        Number(left.name > right.name) - Number(left.name < right.name),
    );
  return best?.name;
}

function isReady({ status }: Node): boolean {
  return status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True');
}

const farthest = 1n << 128n;

/** How many bits are different, read as a number: in one subnet it is small. */
function gapTo(address: IpAddress, node: Node): bigint {
  const own = ownAddresses([node], familyOf(address));
  return own
    .map((each) => valueOf(each) ^ valueOf(address))
    .reduce((least, gap) => (gap < least ? gap : least), farthest);
}
