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
  const { program, environment } = triageCommand(run);
  const { folder, signal } = run;
  return runCommand(process.execPath, [program, ...args], { folder, signal, environment });
}

/** What to run with Node, and in which environment. */
export function triageCommand(run: Pick<TriageRun, 'kubeconfig'>): {
  readonly program: string;
  readonly environment: NodeJS.ProcessEnv;
} {
  const { KUBECONFIG: _ours, HOME: _home, ...environment } = process.env;
  const kubeconfig = run.kubeconfig === undefined ? {} : { KUBECONFIG: run.kubeconfig };
  return {
    // The bundle that the cluster tests make, or the sources where there is none.
    program: process.env['TRIAGE_TESTED_PROGRAM'] ?? SOURCES,
    // A home that is not there: no kubeconfig of the machine's owner is ever used.
    environment: { ...environment, HOME: '/nonexistent', ...kubeconfig },
  };
}
