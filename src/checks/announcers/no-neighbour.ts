import type { BGPDecision } from '../../core/metallb/election/bgp.ts';
import { routesOn } from '../../core/metallb/election/sessions.ts';
import { peersOn, type ElectionNode } from '../../core/metallb/election/speakers.ts';

/** Why the speaker of a node that would advertise an address has nobody to tell it to; undefined when it has. */
export function whyNoNeighbour(
  node: ElectionNode,
  decision: BGPDecision | undefined,
  pool: string | undefined,
): string | undefined {
  if (decision?.advertises !== true || routesOn(decision).length > 0) {
    return undefined;
  }
  const all = (node.speaker?.peers ?? []).map(({ name }) => name);
  const advertisements = node.speaker?.pools.get(pool ?? '')?.bgp ?? [];
  const named = advertisements
    .filter(({ nodes }) => nodes.has(node.name))
    .flatMap(({ peers }) => peers);
  const absent = [...new Set(named)].filter((name) => !all.includes(name)).toSorted();
  if (absent.length > 0) {
    return `the advertisement names peer ${absent.join(', ')}, and there is none`;
  }
  if (all.length === 0) {
    return 'there is no BGPPeer';
  }
  return peersOn(node).length === 0
    ? 'no BGPPeer selects this node'
    : 'the BGPPeers that the advertisement names do not select this node';
}
