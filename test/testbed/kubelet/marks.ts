import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LogPlace } from './log-files.ts';

/** While this file exists the kubelet does not start the container again. */
export function heldMark(folder: string, container: string): string {
  return join(folder, 'held', container);
}

/** While this file exists, probes and delays before restarts go ten times as fast. */
export function hurriedMark(folder: string): string {
  return join(folder, 'hurried');
}

/** A waiting time as it is, or a tenth of it while a test is in a hurry. */
export function paced(folder: string, ms: number): number {
  return existsSync(hurriedMark(folder)) ? ms / 10 : ms;
}

/** The file that holds the pid of a running container. */
export function runningMark(folder: string, { namespace, pod, container }: LogPlace): string {
  return join(folder, 'running', `${namespace}_${pod}_${container}`);
}
