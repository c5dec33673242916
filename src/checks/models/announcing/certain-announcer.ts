import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { announcingOf } from './announcing.ts';
import { announcingHelps, announcingNeeds } from './speakers-at-work.ts';

/** What a check declares as its helps that would like to know who announces, and does without. */
export const announcerHelps = [...announcingNeeds, ...announcingHelps] as const;

/** The one node that announces the Service in layer 2, where all that decides it is known; undefined otherwise. */
export function certainAnnouncerOf(
  service: Service,
  facts: Facts<never, (typeof announcerHelps)[number]>,
): string | undefined {
  const isKnown = announcingNeeds.every((kind) => facts[kind].state === 'read');
  if (!isKnown) {
    return undefined;
  }
  const announcing = announcingOf(service, {
    ...facts,
    nodes: itemsIfRead(facts.nodes),
    endpointSlices: itemsIfRead(facts.endpointSlices),
    ipAddressPools: itemsIfRead(facts.ipAddressPools),
    l2Advertisements: itemsIfRead(facts.l2Advertisements),
    bgpAdvertisements: itemsIfRead(facts.bgpAdvertisements),
    pods: itemsIfRead(facts.pods),
    daemonSets: itemsIfRead(facts.daemonSets),
  });
  return announcing?.isCertain === true ? announcing.announcer : undefined;
}
