import { cidrText, familyOf, parseCidr, type IpAddress } from '../../facts/ip.ts';
import type { BGPAnnouncement, DialledPeer } from '../configuration/announced.ts';

/** One prefix as the speaker hands it to the session with one peer. */
export interface Route {
  readonly peer: string;
  readonly prefix: string;
  /** 0 means unset. */
  readonly localPref: number;
  /** 0 means unset. */
  readonly asPathPrepend: number;
  /** Sorted. */
  readonly communities: readonly string[];
}

/** Every address of the Service under every advertisement, to every peer that both sides want. */
export function routesOf(
  addresses: readonly IpAddress[],
  announcements: readonly BGPAnnouncement[],
  peers: readonly DialledPeer[],
): readonly Route[] {
  return announcements.flatMap((announcement) =>
    addresses.flatMap((address) => {
      const prefix = prefixOf(address, announcement);
      const { localPref, asPathPrepend, communities } = announcement;
      return peers
        .filter(({ name }) => announcement.peers.length === 0 || announcement.peers.includes(name))
        .map(({ name }) => ({ peer: name, prefix, localPref, asPathPrepend, communities }));
    }),
  );
}

/** Every address under every advertisement, each prefix once. */
export function prefixesOf(
  addresses: readonly IpAddress[],
  announcements: readonly BGPAnnouncement[],
): readonly string[] {
  const all = announcements.flatMap((announcement) =>
    addresses.map((address) => prefixOf(address, announcement)),
  );
  return [...new Set(all)];
}

/** The address cut to the aggregation length of its family. */
export function prefixOf(
  address: IpAddress,
  { aggregationLength, aggregationLengthV6 }: BGPAnnouncement,
): string {
  const length = familyOf(address) === 'ipv4' ? aggregationLength : aggregationLengthV6;
  const cidr = parseCidr(`${address}/${length}`);
  return cidr === undefined ? `${address}/${length}` : cidrText(cidr);
}
