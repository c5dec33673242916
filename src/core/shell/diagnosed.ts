import { diagnose, type DiagnosisQuestion } from '../../checks/diagnose.ts';
import type { Diagnosis } from '../facts/finding.ts';
import { aimedAt, type Aim } from '../report/aim.ts';
import { ofChosenChecks } from '../report/chosen.ts';
import { withoutRefused } from '../report/refused.ts';

/** How an answer is told. */
export interface Telling {
  /** The flags that the commands in it carry. */
  readonly aim: Aim;
  /** True when the person chose among the checks. */
  readonly isPart: boolean;
}

/** The answer to one question about one cluster, ready to be told. */
export function diagnosed(question: DiagnosisQuestion, { aim, isPart }: Telling): Diagnosis {
  const found = withoutRefused(diagnose(question));
  return aimedAt(isPart ? ofChosenChecks(found) : found, aim);
}
