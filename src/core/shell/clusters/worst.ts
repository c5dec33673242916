import { Exit, type ExitCode } from '../../facts/exit.ts';
import type { ErrorReport, Report } from '../../facts/report.ts';
import { isErrorReport, type Reports } from '../../facts/reports.ts';

/**
 * The worst result of several answers. A problem that was found outweighs a cluster that could not be read, that
 * outweighs warnings, and those a cluster where all is well; only when no cluster at all could be read it is an error.
 */
export function resultOfAll(
  reports: readonly (Report | ErrorReport)[],
  { warnsBesides }: { readonly warnsBesides: boolean },
): Reports['result'] {
  const results = reports.map(({ result }) => result);
  if (reports.length > 0 && reports.every(isErrorReport)) {
    return 'error';
  }
  if (results.includes('problem')) {
    return 'problem';
  }
  if (results.includes('unknown') || results.includes('error')) {
    return 'unknown';
  }
  return results.includes('warnings') || warnsBesides ? 'warnings' : 'healthy';
}

/** The one exit code of several clusters; a recording that was asked for and could not be written outweighs all answers. */
export function exitOfAll(
  result: Reports['result'],
  { warns, isRecorded }: { readonly warns: boolean; readonly isRecorded: boolean },
): ExitCode {
  if (!isRecorded) {
    return Exit.usage;
  }
  switch (result) {
    case 'error':
      return Exit.usage;
    case 'problem':
      return Exit.problem;
    case 'unknown':
      return Exit.unknown;
    case 'warnings':
      return warns ? Exit.warnings : Exit.healthy;
    case 'healthy':
      return Exit.healthy;
  }
}
