import type { Subject } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { controllerOf } from './programs.ts';
import { isPending } from './services.ts';
import { serves } from './troubled-pods.ts';

type ProgramFacts = Facts<'deployments' | 'daemonSets' | 'pods', 'services' | 'controllerLogs'>;

/** The controller's log is needed as soon as something is wrong; on a quiet cluster without logs nobody misses it. */
export function logIfInTrouble(facts: ProgramFacts, subject: Subject): readonly 'controllerLogs'[] {
  return facts.controllerLogs.state === 'absent' && !isInTrouble(facts, subject)
    ? []
    : ['controllerLogs'];
}

/** Why a question to the log does not arise. */
export function noLogNoTrouble(facts: ProgramFacts, subject: Subject): string | undefined {
  if (facts.installation === undefined) {
    return 'no MetalLB was found';
  }
  return facts.controllerLogs.state === 'absent' && !isInTrouble(facts, subject)
    ? `the controller serves, nothing is pending, and no log was recorded`
    : undefined;
}

function isInTrouble(facts: ProgramFacts, subject: Subject): boolean {
  const controller = controllerOf(facts);
  const asked: readonly Service[] = subject === undefined ? itemsIfRead(facts.services) : [subject];
  if (controller !== undefined && controller.pods.length === 0) {
    // Nobody writes a log; what is wrong is known without it.
    return false;
  }
  return controller === undefined || !serves(controller, facts.takenAt) || asked.some(isPending);
}
