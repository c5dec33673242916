import { factsFrom, materialFrom } from '../../core/diagnosis/material.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import { announcingOf } from '../models/announcing/announcing.ts';
import { announcingHelps, announcingNeeds } from '../models/announcing/speakers-at-work.ts';

/** Nodes that may announce a Service in layer 2: the elected one, whoever is said to, and those that come next. */
export function likelyAnnouncers(snapshot: Snapshot, service: Service): readonly string[] {
  const { metadata } = service;
  const said = itemsIfRead(snapshot.readings.serviceL2Statuses).flatMap(({ status }) =>
    status.serviceName === metadata.name && status.serviceNamespace === metadata.namespace
      ? (status.node ?? [])
      : [],
  );
  const [first, ...others] = candidatesIn(snapshot, service);
  return [...new Set([...(first === undefined ? [] : [first]), ...said, ...others])];
}

/** Nobody can tell where something that decides it was not read. */
function candidatesIn(snapshot: Snapshot, service: Service): readonly string[] {
  const material = materialFrom(snapshot);
  const isRead = announcingNeeds.every((key) => material.readings[key].state === 'read');
  return isRead
    ? (announcingOf(service, factsFrom(material, announcingNeeds, announcingHelps))?.layer2
        .candidates ?? [])
    : [];
}
