import type { Service } from '../../../../src/core/facts/kube-objects.ts';
import { keyOf } from '../../../../src/core/facts/object-ref.ts';
import { sentBy } from '../../../../src/core/metallb/election/backend.ts';
import { advertisedByBGP } from '../../../../src/core/metallb/election/bgp.ts';
import { electLayer2, layer2Reason } from '../../../../src/core/metallb/election/layer2.ts';
import { mergeTrouble } from '../../../../src/core/metallb/election/merge-trouble.ts';
import {
  peersTold,
  routesOn,
  sessionsOf,
  type Advertised,
} from '../../../../src/core/metallb/election/sessions.ts';
import {
  peersOn,
  speakersOf,
  type ElectionInput,
  type Speakers,
} from '../../../../src/core/metallb/election/speakers.ts';
import { passedByClass } from '../../../../src/core/metallb/handled.ts';
import {
  electionInputOf,
  type RecordedElection,
  type RecordedService,
} from './recorded-election.ts';

/** Our answer in the words of the recording. */
export interface OurAnswer {
  readonly services: ReadonlyMap<string, RecordedService>;
  readonly sessions: Readonly<Record<string, readonly string[]>>;
  /** `peer prefix localPref communities` to the nodes that hand it over. */
  readonly advertised: ReadonlyMap<string, readonly string[]>;
  /** `node peer prefix` to every `[localPrefs, communities]` that may be left of it. */
  readonly backend: ReadonlyMap<string, readonly string[]>;
  /** Node to the texts with which its speaker may refuse routes. */
  readonly mergeTrouble: ReadonlyMap<string, readonly string[]>;
}

/** Asks the oracle the whole case. */
export function ourAnswerTo(recorded: RecordedElection): OurAnswer {
  const input = electionInputOf(recorded);
  const speakers = speakersOf(input);
  const handled = input.services.filter(
    (service) => passedByClass(service, input.loadBalancerClass) === undefined,
  );
  const advertised: Advertised = new Map(
    handled.map((service) => [service, advertisedByBGP(service, speakers)]),
  );
  return {
    services: new Map(
      input.services.map((service) => [
        keyOf(service.metadata),
        advertised.has(service)
          ? { layer2: layer2Of(service, speakers), bgp: bgpOf(service, speakers, advertised) }
          : { filtered: true },
      ]),
    ),
    sessions: Object.fromEntries(sessionsOf(speakers)),
    advertised: routeTable(speakers, advertised),
    backend: sentTable(speakers, advertised),
    mergeTrouble: troubleOf(speakers, advertised, input),
  };
}

function layer2Of(service: Service, speakers: Speakers): NonNullable<RecordedService['layer2']> {
  const { announcer, announced, failed, obstacleOn } = electLayer2(service, speakers);
  const reasons = speakers.nodes.flatMap((node): [string, string][] => {
    const obstacle = obstacleOn(node);
    if (obstacle?.kind === 'no-configuration') {
      return [];
    }
    const { knowsServiceSelectors } = speakers.rules;
    return [
      [node.name, obstacle === undefined ? '' : layer2Reason(obstacle, knowsServiceSelectors)],
    ];
  });
  return {
    winner: announcer ?? null,
    reasons: Object.fromEntries(reasons),
    announced: announced.map(({ address, interfaces }) =>
      interfaces === undefined ? { ip: address } : { ip: address, interfaces },
    ),
    announceFailed: failed,
  };
}

function bgpOf(
  service: Service,
  { rules }: Speakers,
  advertised: Advertised,
): NonNullable<RecordedService['bgp']> {
  const decisions = [...(advertised.get(service) ?? [])];
  const told = decisions.flatMap(([node, { advertises }]): [string, readonly string[]][] => {
    const peers = advertises ? peersTold(service, node, advertised) : [];
    return peers.length === 0 ? [] : [[node, peers]];
  });
  return {
    reasons: Object.fromEntries(
      decisions.flatMap(([node, decision]): [string, string][] => {
        const reason = decision.advertises ? '' : decision.reason;
        return reason === undefined ? [] : [[node, reason]];
      }),
    ),
    // ServiceBGPStatus came with v0.15.0, like the rule beside it
    peers: rules.electsWithoutMembers ? Object.fromEntries(told) : {},
  };
}

function routesOf(node: string, advertised: Advertised) {
  return [...advertised.values()].flatMap((decisions) => routesOn(decisions.get(node)));
}

function routeTable(speakers: Speakers, advertised: Advertised): OurAnswer['advertised'] {
  const rows = speakers.nodes.flatMap(({ name }) =>
    routesOf(name, advertised).map(({ peer, prefix, localPref, communities }) => ({
      key: JSON.stringify([peer, prefix, localPref, communities]),
      name,
    })),
  );
  const byKey = Map.groupBy(rows, ({ key }) => key);
  return new Map(
    [...byKey].map(([key, all]) => [key, [...new Set(all.map(({ name }) => name))].toSorted()]),
  );
}

function sentTable(speakers: Speakers, advertised: Advertised): OurAnswer['backend'] {
  const { rules, input } = speakers;
  return new Map(
    speakers.nodes.flatMap((node) => {
      const routes = routesOf(node.name, advertised);
      const backend = { bgpType: input.bgpType, rules, peers: peersOn(node) };
      return sentBy(routes, backend).map(({ peer, prefix, options }): [string, string[]] => [
        `${node.name} ${peer} ${prefix}`,
        options.map(({ localPrefs, communities }) => JSON.stringify([localPrefs, communities])),
      ]);
    }),
  );
}

function troubleOf(
  speakers: Speakers,
  advertised: Advertised,
  { bgpType }: ElectionInput,
): OurAnswer['mergeTrouble'] {
  return bgpType !== 'frr' || speakers.rules.frrKeepsEveryPreference
    ? new Map()
    : new Map(
        speakers.nodes
          .map(({ name }) => [name, mergeTrouble(routesOf(name, advertised))] as const)
          .filter(([, texts]) => texts.length > 0),
      );
}
