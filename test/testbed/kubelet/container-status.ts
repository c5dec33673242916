import { randomBytes } from 'node:crypto';
import type { Container } from './pod.ts';

export type ContainerState =
  | { readonly waiting: { readonly reason: string; readonly message?: string } }
  | { readonly running: { readonly startedAt: string } }
  | { readonly terminated: Termination };

export interface Termination {
  readonly exitCode: number;
  readonly signal?: number;
  readonly reason: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly containerID: string;
}

/** What the kubelet knows of one container; the API's form is made from it. */
export interface ContainerRecord {
  state: ContainerState;
  last: Termination | undefined;
  restarts: number;
  ready: boolean;
  id: string | undefined;
}

export function freshRecord(): ContainerRecord {
  return {
    state: { waiting: { reason: 'ContainerCreating' } },
    last: undefined,
    restarts: 0,
    ready: false,
    id: undefined,
  };
}

export function containerStatus(container: Container, record: ContainerRecord): object {
  return {
    name: container.name,
    image: container.image,
    imageID: record.id === undefined ? '' : container.image,
    // A merge patch keeps what it is not told to drop, but arrays are replaced whole.
    state: record.state,
    lastState: record.last === undefined ? {} : { terminated: record.last },
    restartCount: record.restarts,
    ready: record.ready,
    started: 'running' in record.state,
    ...(record.id === undefined ? {} : { containerID: record.id }),
  };
}

export function newContainerId(): string {
  return `containerd://${randomBytes(32).toString('hex')}`;
}

/** The API's times are whole seconds. */
export function timeNow(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}
