import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type {
  Forecast,
  ForecastAddresses,
  Hindrance,
  PoolForecast,
} from '../../core/facts/what-if.ts';
import { allocatedFromAnnotation } from '../../core/metallb/look-at-service.ts';
import type { Ending } from '../../core/metallb/what-if-course.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import type { HolderFacts } from '../models/allocation/holders.ts';
import { total } from '../models/allocation/pool-lines.ts';
import { addressesIn } from '../models/services.ts';
import { advertisersOf } from './advertised-pools.ts';
import type { HeldConfiguration } from '../models/configuration/held-configuration.ts';
import { headlineOf, type Outlook } from './headline.ts';
import { isMade, isWritten, poolChangesOf, rangesAddedTo } from './pool-changes.ts';
import { byName, poolsNotInForce, worksWithText } from './works-with.ts';
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
  /** What MetalLB works with where it refuses the pools as they stand. */
  readonly held: HeldConfiguration | undefined;
}

/** All of a forecast that the forecast itself tells. */
export type Foretold = Omit<
  Forecast,
  'service' | 'changes' | 'hindrances' | 'unknowns' | 'warning' | 'commands'
>;

/** The forecast in words and figures. */
export function foretold(scene: ForetoldScene): Foretold {
  const { told, before, facts, hindrances, refusal, held } = scene;
  const changes = poolChangesOf(told);
  const now = { pool: poolOf(before), addresses: addressesIn(before) };
  const outlook: Outlook = {
    told,
    now,
    outcome: outcomeOf(told, now),
    options: told.endings.filter(({ addresses }) => addresses.length > 0),
    refusal,
    hindrances,
    isSeen: scene.unseen.length === 0,
    mends: held !== undefined && told.holds === 'current',
  };
  return {
    outcome: outlook.outcome,
    headline: headlineOf(outlook),
    actsNow: hindrances.length === 0 && (told.holds === 'current' || told.holds === 'older'),
    now,
    options: outlook.options,
    optionsAreComplete: told.isComplete,
    comesToRest: told.settles,
    loses: lossText(told),
    refusal,
    worksWith: worksWithText(told, held),
    pools: [
      ...told.pools.map((prospect) => poolForecast(prospect, told, facts)),
      ...poolsNotInForce(told, facts),
    ].toSorted(byName),
    addedPool: changes.find(({ name }) => isWritten(name, told)),
    poolChanges: changes,
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
    isAdded: isMade(pool.name, told),
    addedRanges: rangesAddedTo(pool.name, told),
    isEligible,
    offers: isEligible ? offer.addresses : [],
    says: prospectText(prospect, told, facts),
    advertisedBy: advertisersOf(pool.name, told, facts),
  };
}

/** One look after the other may complain in the same words. */
function uniqueEvents({ events }: WhatIf): Forecast['events'] {
  return [...new Map(events.map((event) => [JSON.stringify(event), event])).values()];
}
