/** What notifications and errors mean that name no kind of trouble by themselves, by how native speakers and FRR write them. */
const hints: readonly (readonly [RegExp, string])[] = [
  [
    /read OPEN from .*(?:timeout|deadline exceeded)/i,
    'TCP comes about and the OPEN is never answered: something in between takes the connection (a proxy, a firewall), or BGP of the router does not get to it',
  ],
  [
    /0x0203|bad bgp identifier/i,
    'another neighbour of the router has the same router identifier: routerID in a BGPPeer goes for every node that it selects',
  ],
  [
    /0x0601|maximum number of prefixes/i,
    'the router takes no more prefixes from this node: raise its limit, or advertise fewer (aggregationLength)',
  ],
  [
    /0x0205/i,
    '0x0205 is "authentication failure" of RFC 1771, which RFC 4271 took out: some routers still say so',
  ],
  [/0x0206|unacceptable hold time/i, 'the router wants a longer holdTime than the BGPPeer has'],
  [
    /0x03[0-9a-f]{2}\b|\b3\/\d+ \(UPDATE Message Error/i,
    'the router takes the session and refuses the routes it is sent: see whether both sides agree that it is one AS (iBGP) or two (eBGP)',
  ],
  [/4-byte ASNs/i, 'the router knows no AS number above 65535: give MetalLB a smaller one'],
  [
    /protocol not available/i,
    'the kernel of the node cannot sign segments with a password (TCP MD5): take the password off both sides, or use another kernel',
  ],
];

/** What these words of a speaker or of FRR mean, where they need to be told in others. */
export function hintIn(words: string): string | undefined {
  return hints.find(([pattern]) => pattern.test(words))?.[1];
}
