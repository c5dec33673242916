import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { Forecast, Hindrance } from '../../core/facts/what-if.ts';
import type { LoadedCluster } from '../../core/metallb/loaded-cluster.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import type { Wish } from '../../core/metallb/wish.ts';
import { announcingFor } from './advertised-pools.ts';
import { changeLines, commandsFor } from './change.ts';
import { claimNotes } from './claimed-ranges.ts';
import { doubtsText } from './doubts.ts';
import { emptiedNotes } from './emptied-pools.ts';
import type { ForecastFacts, Foretold } from './foretold.ts';
import { losersText } from './notes.ts';
import { isWritten } from './pool-changes.ts';

/** What a change is made of, and what it is told with. */
export interface Making {
  readonly told: WhatIf;
  readonly facts: ForecastFacts & Facts<'services', 'nodes'>;
  readonly subject: Service;
  readonly wish: Wish;
  readonly cluster: LoadedCluster;
  readonly hindrances: readonly Hindrance[];
}

/** The change in words, how to make it, what it costs others, and how to have it announced. */
export function madeBy(
  making: Making,
  foreseen: Foretold,
): Pick<Forecast, 'headline' | 'changes' | 'warning' | 'commands' | 'notes'> {
  const { told, facts, subject, wish, cluster, hindrances } = making;
  const { options, poolChanges, refusal, notes, headline } = foreseen;
  const written = poolChanges.filter(({ name }) => isWritten(name, told)).map(({ name }) => name);
  const reached = options.flatMap(({ pool }) => pool ?? []);
  const announcing = announcingFor([...new Set([...written, ...reached])], told, facts);
  const { behaviour } = cluster.model.state;
  const change = { service: subject, wish, behaviour, told, announcing };
  const isWorthIt =
    options.length > 0 &&
    refusal === undefined &&
    poolChanges.every(({ isAccepted }) => isAccepted);
  const commands = isWorthIt
    ? [...hindrances.flatMap((hindrance) => hindrance.commands), ...commandsFor(change)]
    : [];
  return {
    headline: `${headline}${doubtsText(options, told, facts)}`,
    changes: changeLines(change),
    warning: commands.length === 0 ? undefined : losersText(told),
    commands,
    notes: [
      ...(commands.length === 0 ? [] : mendingNotes(hindrances)),
      ...claimNotes(told, facts),
      ...emptiedNotes(cluster, subject, { wish, told }),
      ...notes,
      ...(isWorthIt
        ? [...announcing].map(
            ([pool, { says }]) =>
              `no advertisement selects pool ${pool}, so nobody would announce its addresses: ${says}`,
          )
        : []),
    ],
  };
}

/** What has no command that is right whatever lies behind it is to be looked into before anything is run. */
function mendingNotes(hindrances: readonly Hindrance[]): readonly string[] {
  return hindrances
    .filter(({ commands }) => commands.length === 0)
    .map(({ cause }) => `mend ${cause} first; what to do for it: triage explain ${cause}`);
}
