import { Exit, type ExitCode } from '../facts/exit.ts';
import {
  isErrorReport,
  type ClusterAnswer,
  type Reports,
  type SharedRange,
} from '../facts/reports.ts';

/**
 * The worst result of several clusters. A problem that was found outweighs a cluster that could not be read, that
 * outweighs warnings, and those a cluster where all is well; only when no cluster at all could be read it is an error.
 */
export function resultOfAll(
  answers: readonly ClusterAnswer[],
  shared: readonly SharedRange[],
): Reports['result'] {
  const results = answers.map(({ report }) => report.result);
  if (answers.every(({ report }) => isErrorReport(report))) {
    return 'error';
  }
  if (results.includes('problem')) {
    return 'problem';
  }
  if (results.includes('unknown') || results.includes('error')) {
    return 'unknown';
  }
  const isShared = shared.some(({ severity }) => severity !== 'info');
  return results.includes('warnings') || isShared ? 'warnings' : 'healthy';
}

/** The one exit code of several clusters. */
export function exitOfAll(
  result: Reports['result'],
  { warns, isRecorded }: { readonly warns: boolean; readonly isRecorded: boolean },
): ExitCode {
  switch (result) {
    case 'error':
      return Exit.usage;
    case 'problem':
      return Exit.problem;
    case 'unknown':
      return Exit.unknown;
    case 'warnings':
      return warns ? Exit.warnings : wellUnless(isRecorded);
    case 'healthy':
      return wellUnless(isRecorded);
  }
}

/** A recording that was asked for and could not be written. */
function wellUnless(isRecorded: boolean): ExitCode {
  return isRecorded ? Exit.healthy : Exit.usage;
}
