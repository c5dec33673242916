import { join } from 'node:path';
import type { LogPlace } from './log-files.ts';

/** While this file exists the kubelet does not start the container again. */
export function heldMark(folder: string, container: string): string {
  return join(folder, 'held', container);
}

/** The file that holds the pid of a running container. */
export function runningMark(folder: string, { namespace, pod, container }: LogPlace): string {
  return join(folder, 'running', `${namespace}_${pod}_${container}`);
}
