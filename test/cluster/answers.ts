import type { Diagnosis } from '../../src/core/facts/finding.ts';
import type { Report } from '../../src/core/facts/report.ts';
import type { CommandResult } from '../testbed/command.ts';

/** The report that a run printed; a run that printed none fails with what it said instead. */
export function reportOf({ code, stdout, stderr }: CommandResult): Report {
  if (stdout === '') {
    throw new Error(`nothing on stdout, exit ${code}: ${stderr}`);
  }
  const report = JSON.parse(stdout) as Report;
  if (report.diagnosis === undefined) {
    throw new Error(`no diagnosis, exit ${code}: ${stdout}`);
  }
  return report;
}

/** The part of an answer that has to be the same, however and whenever the cluster was read. */
export function answerOf(run: CommandResult): Answer {
  const { result, diagnosis } = reportOf(run);
  const { headline, rootCauses, scope, pools, ruledOut } = diagnosis;
  return {
    code: run.code,
    result,
    headline: timeless(headline),
    causes: rootCauses.map(({ cause, check, severity, about, says, explains }) => {
      return { cause, check, severity, about, says: timeless(says), explains };
    }),
    reach: scope?.reach,
    // Who advertises a pool is only known where it was read: live, `pending` does not ask.
    pools: pools.map(({ advertisedBy: _unread, ...pool }) => pool),
    ruledOut,
  };
}

/** Ages go on between two looks at a cluster. */
function timeless(sentence: string): string {
  return sentence.replaceAll(/\b\d+ (s|min|h|d)\b/g, 'some $1');
}

type Answer = Pick<Diagnosis, 'headline' | 'ruledOut'> & {
  readonly code: number;
  readonly result: Report['result'];
  readonly causes: readonly object[];
  readonly reach: string | undefined;
  readonly pools: readonly object[];
};
