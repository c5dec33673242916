import type { ReportHead } from '../facts/report-head.ts';
import type { Snapshot } from '../facts/snapshot.ts';

/** What was asked, by which release of the tool, and what was read for it. */
export interface Asked {
  readonly command: string;
  readonly version: string;
  readonly snapshot: Snapshot;
}

/** An answer as a document: where and when before it, what it cost after it. */
export function reported<Answer extends Pick<ReportHead, 'exitCode'>>(
  { command, version, snapshot }: Asked,
  answer: Answer,
): Omit<ReportHead, 'exitCode'> & Answer {
  return {
    tool: { name: 'triage', version },
    command,
    target: snapshot.target,
    takenAt: snapshot.takenAt,
    kubernetes: snapshot.versions.kubernetes,
    installation: snapshot.installations[0],
    ...answer,
    receipt: snapshot.receipt,
    notices: snapshot.notices ?? [],
    interrupted: snapshot.interrupted,
  };
}
