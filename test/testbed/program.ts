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
  /** Undefined while it runs, then how it ended. */
  readonly ended: () => string | undefined;
  readonly log: () => string;
  /** Sends the signal and waits for the end. */
  readonly kill: (signal?: NodeJS.Signals) => Promise<void>;
  /** Sends a signal that does not end it, such as SIGSTOP. */
  readonly send: (signal: NodeJS.Signals) => void;
  /** Starts it once more, as it was started first; the log goes on in the same file. */
  readonly startAgain: () => void;
}

/**
 * Starts a program in a namespace. Its network namespace alone is entered, not a mount namespace of
 * its own as `ip netns exec` would: namespaces that it makes stay visible to everybody.
 * It is killed with the thread that started it, so a crashed owner leaves nothing running.
 */
export function startProgram(start: ProgramStart): Program {
  let run = runOf(start);
  return {
    name: start.name,
    ended: () => run.ending(),
    log: () => readFileSync(start.logFile, 'utf8'),
    kill: async (signal = 'SIGKILL') => {
      run.child.kill(signal);
      await run.finished;
    },
    send: (signal) => {
      run.child.kill(signal);
    },
    startAgain: () => {
      run = runOf(start);
    },
  };
}

export function namespacePath(namespace: string): string {
  return `/run/netns/${namespace}`;
}

interface Run {
  readonly child: ChildProcess;
  readonly finished: Promise<void>;
  readonly ending: () => string | undefined;
}

function runOf({ namespace, command, args, logFile }: ProgramStart): Run {
  const log = openSync(logFile, 'a');
  const enter = ['--pdeathsig', 'KILL', 'nsenter', `--net=${namespacePath(namespace)}`];
  const child = spawn('setpriv', [...enter, command, ...args], {
    stdio: ['ignore', log, log],
    env: systemEnvironment(),
  });
  closeSync(log);
  let ending: string | undefined;
  const finished = new Promise<void>((resolve) => {
    const end = (how: string): void => {
      ending ??= how;
      resolve();
    };
    child.on('error', (error) => end(error.message));
    child.on('exit', (code, signal) => end(signal ?? `exit code ${code ?? 'unknown'}`));
  });
  return { child, finished, ending: () => ending };
}
