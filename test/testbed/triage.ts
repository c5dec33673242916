import { join } from 'node:path';
import { runCommand } from './command.ts';
import type { CommandResult } from './command.ts';

export interface TriageRun {
  /** The kubeconfig it finds; none at all when undefined. */
  readonly kubeconfig?: string | undefined;
  readonly folder?: string;
  readonly signal?: AbortSignal;
}

const SOURCES = join(import.meta.dirname, '..', '..', 'bin', 'dev.js');

/** Runs the real program as a process of its own, as a person would in a pipe. */
export function runTriage(args: readonly string[], run: TriageRun = {}): Promise<CommandResult> {
  const { KUBECONFIG: _ours, HOME: _home, ...environment } = process.env;
  const kubeconfig = run.kubeconfig === undefined ? {} : { KUBECONFIG: run.kubeconfig };
  // The bundle that the cluster tests make, or the sources where there is none.
  const program = process.env['TRIAGE_TESTED_PROGRAM'] ?? SOURCES;
  return runCommand(process.execPath, [program, ...args], {
    folder: run.folder,
    signal: run.signal,
    // A home that is not there: no kubeconfig of the machine's owner is ever used.
    environment: { ...environment, HOME: '/nonexistent', ...kubeconfig },
  });
}
