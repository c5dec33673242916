import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { shellWord } from '../../core/diagnosis/kubectl.ts';
import { familyOf, parseAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { servingIn } from '../../core/metallb/election/serving.ts';
import type { Speakers } from '../../core/metallb/election/speakers.ts';
import { whyNobody } from '../announcers/why-nobody.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { announcingOf } from '../models/announcing/announcing.ts';
import { glances, type AtAGlance } from '../models/announcing/at-a-glance.ts';
import { isAtWorkAtMost, speakerOn } from '../models/announcing/speaker-on.ts';
import {
  announcingHelps,
  needsButSlices,
  speakersAtWork,
  uncertainNodes,
  type AnnouncingFacts,
} from '../models/announcing/speakers-at-work.ts';
import { noSlicesOfAll } from '../models/announcing/slices-of-all.ts';
import { surelyAnnouncedBy } from '../models/announcing/surely-announced.ts';
import { refOf } from '../models/references.ts';
import { workedOut } from '../models/seen.ts';
import { addressesIn, keyOfService, wantsAddress } from '../models/services.ts';
import { plural, someOf } from '../../core/facts/in-words.ts';

/** What MetalLB's own rules leave without any announcer, of all Services; `no-traffic` says why in full. */
export const everyAddressIsAnnounced = defineCheck({
  id: 'MLB-L22',
  asks: 'Does some node announce each address that something can serve?',
  symptoms: ['health'],
  causes: ['addresses-announced-by-nobody'],
  link: 'announced',
  needs: ['services', ...needsButSlices],
  helps: [...announcingHelps, 'endpointSlices'],
  // without its neighbours a cluster that advertises by BGP would look silent
  alsoNeeds: ({ bgpAdvertisements, bgpPeers, endpointSlices, installation }) => [
    ...(bgpPeers.state !== 'absent' &&
    bgpAdvertisements.some(({ metadata }) => metadata.namespace === installation?.namespace)
      ? (['bgpPeers'] as const)
      : []),
    // who is denied them cannot say that all is announced; a dump for another question need not hold them
    ...(endpointSlices.state === 'forbidden' ? (['endpointSlices'] as const) : []),
  ],
  skipWhen: ({ installation, endpointSlices }) => {
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    return endpointSlices.state === 'forbidden' ? undefined : noSlicesOfAll(endpointSlices);
  },
  run: (known) => {
    const facts = { ...known, endpointSlices: itemsIfRead(known.endpointSlices) };
    const speakers = speakersAtWork(facts);
    const glanceAt = glances(facts);
    if (speakers === undefined || glanceAt === undefined || !isAnyAtWork(speakers, facts)) {
      return [];
    }
    const isOpen = openByBGP(speakers, facts);
    const isSure = surelyAnnouncedBy(facts);
    const silent = facts.services
      .filter((service) => isServedBy(facts.installation, service) && wantsAddress(service))
      .filter((service) => !isSure(service) && isServable(service, speakers))
      .map(glanceAt)
      .filter((glance) => isOfNobody(glance) && !isOpen(glance))
      .map((glance) => ({ service: glance.service, why: whyNobody(glance, speakers) }))
      .toSorted((a, b) => (keyOfService(a.service) < keyOfService(b.service) ? -1 : 1));
    return silent.length === 0 ? [] : [finding(silent)];
  },
});

/** That no speaker works at all, or each refuses its configuration, is found by itself. */
function isAnyAtWork({ loaded, nodes }: Speakers, facts: AnnouncingFacts): boolean {
  return loaded.length > 0 && nodes.some(({ name }) => isAtWorkAtMost(speakerOn(name, facts)));
}

function isServable(service: Service, speakers: Speakers): boolean {
  return addressesIn(service).length > 0 && servingIn(speakers.slicesOf(service)).anywhere;
}

/** A pool without any advertisement, and an address in no pool, are found by themselves. */
function isOfNobody(glance: AtAGlance): boolean {
  const { service, pool, by, announcer, mute, mayAnnounce, advertisers } = glance;
  const families = addressesIn(service).flatMap((text) => {
    const address = parseAddress(text);
    return address === undefined ? [] : [familyOf(address)];
  });
  return (
    pool !== undefined &&
    by.length > 0 &&
    announcer === undefined &&
    mute?.why !== 'no-configuration' &&
    mayAnnounce.length === 0 &&
    families.every((family) => advertisers(family).length === 0)
  );
}

/** Speakers that are silent, or go on by an older configuration, may advertise all the same. */
function openByBGP(speakers: Speakers, facts: AnnouncingFacts): (glance: AtAGlance) => boolean {
  const isAllCertain =
    uncertainNodes(facts).size === 0 &&
    speakers.nodes.every(({ speaker }) => speaker !== undefined);
  return ({ service, by }) =>
    !isAllCertain &&
    by.includes('bgp') &&
    (announcingOf(service, facts)?.mayAdvertise.length ?? 0) > 0;
}

interface Silent {
  readonly service: Service;
  readonly why: string;
}

const shown = 4;

function finding(silent: readonly Silent[]): Found {
  const services = silent.map(({ service }) => service);
  const [first] = services;
  const reasons = [...Map.groupBy(silent, ({ why }) => why)].toSorted(
    ([one, left], [other, right]) => right.length - left.length || (one < other ? -1 : 1),
  );
  const keys = services.map(keyOfService);
  const one = services.length === 1 ? first : undefined;
  return {
    cause: 'addresses-announced-by-nobody',
    severity: 'error',
    about: one === undefined ? { kind: 'Cluster', name: 'cluster' } : refOf(one),
    affects: services.map(refOf),
    says:
      one === undefined
        ? `nobody announces the addresses of ${plural(services.length, 'Service')}, although they have endpoints that can serve: ${someOf(keys)}`
        : `nobody announces ${addressesIn(one).join(', ')} of ${keys.join()}, although it has endpoints that can serve`,
    details: [
      ...reasons
        .slice(0, shown)
        .map(([why, all]) =>
          one === undefined ? `${why}: ${plural(all.length, 'Service')}` : why,
        ),
      ...(reasons.length > shown ? [`and ${reasons.length - shown} more reasons`] : []),
    ],
    because: silent
      .slice(0, shown)
      .map(({ service, why }) => workedOut(refOf(service), 'metallb/speaker: ShouldAnnounce', why)),
    suggests: remediesFor(first, services.length),
  };
}

function remediesFor(first: Service | undefined, count: number): Found['suggests'] {
  const why = {
    says: count === 1 ? 'ask why' : 'ask why, of the first',
    command: `triage no-traffic ${shellWord(first === undefined ? '' : keyOfService(first))}`,
    mutates: false,
  };
  const all = { says: 'see who announces what', command: 'triage announcers', mutates: false };
  return count === 1 ? [why] : [why, all];
}
