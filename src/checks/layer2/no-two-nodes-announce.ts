import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { ObjectRef } from '../../core/facts/object-ref.ts';
import type { ClaimFacts } from '../models/announcing/claims.ts';
import { noLayer2, withSlices } from '../models/announcing/in-layer2.ts';
import {
  severalAnnouncers,
  type SeveralAnnouncers,
} from '../models/announcing/several-announcers.ts';
import {
  type AnnouncingFacts,
  announcingHelps,
  needsButSlices,
} from '../models/announcing/speakers-at-work.ts';
import { memberlistTroubles, mixedKeys } from '../models/layer2/memberlist-troubles.ts';
import { addressesOf } from '../models/layer2/of-services.ts';
import { toldAsSplit, toldAsTwo } from '../models/layer2/split-telling.ts';
import { speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';

type WholeFacts = AnnouncingFacts & Facts<'services'> & ClaimFacts;

/** Speakers that do not see one another, of all Services; `no-traffic` asks MLB-L13 of one. */
export const noTwoNodesAnnounce = defineCheck({
  id: 'MLB-L23',
  asks: 'Is no address announced by two nodes at once?',
  symptoms: ['health'],
  causes: ['memberlist-split', 'two-announcers'],
  link: 'announced',
  needs: ['services', ...needsButSlices],
  helps: [...announcingHelps, 'endpointSlices', 'serviceL2Statuses', 'events'],
  basis: 'observed',
  skipWhen: (known) => noLayer2(withSlices(known)) ?? unheard(withSlices(known)),
  run: (known) => found(withSlices(known)),
});

/** The logs tell of nearly every split; where a status was kept back besides, nothing is ruled out. */
function unheard(facts: WholeFacts): string | undefined {
  const { speakerLogs, serviceL2Statuses } = facts;
  if (found(facts).length > 0) {
    return undefined;
  }
  if (speakerLogs.state !== 'read') {
    return 'the logs of the speakers were not read';
  }
  return serviceL2Statuses.state === 'forbidden'
    ? 'the ServiceL2Statuses may not be read'
    : undefined;
}

function found(facts: WholeFacts): readonly Found[] {
  const several = severalAnnouncers(facts);
  const troubles = memberlistTroubles(facts);
  const services = several.map(({ service }) => service);
  const [first] = several;
  if (first === undefined && troubles.length === 0) {
    return [];
  }
  const disputed = several.find(({ disputes }) => disputes.length > 0);
  const split = {
    affects: services.map(refOf),
    addresses: addressesOf(services),
    claims: first?.claims ?? [],
    disputes: disputed?.disputes ?? [],
    ...nodesOf(several),
    troubles,
    mixed: mixedKeys(facts),
  };
  const one = services.length === 1 ? services[0] : undefined;
  return [
    troubles.length > 0 || disputed !== undefined
      ? toldAsSplit({ ...split, about: speakersIn(facts) })
      : toldAsTwo({ ...split, about: one === undefined ? cluster : refOf(one) }, facts),
  ];
}

const cluster: ObjectRef = { kind: 'Cluster', name: 'cluster' };

function speakersIn(facts: WholeFacts): ObjectRef {
  const workload = speakerOf({ ...facts, deployments: facts.deployments })?.workload;
  return workload === undefined ? cluster : refOf(workload);
}

function nodesOf(several: readonly SeveralAnnouncers[]) {
  const sets = new Set(several.map(({ nodes }) => nodes.join()));
  const nodes = [...new Set(several.flatMap((each) => each.nodes))].toSorted();
  return sets.size > 1 ? { nodes, isOfAll: false as const } : { nodes };
}
