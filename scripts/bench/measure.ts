import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What one run of a program cost. */
export interface Cost {
  readonly ms: number;
  readonly peakMegabytes: number;
  readonly stdout: string;
}

/** Runs a program to its end, watching its peak memory; any other exit code than `status` is a failure. */
export function run(program: string, args: readonly string[], status = 0): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let peakMegabytes = 0;
    const chunks: Buffer[] = [];
    const watch = setInterval(() => {
      peakMegabytes = Math.max(peakMegabytes, peakOf(child.pid));
    }, 20);
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      if (code !== status) {
        reject(new Error(`${program} ${args.join(' ')} ended with ${code}, not ${status}`));
        return;
      }
      const stdout = Buffer.concat(chunks).toString();
      resolve({ ms: performance.now() - startedAt, peakMegabytes, stdout });
    });
  });
}

/** VmHWM, which only grows, so the last look before the end is the peak. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** The run of middle length out of `times`. */
export async function median(times: number, once: () => Promise<Cost>): Promise<Cost> {
  const costs: Cost[] = [];
  for (let round = 0; round < times; round++) {
    costs.push(await once());
  }
  const sorted = costs.toSorted((a, b) => a.ms - b.ms);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) {
    throw new Error('a median needs at least one run');
  }
  return middle;
}
