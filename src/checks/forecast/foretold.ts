import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type {
  Forecast,
  ForecastAddresses,
  Hindrance,
  PoolForecast,
} from '../../core/facts/what-if.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { allocatedFromAnnotation } from '../../core/metallb/look-at-service.ts';
import type { Ending, WhatIf } from '../../core/metallb/what-if.ts';
import {
  type Advertisement,
  advertisementName,
  selectsPool,
} from '../models/configuration/advertisements.ts';
import { ownPools } from '../models/configuration/configuration.ts';
import type { HolderFacts } from '../models/allocation/holders.ts';
import { total } from '../models/allocation/pool-lines.ts';
import { addressesIn } from '../models/services.ts';
import { headlineOf, type Outlook } from './headline.ts';
import { lossText } from './loss-text.ts';
import { notesOn } from './notes.ts';
import { prospectText } from './prospect-text.ts';

/** The facts a forecast is told with. */
export type ForecastFacts = HolderFacts &
  Facts<'ipAddressPools', 'l2Advertisements' | 'bgpAdvertisements' | 'namespaces' | 'communities'>;

/** What the forecast is made of. */
export interface ForetoldScene {
  readonly told: WhatIf;
  /** As it is now. */
  readonly before: Service;
  readonly facts: ForecastFacts;
  readonly hindrances: readonly Hindrance[];
  readonly refusal: Forecast['refusal'];
  /** Facts without which nobody knows whether MetalLB runs. */
  readonly unseen: Forecast['unknowns'];
}

type Foretold = Omit<Forecast, 'service' | 'changes' | 'hindrances' | 'unknowns' | 'commands'>;

/** The forecast in words and figures. */
export function foretold(scene: ForetoldScene): Foretold {
  const { told, before, facts, hindrances, refusal } = scene;
  const now = { pool: poolOf(before), addresses: addressesIn(before) };
  const outlook: Outlook = {
    told,
    now,
    outcome: outcomeOf(told, now),
    options: told.endings.filter(({ addresses }) => addresses.length > 0),
    refusal,
    hindrances,
    isSeen: scene.unseen.length === 0,
  };
  return {
    outcome: outlook.outcome,
    headline: headlineOf(outlook),
    actsNow: hindrances.length === 0 && told.isAccepted,
    now,
    options: outlook.options,
    optionsAreComplete: told.isComplete,
    comesToRest: told.settles,
    loses: lossText(told),
    refusal,
    pools: told.pools.map((prospect) => poolForecast(prospect, told, facts)),
    addedPool: addedPoolOf(told),
    events: uniqueEvents(told),
    others: told.others,
    notes: notesOn(outlook),
  };
}

function outcomeOf(
  { answer, endings }: WhatIf,
  now: ForecastAddresses,
): Exclude<Forecast['outcome'], 'unknown'> {
  if (answer.outcome === 'not-handled') {
    return 'not-handled';
  }
  const served = endings.filter(({ addresses }) => addresses.length > 0);
  if (served.length === 0) {
    return 'gets-nothing';
  }
  if (served.length < endings.length) {
    return 'may-get';
  }
  return served.every((ending) => isSame(ending, now)) ? 'keeps' : 'gets';
}

function isSame(ending: Ending, now: ForecastAddresses): boolean {
  return ending.addresses.toSorted().join() === now.addresses.toSorted().join();
}

function poolOf({ metadata }: Service): string | undefined {
  return Object.hasOwn(metadata.annotations, allocatedFromAnnotation)
    ? metadata.annotations[allocatedFromAnnotation]
    : undefined;
}

function poolForecast(
  prospect: WhatIf['pools'][number],
  told: WhatIf,
  facts: ForecastFacts,
): PoolForecast {
  const { pool, offer } = prospect;
  const usage = told.usages.get(pool.name);
  const size = usage === undefined ? undefined : total(usage);
  const isEligible = offer !== undefined && (offer.reached || told.answer.outcome !== 'refused');
  return {
    name: pool.name,
    ranges: pool.addresses,
    usable: String(size?.usable ?? 0n),
    free: String(size?.free ?? 0n),
    isAdded: told.added?.pool.metadata.name === pool.name,
    isEligible,
    offers: isEligible ? offer.addresses : [],
    says: prospectText(prospect, told, facts),
    advertisedBy: advertisersOf(pool.name, told, facts),
  };
}

function advertisersOf(
  name: string,
  { added }: WhatIf,
  facts: ForecastFacts,
): readonly string[] | undefined {
  const { l2Advertisements, bgpAdvertisements, installation } = facts;
  const pool =
    added?.pool.metadata.name === name
      ? added.pool
      : ownPools(facts).find(({ metadata }) => metadata.name === name);
  if (
    pool === undefined ||
    l2Advertisements.state === 'forbidden' ||
    l2Advertisements.state === 'failed' ||
    bgpAdvertisements.state === 'forbidden' ||
    bgpAdvertisements.state === 'failed'
  ) {
    return undefined;
  }
  const all: readonly Advertisement[] = [
    ...itemsIfRead(l2Advertisements),
    ...itemsIfRead(bgpAdvertisements),
  ];
  return all
    .filter(({ metadata }) => metadata.namespace === installation?.namespace)
    .filter((advertisement) => selectsPool(advertisement, pool))
    .map(advertisementName)
    .toSorted();
}

function addedPoolOf({ added, admission }: WhatIf): Forecast['addedPool'] {
  if (added === undefined || admission === undefined) {
    return undefined;
  }
  const { name } = added.pool.metadata;
  return admission.allowed
    ? { name, isAccepted: true, messages: [], says: 'the webhook accepts it' }
    : {
        name,
        isAccepted: false,
        messages: admission.messages,
        says: `the webhook refuses it, and without the webhook MetalLB would refuse all pools: ${admission.messages[0] ?? ''}`,
      };
}

/** One look after the other may complain in the same words. */
function uniqueEvents({ events }: WhatIf): Forecast['events'] {
  return [...new Map(events.map((event) => [JSON.stringify(event), event])).values()];
}
