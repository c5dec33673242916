import type { Diagnosis } from '../facts/finding.ts';
import { plural } from './amounts.ts';

/** Nobody may call MetalLB healthy, or every Service well, who asked a part of the checks only. */
export function ofChosenChecks(diagnosis: Diagnosis): Diagnosis {
  const { symptom, outcome, verdicts, scope } = diagnosis;
  if (symptom !== 'health' || outcome !== 'healthy') {
    return diagnosis;
  }
  const passed = verdicts.filter(({ verdict }) => verdict === 'pass').length;
  const skipped = verdicts.filter(({ verdict }) => verdict === 'skipped').length;
  const rest = skipped === 0 ? '' : `, ${skipped} could not be asked`;
  return {
    ...diagnosis,
    headline: `the ${plural(passed, 'check')} asked for passed${rest}; the others were not asked`,
    scope: scope?.reach === 'none' ? undefined : scope,
  };
}
