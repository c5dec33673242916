import { solicitedNodeOf, ndpFrame, unspecified, type NdpPacket } from './ndp.ts';
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
  return asker.family === 'ipv4'
    ? arpQuestion(address, asker)
    : ndpFrame(ndpPacket(address, asker));
}

/** The frame that asks one machine by NDP whether it still has an address, as a neighbour does that knows it already. */
export function questionAlone(address: string, to: string, { mac, ip }: Asker): Uint8Array {
  return ndpFrame({
    ...ndpPacket(address, { mac, ip }),
    ethernetDestination: to,
    destination: address,
  });
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

function ndpPacket(address: string, { mac, ip }: Omit<Asker, 'family'>): NdpPacket {
  const { group, mac: groupMac } = solicitedNodeOf(address);
  return {
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
  };
}
