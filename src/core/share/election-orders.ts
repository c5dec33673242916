import { parseAddress } from '../facts/ip.ts';
import { itemsIfRead } from '../facts/reading.ts';
import type { ElectionOrder, Snapshot } from '../facts/snapshot.ts';
import { NodeHashes } from '../metallb/election/hashing/node-hashes.ts';

/** In all orders together; beyond it the elections of the last addresses are given up. */
const mostNames = 200_000;

/** MetalLB elects by a hash over node and address: who replaces either has to say what came of it. */
export function withElectionOrders(snapshot: Snapshot): Snapshot {
  const { readings, electionOrders } = snapshot;
  const names = itemsIfRead(readings.nodes).map(({ metadata }) => metadata.name);
  const addresses = itemsIfRead(readings.services).flatMap(({ spec, status }) =>
    spec.type === 'LoadBalancer'
      ? status.ingress.flatMap(({ ip = '' }) => parseAddress(ip) ?? [])
      : [],
  );
  // a recording that was shared before knows them, and its names do not
  if (electionOrders !== undefined || names.length === 0 || addresses.length === 0) {
    return snapshot;
  }
  const hashes = new NodeHashes(names);
  const places = [...names.keys()];
  const orders = [...new Set(addresses)]
    .slice(0, Math.floor(mostNames / names.length))
    .map((address): ElectionOrder => ({
      address,
      nodes: hashes.inOrder(places, address).map((place) => names[place] ?? ''),
    }));
  return { ...snapshot, electionOrders: orders };
}
