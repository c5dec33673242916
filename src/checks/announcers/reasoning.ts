import type { Facts } from '../../core/diagnosis/facts.ts';
import type {
  AdvertisedPrefix,
  OutOfIt,
  Reasoning,
  SaidOfIt,
} from '../../core/facts/announcers-report.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { reaches } from '../../core/metallb/election/backend.ts';
import type { Route } from '../../core/metallb/election/routes.ts';
import { routesOn } from '../../core/metallb/election/sessions.ts';
import { peersOn } from '../../core/metallb/election/speakers.ts';
import { announcingOf, type Announcing } from '../models/announcing/announcing.ts';
import { bgpClaimsOn, claimsOn } from '../models/announcing/claims.ts';
import { type Failure, failuresOn } from '../models/announcing/failures.ts';
import { wordsFor, wordsForBGP } from '../models/announcing/obstacle-words.ts';
import { speakerOn, type SpeakerFacts } from '../models/announcing/speaker-on.ts';
import type { AllSessionFacts } from '../models/bgp/all-sessions.ts';
import { isDown, sessionsDown } from '../models/bgp/sessions-down.ts';
import { whyNoNeighbour } from './no-neighbour.ts';
import { staleness } from '../models/announcing/standing.ts';

type ReasoningFacts = AllSessionFacts &
  Facts<never, 'serviceL2Statuses' | 'serviceBGPStatuses' | 'events' | 'speakerLogs'>;

/** All that leads to the answer for one Service; undefined without an installation. */
export function reasoningOn(service: Service, facts: ReasoningFacts): Reasoning | undefined {
  const announcing = announcingOf(service, facts);
  if (announcing === undefined) {
    return undefined;
  }
  const { layer2, by } = announcing;
  return {
    layer2: {
      candidates: layer2.candidates,
      out: by.includes('layer2') ? outOfLayer2(announcing, facts) : [],
      interfaces: layer2.announced[0]?.interfaces,
    },
    bgp: {
      prefixes: prefixesOf(announcing, facts),
      out: by.includes('bgp') ? outOfBGP(announcing, facts) : [],
    },
    said: saidOf(service, facts),
  };
}

/** Every other node with its reason; those that merely lost stand among the candidates. */
function outOfLayer2({ layer2, speakers }: Announcing, facts: SpeakerFacts): readonly OutOfIt[] {
  return grouped(
    speakers.nodes.flatMap((node) => {
      const obstacle = layer2.obstacleOn(node);
      if (obstacle === undefined || obstacle.kind === 'lost') {
        return [];
      }
      const why =
        obstacle.kind === 'not-a-member' ? notAMember(node.name, facts) : wordsFor(obstacle);
      return [{ why, node: node.name }];
    }),
  );
}

/** What is wrong with a speaker that the others do not see. */
function notAMember(node: string, facts: SpeakerFacts): string {
  switch (speakerOn(node, facts).state) {
    case 'absent':
      return 'not a candidate: no speaker runs on it';
    case 'not-running':
      return 'not a candidate: its speaker does not run';
    case 'leaving':
      return 'no candidate once its speaker, which is being deleted, is gone';
    case 'silent':
      return 'a candidate only if its speaker is alive: the cluster has heard nothing of the node for a while';
    case 'running':
      return 'not a candidate: without memberlist this release counts no node as alive';
  }
}

function outOfBGP({ bgp, pools, speakers }: Announcing, facts: SpeakerFacts): readonly OutOfIt[] {
  return grouped(
    [...bgp].flatMap(([node, decision]) => {
      const { state } = speakerOn(node, facts);
      const place = speakers.byName.get(node);
      const why =
        wordsForBGP(decision) ??
        (state === 'running' ? undefined : speakerWords[state]) ??
        (place === undefined ? undefined : whyNoNeighbour(place, decision, pools[0]));
      return why === undefined ? [] : [{ why, node }];
    }),
  );
}

const speakerWords = {
  absent: 'no speaker runs on it',
  'not-running': 'its speaker does not run',
  leaving: 'its speaker is being deleted',
  silent:
    'the cluster has heard nothing of the node for a while; if its speaker is alive it advertises',
} as const;

function grouped(
  all: readonly { readonly why: string; readonly node: string }[],
): readonly OutOfIt[] {
  return [...Map.groupBy(all, ({ why }) => why)]
    .map(([why, nodes]) => ({ why, nodes: nodes.map(({ node }) => node).toSorted() }))
    .toSorted(
      (left, right) => right.nodes.length - left.nodes.length || (left.why < right.why ? -1 : 1),
    );
}

/** Every prefix to every neighbour, with the nodes it comes from. */
function prefixesOf(
  { service, bgp, speakers }: Announcing,
  facts: AllSessionFacts,
): readonly AdvertisedPrefix[] {
  const down = sessionsDown(facts);
  const failing = new Set(
    failuresOn(service, facts)
      .filter(isUnsent)
      .map(({ node }) => node),
  );
  const { rules, input } = speakers;
  const rows = speakers.nodes
    .filter(({ name }) => speakerOn(name, facts).state === 'running')
    .flatMap((node) => {
      const peers = peersOn(node);
      const backend = { bgpType: input.bgpType, rules, peers };
      return routesOn(bgp.get(node.name)).map((route) => {
        const peer = peers.find(({ name }) => name === route.peer);
        const lostBy = reaches(route, peer, backend)
          ? (sessionWord(isDown(down, node.name, route.peer)) ??
            failureWord(failing.has(node.name)))
          : `the address of ${route.peer} is of the other family, and dualStackAddressFamily is not set`;
        return { node: node.name, route, lostBy };
      });
    });
  return [...Map.groupBy(rows, ({ route, lostBy }) => keyOf(route, lostBy)).values()]
    .flatMap(([first, ...more]) =>
      first === undefined
        ? []
        : [
            {
              ...first.route,
              nodes: [first, ...more].map(({ node }) => node).toSorted(),
              lostBy: first.lostBy,
            },
          ],
    )
    .toSorted((left, right) => (keyOf(left, left.lostBy) < keyOf(right, right.lostBy) ? -1 : 1));
}

function isUnsent({ protocol, announcedBefore }: Failure): boolean {
  return protocol === 'bgp' && !announcedBefore;
}

function failureWord(hasFailed: boolean): string | undefined {
  return hasFailed ? 'its speaker says that it failed to announce it' : undefined;
}

function sessionWord(isLost: boolean): string | undefined {
  return isLost ? 'session down' : undefined;
}

function keyOf(route: Route, lostBy: string | undefined): string {
  const { prefix, peer, localPref, asPathPrepend, communities } = route;
  return JSON.stringify([prefix, peer, localPref, asPathPrepend, communities, lostBy ?? '']);
}

function saidOf(service: Service, facts: ReasoningFacts): readonly SaidOfIt[] {
  return [...claimsOn(service, facts), ...bgpClaimsOn(service, facts)].map((claim) => {
    const { node, protocol, by, announces, at } = claim;
    return { node, protocol, by, announces, at, stale: staleness(claim, facts) };
  });
}
