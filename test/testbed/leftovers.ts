import { readFileSync, readlinkSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from './command.ts';
import { namespacePath } from './program.ts';

/** What is written down of a bed before it is made, so that anybody can clear it away after a crash. */
export interface BedRecord {
  readonly name: string;
  readonly folder: string;
  readonly owner: { readonly pid: number; readonly startedAt: string };
}

/** In memory and gone with a reboot, like the namespaces themselves. */
const RECORDS = '/run/metallb-triage-testbed';

/** Writes a record unless the name is taken; whoever made the file owns the name. */
export async function claimRecord(record: BedRecord): Promise<boolean> {
  await mkdir(RECORDS, { recursive: true });
  const draft = join(RECORDS, `.${process.pid}.${record.name}`);
  await writeFile(draft, JSON.stringify(record));
  try {
    await link(draft, recordPath(record.name));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Clears every bed whose owner is dead; beds of living owners are left alone. Gives the names cleared. */
export async function sweepLeftovers(): Promise<string[]> {
  const swept: string[] = [];
  for (const file of await readdir(RECORDS).catch(() => [])) {
    const record = file.endsWith('.json') ? await recordOf(join(RECORDS, file)) : undefined;
    if (record !== undefined && startTimeOf(record.owner.pid) !== record.owner.startedAt) {
      await clearAway(record);
      swept.push(record.name);
    }
  }
  return swept;
}

/** Ends every process in the bed's namespaces, then removes the namespaces, the files and the record. */
export async function clearAway(record: BedRecord): Promise<void> {
  const namespaces = await namespacesOf(record.name);
  await endEverythingIn(namespaces);
  const commands = namespaces.map((namespace) => `netns delete ${namespace}\n`).join('');
  await runCommand('ip', ['-force', '-batch', '-'], { input: commands });
  await rm(record.folder, { recursive: true, force: true });
  await rm(recordPath(record.name), { force: true });
}

/** The full names of the namespaces that belong to a bed. */
export async function namespacesOf(bedName: string): Promise<string[]> {
  const names = await readdir('/run/netns').catch(() => []);
  return names.filter((name) => name.startsWith(`${bedName}-`)).sort();
}

/** The processes inside these namespaces. A bed made the namespaces, so it started what runs there. */
export async function processesIn(namespaces: readonly string[]): Promise<number[]> {
  const inodes = new Set<string>();
  for (const namespace of namespaces) {
    const place = await stat(namespacePath(namespace)).catch(() => undefined);
    inodes.add(`net:[${place?.ino ?? 'gone'}]`);
  }
  const numbers = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  return numbers.filter((pid) => inodes.has(networkOf(pid))).map(Number);
}

/** When a living process started, in the kernel's ticks: with the pid it names one process for ever. */
export function startTimeOf(pid: number): string | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in brackets and may itself hold spaces and brackets.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended, though nobody has asked yet how.
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

async function endEverythingIn(namespaces: readonly string[]): Promise<void> {
  // A supervisor may start another process between two looks, so look until there is nothing.
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const pids = await processesIn(namespaces);
    if (pids.length === 0) {
      return;
    }
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself since the look.
      }
    }
    await sleep(50);
  }
  throw new Error(`processes in ${namespaces.join(', ')} do not end`);
}

function networkOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return '';
  }
}

async function recordOf(path: string): Promise<BedRecord | undefined> {
  try {
    const record = JSON.parse(await readFile(path, 'utf8')) as BedRecord;
    return record.name === basename(path, '.json') ? record : undefined;
  } catch {
    // Another sweep was faster.
    return undefined;
  }
}

function recordPath(name: string): string {
  return join(RECORDS, `${name}.json`);
}
