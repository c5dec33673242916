import { factsFrom } from '../../core/diagnosis/material.ts';
import type { Material } from '../../core/diagnosis/material.ts';
import type { AnnouncedHere, AnnouncingVerdict } from '../../core/facts/announcers-report.ts';
import { compareAddresses, familyOf, parseAddress, type IpAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { isLocal } from '../../core/metallb/election/serving.ts';
import type { Speakers } from '../../core/metallb/election/speakers.ts';
import { glances, heardGlances, type AtAGlance } from '../models/announcing/at-a-glance.ts';
import { claimsOn, type Claim } from '../models/announcing/claims.ts';
import {
  announcingHelps,
  announcingNeeds,
  speakersAtWork,
} from '../models/announcing/speakers-at-work.ts';
import type { AllSessionFacts } from '../models/bgp/all-sessions.ts';
import { sessionsDown } from '../models/bgp/sessions-down.ts';
import { standingClaims } from '../models/announcing/standing.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { disagreementsOn } from './disagreements-on.ts';
import { whyNobody } from './why-nobody.ts';

/** What is looked at to tell who announces. */
export const glanceNeeds = ['services', ...announcingNeeds] as const;
export const glanceHelps = [
  ...announcingHelps,
  'serviceL2Statuses',
  'serviceBGPStatuses',
  'events',
  'bgpSessionStates',
  'otherLogs',
  'configMaps',
] as const;

/** How each address of these Services fares: those of nobody first, then by address. */
export function addressesAnnounced(services: readonly Service[], material: Material): Announced {
  const facts = factsFrom(material, glanceNeeds, glanceHelps);
  const glanceAt = heardGlances(facts);
  const speakers = speakersAtWork(facts);
  if (glanceAt === undefined || speakers === undefined) {
    return { addresses: [], byBGP: new Map() };
  }
  const why = reasonsOf(facts, speakers);
  const areRead = material.readings.serviceL2Statuses.state === 'read';
  const lists = new Map<readonly string[], number>();
  const rows = services.flatMap((service) => {
    const glance = glanceAt(service);
    const claims = areRead ? claimsOn(service, facts) : [];
    const said = standingClaims(claims, facts).filter(({ protocol }) => protocol === 'layer2');
    const disagreements = disagreementsOn(glance, facts);
    return addressesIn(service).map((text) => {
      const address = parseAddress(text);
      const advertisers = address === undefined ? [] : glance.advertisers(familyOf(address));
      lists.set(advertisers, (lists.get(advertisers) ?? 0) + 1);
      return announcedHere(
        { text, address, advertisers, glance },
        { said, areRead, speakers, why, disagreements },
      );
    });
  });
  return { addresses: inOrder(rows), byBGP: perNode(lists) };
}

/** The addresses, and how many of them each node advertises by BGP. */
export interface Announced {
  readonly addresses: readonly AnnouncedHere[];
  readonly byBGP: ReadonlyMap<string, number>;
}

/** Most addresses have the very same list of nodes. */
function perNode(lists: ReadonlyMap<readonly string[], number>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [nodes, times] of lists) {
    for (const node of nodes) {
      counts.set(node, (counts.get(node) ?? 0) + times);
    }
  }
  return counts;
}

/** A router that is gone leaves every address of a pool to nobody, and for one reason: it is worked out once. */
function reasonsOf(facts: AllSessionFacts, speakers: Speakers): (glance: AtAGlance) => string {
  const down = sessionsDown(facts);
  const unheard = glances(facts);
  const known = new Map<string, string>();
  return (glance) => {
    const { service, pool = '', by } = glance;
    const choosesServices = speakers.loaded.some(({ pools }) =>
      pools.get(pool)?.bgp.some(({ serviceSelectors }) => serviceSelectors.length > 0),
    );
    const isOwn = glance.hindrance !== undefined || glance.failures.size > 0;
    if (isOwn || down.byNode.size === 0 || by.includes('layer2') || choosesServices) {
      return whyNobody(glance, speakers, down);
    }
    const before = unheard?.(service);
    const nodes = (['ipv4', 'ipv6'] as const).map((family) => before?.advertisers(family) ?? []);
    if (nodes.every(({ length }) => length === 0)) {
      return whyNobody(glance, speakers, down);
    }
    const key = JSON.stringify([pool, isLocal(service), ...nodes]);
    const found = known.get(key) ?? whyNobody(glance, speakers, down);
    known.set(key, found);
    return found;
  };
}

