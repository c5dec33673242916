import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, copyFile, link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { namespacePath } from '../program.ts';
import type { Runnable } from './images.ts';
import { fieldOf } from './pod.ts';
import type { Container, Pod, PodPlace } from './pod.ts';

export interface Launch {
  readonly pod: Pod;
  readonly place: PodPlace;
  readonly container: Container;
  /** The folder that the process sees as its root. */
  readonly root: string;
}

/** The address under which every cluster of the bed serves its API inside. */
const API_SERVICE = { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443' };

/** Starts the process of a container; its output comes through pipes. */
export async function launch(runnable: Runnable, parts: Launch): Promise<ChildProcess> {
  const { pod, place, container, root } = parts;
  const environment = environmentOf(parts);
  // A process that is handed no PATH finds nothing by name.
  const enter = [systemProgram('nsenter'), `--net=${namespacePath(place.namespace)}`];
  if (runnable.kind === 'server') {
    const named = { POD_NAME: pod.metadata.name, NODE_NAME: pod.spec.nodeName ?? '' };
    const script = [process.execPath, runnable.script, String(runnable.port)];
    return start([...enter, ...script], { ...environment, ...named });
  }
  if (runnable.kind === 'script') {
    const [shell = 'sh', ...words] = container.command ?? [];
    const script = [join(runnable.programs, shell), ...words];
    return start([...enter, ...script], { ...environment, PATH: runnable.programs });
  }
  await placeBinary(runnable.path, join(root, runnable.entry));
  const user = pod.spec.securityContext?.runAsUser ?? 0;
  const change = [systemProgram('chroot'), `--userspec=${user}:${user}`, root];
  return start([...enter, ...change, runnable.entry, ...(container.args ?? [])], environment);
}

function start(words: readonly string[], environment: NodeJS.ProcessEnv): ChildProcess {
  const [command = '', ...args] = words;
  return spawn(command, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A hard link costs nothing; across file systems it has to be a copy. */
async function placeBinary(from: string, to: string): Promise<void> {
  if (existsSync(to)) {
    return;
  }
  const temporary = join(to, '..', 'tmp');
  await mkdir(temporary, { recursive: true });
  await chmod(temporary, 0o1777);
  await link(from, to).catch(() => copyFile(from, to));
}

function environmentOf({ pod, place, container }: Launch): NodeJS.ProcessEnv {
  const own = (container.env ?? []).map(({ name, value, valueFrom }) => {
    const path = valueFrom?.fieldRef?.fieldPath;
    return [name, path === undefined ? (value ?? '') : (fieldOf(pod, place, path) ?? '')];
  });
  return { ...API_SERVICE, HOSTNAME: pod.metadata.name, ...Object.fromEntries(own) };
}

function systemProgram(name: string): string {
  const places = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'].map((folder) => join(folder, name));
  const found = places.find((place) => existsSync(place));
  if (found === undefined) {
    throw new Error(`\`${name}\` is not among the system's programs`);
  }
  return found;
}
