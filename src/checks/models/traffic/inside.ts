import type { Evidence } from '../../../core/facts/evidence.ts';
import { contains, type IpAddress, parseAddress, parseCidr } from '../../../core/facts/ip.ts';
import type { Node } from '../../../core/facts/kube-objects.ts';
import { seenField } from '../seen.ts';

/** Where in the cluster an address is. */
export interface Inside {
  readonly node: string;
  /** A pod has an address out of the range of its node. */
  readonly isPod: boolean;
  /** Who says so. */
  readonly seen: Evidence;
}

/** The node that has the address, itself or for its pods; undefined for whoever is outside. */
export function insideOf(address: IpAddress, nodes: readonly Node[]): Inside | undefined {
  const holder = nodes.find(({ status }) =>
    status.addresses.some((each) => parseAddress(each.address) === address),
  );
  const host = nodes.find(({ spec }) =>
    spec.podCIDRs.some((text) => {
      const range = parseCidr(text);
      return range !== undefined && contains(range, address);
    }),
  );
  if (holder !== undefined) {
    const { name } = holder.metadata;
    const seen = seenField({ kind: 'Node', name }, 'status.addresses', address);
    return { node: name, isPod: false, seen };
  }
  if (host === undefined) {
    return undefined;
  }
  const { name } = host.metadata;
  const seen = seenField({ kind: 'Node', name }, 'spec.podCIDRs', host.spec.podCIDRs.join(', '));
  return { node: name, isPod: true, seen };
}

/** `10.4.0.11 is node worker-1`, `10.244.1.9 is a pod on node worker-1`. */
export function insideText(address: IpAddress, { node, isPod }: Inside): string {
  return isPod ? `${address} is a pod on node ${node}` : `${address} is node ${node}`;
}
