import type { ChildProcess } from 'node:child_process';
import type { ContainerRecord } from './container-status.ts';
import type { ContainerParts } from './container.ts';
import { probeForEver } from './probes.ts';

/** Probes a running process until the signal: readiness is recorded, failing liveness ends the process. */
export async function startProbes(
  { launch: { container, place }, tell, changed }: ContainerParts,
  record: ContainerRecord,
  { child, signal }: { child: ChildProcess; signal: AbortSignal },
): Promise<void> {
  const { readinessProbe, livenessProbe, name } = container;
  const address = place.podAddress;
  const unhealthy = (kind: string, words: string): Promise<void> => {
    const message = `${kind} probe failed: ${words}`;
    return tell({ type: 'Warning', reason: 'Unhealthy', message, container: name });
  };
  const probing: Promise<void>[] = [];
  if (readinessProbe !== undefined) {
    const target = { container, address, probe: readinessProbe };
    const heard = (failures: number, words: string | undefined): void => {
      const ready =
        failures < (readinessProbe.failureThreshold ?? 3) && (failures === 0 || record.ready);
      if (words !== undefined && record.ready) {
        void unhealthy('Readiness', words);
      }
      if (ready !== record.ready) {
        record.ready = ready;
        changed();
      }
    };
    // Asked at once and often until the first good answer, so that a bed is up quickly.
    probing.push(probeForEver(target, { firstMs: 200, hurryUntilWell: true }, heard, signal));
  }
  if (livenessProbe !== undefined) {
    const target = { container, address, probe: livenessProbe };
    const firstMs = (livenessProbe.initialDelaySeconds ?? 0) * 1_000;
    const heard = (failures: number, words: string | undefined): void => {
      if (words !== undefined) {
        void unhealthy('Liveness', words);
      }
      if (failures >= (livenessProbe.failureThreshold ?? 3)) {
        const message = `Container ${name} failed liveness probe, will be restarted`;
        void tell({ type: 'Normal', reason: 'Killing', message, container: name });
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGKILL'), 2_000).unref();
      }
    };
    probing.push(probeForEver(target, { firstMs, hurryUntilWell: false }, heard, signal));
  }
  await Promise.all(probing);
}
