import type { ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { Kubelet } from './configuration.ts';
import { freshRecord, newContainerId, timeNow } from './container-status.ts';
import type { ContainerRecord, Termination } from './container-status.ts';
import type { Recorder } from './events.ts';
import type { Runnable } from './images.ts';
import { launch } from './launch.ts';
import type { Launch } from './launch.ts';
import { followOutput, openLog } from './log-files.ts';
import { startProbes } from './health.ts';
import { runningMark } from './marks.ts';
import { backOff, restartDelayMs, untilPulled } from './not-running.ts';

export interface ContainerParts {
  readonly kubelet: Kubelet;
  readonly launch: Launch;
  readonly tell: Recorder;
  /** Called when the record changed. */
  readonly changed: () => void;
}

export interface RunningContainer {
  readonly record: ContainerRecord;
  /** Asks the process to end, and after the grace makes it. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** Keeps a container running: started, probed, and started again with growing delays when it ends. */
export function keepRunning(parts: ContainerParts): RunningContainer {
  const record = freshRecord();
  const stopping = new AbortController();
  const life = { child: undefined as ChildProcess | undefined };
  const finished = liveOn(parts, record, life, stopping.signal);
  return {
    record,
    stop: async (graceMs) => {
      stopping.abort();
      life.child?.kill('SIGTERM');
      const hard = setTimeout(() => life.child?.kill('SIGKILL'), graceMs);
      await finished;
      clearTimeout(hard);
    },
  };
}

async function liveOn(
  parts: ContainerParts,
  record: ContainerRecord,
  life: { child: ChildProcess | undefined },
  signal: AbortSignal,
): Promise<void> {
  let failuresInARow = 0;
  while (!signal.aborted) {
    const runnable = await untilPulled(parts, record, signal);
    if (runnable === undefined) {
      return;
    }
    const startedAt = performance.now();
    const ending = await runOnce(parts, { record, life, runnable }, signal);
    record.last = ending;
    record.ready = false;
    if (signal.aborted || parts.launch.pod.spec.restartPolicy === 'Never') {
      record.state = { terminated: ending };
      parts.changed();
      return;
    }
    // Ten good minutes wipe out what was before.
    failuresInARow = performance.now() - startedAt > 600_000 ? 1 : failuresInARow + 1;
    await backOff(parts, record, restartDelayMs(failuresInARow), signal);
    record.restarts += 1;
  }
}

async function runOnce(
  parts: ContainerParts,
  {
    record,
    life,
    runnable,
  }: {
    record: ContainerRecord;
    life: { child: ChildProcess | undefined };
    runnable: Runnable;
  },
  signal: AbortSignal,
): Promise<Termination> {
  const { kubelet, tell, changed, launch: how } = parts;
  const { container, pod } = how;
  const place = {
    namespace: pod.metadata.namespace,
    pod: pod.metadata.name,
    container: container.name,
  };
  const file = openLog(kubelet, place, record.restarts);
  const child = await launch(runnable, how);
  life.child = child;
  followOutput(child.stdout, file);
  followOutput(child.stderr, file);
  const startedAt = timeNow();
  const id = newContainerId();
  record.id = id;
  record.state = { running: { startedAt } };
  const mark = runningMark(kubelet.configuration.folder, place);
  mkdirSync(join(mark, '..'), { recursive: true });
  writeFileSync(mark, String(child.pid ?? 0));
  const over = new AbortController();
  const ended = endOf(child);
  const probing = startProbes(parts, { record, child, signal: over.signal });
  record.ready = container.readinessProbe === undefined;
  changed();
  const message = `Started container ${container.name}`;
  await tell({ type: 'Normal', reason: 'Started', message, container: container.name });
  if (signal.aborted) {
    child.kill('SIGTERM');
  }
  const { code, signalNumber } = await ended;
  over.abort();
  await probing;
  rmSync(mark, { force: true });
  life.child = undefined;
  return {
    exitCode: code,
    ...(signalNumber === undefined ? {} : { signal: signalNumber }),
    reason: code === 0 ? 'Completed' : 'Error',
    startedAt,
    finishedAt: timeNow(),
    containerID: id,
  };
}

function endOf(child: ChildProcess): Promise<{ code: number; signalNumber: number | undefined }> {
  return new Promise((resolve) => {
    child.on('error', () => resolve({ code: 127, signalNumber: undefined }));
    child.on('close', (code, signal) => {
      const signalNumber = signal === null ? undefined : constants.signals[signal];
      resolve({ code: code ?? 128 + (signalNumber ?? 0), signalNumber });
    });
  });
}
