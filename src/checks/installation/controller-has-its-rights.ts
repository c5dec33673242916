import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { ageMs } from '../models/ages.ts';
import {
  canI,
  type DeniedRight,
  deniedRights,
  isVital,
  rightOf,
} from '../models/programs/denied-rights.ts';
import { type LogLine, logLines } from '../models/testimony/log-lines.ts';
import { controllerOf, type Program } from '../models/programs/programs.ts';
import { logIfInTrouble, noLogNoTrouble } from '../models/testimony/quiet-logs.ts';
import { everyoneOr } from '../models/reach.ts';
import { accountRef } from '../models/references.ts';
import { seenLine } from '../models/seen.ts';

const currentMs = 15 * 60_000;
const listedAgainMs = 3 * 60_000;

/** A controller that may not list one of its kinds never finishes starting, however Ready it looks. */
export const controllerHasItsRights = defineCheck({
  id: 'MLB-I07',
  asks: 'Has the controller every right it needs?',
  symptoms: ['pending', 'health'],
  causes: ['controller-without-permission'],
  needs: ['deployments', 'daemonSets', 'pods'],
  helps: ['services', 'controllerLogs'],
  alsoNeeds: (facts, subject) =>
    logIfInTrouble(facts, { subject, services: itemsIfRead(facts.services) }),
  skipWhen: (facts, subject) =>
    noLogNoTrouble(facts, { subject, services: itemsIfRead(facts.services) }),
  run: (facts, subject) => {
    const controller = controllerOf(facts);
    const lines = logLines(facts.controllerLogs, facts.takenAt);
    const denied = deniedRights(lines.filter((line) => isCurrent(line, facts.takenAt)))
      // What MLB-I11 tells, with the Services it strikes.
      .filter((right) => right.resource !== 'services/status')
      .filter((right) => !wasGiven(right, facts.takenAt));
    return controller === undefined || denied.length === 0
      ? []
      : [{ ...findingOf(controller, denied), affects: everyoneOr(subject) }];
  },
});

/** A running program asks for a list again every minute at the least (client-go), and complains each time. */
function wasGiven({ verb, line }: DeniedRight, now: string): boolean {
  const age = ageMs(line.at, now);
  return (
    ['list', 'watch'].includes(verb) && !line.previous && age !== undefined && age > listedAgainMs
  );
}

/** Rights given since then do not count against it. */
function isCurrent(line: LogLine, now: string): boolean {
  const age = ageMs(line.at, now);
  return age === undefined || age <= currentMs;
}

function findingOf(controller: Program, denied: readonly DeniedRight[]): Found {
  const vital = denied.filter(isVital);
  const rights = (vital.length > 0 ? vital : denied).map(rightOf).toSorted();
  const [first] = denied;
  const account = first?.account ?? 'system:serviceaccount:metallb-system:controller';
  return {
    cause: 'controller-without-permission',
    severity: vital.length > 0 ? 'error' : 'warning',
    about: accountRef(account),
    affects: [],
    says: `MetalLB's controller lacks the right to ${rights[0] ?? 'do its work'}`,
    details: rights.map((right) => `denied: ${right}`),
    because: denied.map(({ line }) => seenLine(line)).slice(0, 5),
    suggests: [
      {
        says: 'apply the ClusterRole and Role that belong to the running version, then restart the controller',
        command: kubectl`-n ${controller.namespace} rollout restart ${controller.handle}`,
        mutates: true,
      },
      ...denied.slice(0, 1).map((right) => ({
        says: 'see that the right is missing',
        command: canI(right, account),
        mutates: false,
      })),
    ],
  };
}
