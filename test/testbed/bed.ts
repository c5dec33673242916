import { randomInt } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from './build.ts';
import { claimRecord, clearAway, startTimeOf, sweepLeftovers } from './leftovers.ts';
import type { BedRecord } from './leftovers.ts';
import { makeNamespace } from './network.ts';
import { startProgram } from './program.ts';
import type { Program } from './program.ts';
import { missingForRunning } from './requirements.ts';

/** One test bed: a set of namespaces, processes and files of its own. Several run side by side. */
export interface Bed extends AsyncDisposable {
  /** A short word that begins the name of everything the bed makes outside its own folder. */
  readonly name: string;
  readonly folder: string;
  /** The addresses of the one link between the machine's own namespace and the control plane. */
  readonly link: { readonly outside: string; readonly inside: string };
  /** Makes a network namespace and gives its full name. */
  readonly addNamespace: (role: string) => Promise<string>;
  /** Starts a program that ends with the bed; its log is `<folder>/logs/<name>.log`. */
  readonly start: (start: {
    name: string;
    command: string;
    args: readonly string[];
    namespace: string;
  }) => Program;
  /** Ends every process, removes every namespace and file. Safe to call twice. */
  readonly stop: () => Promise<void>;
}

/** Opens a bed after clearing away what crashed owners left; it must be stopped. */
export async function openBed(): Promise<Bed> {
  const missing = await missingForRunning();
  if (missing.length > 0) {
    throw new Error(`cannot run a test bed: ${missing.join('; ')}`);
  }
  await sweepLeftovers();
  const { record, link } = await claimBed();
  await mkdir(join(record.folder, 'logs'), { recursive: true });
  const stop = (): Promise<void> => clearAway(record);
  return {
    name: record.name,
    folder: record.folder,
    link,
    addNamespace: async (role) => {
      const namespace = `${record.name}-${role}`;
      await makeNamespace(namespace);
      return namespace;
    },
    start: (start) =>
      startProgram({ ...start, logFile: join(record.folder, 'logs', `${start.name}.log`) }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** The range set aside for benchmarks between network devices: 32,768 links of four addresses. */
const LINKS = 32_768;

async function claimBed(): Promise<{ record: BedRecord; link: Bed['link'] }> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const number = randomInt(LINKS);
    const name = `tb${number.toString(36).padStart(3, '0')}`;
    const record: BedRecord = {
      name,
      // Beside the binaries, so that a pod's root folder gets them as hard links.
      folder: join(cacheRoot(), 'beds', name),
      owner: { pid: process.pid, startedAt: startTimeOf(process.pid) ?? '' },
    };
    if (await claimRecord(record)) {
      return { record, link: { outside: linkAddress(number, 1), inside: linkAddress(number, 2) } };
    }
  }
  throw new Error('no free name for a test bed after 20 attempts');
}

function linkAddress(number: number, host: number): string {
  const offset = number * 4 + host;
  const octets = [198, 18 + (offset >> 16), (offset >> 8) & 255, offset & 255];
  return octets.join('.');
}
