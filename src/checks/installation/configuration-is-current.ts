import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { agoText } from '../models/ages.ts';
import {
  configurationOf,
  namespacesIfSelected,
  noPoolsToJudge,
} from '../models/configuration/configuration.ts';
import {
  poolsCountedWrong,
  standingComplaint,
  type Miscounted,
} from '../models/configuration/loaded-configuration.ts';
import type { LogLine } from '../models/testimony/log-lines.ts';
import { controllerOf } from '../models/programs/programs.ts';
import { everyoneOr } from '../models/reach.ts';
import { refOf } from '../models/references.ts';
import { seenField, seenLine } from '../models/seen.ts';
import { serves } from '../models/programs/troubled-pods.ts';

/**
 * No field says which configuration the controller holds. What it counts and what it logs must fit the pools as they
 * are; the stale metric is not asked, because it can stay up after a fault is undone (#2245).
 */
export const configurationIsCurrent = defineCheck({
  id: 'MLB-I22',
  asks: 'Does the controller work with the pools as they are now?',
  symptoms: ['pending', 'health'],
  causes: ['config-stale'],
  needs: ['ipAddressPools', 'deployments', 'daemonSets', 'pods'],
  helps: ['namespaces', 'communities', 'configurationStates', 'controllerLogs'],
  basis: 'inferred',
  alsoNeeds: namespacesIfSelected,
  skipWhen: (facts) => {
    const controller = controllerOf(facts);
    return controller === undefined || !serves(controller, facts.takenAt)
      ? 'the controller itself is in trouble'
      : noPoolsToJudge(facts);
  },
  run: (facts, subject) => {
    const pools = configurationOf(facts)?.pools ?? [];
    const miscounted = poolsCountedWrong(facts, pools);
    const complaint = standingComplaint(facts);
    const home = facts.installation?.namespace ?? 'metallb-system';
    const handle = controllerOf(facts)?.handle ?? 'deployment/controller';
    const found = staleness({ miscounted, complaint, now: facts.takenAt, home, handle });
    return found === undefined ? [] : [{ ...found, affects: everyoneOr(subject) }];
  },
});

interface Signs {
  readonly miscounted: readonly Miscounted[];
  readonly complaint: LogLine | undefined;
  readonly now: string;
  readonly home: string;
  readonly handle: string;
}

function staleness(signs: Signs): Omit<Found, 'affects'> | undefined {
  const { miscounted, complaint, home, handle } = signs;
  const [first] = miscounted;
  if (first === undefined && complaint === undefined) {
    return undefined;
  }
  return {
    cause: 'config-stale',
    severity: 'error',
    about: first === undefined ? { kind: 'Namespace', name: home } : refOf(first.pool),
    says: `the controller works with an older configuration: ${
      first === undefined
        ? 'it refused the pools as they are now, for a reason that they do not show'
        : `it counts ${first.counted} in pool ${first.pool.metadata.name}, which has ${first.present} now`
    }`,
    details: detailsOf(signs),
    because: [
      ...miscounted.map(({ pool, counted }) => seenField(refOf(pool), 'status', counted)),
      ...(complaint === undefined ? [] : [seenLine(complaint)]),
    ],
    doubts: [
      'the controller was just about to load it',
      'it may not write the status of its pools (MLB-I07), so the figures are old and the configuration is not',
    ],
    suggests: [
      {
        says: 'see what it last said about its configuration, before anything restarts it',
        command: kubectl`-n ${home} logs ${handle} --tail=200`,
        mutates: false,
      },
    ],
  };
}

function detailsOf({ miscounted, complaint, now }: Signs): readonly string[] {
  return [
    ...miscounted.map(
      ({ pool, counted, present, changedAt }) =>
        `pool ${pool.metadata.name}: ${present} addresses, changed${agoText(changedAt, now)}; status counts ${counted}`,
    ),
    ...(complaint === undefined
      ? []
      : [`the controller said${agoText(complaint.at, now)}: ${complaint.words}`]),
    'until it loads the new one, it gives and keeps addresses by the old pools',
  ];
}
