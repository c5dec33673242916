import { kubectl, shellWord } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';

/** An Ethernet frame of 1500 bytes without the headers of IP and ICMP. */
const largest = { ipv4: 1472, ipv6: 1452 } as const;

/** Packets that may not be cut, sent to the node behind `address`; of a node that is not known it is told how to find it. */
export function packetsOfFullSize(
  address: string,
  node: string | undefined,
  says: string,
): readonly Remedy[] {
  const size = address.includes(':') ? largest.ipv6 : largest.ipv4;
  const command = `ping -c 3 -M do -s ${size} ${shellWord(node ?? 'NODE_ADDRESS')}`;
  const test = { says, command, mutates: false };
  return node === undefined ? [theNode, test] : [test];
}

const theNode: Remedy = {
  says: 'the INTERNAL-IP of the node where packets for the address arrive is the NODE_ADDRESS of the next',
  command: kubectl`get nodes -o wide`,
  mutates: false,
};
