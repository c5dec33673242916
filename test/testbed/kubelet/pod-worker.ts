import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiError } from '../api-client.ts';
import { eventually } from '../waiting.ts';
import { pause } from './probes.ts';
import type { Kubelet } from './configuration.ts';
import { freshRecord, timeNow } from './container-status.ts';
import type { ContainerRecord } from './container-status.ts';
import { keepRunning } from './container.ts';
import type { RunningContainer } from './container.ts';
import { eventRecorder } from './events.ts';
import type { Recorder } from './events.ts';
import type { Container, Pod } from './pod.ts';
import { hostNetwork, ownNetwork } from './pod-network.ts';
import type { PodNetwork } from './pod-network.ts';
import { statusMaker } from './pod-status.ts';
import type { Observed } from './pod-status.ts';
import { fillVolumes, MountFailure } from './volumes.ts';

export interface PodWorker {
  /** Ends the containers, gives back the network, and tells the API server that the pod is gone. */
  readonly end: (graceSeconds: number) => Promise<void>;
}

/** How often Secrets, ConfigMaps and tokens are read again. */
const REFRESH_MS = 1_000;
/** How long a pod waits for a missing Secret before it looks again. */
const REMOUNT_MS = 500;

/** Brings one pod to life and keeps its status true until it is ended. */
export function startPod(kubelet: Kubelet, pod: Pod): PodWorker {
  const stopping = new AbortController();
  const running: RunningContainer[] = [];
  const refreshing: Promise<void>[] = [];
  const life = live({ kubelet, pod, running, refreshing, signal: stopping.signal }).catch(
    (error: unknown) => {
      process.stderr.write(`${pod.metadata.name}: ${String(error)}\n`);
      return undefined;
    },
  );
  let ending: Promise<void> | undefined;
  return {
    end: (graceSeconds) => {
      ending ??= endPod({ kubelet, pod, running, refreshing, stopping, life, graceSeconds });
      return ending;
    },
  };
}

interface Life {
  readonly kubelet: Kubelet;
  readonly pod: Pod;
  readonly running: RunningContainer[];
  /** The loops that keep volumes fresh; they end with the signal. */
  readonly refreshing: Promise<void>[];
  readonly signal: AbortSignal;
}

async function live({ kubelet, pod, running, refreshing, signal }: Life): Promise<PodNetwork> {
  const { configuration } = kubelet;
  const network =
    pod.spec.hostNetwork === true ? hostNetwork(configuration) : await ownNetwork(configuration);
  const { place } = network;
  const tell = eventRecorder(kubelet, pod);
  const records = new Map<Container, ContainerRecord>(
    pod.spec.containers.map((container) => [container, freshRecord()]),
  );
  const startedAt = timeNow();
  const observe = (): Observed => ({
    pod,
    place,
    startedAt,
    containers: [...records].map(([container, record]) => ({ container, record })),
  });
  const report = reporter(kubelet, { pod, observe, signal });
  report();
  for (const container of pod.spec.containers) {
    const root = join(podFolder(kubelet, pod), container.name);
    const mounts = { pod, place, container, root };
    if (!(await untilMounted(kubelet, { mounts, tell }, signal))) {
      return network;
    }
    const parts = { kubelet, launch: mounts, tell, changed: report };
    const started = keepRunning(parts);
    running.push(started);
    records.set(container, started.record);
    refreshing.push(refresh(kubelet, mounts, signal));
  }
  return network;
}

type Mounts = Parameters<typeof fillVolumes>[1];

async function untilMounted(
  kubelet: Kubelet,
  { mounts, tell }: { mounts: Mounts; tell: Recorder },
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    try {
      await fillVolumes(kubelet, mounts);
      return true;
    } catch (error) {
      if (error instanceof MountFailure) {
        await tell({ type: 'Warning', reason: 'FailedMount', message: error.message });
      }
      await pause(REMOUNT_MS, signal);
    }
  }
  return false;
}

async function refresh(kubelet: Kubelet, mounts: Mounts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(REFRESH_MS, signal);
    // What cannot be read now is read next time; the files stay as they are meanwhile.
    await fillVolumes(kubelet, mounts).catch(() => undefined);
  }
}

/** Writes the status when something changed, one write at a time, never fewer than the last change. */
function reporter(
  kubelet: Kubelet,
  { pod, observe, signal }: { pod: Pod; observe: () => Observed; signal: AbortSignal },
): () => void {
  const make = statusMaker();
  const path = `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}/status`;
  let wanted = false;
  let writing = false;
  const write = async (): Promise<void> => {
    writing = true;
    while (wanted && !signal.aborted) {
      wanted = false;
      const status = make(observe());
      const identity = { metadata: { uid: pod.metadata.uid } };
      await kubelet.api.patch(path, { ...identity, status }).catch(async (error: unknown) => {
        process.stderr.write(`status of ${pod.metadata.name}: ${String(error)}\n`);
        // An answer is final, mostly that the pod is gone; no answer means that it was not written.
        wanted ||= !(error instanceof ApiError);
        await pause(500, signal);
      });
    }
    writing = false;
  };
  return () => {
    wanted = true;
    if (!writing) {
      void write();
    }
  };
}

async function endPod({
  kubelet,
  pod,
  running,
  refreshing,
  stopping,
  life,
  graceSeconds,
}: Omit<Life, 'signal'> & {
  stopping: AbortController;
  life: Promise<PodNetwork | undefined>;
  graceSeconds: number;
}): Promise<void> {
  stopping.abort();
  const network = await life;
  await Promise.all(running.map((container) => container.stop(graceSeconds * 1_000)));
  await Promise.all(refreshing);
  await network?.remove();
  await rm(podFolder(kubelet, pod), { recursive: true, force: true });
  const { namespace, name, uid } = pod.metadata;
  const gone = { gracePeriodSeconds: 0, preconditions: { uid } };
  // 404 and 409 mean that this pod is gone already, maybe with another of its name in its place.
  await eventually(`pod ${name} to be deleted`, () =>
    kubelet.api.send('DELETE', `/api/v1/namespaces/${namespace}/pods/${name}`, gone),
  );
}

function podFolder(kubelet: Kubelet, pod: Pod): string {
  return join(kubelet.configuration.folder, 'pods', pod.metadata.uid);
}
