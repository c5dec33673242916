import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { otherWayLines } from '../models/bgp/bgp-way.ts';
import { routerOf, sessionText } from '../models/bgp/sessions.ts';
import { standingsOn } from '../models/bgp/session-states.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** BFD that never came up costs nothing at once: it only would have told of a loss sooner. */
export const bfdIsAnswered = bgpCheck({
  id: 'MLB-B19',
  asks: 'Do the routers answer BFD where it is asked for?',
  causes: ['bfd-down'],
  link: 'announced',
  basis: 'observed',
  skip: (way, { bgpSessionStates }) =>
    bgpSessionStates.state === 'read' && way.peers.some(({ spec }) => spec.bfdProfile !== undefined)
      ? undefined
      : 'no BGPPeer asks for BFD where FRR-K8s would tell of it',
  run: (way, facts) => {
    const silent = standingsOn(way, facts).filter(
      ({ state, bfd, peer }) =>
        state === 'up' && bfd === 'down' && peer.spec.bfdProfile !== undefined,
    );
    const [first] = silent;
    if (first === undefined) {
      return [];
    }
    const namespace = facts.installation?.namespace ?? 'metallb-system';
    const { name } = first.peer;
    return [
      {
        cause: 'bfd-down',
        severity: 'warning',
        about: { kind: 'BGPPeer', namespace, name },
        says: `BFD with ${name} (${routerOf(first.peer)}) is down while BGP is up: ${someOf(silent.map(sessionText).toSorted())}`,
        details: [
          'prefixes are exchanged; a dead node or router is noticed only when the hold timer expires, and until then traffic to it is lost',
          'once BFD has been up, its going down takes the BGP session down at once',
          ...otherWayLines(way),
        ],
        because: silent.slice(0, 2).flatMap(({ evidence }) => evidence),
        doubts: ['the router is not set up for BFD, and nobody misses it'],
        suggests: [
          {
            says: `let the router speak BFD with the nodes (UDP 3784), or take bfdProfile out of the BGPPeer`,
            command: kubectl`-n ${namespace} get bgppeer ${name} -o yaml`,
            mutates: false,
          },
        ],
      },
    ];
  },
});
