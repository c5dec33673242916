/**
 * The one exit table, equal for every command and every output format. Codes are append-only. Several clusters exit with
 * the worst of theirs: problem, unknown, warnings, healthy; a cluster that could not be read is unknown, unless all are.
 */
export const Exit = {
  /** Nothing wrong, or nothing to do. */
  healthy: 0,
  /** A problem was found. */
  problem: 1,
  /** Bad usage, or the tool could not do its work (no cluster, unreadable file). */
  usage: 2,
  /** A required fact could not be read and no problem was found in the rest. */
  unknown: 3,
  /** Only warnings, and the caller asked to be told with `--exit-warn`. */
  warnings: 4,
  /** A guard, an approval or the person at the keyboard said no. */
  refused: 5,
  /** A change was applied and could not be verified. */
  unverified: 6,
  /** Ctrl-C; what was known by then is still printed. */
  interrupted: 130,
  /** Closed by SIGTERM. */
  terminated: 143,
} as const;

export type ExitName = keyof typeof Exit;
export type ExitCode = (typeof Exit)[ExitName];
