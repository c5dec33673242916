import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { systemEnvironment } from './requirements.ts';

export interface ProgramStart {
  /** The word for it in messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The full name of the network namespace to run in. */
  readonly namespace: string;
  readonly logFile: string;
}

export interface Program {
  readonly name: string;
  readonly pid: number;
  /** Undefined while it runs, then how it ended. */
  readonly ended: () => string | undefined;
  readonly log: () => string;
  /** Sends the signal and waits for the end. */
  readonly kill: (signal?: NodeJS.Signals) => Promise<void>;
}

/**
 * Starts a program in a namespace. Its network namespace alone is entered, not a mount namespace of
 * its own as `ip netns exec` would: namespaces that it makes stay visible to everybody.
 * It is killed with the thread that started it, so a crashed owner leaves nothing running.
 */
export function startProgram(start: ProgramStart): Program {
  const log = openSync(start.logFile, 'a');
  const child = spawn(
    'setpriv',
    [
      '--pdeathsig',
      'KILL',
      'nsenter',
      `--net=${namespacePath(start.namespace)}`,
      start.command,
      ...start.args,
    ],
    { stdio: ['ignore', log, log], env: systemEnvironment() },
  );
  closeSync(log);
  return programOf(child, start);
}

export function namespacePath(namespace: string): string {
  return `/run/netns/${namespace}`;
}

function programOf(child: ChildProcess, start: ProgramStart): Program {
  let ending: string | undefined;
  const finished = new Promise<void>((resolve) => {
    const end = (how: string): void => {
      ending ??= how;
      resolve();
    };
    child.on('error', (error) => end(error.message));
    child.on('exit', (code, signal) => end(signal ?? `exit code ${code ?? 'unknown'}`));
  });
  return {
    name: start.name,
    pid: child.pid ?? 0,
    ended: () => ending,
    log: () => readFileSync(start.logFile, 'utf8'),
    kill: async (signal = 'SIGKILL') => {
      child.kill(signal);
      await finished;
    },
  };
}
