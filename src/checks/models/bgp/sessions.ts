import { contains, parseCidr, type IpAddress } from '../../../core/facts/ip.ts';
import type { DialledPeer } from '../../../core/metallb/configuration/announced.ts';
import { sentBy, type Meeting } from '../../../core/metallb/election/backend.ts';
import { routesOn } from '../../../core/metallb/election/sessions.ts';
import { peersOn } from '../../../core/metallb/election/speakers.ts';
import { isAtWorkAtMost, speakerOn } from '../announcing/speaker-on.ts';
import type { AnnouncingFacts } from '../announcing/speakers-at-work.ts';
import type { BGPWay } from './bgp-way.ts';

/** A session that should carry the Service's addresses. */
export interface Session {
  readonly node: string;
  readonly peer: DialledPeer;
  /** The addresses of the Service that it should carry. */
  readonly addresses: readonly IpAddress[];
}

/** What one node sends for the Service, as MetalLB's rules have it. */
export interface Sending {
  readonly node: string;
  readonly meetings: readonly Meeting[];
}

/** Every node that advertises the Service, and what its BGP implementation makes of it. */
export function sendingsOf({ announcing }: BGPWay): readonly Sending[] {
  const { speakers, bgp } = announcing;
  return speakers.nodes.flatMap((node) => {
    const routes = routesOn(bgp.get(node.name));
    return routes.length === 0
      ? []
      : [
          {
            node: node.name,
            meetings: sentBy(routes, {
              bgpType: speakers.input.bgpType,
              rules: speakers.rules,
              peers: peersOn(node),
            }),
          },
        ];
  });
}

/** The same, of nodes where a speaker works, as far as is known: no other sends anything. */
export function sendingsAtWork(way: BGPWay, facts: AnnouncingFacts): readonly Sending[] {
  return sendingsOf(way).filter(({ node }) => isAtWorkAtMost(speakerOn(node, facts)));
}

/** Every session that should carry it, by node and peer. */
export function sessionsOn(way: BGPWay, facts: AnnouncingFacts): readonly Session[] {
  const { speakers, addresses } = way.announcing;
  return sendingsAtWork(way, facts).flatMap(({ node, meetings }) => {
    const known = speakers.byName.get(node);
    return (known === undefined ? [] : peersOn(known)).flatMap((peer) => {
      const heard = meetings.filter((each) => each.peer === peer.name);
      const carried = addresses.filter((address) =>
        heard.some(({ prefix }) => isIn(address, prefix)),
      );
      return carried.length === 0 ? [] : [{ node, peer, addresses: carried }];
    });
  });
}

/** True when the prefix holds the address. */
export function isIn(address: IpAddress, prefix: string): boolean {
  const cidr = parseCidr(prefix);
  return cidr !== undefined && contains(cidr, address);
}

/** Where the router is: its address, or the interface it is reached by. */
export function routerOf({ spec }: DialledPeer): string {
  return spec.peerAddress ?? spec.interface ?? 'unknown';
}

/** `router-a from n1`. */
export function sessionText({ node, peer }: Pick<Session, 'node' | 'peer'>): string {
  return `${peer.name} from ${node}`;
}
