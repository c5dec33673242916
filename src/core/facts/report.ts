import type { ExitCode } from './exit.ts';
import type { Diagnosis } from './finding.ts';
import type { ReportHead } from './report-head.ts';

/** Version of the JSON that commands print. Additive only within a major. */
export const reportSchemaVersion = 'triage.report/v1';

/** One of MetalLB's two programs, as its workload and pods say. Counts are undefined when they could not be read. */
export interface ProgramState {
  readonly name: 'controller' | 'speaker';
  readonly version: string | undefined;
  readonly ready: number | undefined;
  readonly desired: number | undefined;
  readonly restarts: number | undefined;
}

/** An installation beside the one in question. */
export interface OtherInstallation {
  readonly namespace: string;
  readonly programs: readonly ProgramState[];
}

/** What a diagnosing command prints as JSON; the text and markdown forms are drawn from it. */
export interface Report extends ReportHead {
  readonly schemaVersion: typeof reportSchemaVersion;
  readonly programs: readonly ProgramState[];
  /** Further installations in the same cluster, with their programs; absent when there is one only. */
  readonly otherInstallations?: readonly OtherInstallation[];
  readonly result: Diagnosis['outcome'];
  readonly diagnosis: Diagnosis;
}

/** What is printed as JSON when the tool could not do its work. */
export interface ErrorReport {
  readonly schemaVersion: typeof reportSchemaVersion;
  readonly tool: { readonly name: 'triage'; readonly version: string };
  readonly command: string;
  readonly result: 'error';
  readonly exitCode: ExitCode;
  readonly error: {
    readonly kind: 'usage' | 'outside' | 'refused' | 'bug' | 'interrupted';
    readonly message: string;
    readonly suggestions: readonly string[];
  };
}
