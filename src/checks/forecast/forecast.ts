import { asSeenBy } from '../../core/diagnosis/installation-for.ts';
import { judge } from '../../core/diagnosis/judge.ts';
import { factsFrom, materialFrom } from '../../core/diagnosis/material.ts';
import type { Forecast } from '../../core/facts/what-if.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import { clusterIn } from './cluster-in.ts';
import { whatIf } from '../../core/metallb/what-if.ts';
import type { Wish } from '../../core/metallb/wish.ts';
import { allocationHelps, allocationNeeds } from '../models/allocation/refusals.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { whatMustBeKnown } from './what-must-be-known.ts';
import { changeLines, commandsFor } from './change.ts';
import { standingOf } from './hindrances.ts';
import { hypothetical } from './hypothetical.ts';
import { foretold } from './foretold.ts';
import { refusalIn } from './refusal.ts';

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
  const cluster = clusterIn(snapshot, installation);
  const told = whatIf(cluster, subject, wish);
  const facts = factsFrom(material, allocationNeeds, allocationHelps);
  const { behaviour } = cluster.model.state;
  const refusal = refusalIn(told, snapshot);
  const after = materialFrom(hypothetical(snapshot, subject, told));
  const { hindrances, unseen } = standingOf(after, subject);
  const found = foretold({ told, before: subject, facts, hindrances, refusal, unseen });
  const change = { service: subject, wish, behaviour, told };
  const isWorthIt = found.options.length > 0 && refusal === undefined;
  return {
    service: keyOfService(subject),
    changes: changeLines(change),
    ...found,
    hindrances,
    unknowns: unseen,
    commands: isWorthIt && found.addedPool?.isAccepted !== false ? commandsFor(change) : [],
  };
}

function blind(
  { subject, named, wish }: ForecastQuestion,
  known: Pick<Forecast, 'hindrances' | 'unknowns'>,
): Forecast {
  const service = subject === undefined ? named : keyOfService(subject);
  const [first] = known.hindrances;
  const isCertain = known.unknowns.length === 0 && first !== undefined;
  return {
    service,
    changes: wish.addedPool === undefined ? [] : [`pool ${wish.addedPool.name}`],
    outcome: isCertain ? 'gets-nothing' : 'unknown',
    headline: isCertain
      ? `${service} would get nothing: ${first.says}`
      : `what ${service} would get cannot be said without more facts`,
    actsNow: known.hindrances.length === 0,
    now: { pool: undefined, addresses: subject === undefined ? [] : addressesIn(subject) },
    options: [],
    optionsAreComplete: false,
    comesToRest: true,
    loses: undefined,
    refusal: undefined,
    pools: [],
    addedPool: undefined,
    events: [],
    others: [],
    notes: [],
    commands: [],
    ...known,
  };
}
