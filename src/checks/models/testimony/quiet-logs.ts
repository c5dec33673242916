import type { Subject } from '../../../core/diagnosis/check.ts';
import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { controllerOf } from '../programs/programs.ts';
import { isPending } from '../services.ts';
import { serves } from '../programs/troubled-pods.ts';

type ProgramFacts = Facts<'deployments' | 'daemonSets' | 'pods', 'controllerLogs'>;

/** Whom the question is about: the subject, or every Service that could be read. */
export interface Asked {
  readonly subject: Subject;
  readonly services: readonly Service[];
}

/** The controller's log is needed as soon as something is wrong; on a quiet cluster without logs nobody misses it. */
export function logIfInTrouble(facts: ProgramFacts, asked: Asked): readonly 'controllerLogs'[] {
  return facts.controllerLogs.state === 'absent' && !isInTrouble(facts, asked)
    ? []
    : ['controllerLogs'];
}

/** Why a question to the log does not arise. */
export function noLogNoTrouble(facts: ProgramFacts, asked: Asked): string | undefined {
  if (facts.installation === undefined) {
    return 'no MetalLB was found';
  }
  return facts.controllerLogs.state === 'absent' && !isInTrouble(facts, asked)
    ? 'the controller serves, nothing is pending, and no log was recorded'
    : undefined;
}

function isInTrouble(facts: ProgramFacts, { subject, services }: Asked): boolean {
  const controller = controllerOf(facts);
  if (controller !== undefined && controller.pods.length === 0) {
    // Nobody writes a log; what is wrong is known without it.
    return false;
  }
  const asked = subject === undefined ? services : [subject];
  return controller === undefined || !serves(controller, facts.takenAt) || asked.some(isPending);
}
