import type { Diagnosis } from '../facts/finding.ts';
import { plural } from '../facts/in-words.ts';

/** Nobody may call MetalLB healthy, or every Service well, who asked a part of the checks only. */
export function ofChosenChecks(diagnosis: Diagnosis): Diagnosis {
  const { symptom, outcome, verdicts, scope } = diagnosis;
  if (symptom !== 'health' || outcome !== 'healthy') {
    return diagnosis;
  }
  const passed = verdicts.filter(({ verdict }) => verdict === 'pass').length;
  const skipped = verdicts.filter(({ verdict }) => verdict === 'skipped').length;
  const failed = verdicts.filter(({ verdict }) => verdict === 'fail').length;
  // a remark, or what somebody answers for
  const harmless = failed === 0 ? '' : `, ${failed} found nothing that counts`;
  const said =
    passed === 0 && failed > 0
      ? `the ${plural(failed, 'check')} asked for found nothing that counts`
      : `the ${plural(passed, 'check')} asked for passed${harmless}`;
  const rest = skipped === 0 ? '' : `, ${skipped} did not apply (-v)`;
  return {
    ...diagnosis,
    headline: `${said}${rest}${leftText(diagnosis)}`,
    scope: scope?.reach === 'none' ? undefined : scope,
  };
}

function leftText({ notAsked = [] }: Diagnosis): string {
  const count = notAsked.length;
  return count === 0
    ? '; the others were not asked'
    : `; ${plural(count, 'check')} ${count === 1 ? 'was' : 'were'} not asked`;
}
