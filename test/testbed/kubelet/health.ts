import type { ChildProcess } from 'node:child_process';
import type { ContainerRecord } from './container-status.ts';
import type { ContainerParts } from './container.ts';
import { paced } from './marks.ts';
import type { Probe } from './pod.ts';
import { probeForEver } from './probes.ts';
import type { ProbeTarget } from './probes.ts';

export interface Watched {
  readonly record: ContainerRecord;
  readonly child: ChildProcess;
  /** Aborted when the process has ended. */
  readonly signal: AbortSignal;
}

/** Probes a running process: readiness is recorded, failing liveness ends the process. */
export async function startProbes(parts: ContainerParts, watched: Watched): Promise<void> {
  const { readinessProbe, livenessProbe } = parts.launch.container;
  await Promise.all([
    readinessProbe && probeReadiness(parts, watched, targetOf(parts, readinessProbe)),
    livenessProbe && probeLiveness(parts, watched, targetOf(parts, livenessProbe)),
  ]);
}

function probeReadiness(
  parts: ContainerParts,
  { record, signal }: Watched,
  target: ProbeTarget,
): Promise<void> {
  const { probe } = target;
  const folder = parts.kubelet.configuration.folder;
  const reportedFrom = performance.now() + (probe.initialDelaySeconds ?? 0) * 1_000;
  const heard = (failures: number, words: string | undefined): void => {
    // Failures before the probe's own beginning are this kubelet's impatience.
    if (words !== undefined && (record.ready || performance.now() > reportedFrom)) {
      void unhealthy(parts, 'Readiness', words);
    }
    const staysReady = record.ready && failures < (probe.failureThreshold ?? 3);
    const ready = failures === 0 || staysReady;
    if (ready !== record.ready) {
      record.ready = ready;
      parts.changed();
    }
  };
  // Asked at once and often until the first good answer, so that a bed is up quickly.
  const rhythm = {
    firstMs: () => 200,
    nextMs: (wasWell: boolean) =>
      wasWell || performance.now() > reportedFrom ? paced(folder, periodMs(probe)) : 300,
  };
  return probeForEver(target, rhythm, heard, signal);
}

function probeLiveness(
  parts: ContainerParts,
  { child, signal }: Watched,
  target: ProbeTarget,
): Promise<void> {
  const { probe } = target;
  const { name } = target.container;
  const folder = parts.kubelet.configuration.folder;
  const heard = (failures: number, words: string | undefined): void => {
    if (words !== undefined) {
      void unhealthy(parts, 'Liveness', words);
    }
    if (failures >= (probe.failureThreshold ?? 3)) {
      const message = `Container ${name} failed liveness probe, will be restarted`;
      void parts.tell({ type: 'Normal', reason: 'Killing', message, container: name });
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 2_000).unref();
    }
  };
  const rhythm = {
    firstMs: () => paced(folder, (probe.initialDelaySeconds ?? 0) * 1_000),
    nextMs: () => paced(folder, periodMs(probe)),
  };
  return probeForEver(target, rhythm, heard, signal);
}

function unhealthy({ tell, launch }: ContainerParts, kind: string, words: string): Promise<void> {
  const message = `${kind} probe failed: ${words}`;
  return tell({ type: 'Warning', reason: 'Unhealthy', message, container: launch.container.name });
}

function targetOf({ launch: { container, place } }: ContainerParts, probe: Probe): ProbeTarget {
  return { container, address: place.podAddress, probe };
}

function periodMs(probe: Probe): number {
  return (probe.periodSeconds ?? 10) * 1_000;
}
