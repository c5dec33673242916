import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a person would have seen. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

export interface HowToRun {
  readonly script?: string;
  readonly nodeFlags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A file to write stdout to, instead of a pipe. */
  readonly stdout?: string;
  /** Called with the process while it runs. */
  readonly meanwhile?: (child: ReturnType<typeof spawn>) => void;
}

const devScript = fileURLToPath(new URL('../../bin/dev.js', import.meta.url));

/** An environment without anything of the person who runs the tests. */
const bareEnvironment = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  LANG: 'C.UTF-8',
  ...compileCache(),
};

/** What Node made of the sources once it need not make again: half of what a short run costs. */
export function compileCache(): Readonly<Record<string, string>> {
  const folder = process.env['NODE_COMPILE_CACHE'];
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}

/** Runs triage as a program of its own, the sources unless told otherwise. */
export async function runTriage(args: readonly string[], how: HowToRun = {}): Promise<Outcome> {
  const child = spawn(
    process.execPath,
    [...(how.nodeFlags ?? []), how.script ?? devScript, ...args],
    {
      env: { ...bareEnvironment, ...how.env },
      stdio: ['ignore', how.stdout === undefined ? 'pipe' : openSync(how.stdout, 'w'), 'pipe'],
    },
  );
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  how.meanwhile?.(child);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return {
    stdout: Buffer.concat(stdout).toString('utf8'),
    stderr: Buffer.concat(stderr).toString('utf8'),
    code,
  };
}
