import { existsSync } from 'node:fs';
import type { ContainerRecord } from './container-status.ts';
import type { ContainerParts } from './container.ts';
import { pullFailure, runnableFor } from './images.ts';
import type { Runnable } from './images.ts';
import { heldMark, paced } from './marks.ts';
import { pause } from './probes.ts';

/** The delays before restarts: none, then 10 s doubling up to five minutes. */
export function restartDelayMs(failuresInARow: number): number {
  return failuresInARow <= 1 ? 0 : Math.min(10_000 * 2 ** (failuresInARow - 2), 300_000);
}

/** Waits until the image can be had, saying why not meanwhile. */
export async function untilPulled(
  { kubelet, launch: { container }, tell, changed }: ContainerParts,
  record: ContainerRecord,
  signal: AbortSignal,
): Promise<Runnable | undefined> {
  const { image, name } = container;
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    const runnable = runnableFor(kubelet, container);
    if (runnable !== undefined) {
      const message = `Container image "${image}" already present on machine`;
      await tell({ type: 'Normal', reason: 'Pulled', message, container: name });
      return runnable;
    }
    const why = pullFailure(image);
    const failed = { type: 'Warning', reason: 'Failed', container: name } as const;
    record.state = { waiting: { reason: 'ErrImagePull', message: why } };
    changed();
    await tell({ type: 'Normal', reason: 'Pulling', message: `Pulling image "${image}"` });
    await tell({ ...failed, message: `Failed to pull image "${image}": ${why}` });
    await tell({ ...failed, message: 'Error: ErrImagePull' });
    await pause(2_000, signal);
    const message = `Back-off pulling image "${image}"`;
    record.state = { waiting: { reason: 'ImagePullBackOff', message } };
    changed();
    await tell({ type: 'Normal', reason: 'BackOff', message, container: name });
    await tell({ ...failed, message: 'Error: ImagePullBackOff' });
    await pause(Math.min(10_000 * 2 ** attempt, 300_000), signal);
  }
  return undefined;
}

/** Waits before a restart, and as long as a test holds the container down. */
export async function backOff(
  { kubelet, tell, changed, launch: { pod, container } }: ContainerParts,
  record: ContainerRecord,
  delayMs: number,
  signal: AbortSignal,
): Promise<void> {
  const who = `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`;
  const held = (): boolean => existsSync(heldMark(kubelet.configuration.folder, container.name));
  if (delayMs > 0 || held()) {
    const seconds = Math.max(delayMs, 10_000) / 1_000;
    const length = seconds >= 60 ? `${Math.floor(seconds / 60)}m${seconds % 60}s` : `${seconds}s`;
    const message = `back-off ${length} restarting failed container=${container.name} pod=${who}`;
    record.state = { waiting: { reason: 'CrashLoopBackOff', message } };
    changed();
    const words = `Back-off restarting failed container ${container.name} in pod ${who}`;
    await tell({ type: 'Warning', reason: 'BackOff', message: words, container: container.name });
    await pause(paced(kubelet.configuration.folder, delayMs), signal);
  }
  while (held() && !signal.aborted) {
    await pause(200, signal);
  }
}
