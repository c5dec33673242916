import type { Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import { type IpAddress, parseAddress } from '../../core/facts/ip.ts';
import type { DialledPeer } from '../../core/metallb/configuration/announced.ts';
import { peersOn } from '../../core/metallb/election/speakers.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { type BGPFacts, type BGPWay, otherWayLines, severityOn } from '../models/bgp/bgp-way.ts';
import { routerOf, sessionText } from '../models/bgp/sessions.ts';
import { type SessionStanding, standingsOn } from '../models/bgp/session-states.ts';
import {
  causeOfTrouble,
  hintLines,
  leftLines,
  saidLine,
  sessionRemedies,
  troubleText,
} from '../models/bgp/session-telling.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** Prefixes travel over sessions; which are up, FRR-K8s writes down and native speakers log. */
export const itsSessionsAreUp = bgpCheck({
  id: 'MLB-B10',
  asks: 'Is there a BGP session that carries the address to a router?',
  causes: [...new Set(Object.values(causeOfTrouble))],
  link: 'announced',
  basis: 'observed',
  skip: (way, facts) => {
    const standings = standingsOn(way, facts);
    if (standings.length === 0) {
      return 'no session is to carry the address';
    }
    return isTold(facts) && standings.every(({ state }) => state === 'unknown')
      ? unseenText(facts, standings)
      : undefined;
  },
  alsoNeeds: (_, facts) => witnessesIn(facts),
  run: (way, facts) => {
    const standings = standingsOn(way, facts);
    const down = standings.filter(({ state }) => state === 'down');
    const kinds = Map.groupBy(down, ({ peer, trouble, words }) =>
      [addressOf(peer), peer.spec.vrf, trouble, trouble === 'unknown' ? words : ''].join(' '),
    );
    return [...kinds.values()].flatMap((alike) => findingOf(way, { alike, standings }, facts));
  },
});

/** Where the state of sessions is written; in FRR mode nowhere that is read. */
function witnessesIn({
  installation,
  bgpSessionStates,
}: BGPFacts): readonly ('bgpSessionStates' | 'speakerLogs')[] {
  const { bgpType } = installation ?? {};
  if (bgpType === 'frr-k8s') {
    return bgpSessionStates.state === 'absent' ? [] : ['bgpSessionStates'];
  }
  return bgpType === 'frr' ? [] : ['speakerLogs'];
}

function isTold(facts: BGPFacts): boolean {
  return witnessesIn(facts).every((key) => facts[key].state === 'read');
}

function unseenText({ installation }: BGPFacts, [first]: readonly SessionStanding[]): string {
  const home = installation?.namespace ?? 'metallb-system';
  const which = first === undefined ? 'them' : sessionText(first);
  if (installation?.bgpType === 'frr-k8s') {
    return `FRR-K8s has written no BGPSessionState for ${which}`;
  }
  return installation?.bgpType === 'frr'
    ? `in FRR mode only FRR itself knows its sessions: kubectl -n ${home} exec SPEAKER-POD -c frr -- vtysh -c "show bgp summary"`
    : 'the last lines of the speakers do not mention these sessions';
}

/** One router has one, however it is written. */
function addressOf(peer: DialledPeer): string {
  return parseAddress(peer.spec.peerAddress ?? '') ?? routerOf(peer);
}

interface Struck {
  /** Down for the same reason, to the same router. */
  readonly alike: readonly SessionStanding[];
  readonly standings: readonly SessionStanding[];
}

function findingOf(
  way: BGPWay,
  { alike, standings }: Struck,
  facts: BGPFacts,
): readonly Omit<Found, 'affects'>[] {
  const [first] = alike;
  if (first === undefined) {
    return [];
  }
  const { peer } = first;
  const home = facts.installation?.namespace ?? 'metallb-system';
  const twins = twinsOf(alike, way);
  const lost = lostAddresses(standings).filter((address) =>
    alike.some(({ addresses }) => addresses.includes(address)),
  );
  const isAll = lost.length > 0;
  const nodes = someOf([...new Set(alike.map(({ node }) => node))].toSorted());
  const names = someOf([...new Set(alike.map((each) => each.peer.name))]);
  return [
    {
      cause: causeOfTrouble[first.trouble],
      severity: isAll ? severityOn(way) : ('warning' as const),
      ...concerned(lost, way),
      about: { kind: 'BGPPeer', namespace: home, name: peer.name },
      says: `there is no BGP session between ${nodes} and ${names} (${routerOf(peer)})${troubleText(first)}${isAll ? `; no other session carries ${lost.join(', ')}` : ''}`,
      details: [
        ...alike.slice(0, 4).flatMap((each) => saidLine(each, facts.takenAt)),
        ...(first.flaps ? ['it comes up and goes down again and again'] : []),
        ...hintLines(first, facts),
        ...twins.map(twinText),
        ...leftLines(standings),
        ...otherWayLines(way),
      ],
      because: alike.slice(0, 1).flatMap(({ evidence }) => evidence),
      suggests: [...withoutTwin(twins, home), ...sessionRemedies(first, facts)],
    },
  ];
}

/** Addresses of which every session that should carry them is down. */
function lostAddresses(standings: readonly SessionStanding[]): readonly IpAddress[] {
  const all = new Set(standings.flatMap(({ addresses }) => addresses));
  return [...all].filter((address) =>
    standings.every(({ state, addresses }) => state === 'down' || !addresses.includes(address)),
  );
}

/** Naming every address would say no more than naming none. */
function concerned(lost: readonly IpAddress[], way: BGPWay): Pick<Found, 'addresses'> {
  return lost.length === 0 || lost.length === way.announcing.addresses.length
    ? {}
    : { addresses: lost };
}

/** A router keeps one session per pair of addresses: two BGPPeers that one node has for it end each other's (#705). */
function twinsOf(alike: readonly SessionStanding[], { announcing }: BGPWay): readonly string[] {
  const [first] = alike;
  const nodes = [...new Set(alike.map(({ node }) => node))];
  const others = nodes.map((node) => {
    const known = announcing.speakers.byName.get(node);
    return (known === undefined ? [] : peersOn(known)).filter(
      ({ name, spec }) =>
        first !== undefined && name !== first.peer.name && isSameRouter(spec, first.peer.spec),
    );
  });
  const [one = [], ...rest] = others.map((peers) => new Set(peers.map(({ name }) => name)));
  return [...one].filter((name) => rest.every((names) => names.has(name)));
}

function isSameRouter(one: DialledPeer['spec'], other: DialledPeer['spec']): boolean {
  const address = parseAddress(one.peerAddress ?? '');
  const isSameAddress = address !== undefined && address === parseAddress(other.peerAddress ?? '');
  return (
    isSameAddress && (one.peerPort ?? 179) === (other.peerPort ?? 179) && one.vrf === other.vrf
  );
}

function twinText(name: string): string {
  return `BGPPeer ${name} is the same router once more: it keeps one session per node, and each of the two ends the other's`;
}

function withoutTwin(twins: readonly string[], home: string): readonly Remedy[] {
  return twins.slice(0, 1).map((name) => ({
    says: 'keep one BGPPeer for the router',
    command: kubectl`-n ${home} delete bgppeer ${name}`,
    mutates: true,
  }));
}
