import { factsFor } from '../../../checks/facts-for.ts';
import { forecast } from '../../../checks/forecast/forecast.ts';
import { asSeenBy } from '../../diagnosis/installation-for.ts';
import { shellWord } from '../../diagnosis/kubectl.ts';
import { Exit, type ExitCode } from '../../facts/exit.ts';
import type { ClusterReader } from '../../facts/ports.ts';
import { itemsIfRead } from '../../facts/reading.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import { whatIfSchemaVersion, type Forecast, type WhatIfReport } from '../../facts/what-if.ts';
import { aimedCommand, type Aim } from '../../report/aim.ts';
import { toldMissing } from '../../report/refused.ts';
import { reported } from '../../report/reported.ts';
import { theService, type WantedService } from '../question/service-argument.ts';
import { wishOf, wishWords, type WishFlags } from './wish-flags.ts';

/** What is asked of the cluster. */
export interface WhatIfQuestion {
  readonly service: WantedService;
  readonly flags: WishFlags;
}

/** Reads everything a forecast rests on. */
export async function readForForecast(
  world: ClusterReader,
  { service }: WhatIfQuestion,
  signal: AbortSignal,
): Promise<Snapshot> {
  return await world.gather(factsFor('pending', service), signal);
}

/** The forecast over what was read. */
export function foresee(snapshot: Snapshot, { service, flags }: WhatIfQuestion): Forecast {
  const subject = theService(
    service,
    snapshot.readings.services,
    (key) => `triage what-if ${[shellWord(key), ...wishWords(flags)].join(' ')}`,
  );
  const named = [service.namespace, service.name].filter((part) => part !== undefined).join('/');
  return forecast({ snapshot, subject, named, wish: wishOf(flags, snapshot) });
}

/** What the report is made of besides the forecast. */
export interface WhatIfParts {
  readonly snapshot: Snapshot;
  readonly service: WantedService;
  readonly version: string;
  readonly aim: Aim;
}

/** The forecast as it is printed, its commands going to the cluster that was asked. */
export function whatIfReport(
  found: Forecast,
  { snapshot, service, version, aim }: WhatIfParts,
): WhatIfReport {
  const subject = itemsIfRead(snapshot.readings.services).find(
    ({ metadata }) =>
      metadata.name === service.name &&
      (service.namespace === undefined || metadata.namespace === service.namespace),
  );
  return {
    schemaVersion: whatIfSchemaVersion,
    ...reported(
      { command: 'what-if', version, snapshot: asSeenBy(snapshot, subject) },
      {
        exitCode: exitOf(found),
        forecast: aimed(found, aim),
      },
    ),
  };
}

/** What was refused once is not asked for again. */
function aimed(found: Forecast, aim: Aim): Forecast {
  return {
    ...found,
    hindrances: found.hindrances.map((each) => ({
      ...each,
      commands: each.commands.map((command) => aimedCommand(command, aim)),
    })),
    commands: found.commands.map((command) => aimedCommand(command, aim)),
    unknowns: found.unknowns.map((missing) => toldMissing(missing, aim)),
  };
}

/** 0 only for an address that is certain, asked for as it would be, and now. */
function exitOf(found: Forecast): ExitCode {
  const { outcome, actsNow, refusal, poolChanges, unknowns, comesToRest } = found;
  if (outcome === 'unknown') {
    return Exit.unknown;
  }
  const isServed = outcome === 'gets' || outcome === 'keeps';
  const isAsAsked = refusal === undefined && poolChanges.every(({ isAccepted }) => isAccepted);
  if (!isServed || !isAsAsked || !actsNow || !comesToRest) {
    return Exit.problem;
  }
  return unknowns.length === 0 ? Exit.healthy : Exit.unknown;
}