interface Here {
  readonly text: string;
  readonly address: IpAddress | undefined;
  readonly advertisers: readonly string[];
  readonly glance: AtAGlance;
}

interface Said {
  readonly said: readonly Claim[];
  readonly areRead: boolean;
  readonly speakers: Speakers;
  readonly why: (glance: AtAGlance) => string;
  readonly disagreements: readonly string[];
}

const shown = 3;

function announcedHere(
  { text, address, advertisers, glance }: Here,
  { said, areRead, speakers, why, disagreements }: Said,
): AnnouncedHere {
  const verdict = verdictOn(glance, advertisers, speakers);
  const nodes = [...new Set(said.map(({ node }) => node))].toSorted();
  return {
    address: address ?? text,
    family: address === undefined ? undefined : familyOf(address),
    service: keyOfService(glance.service),
    pool: glance.pool,
    by: glance.by,
    verdict,
    announcer: glance.announcer,
    mayAnnounce: glance.mayAnnounce,
    advertisers: { count: advertisers.length, first: advertisers.slice(0, shown) },
    why:
      verdict === 'announced' ? undefined : whyOf(verdict, glance, { said: nodes, speakers, why }),
    said: areRead ? nodes : undefined,
    disagreements: [...disagreements, ...remarksOn(glance, verdict)],
  };
}

function verdictOn(
  { announcer, mute, mayAnnounce, hindrance }: AtAGlance,
  advertisers: readonly string[],
  speakers: Speakers,
): AnnouncingVerdict {
  if (advertisers.length > 0) {
    return 'announced';
  }
  if (mayAnnounce.length > 0 || mute?.why === 'no-configuration' || speakers.loaded.length === 0) {
    return 'uncertain';
  }
  if (hindrance?.isCertain === false) {
    return 'uncertain';
  }
  return announcer === undefined ? 'nobody' : 'announced';
}

function whyOf(
  verdict: AnnouncingVerdict,
  glance: AtAGlance,
  { said, speakers, why }: Pick<Said, 'speakers' | 'why'> & { readonly said: readonly string[] },
): string {
  const { mayAnnounce, announcer, hindrance } = glance;
  if (verdict === 'nobody') {
    return why(glance);
  }
  if (hindrance !== undefined && mayAnnounce.length === 0) {
    return hindrance.says;
  }
  if (mayAnnounce.length === 0) {
    const word = said.length === 0 ? '' : `; ${said.join(' and ')} by its own word`;
    return `${whyNobody(glance, speakers)}, and goes on with the last that it accepted, if any${word}`;
  }
  const silent = mayAnnounce.join(', ');
  return announcer === undefined
    ? `only ${silent} could, of which the cluster has heard nothing for a while`
    : `${silent} would come first, of which the cluster has heard nothing for a while: if its speaker is dead ${announcer} announces`;
}

/** What is true besides, of an address that is announced all the same. */
function remarksOn(
  { hindrance, failures }: AtAGlance,
  verdict: AnnouncingVerdict,
): readonly string[] {
  return verdict === 'announced'
    ? [
        ...(hindrance === undefined ? [] : [hindrance.says]),
        ...[...failures.values()].map(
          ({ node, reason }) => `${node} says that it failed to announce it: ${reason}`,
        ),
      ]
    : [];
}

const rank: Readonly<Record<AnnouncingVerdict, number>> = { nobody: 0, uncertain: 1, announced: 2 };

/** Addresses are parsed once, not at every comparison. */
function inOrder(all: readonly AnnouncedHere[]): readonly AnnouncedHere[] {
  return all
    .map((row) => ({ row, rank: rankOf(row), address: parseAddress(row.address) }))
    .toSorted(
      (left, right) =>
        left.rank - right.rank ||
        byAddress(left.address, right.address) ||
        byText(left.row.service, right.row.service),
    )
    .map(({ row }) => row);
}

/** What is no address comes last. */
function byAddress(left: IpAddress | undefined, right: IpAddress | undefined): number {
  return left === undefined || right === undefined
    ? Number(left === undefined) - Number(right === undefined)
    : compareAddresses(left, right);
}

function byText(left: string, right: string): number {
  return Number(left > right) - Number(left < right);
}

function rankOf({ verdict, disagreements }: AnnouncedHere): number {
  return disagreements.length > 0 ? Math.min(1, rank[verdict]) : rank[verdict];
}
