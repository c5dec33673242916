import { signingFails } from './session-words.ts';

/** By how native speakers and FRR write it: what it means, and what to do about it where that is known. */
const hints: readonly (readonly [words: RegExp, means: string, todo?: string])[] = [
  [
    /read OPEN from .*(?:timeout|deadline exceeded)/i,
    'TCP comes about and the OPEN is never answered: something in between takes the connection (a proxy, a firewall), or BGP of the router does not get to it',
  ],
  [
    /0x0203|bad bgp identifier/i,
    'another neighbour of the router has the same router identifier: routerID in a BGPPeer goes for every node that it selects',
    'take routerID out of the BGPPeer, or make one BGPPeer per node, each with its own nodeSelectors and routerID',
  ],
  [
    /0x0601|maximum number of prefixes/i,
    'the router takes no more prefixes from this node, and ends the session whenever there are more',
    'raise the limit of prefixes that the router has for the nodes, or advertise fewer (aggregationLength)',
  ],
  [
    /0x0205/i,
    '0x0205 is "authentication failure" of RFC 1771, which RFC 4271 took out: some routers still say so',
  ],
  [
    /0x0206|unacceptable hold time/i,
    'the router wants a longer holdTime than the BGPPeer has',
    'give the BGPPeer a holdTime that the router takes (90s is usual)',
  ],
  [
    /0x0607|connection collision/i,
    'the router has another session with this node already: a second BGPPeer for it, or something else on the node that speaks BGP',
    'find what else on the node speaks BGP with this router (Calico, Cilium, kube-router, BIRD, a second MetalLB), and let one of the two do it',
  ],
  [
    /0x03[0-9a-f]{2}\b|\b3\/\d+ \(UPDATE Message Error/i,
    'the router takes the session and refuses the routes it is sent: see whether both sides agree that it is one AS (iBGP) or two (eBGP)',
    'ask the router why it refuses the routes: its log names the attribute',
  ],
  [/4-byte ASNs/i, 'the router knows no AS number above 65535: give MetalLB a smaller one'],
  [
    signingFails,
    'the kernel of the node cannot sign segments with a password (TCP MD5), as with FIPS: nothing was sent to the router',
    'take the password off both sides, or run nodes whose kernel has TCP MD5',
  ],
];

/** What these words of a speaker or of FRR mean, where they need to be told in others. */
export function hintIn(words: string): string | undefined {
  return hints.find(([pattern]) => pattern.test(words))?.[1];
}

/** What is to be done about it, where the words leave no choice. */
export function adviceIn(words: string): string | undefined {
  return hints.find(([pattern]) => pattern.test(words))?.[2];
}
