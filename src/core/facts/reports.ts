import type { ExitCode } from './exit.ts';
import type { Severity } from './finding.ts';
import type { ErrorReport, Report } from './report.ts';

/** Version of the JSON that is printed for several clusters. Additive only within a major. */
export const reportsSchemaVersion = 'triage.reports/v1';

/** The answer of one of several clusters, or why there is none. */
export interface ClusterAnswer {
  /** The context, or the path of the recording, as it was asked for. */
  readonly cluster: string;
  /** Other names that were asked for and lead to the same server. */
  readonly alsoCalled: readonly string[];
  readonly report: Report | ErrorReport;
}

/** Addresses that pools of two clusters both hand out. */
export interface SharedRange {
  readonly severity: Severity;
  readonly pools: readonly { readonly cluster: string; readonly pool: string }[];
  /** `10.4.15.0-10.4.15.254`. */
  readonly ranges: readonly string[];
  /** A decimal string: IPv6 exceeds 2^53. */
  readonly count: string;
  /** Whether both clusters stand in one network, as far as the addresses of their nodes tell. */
  readonly network: 'same' | 'apart' | 'unknown';
  readonly says: string;
  /** What was seen, line by line. */
  readonly details: readonly string[];
  /** What, if it were so, would make this harmless. */
  readonly doubt: string;
}

/** What a command prints for several clusters. */
export interface Reports {
  readonly schemaVersion: typeof reportsSchemaVersion;
  readonly tool: { readonly name: 'triage'; readonly version: string };
  readonly command: string;
  /** The worst of all; `error` when no cluster could be read. */
  readonly result: Report['result'] | 'error';
  readonly exitCode: ExitCode;
  readonly clusters: readonly ClusterAnswer[];
  readonly sharedRanges: readonly SharedRange[];
  readonly notices: readonly string[];
}

/** True for a cluster that could not be read at all. */
export function isErrorReport(report: Report | ErrorReport): report is ErrorReport {
  return report.result === 'error';
}
