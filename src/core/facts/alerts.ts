import type { ExitCode } from './exit.ts';
import type { PoolsReport } from './pools-report.ts';
import type { ErrorReport, Report } from './report.ts';

/** Version of the JSON that `triage from-alert` prints. Additive only within a major. */
export const alertsSchemaVersion = 'triage.alerts/v1';

/** One alert, as far as it is used. */
export interface Alert {
  readonly name: string;
  /** `silenced` ones fire as well: somebody chose not to be told. */
  readonly state: 'firing' | 'silenced' | 'pending' | 'resolved';
  readonly since: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
}

/** An alert as it is told: its name, and the labels that tell it from others of that name. */
export interface ToldAlert {
  readonly name: string;
  readonly state: Alert['state'];
  readonly since: string | undefined;
  /** `pool=lan, pod=controller-1`. */
  readonly where: string;
}

/** Alerts that ask for the same look at the same cluster, and what it gave. */
export interface AlertAnswer {
  readonly alerts: readonly ToldAlert[];
  /** What such alerts are about, in words. */
  readonly about: string;
  /** The command that was run for them, to be run again. */
  readonly command: string;
  readonly context: string | undefined;
  /** What the labels say about this cluster: the pool that is named and how it fares. */
  readonly says: readonly string[];
  readonly report: Report | ErrorReport;
  /** What `triage pools` says of the pools that alerts about pools name, the first few of them. */
  readonly pools: readonly PoolsReport[];
}

/** What `triage from-alert` prints as JSON. */
export interface AlertsReport {
  readonly schemaVersion: typeof alertsSchemaVersion;
  readonly tool: { readonly name: 'triage'; readonly version: string };
  readonly command: string;
  readonly result: Report['result'] | 'error';
  readonly exitCode: ExitCode;
  readonly answers: readonly AlertAnswer[];
  /** Firing, and not known to this program: nothing was looked at for them. */
  readonly unknown: readonly ToldAlert[];
  /** Nothing is looked at for these any more, or yet. */
  readonly quiet: readonly ToldAlert[];
  readonly notices: readonly string[];
}
