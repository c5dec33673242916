import { asSeenBy } from '../../core/diagnosis/installation-for.ts';
import { judge } from '../../core/diagnosis/judge.ts';
import { collectCommand } from '../../core/diagnosis/missing.ts';
import { factsFrom, materialFrom } from '../../core/diagnosis/material.ts';
import type { MissingFact } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { Installation, Snapshot } from '../../core/facts/snapshot.ts';
import type { Forecast, Hindrance } from '../../core/facts/what-if.ts';
import { whatIf, type WhatIf } from '../../core/metallb/what-if.ts';
import type { Wish } from '../../core/metallb/wish.ts';
import { configurationIsAccepted } from '../installation/configuration-is-accepted.ts';
import { configurationIsCurrent } from '../installation/configuration-is-current.ts';
import { programsAcceptConfiguration } from '../installation/programs-accept-configuration.ts';
import { speakersSayValid } from '../installation/speakers-say-valid.ts';
import { allocationHelps, allocationNeeds } from '../models/allocation/refusals.ts';
import { configurationOf } from '../models/configuration/configuration.ts';
import {
  heldConfiguration,
  type HeldConfiguration,
} from '../models/configuration/held-configuration.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { clusterIn } from './cluster-in.ts';
import { foretold } from './foretold.ts';
import { standingOf } from './hindrances.ts';
import { hypothetical } from './hypothetical.ts';
import { forecastInConfigMap } from './in-a-config-map.ts';
import { madeBy } from './made-by.ts';
import { refusalIn } from './refusal.ts';
import { isRefusedByAnyPools } from './refused-by-any-pools.ts';
import { whatMustBeKnown } from './what-must-be-known.ts';
import { worksWithText } from './works-with.ts';

const forecastHelps = [...allocationHelps, 'controllerLogs', 'nodes'] as const;

/** What is asked: one Service, and what would be changed. */
export interface ForecastQuestion {
  readonly snapshot: Snapshot;
  /** Undefined when the Services could not be read. */
  readonly subject: Service | undefined;
  /** As it was asked for, for when the Service could not be read. */
  readonly named: string;
  readonly wish: Wish;
}

/** What the change would come to, from what was recorded and from nothing else. Nothing is written. */
export function forecast(question: ForecastQuestion): Forecast {
  const { subject, wish } = question;
  const snapshot = asSeenBy(question.snapshot, subject);
  const material = materialFrom(snapshot);
  const [installation] = snapshot.installations;
  const { verdict } = judge(whatMustBeKnown, material, subject);
  const missing = verdict.verdict === 'unknown' ? verdict.missing : [];
  if (subject === undefined || installation === undefined || missing.length > 0) {
    const why = installation === undefined && subject !== undefined ? [] : missing;
    const { hindrances } = standingOf(material, subject);
    return blind(question, { hindrances, unknowns: why });
  }
  const facts = factsFrom(material, allocationNeeds, forecastHelps);
  const held =
    configurationOf(facts)?.state === 'rejected'
      ? heldConfiguration(facts)
      : doubtIn(standingOf(material, subject).hindrances);
  const cluster = clusterIn(snapshot, installation, held);
  const told = whatIf(cluster, subject, wish);
  const after = materialFrom(hypothetical(snapshot, subject, told));
  const { hindrances: found, unseen } = standingOf(after, subject);
  const hindrances = hindrancesTo(told, held, found);
  if (cannotBeKnown(told)) {
    const unknowns = [inForceUnknown(held, installation), ...unseen];
    return { ...blind(question, { hindrances, unknowns }), worksWith: worksWithText(told, held) };
  }
  const refusal = refusedIn(told, snapshot, held);
  const foreseen = foretold({ told, before: subject, facts, hindrances, refusal, unseen, held });
  const made = {
    service: keyOfService(subject),
    ...foreseen,
    ...madeBy({ told, facts, subject, wish, cluster, hindrances }, foreseen),
    hindrances,
    unknowns: unseen,
  };
  return forecastInConfigMap(made, installation, told);
}

/** The pools as they stand break no rule, and MetalLB does not work with them all the same. */
function doubtIn(hindrances: readonly Hindrance[]): HeldConfiguration | undefined {
  const doubts = [programsAcceptConfiguration.id, configurationIsCurrent.id];
  const found = hindrances.find(({ check }) => doubts.includes(check));
  return found && { kind: 'unknown', because: 'it does not work with those that stand here' };
}

/** Older pools are pools all the same; and what programs say of pools that would be mended is old then. */
function hindrancesTo(
  { holds }: WhatIf,
  held: HeldConfiguration | undefined,
  found: readonly Hindrance[],
): readonly Hindrance[] {
  const isMended = held !== undefined && holds === 'current';
  const over: readonly string[] = [
    ...(holds === 'older' ? [configurationIsAccepted.id] : []),
    ...(holds === 'unknown' ? [] : [configurationIsCurrent.id]),
    ...(isMended ? [programsAcceptConfiguration.id, speakersSayValid.id] : []),
  ];
  return found.filter(({ check }) => !over.includes(check));
}

/** By the pools that MetalLB works with: whatever is written beside older ones does not count. */
function refusedIn(
  told: WhatIf,
  snapshot: Snapshot,
  held: HeldConfiguration | undefined,
): Forecast['refusal'] {
  if (told.holds !== 'older' || held?.kind !== 'older') {
    return refusalIn(told, snapshot);
  }
  const { answer } = told;
  if (answer.outcome === 'refused' && answer.reason.kind === 'no-pool') {
    const says = 'MetalLB has no pool, because it refuses those that stand here';
    return { cause: 'config-rejected', says, message: answer.message };
  }
  const ipAddressPools = { state: 'read', items: held.pools } as const;
  const readings = { ...snapshot.readings, ipAddressPools };
  return refusalIn({ ...told, writes: [] }, { ...snapshot, readings });
}

/** Unless the Service is passed by or refused whatever the pools are. */
function cannotBeKnown({ holds, answer }: WhatIf): boolean {
  const isCertain =
    answer.outcome === 'not-handled' ||
    (answer.outcome === 'refused' && isRefusedByAnyPools(answer.reason.kind));
  return holds === 'unknown' && !isCertain;
}

function inForceUnknown(held: HeldConfiguration | undefined, home: Installation): MissingFact {
  return {
    fact: 'the pools MetalLB works with',
    why: held?.because ?? 'they cannot be seen',
    permission: undefined,
    collect: collectCommand('controllerLogs', home),
  };
}

function blind(
  { subject, named, wish }: ForecastQuestion,
  known: Pick<Forecast, 'hindrances' | 'unknowns'>,
): Forecast {
  const service = subject === undefined ? named : keyOfService(subject);
  const [first] = known.hindrances;
  const isCertain = known.unknowns.length === 0 && first !== undefined;
  const without =
    first === undefined ? 'without more facts' : `before this is mended: ${first.says}`;
  return {
    service,
    changes: (wish.pools ?? []).map(({ name }) => `pool ${name}`),
    outcome: isCertain ? 'gets-nothing' : 'unknown',
    headline: isCertain
      ? `${service} would get nothing: ${first.says}`
      : `what ${service} would get cannot be said ${without}`,
    actsNow: known.hindrances.length === 0,
    now: { pool: undefined, addresses: subject === undefined ? [] : addressesIn(subject) },
    options: [],
    optionsAreComplete: false,
    comesToRest: true,
    loses: undefined,
    refusal: undefined,
    worksWith: undefined,
    pools: [],
    addedPool: undefined,
    poolChanges: [],
    events: [],
    others: [],
    notes: [],
    warning: undefined,
    commands: [],
    ...known,
  };
}
