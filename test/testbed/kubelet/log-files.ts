import { appendFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Kubelet } from './configuration.ts';

export interface LogPlace {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** The folder of a container's log files, one per run, named by the count of restarts. */
export function logFolder(kubelet: Kubelet, place: LogPlace): string {
  const { folder } = kubelet.configuration;
  return join(folder, 'logs', `${place.namespace}_${place.pod}`, place.container);
}

/** Opens the file of a run, and forgets runs before the previous one. */
export function openLog(kubelet: Kubelet, place: LogPlace, run: number): string {
  const folder = logFolder(kubelet, place);
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, `${run - 2}.log`), { force: true });
  const file = join(folder, `${run}.log`);
  if (!existsSync(file)) {
    appendFileSync(file, '');
  }
  return file;
}

/** Copies lines of a process to the file, each with the time when it came. */
export function followOutput(stream: Readable | null, file: string): void {
  let rest = '';
  const write = (line: string): void =>
    appendFileSync(file, `${new Date().toISOString()} ${line}\n`);
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      write(line);
    }
  });
  stream?.on('end', () => {
    if (rest !== '') {
      write(rest);
    }
  });
}
