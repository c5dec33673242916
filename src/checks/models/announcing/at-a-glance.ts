import { remembered } from '../../../core/diagnosis/facts.ts';
import { parseAddress, type IpFamily } from '../../../core/facts/ip.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { Advertisers } from '../../../core/metallb/election/advertisers.ts';
import { electLayer2, type Layer2Election } from '../../../core/metallb/election/layer2.ts';
import type { Speakers } from '../../../core/metallb/election/speakers.ts';
import type { AllSessionFacts } from '../bgp/all-sessions.ts';
import { isDown, sessionsDown } from '../bgp/sessions-down.ts';
import { addressesIn } from '../services.ts';
import { mutenessIn, openCandidates, type Mute } from './announcing.ts';
import { type Failure, failuresOn } from './failures.ts';
import { type Hindrance, hindranceOf, type HindranceFacts } from './hindrances.ts';
import { speakerOn } from './speaker-on.ts';
import { speakersAtMost, speakersAtWork, type AnnouncingFacts } from './speakers-at-work.ts';

/** Who announces one of very many Services, without the reasons; `announcingOf` has those. */
export interface AtAGlance {
  readonly service: Service;
  /** The pool that holds all its addresses. */
  readonly pool: string | undefined;
  readonly by: readonly ('layer2' | 'bgp')[];
  readonly layer2: Layer2Election;
  readonly announcer: string | undefined;
  readonly mute: Mute | undefined;
  /** Why the elected node does not announce; only looked for where what speakers say is heard. */
  readonly hindrance: Hindrance | undefined;
  /** Speakers that say that they could not advertise it by BGP, by node. */
  readonly failures: ReadonlyMap<string, Failure>;
  readonly mayAnnounce: readonly string[];
  /** Nodes with a running speaker that hand addresses of this family to a neighbour. */
  readonly advertisers: (family: IpFamily) => readonly string[];
}

/** Looks at one Service after the other; undefined without an installation. */
export const glances = remembered((facts: AnnouncingFacts) => glancesHeardBy(facts, () => true));

/** What tells who announces indeed, besides the rules. */
export type HeardFacts = AllSessionFacts & HindranceFacts;

/**
 * The same, but without nodes whose every session that carries the address is known to be down, or that say themselves
 * that they do not announce it.
 */
export const heardGlances = remembered((facts: HeardFacts) => {
  const down = sessionsDown(facts);
  const glanceAt = glancesHeardBy(facts, (node, peer) => !isDown(down, node, peer));
  const speakers = speakersAtWork(facts);
  return glanceAt === undefined || speakers === undefined
    ? undefined
    : (service: Service) => asSaid(glanceAt(service), speakers, facts);
});

/** Most Services are announced as they should be: their glance stays what it is. */
function asSaid(glance: AtAGlance, speakers: Speakers, facts: HeardFacts): AtAGlance {
  const { service, layer2, announcer: node, advertisers, by } = glance;
  const hindrance =
    node === undefined ? undefined : hindranceOf(service, { node, layer2, speakers }, facts);
  const failed = by.includes('bgp')
    ? failuresOn(service, facts).filter(({ protocol }) => protocol === 'bgp')
    : [];
  if (hindrance === undefined && failed.length === 0) {
    return glance;
  }
  const failures = new Map(failed.map((failure) => [failure.node, failure]));
  const carries = (each: string) => failures.get(each)?.announcedBefore !== false;
  return {
    ...glance,
    announcer: hindrance === undefined ? node : undefined,
    hindrance,
    failures,
    advertisers: (family) => advertisers(family).filter(carries),
  };
}

type Hears = (node: string, peer: string) => boolean;

function glancesHeardBy(
  facts: AnnouncingFacts,
  hears: Hears,
): ((service: Service) => AtAGlance) | undefined {
  const speakers = speakersAtWork(facts);
  const atMost = speakersAtMost(facts);
  return speakers === undefined || atMost === undefined
    ? undefined
    : glanceOver({ speakers, atMost, hears }, facts);
}

const noFailures: AtAGlance['failures'] = new Map();

interface Views {
  readonly speakers: Speakers;
  readonly atMost: Speakers;
  readonly hears: Hears;
}

function glanceOver(
  { speakers, atMost, hears }: Views,
  facts: AnnouncingFacts,
): (service: Service) => AtAGlance {
  const advertisers = new Advertisers(speakers, hears);
  const byBGP = new Set(
    speakers.loaded.flatMap(({ pools }) =>
      [...pools.values()].filter(({ bgp }) => bgp.length > 0).map(({ name }) => name),
    ),
  );
  const working = runningAmong(facts);
  return (service) => {
    const layer2 = electLayer2(service, speakers);
    const mute = mutenessIn(layer2, facts);
    const pool = poolOf(service, speakers);
    const nodes = advertisers.of(service);
    return {
      service,
      pool: pool?.name,
      by: [
        ...(pool !== undefined && pool.l2.length > 0 ? (['layer2'] as const) : []),
        ...(pool !== undefined && byBGP.has(pool.name) ? (['bgp'] as const) : []),
      ],
      layer2,
      mute,
      hindrance: undefined,
      failures: noFailures,
      announcer: mute === undefined ? layer2.announcer : undefined,
      mayAnnounce:
        atMost === speakers ? [] : openCandidates(electLayer2(service, atMost).candidates, facts),
      advertisers: (family) => working(nodes.get(family) ?? []),
    };
  };
}

/** Many Services have the very same list of nodes. */
function runningAmong(facts: AnnouncingFacts): (nodes: readonly string[]) => readonly string[] {
  const known = new WeakMap<readonly string[], readonly string[]>();
  return (nodes) => {
    const found =
      known.get(nodes) ??
      nodes.filter((node) => speakerOn(node, facts).state === 'running').toSorted();
    known.set(nodes, found);
    return found;
  };
}

function poolOf(service: Service, { loaded }: Speakers) {
  const [first] = loaded;
  const addresses = addressesIn(service).map(parseAddress);
  const holding = addresses.map((address) =>
    address === undefined ? [] : (first?.index.holding(address) ?? []),
  );
  const [some, ...others] = holding;
  const owner = some?.find((each) => others.every((all) => all.includes(each)));
  return owner === undefined ? undefined : first?.pools.get(owner.name);
}
