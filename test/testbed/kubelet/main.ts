import { setTimeout as sleep } from 'node:timers/promises';
import { connectApi } from '../api-client.ts';
import type { WatchEvent } from '../api-client.ts';
import { readConfiguration } from './configuration.ts';
import type { Kubelet } from './configuration.ts';
import { beat } from './heartbeat.ts';
import { serveLogs } from './log-server.ts';
import type { Pod } from './pod.ts';
import { startPod } from './pod-worker.ts';
import type { PodWorker } from './pod-worker.ts';

/** A small kubelet: runs the pods of one node as processes. Its one argument is a configuration file. */
async function main(path: string): Promise<void> {
  const configuration = await readConfiguration(path);
  const kubelet = { configuration, api: connectApi(configuration.access) };
  serveLogs(kubelet);
  await Promise.all([beat(kubelet), followPods(kubelet)]);
}

async function followPods(kubelet: Kubelet): Promise<void> {
  const workers = new Map<string, PodWorker>();
  const pods = `/api/v1/pods?fieldSelector=spec.nodeName=${kubelet.configuration.node}`;
  for (;;) {
    try {
      const { items, resourceVersion } = await kubelet.api.list(pods);
      forget(workers, new Set(items.map(({ metadata }) => metadata.uid ?? '')));
      for (const pod of items) {
        take(kubelet, workers, pod as Pod);
      }
      const watch = `${pods}&watch=true&resourceVersion=${resourceVersion}`;
      for await (const event of kubelet.api.watch(watch, new AbortController().signal)) {
        handle(kubelet, workers, event);
      }
    } catch (error) {
      process.stderr.write(`pods: ${String(error)}\n`);
      await sleep(500);
    }
  }
}

function handle(kubelet: Kubelet, workers: Map<string, PodWorker>, event: WatchEvent): void {
  if (event.type === 'ERROR') {
    throw new Error(`watch: ${JSON.stringify(event.object)}`);
  }
  const pod = event.object as Pod;
  if (event.type === 'DELETED') {
    end(workers, pod.metadata.uid, 0);
  } else if (event.type !== 'BOOKMARK') {
    take(kubelet, workers, pod);
  }
}

function take(kubelet: Kubelet, workers: Map<string, PodWorker>, pod: Pod): void {
  const { uid, deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
  if (deletionTimestamp === undefined) {
    if (!workers.has(uid)) {
      workers.set(uid, startPod(kubelet, pod));
    }
    return;
  }
  // A pod that was never taken has nothing to end, but somebody must tell that it is gone.
  if (!workers.has(uid)) {
    workers.set(uid, startPod(kubelet, pod));
  }
  end(workers, uid, deletionGracePeriodSeconds ?? 30);
}

function forget(workers: Map<string, PodWorker>, known: ReadonlySet<string>): void {
  for (const uid of workers.keys()) {
    if (!known.has(uid)) {
      end(workers, uid, 0);
    }
  }
}

function end(workers: Map<string, PodWorker>, uid: string, graceSeconds: number): void {
  const worker = workers.get(uid);
  void worker
    ?.end(graceSeconds)
    .catch((error: unknown) => process.stderr.write(`end of ${uid}: ${String(error)}\n`))
    .finally(() => workers.delete(uid));
}

await main(process.argv[2] ?? '');
