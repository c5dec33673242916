import { othersByClass, withFirst } from '../core/diagnosis/installation-for.ts';
import { judge, type Judgement } from '../core/diagnosis/judge.ts';
import { materialFrom } from '../core/diagnosis/material.ts';
import type { Finding, Verdict } from '../core/facts/finding.ts';
import { itemsIfRead } from '../core/facts/reading.ts';
import type { Installation, Snapshot } from '../core/facts/snapshot.ts';
import { isServedBy } from './models/allocation/pool-membership.ts';
import { refOf } from './models/references.ts';

/** The same judgements with what the checks find at every other installation that has Services of its own. */
export function judgedElsewhere(
  own: readonly Judgement[],
  snapshot: Snapshot,
): readonly Judgement[] {
  return othersByClass(snapshot).reduce((judgements, other) => {
    const material = materialFrom(withFirst(snapshot, other));
    return judgements.map((mine) => {
      const theirs = judge(mine.check, material, undefined);
      return merged(mine, { ...theirs, verdict: confined(theirs.verdict, other, snapshot) });
    });
  }, own);
}

/** One verdict for both: what fails somewhere fails, and what is unknown somewhere is not known to be well. */
function merged(mine: Judgement, theirs: Judgement): Judgement {
  const [a, b] = [mine.verdict, theirs.verdict];
  const blind = mine.blind || theirs.blind;
  const deniedHelp = [...mine.deniedHelp, ...theirs.deniedHelp];
  if (a.verdict === 'fail' && b.verdict === 'fail') {
    return {
      ...mine,
      blind,
      deniedHelp,
      verdict: { ...a, findings: [...a.findings, ...b.findings] },
    };
  }
  const weightier = weightOf(b) > weightOf(a) ? b : a;
  return { ...mine, blind, deniedHelp, verdict: weightier };
}

function weightOf({ verdict }: Verdict): number {
  return ['skipped', 'pass', 'unknown', 'fail'].indexOf(verdict);
}

/** Trouble of one installation strikes its own Services, and none of them where there are none. */
function confined(verdict: Verdict, installation: Installation, snapshot: Snapshot): Verdict {
  if (verdict.verdict !== 'fail') {
    return verdict;
  }
  const services = itemsIfRead(snapshot.readings.services)
    .filter((service) => isServedBy(installation, service))
    .map(refOf);
  return { ...verdict, findings: verdict.findings.map(theirs) };

  function theirs(finding: Finding): Finding {
    if (finding.affects.length > 0) {
      return finding;
    }
    const says = `${finding.says} (in ${installation.namespace}, which serves ${installation.loadBalancerClass ?? 'Services without a class'})`;
    return services.length === 0 && finding.severity === 'error'
      ? { ...finding, says, severity: 'warning' }
      : { ...finding, says, affects: services };
  }
}
