import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import {
  type AllSessionFacts,
  allStandings,
  cutOff,
  type LostPool,
  lostPools,
  sessionFacts,
  sessionHelps,
  sessionNeeds,
} from '../models/bgp/all-sessions.ts';
import { type Dialling, diallingsOf } from '../models/bgp/dialling.ts';
import { routerOf } from '../models/bgp/sessions.ts';
import type { SessionStanding } from '../models/bgp/session-states.ts';
import {
  causeOfTrouble,
  hintLines,
  leftLines,
  saidLine,
  sessionRemedies,
  troubleText,
} from '../models/bgp/session-telling.ts';
import { refOf } from '../models/references.ts';
import { keyOfService } from '../models/services.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** Of all sessions that the speakers dial; `no-traffic` asks about those that carry one Service. */
export const everySessionIsUp = defineCheck({
  id: 'MLB-B22',
  asks: 'Is every BGP session up that the speakers dial?',
  symptoms: ['health'],
  causes: [...new Set(Object.values(causeOfTrouble))],
  link: 'announced',
  basis: 'observed',
  needs: sessionNeeds,
  helps: sessionHelps,
  skipWhen: (known) => {
    const facts = sessionFacts(known);
    if (facts.installation === undefined) {
      return 'no MetalLB was found';
    }
    if (facts.bgpPeers.state !== 'read') {
      return 'which routers the speakers dial is not known';
    }
    if (diallingsOf(facts, undefined).length === 0) {
      return 'no BGPAdvertisement selects a pool';
    }
    const standings = allStandings(facts);
    return standings.some(({ state }) => state === 'down') ||
      standings.every(({ state }) => state === 'up')
      ? undefined
      : `of ${standings.filter(({ state }) => state === 'unknown').length} of ${standings.length} BGP sessions nothing is told`;
  },
  run: (known) => {
    const facts = sessionFacts(known);
    const down = allStandings(facts).filter(({ state }) => state === 'down');
    const kinds = Map.groupBy(down, ({ peer, trouble }) =>
      [routerOf(peer), peer.spec.vrf, trouble].join(' '),
    );
    const lost = lostPools(facts);
    return [...kinds.values()].flatMap((alike) => findingOf(alike, lost, facts));
  },
});

function findingOf(
  alike: readonly SessionStanding[],
  lost: readonly LostPool[],
  facts: AllSessionFacts,
): readonly Found[] {
  const [first] = alike;
  if (first === undefined) {
    return [];
  }
  const { peer } = first;
  const own = alike.filter((each) => each.peer.name === peer.name);
  const pools = lost
    .filter(({ sessions }) => sessions.some((each) => alike.includes(each)))
    .map(({ dialling }) => dialling);
  const names = pools.map(({ pool }) => pool.metadata.name).toSorted();
  const services = cutOff(pools);
  const nodes = someOf(own.map(({ node }) => node).toSorted());
  return [
    {
      cause: causeOfTrouble[first.trouble],
      severity: services.length > 0 ? 'error' : 'warning',
      about: {
        kind: 'BGPPeer',
        namespace: facts.installation?.namespace ?? 'metallb-system',
        name: peer.name,
      },
      affects: services.map(refOf),
      says: `there is no BGP session between ${nodes} and ${peer.name} (${routerOf(peer)})${troubleText(first)}${names.length === 0 ? '' : `; no other session carries pool ${someOf(names)}`}`,
      details: detailsOf(own, pools, facts),
      because: first.evidence,
      suggests: sessionRemedies(first, facts),
    },
  ];
}

/** Of sessions to one router, and of the pools that are lost with them. */
function detailsOf(
  own: readonly SessionStanding[],
  pools: readonly Dialling[],
  facts: AllSessionFacts,
): readonly string[] {
  const [first] = own;
  const router = first === undefined ? undefined : routerOf(first.peer);
  const services = cutOff(pools);
  return [
    ...own.slice(0, 4).flatMap((each) => saidLine(each, facts.takenAt)),
    ...(first?.flaps === true ? ['it comes up and goes down again and again'] : []),
    ...(first === undefined ? [] : hintLines(first, facts)),
    ...leftLines(allStandings(facts).filter(({ peer }) => routerOf(peer) === router)),
    ...(pools.some(({ isInLayer2 }) => isInLayer2)
      ? ['layer 2 announces as well: whoever is in that segment still reaches the addresses']
      : []),
    ...(services.length === 0
      ? []
      : [`announced by BGP alone: ${someOf(services.map(keyOfService).toSorted())}`]),
  ];
}
