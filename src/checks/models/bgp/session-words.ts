/** What keeps a session down, as far as words tell. */
export type Trouble =
  | 'refused'
  | 'unreachable'
  | 'as-mismatch'
  | 'password'
  | 'hold-timer'
  | 'source-address'
  | 'multihop'
  /** Nothing on the node speaks BGP for the speaker; no words tell that. */
  | 'no-backend'
  /** FRR-K8s picks what is meant for a node by a label that says something else; no words tell that. */
  | 'unselected'
  | 'unknown';

const patterns: readonly (readonly [Trouble, RegExp])[] = [
  ['source-address', /doesn't exist on this host|cannot assign requested address/i],
  ['as-mismatch', /bad peer as|unexpected peer asn|0x0202|OPEN Message Error\/Bad Peer AS/i],
  ['password', /0x0205|authentication failure|md5/i],
  ['hold-timer', /hold timer expired|0x0400/i],
  ['multihop', /not directly connected|no path to specified neighbor/i],
  [
    'refused',
    /connection refused|connection reset|broken pipe|read OPEN from .*EOF|message type is not OPEN|connection rejected|0x0605|peer de-configured|0x0603|administrative shutdown|0x0602|connection collision|0x0607/i,
  ],
  [
    'unreachable',
    /i\/o timeout|timed out|deadline exceeded|no route to host|network is unreachable|host is down|timeout/i,
  ],
];

/** The connection stands by then: whoever is silent has been reached. */
const unansweredOpen = /read OPEN from .*(?:timeout|deadline exceeded)/i;

/** A password is set before anything is sent, so what fails here is the node's own kernel. */
export const signingFails = /setsockopt|protocol not available/i;

/** What these words of a speaker or of FRR say of a session. */
export function troubleIn(words: string): Trouble {
  if (unansweredOpen.test(words) || signingFails.test(words)) {
    return 'unknown';
  }
  return patterns.find(([, pattern]) => pattern.test(words))?.[0] ?? 'unknown';
}
