import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { openBed } from '../../testbed/bed.ts';
import { outputOf, runCommand, type CommandResult } from '../../testbed/command.ts';
import { configure, joinSegment, makeSegment } from '../../testbed/network.ts';
import { namespacePath } from '../../testbed/program.ts';
import { systemEnvironment } from '../../testbed/requirements.ts';
import { triageCommand } from '../../testbed/triage.ts';

/** A segment without any cluster: machines with addresses, and programs that are run on them. */
export interface Street extends AsyncDisposable {
  /** A place for files, which goes with it. */
  readonly folder: string;
  readonly machine: (name: string) => string;
  /** Runs `ip` commands on a machine. */
  readonly configure: (machine: string, commands: readonly string[]) => Promise<void>;
  readonly macOf: (machine: string) => Promise<string>;
  /** Runs a program on a machine to its end. */
  readonly run: (machine: string, words: readonly string[]) => Promise<CommandResult>;
  readonly triage: (machine: string, words: readonly string[]) => Promise<CommandResult>;
  /** Starts a script of Node that does not end by itself. */
  readonly start: (machine: string, words: readonly string[]) => Running;
  /** Starts the program that listens on a machine's interface. */
  readonly listen: (machine: string, words: readonly string[]) => Promise<Listening>;
}

/** A program that runs until it is ended. */
export interface Running {
  readonly end: () => Promise<void>;
}

/** A program that listens and does what it is told, line by line. */
export interface Listening {
  /** Tells it to do something and gives what it says to it. */
  readonly tell: (word: string) => Promise<string>;
  /** Gives the next thing it says by itself. */
  readonly hear: () => Promise<string>;
  /** Waits for its end. */
  readonly ended: Promise<number>;
}

export const listenerProgram = join(import.meta.dirname, 'listener.ts');
export const flooderProgram = join(import.meta.dirname, 'flooder.ts');

/** Opens a street with these machines, each with addresses of its own on `eth0`. */
export async function openStreet(
  machines: Readonly<Record<string, readonly string[]>>,
): Promise<Street> {
  const bed = await openBed();
  try {
    const segment = await makeSegment(bed);
    for (const [name, addresses] of Object.entries(machines)) {
      await joinSegment(segment, await bed.addNamespace(name), addresses);
    }
  } catch (error) {
    await bed.stop();
    throw error;
  }
  const machine = (name: string): string => `${bed.name}-${name}`;
  const inside = (name: string): readonly string[] => [`--net=${namespacePath(machine(name))}`];
  const run: Street['run'] = (name, words) =>
    runCommand('nsenter', [...inside(name), ...words], { environment: systemEnvironment() });
  return {
    folder: bed.folder,
    machine,
    run,
    configure: (name, commands) => configure(machine(name), commands),
    macOf: async (name) => {
      const told = await outputOf('ip', ['-n', machine(name), '-json', 'link', 'show', 'eth0']);
      return JSON.parse(told)[0].address;
    },
    triage: (name, words) => {
      const { program: triage, environment } = triageCommand({});
      return runCommand('nsenter', [...inside(name), process.execPath, triage, ...words], {
        environment: { ...systemEnvironment(), ...environment },
      });
    },
    start: (name, words) => startRunning([...inside(name), process.execPath, ...words]),
    listen: (name, words) => startListening([...inside(name)], words),
    [Symbol.asyncDispose]: bed.stop,
  };
}

function startRunning(words: readonly string[]): Running {
  const child = spawn('nsenter', [...words], { stdio: 'ignore', env: systemEnvironment() });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
  });
  return {
    end: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

async function startListening(
  where: readonly string[],
  words: readonly string[],
): Promise<Listening> {
  const node = [process.execPath, '--expose-gc', listenerProgram, ...words];
  const child = spawn('nsenter', [...where, ...node], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  const ended = new Promise<number>((resolve) => {
    child.on('exit', (code, signal) => resolve(signal === null ? (code ?? -1) : -1));
  });
  await next();
  const tell = async (word: string): Promise<string> => {
    child.stdin.write(`${word}\n`);
    return next();
  };
  return { tell, hear: next, ended };
}
