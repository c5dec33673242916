import { diagnose } from '../../checks/diagnose.ts';
import type { Check } from '../diagnosis/check.ts';
import type { Diagnosis, Symptom } from '../facts/finding.ts';
import type { Service } from '../facts/kube-objects.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { aimedAt, type Aim } from '../report/aim.ts';
import { ofChosenChecks } from '../report/chosen.ts';
import { withoutRefused } from '../report/refused.ts';

/** What was read, and what is asked of it. */
export interface Matter {
  readonly symptom: Symptom;
  readonly snapshot: Snapshot;
  readonly subject: Service | undefined;
  readonly checks: readonly Check[];
}

/** How the answer is told. */
export interface Telling {
  /** The flags that the commands in it carry. */
  readonly aim: Aim;
  /** True when the person chose among the checks. */
  readonly isPart: boolean;
}

/** The answer to one question about one cluster, ready to be told. */
export function diagnosed(matter: Matter, { aim, isPart }: Telling): Diagnosis {
  const found = withoutRefused(diagnose(matter));
  return aimedAt(isPart ? ofChosenChecks(found) : found, aim);
}
