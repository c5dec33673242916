import { solicitedNodeOf, ndpFrame, unspecified } from './ndp.ts';
import { arpFrame } from './packet.ts';
import { broadcastMac, zeroMac } from './ethernet.ts';

/** Who asks. Without an address it asks as somebody who has none, and nobody's tables change (RFC 5227, RFC 4862). */
export interface Asker {
  readonly family: 'ipv4' | 'ipv6';
  readonly mac: string;
  readonly ip: string | undefined;
}

/** The frame that asks who has an address. */
export function questionFor(address: string, asker: Asker): Uint8Array {
  return asker.family === 'ipv4' ? arpQuestion(address, asker) : ndpQuestion(address, asker);
}

function arpQuestion(address: string, { mac, ip }: Asker): Uint8Array {
  return arpFrame({
    operation: 'request',
    ethernetDestination: broadcastMac,
    ethernetSource: mac,
    senderMac: mac,
    senderIp: ip ?? '0.0.0.0',
    targetMac: zeroMac,
    targetIp: address,
  });
}

function ndpQuestion(address: string, { mac, ip }: Asker): Uint8Array {
  const { group, mac: groupMac } = solicitedNodeOf(address);
  return ndpFrame({
    kind: 'solicitation',
    ethernetDestination: groupMac,
    ethernetSource: mac,
    source: ip ?? unspecified,
    destination: group,
    target: address,
    ...(ip === undefined ? {} : { linkAddress: mac }),
    isRouter: false,
    isSolicited: false,
    overrides: false,
  });
}
