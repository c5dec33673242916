import { factsFrom, materialFrom } from '../../core/diagnosis/material.ts';
import type { Pod, Service } from '../../core/facts/kube-objects.ts';
import type { Heard, Wanted } from '../../core/facts/ports.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { snapshotSchemaVersion, type Snapshot } from '../../core/facts/snapshot.ts';
import { announcingOf } from '../models/announcing/announcing.ts';
import { type ClaimFacts, claimsOn } from '../models/announcing/claims.ts';
import {
  type AnnouncingFacts,
  announcingHelps,
  announcingNeeds,
} from '../models/announcing/speakers-at-work.ts';

const nextInLine = 3;
const advertisersHeard = 4;
const troubledHeard = 4;

/**
 * Of many speakers, the pods whose logs tell of one Service: of the node that should announce it, of those that come
 * next, of whoever says that it does, and of a few that fare badly.
 */
export function speakersToHear(wanted: Wanted['service']): NonNullable<Wanted['heard']> {
  return (known) => {
    const service = itemsIfRead(known.readings.services).find(
      ({ metadata }) =>
        metadata.name === wanted?.name &&
        (wanted.namespace === undefined || metadata.namespace === wanted.namespace),
    );
    const pods = itemsIfRead(known.readings.pods);
    const nodes = new Set(service === undefined ? [] : nodesOf(service, known));
    const troubled = pods.filter(faresBadly).slice(0, troubledHeard);
    return new Set(
      [...pods.filter(({ spec }) => nodes.has(spec.nodeName ?? '')), ...troubled].map(
        ({ metadata }) => metadata.name,
      ),
    );
  };
}

function nodesOf(service: Service, known: Heard): readonly string[] {
  const facts: AnnouncingFacts & ClaimFacts = factsFrom(
    materialFrom(snapshotOf(known)),
    announcingNeeds,
    [...announcingHelps, 'serviceL2Statuses', 'serviceBGPStatuses', 'events'],
  );
  const announcing = announcingOf(service, facts);
  return announcing === undefined
    ? []
    : [
        ...announcing.layer2.candidates.slice(0, nextInLine),
        ...announcing.mayAnnounce,
        ...announcing.advertisers.slice(0, advertisersHeard),
        ...claimsOn(service, facts)
          .filter(({ protocol }) => protocol === 'layer2')
          .map(({ node }) => node),
      ];
}

/** Its logs are what is to be read yet. */
function snapshotOf({ takenAt, readings, installations }: Heard): Snapshot {
  return {
    schemaVersion: snapshotSchemaVersion,
    takenAt,
    target: { server: '', namespace: '' },
    versions: {},
    installations,
    readings,
    logs: [],
    receipt: { calls: 0, lists: 0, logs: 0, bytes: 0, ms: 0 },
    interrupted: false,
  };
}

function faresBadly({ status }: Pod): boolean {
  return status.containerStatuses.some(({ ready, restartCount }) => !ready || restartCount > 0);
}
