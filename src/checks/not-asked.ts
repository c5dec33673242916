import type { Check } from '../core/diagnosis/check.ts';
import type { CauseId, CheckId, Symptom } from '../core/facts/finding.ts';
import { checks as allChecks } from './index.ts';

/** What the person switched off: the checks, and the causes that only they could have spoken for. */
export interface LeftOut {
  readonly checks: readonly CheckId[];
  readonly causes: ReadonlySet<CauseId>;
}

/** The checks that belong to the question and are not among those that were chosen for it. */
export function leftOutOf(symptom: Symptom, chosen: readonly Check[] = allChecks): LeftOut {
  const asked = new Set(chosen.map(({ id }) => id));
  const left = allChecks.filter(({ id, symptoms }) => symptoms.includes(symptom) && !asked.has(id));
  return {
    checks: left.map(({ id }) => id),
    causes: new Set(left.flatMap(({ causes }) => causes)),
  };
}

const named = 3;

/** `; 2 checks were not asked: MLB-A02, MLB-A32`; nothing where all were. */
export function notAskedText(checks: readonly CheckId[]): string {
  if (checks.length === 0) {
    return '';
  }
  const which = checks.length > named ? '' : `: ${checks.join(', ')}`;
  return checks.length === 1
    ? `; 1 check was not asked${which}`
    : `; ${checks.length} checks were not asked${which}`;
}
