import type { Subject } from '../../../core/diagnosis/check.ts';
import { type FactKey, remembered, rememberedOf } from '../../../core/diagnosis/facts.ts';
import type { EndpointSlice, Service } from '../../../core/facts/kube-objects.ts';
import type { Reading } from '../../../core/facts/reading.ts';
import type { AnnouncedPool } from '../../../core/metallb/configuration/announced.ts';
import { electLayer2, type Layer2Election } from '../../../core/metallb/election/layer2.ts';
import { canServe, isLocal } from '../../../core/metallb/election/serving.ts';
import {
  type ElectionNode,
  type Speakers,
  speakersOf,
} from '../../../core/metallb/election/speakers.ts';
import { switchesAt } from '../../../core/metallb/versions.ts';
import { type Announcing, announcingOf } from '../announcing/announcing.ts';
import { type AnnouncingFacts, speakersAtWork } from '../announcing/speakers-at-work.ts';
import { noServedAddress } from '../one-service.ts';

/** One Service that layer 2 is to announce, and all that decides who does. */
export interface Layer2Scene {
  readonly service: Service;
  readonly announcing: Announcing;
  /** The pools that hold its addresses, with what announces them. */
  readonly pools: readonly AnnouncedPool[];
  /** The election if a speaker ran on every node. */
  readonly ideal: Layer2Election;
  readonly slices: readonly EndpointSlice[];
  /** Nodes with an endpoint that can serve, by name. */
  readonly servingNodes: readonly string[];
  /** True when any endpoint can serve, wherever it is. */
  readonly serves: boolean;
  /** Nodes that the advertisements select, with policy Local those of them with an endpoint that can serve, if there is any. */
  readonly selected: readonly ElectionNode[];
}

/** What decides who announces the Service in layer 2; undefined when layer 2 is not asked to. */
export function layer2Scene(subject: Subject, facts: AnnouncingFacts): Layer2Scene | undefined {
  return subject === undefined ? undefined : sceneOf(subject, facts);
}

const sceneOf = rememberedOf(sceneAt);

function sceneAt(subject: Service, facts: AnnouncingFacts): Layer2Scene | undefined {
  const announcing = announcingOf(subject, facts);
  const everywhere = speakersEverywhere(facts);
  if (announcing === undefined || everywhere === undefined) {
    return undefined;
  }
  const [loaded] = announcing.speakers.loaded;
  const slices = announcing.speakers.slicesOf(subject);
  const serving = slices.flatMap(({ endpoints }) => endpoints).filter(canServe);
  const servingNodes = [...new Set(serving.flatMap(({ nodeName }) => nodeName ?? []))].toSorted();
  const pools = announcing.pools.flatMap((name) => loaded?.pools.get(name) ?? []);
  const serves = serving.length > 0;
  return {
    service: subject,
    announcing,
    pools,
    ideal: electLayer2(subject, everywhere),
    slices,
    servingNodes,
    serves,
    selected: selectedNodes(subject, { pools, speakers: announcing.speakers }).filter(
      ({ name }) => !serves || !isLocal(subject) || servingNodes.includes(name),
    ),
  };
}

function selectedNodes(
  service: Service,
  { pools, speakers }: Pick<Layer2Scene, 'pools'> & { readonly speakers: Speakers },
): readonly ElectionNode[] {
  const names = new Set(pools.flatMap((pool) => [...speakers.fields.of(service, pool).selected]));
  return speakers.nodes.filter(({ name }) => names.has(name));
}

/** Why nothing that only layer 2 asks can be asked of one Service; undefined when it can. */
export function notInLayer2(facts: AnnouncingFacts, subject: Subject): string | undefined {
  return noServedAddress(facts, subject) ?? notByLayer2(layer2Scene(subject, facts));
}

function notByLayer2(scene: Layer2Scene | undefined): string | undefined {
  if (scene === undefined || scene.announcing.speakers.loaded.length === 0) {
    return 'no speaker could load the configuration';
  }
  return scene.announcing.by.includes('layer2')
    ? undefined
    : 'no L2Advertisement selects a pool of the Service';
}

/** True when BGP announces it somewhere, whatever layer 2 does. */
export function isAdvertisedByBGP({ announcing }: Layer2Scene): boolean {
  return announcing.advertisers.length > 0;
}

/** All speakers, as if every node had one and all saw one another. */
const speakersEverywhere = remembered((facts: AnnouncingFacts): Speakers | undefined => {
  const speakers = speakersAtWork(facts);
  return speakers === undefined
    ? undefined
    : speakersOf({
        ...speakers.input,
        members: new Set(facts.nodes.map(({ metadata }) => metadata.name)),
      });
});

/** Of these kinds those that exist here: what the API server does not serve, or this release does not know, cannot be missing. */
export function servedOf<K extends FactKey>(
  facts: { readonly [Each in K]: Reading<unknown> } & Pick<AnnouncingFacts, 'installation'>,
  kinds: readonly K[],
): readonly K[] {
  const { writesStatuses } = switchesAt(kindsKnown, facts.installation?.speakerVersion);
  return kinds.filter(
    (kind) => facts[kind].state !== 'absent' && (writesStatuses || kind !== 'serviceL2Statuses'),
  );
}

/** v0.14.6 is the first whose speakers write a ServiceL2Status; a dump of an older release cannot hold one. */
const kindsKnown = { writesStatuses: [[0, 14, 6]] } as const;

/** How grave it is that layer 2 does not announce it. */
export function gravityIn(scene: Layer2Scene): 'error' | 'warning' {
  return isAdvertisedByBGP(scene) ? 'warning' : 'error';
}
