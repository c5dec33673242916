import { setTimeout as sleep } from 'node:timers/promises';
import type { Container, Probe } from './pod.ts';

export interface ProbeTarget {
  readonly container: Container;
  readonly address: string;
  readonly probe: Probe;
}

/** Asks once; undefined is well, else the kubelet's words for what was wrong. */
export async function probeOnce(target: ProbeTarget): Promise<string | undefined> {
  const address = addressOf(target);
  if (address === undefined) {
    return undefined;
  }
  const timeoutMs = (target.probe.timeoutSeconds ?? 1) * 1_000 * patience;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) });
    await response.arrayBuffer();
    return response.status < 400
      ? undefined
      : `HTTP probe failed with statuscode: ${response.status}`;
  } catch (error) {
    return `Get "${address}": ${reasonOf(error, target)}`;
  }
}

/** One machine runs all nodes: when that is busy, nothing is wrong with a container that answers late. */
const patience = 10;

export interface ProbeRhythm {
  readonly firstMs: () => number;
  /** The wait after each answer, told whether there was ever a good one. */
  readonly nextMs: (wasWell: boolean) => number;
}

/** Asks until told to stop, and tells each answer: how many failures in a row, and the last one's words. */
export async function probeForEver(
  target: ProbeTarget,
  rhythm: ProbeRhythm,
  tell: (failures: number, words: string | undefined) => void,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  let wasWell = false;
  await pause(rhythm.firstMs(), signal);
  while (!signal.aborted) {
    const words = await probeOnce(target);
    if (signal.aborted) {
      return;
    }
    failures = words === undefined ? 0 : failures + 1;
    wasWell ||= words === undefined;
    tell(failures, words);
    await pause(rhythm.nextMs(wasWell), signal);
  }
}

/** Sleeps, and wakes early without complaint when the signal says so. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

function addressOf({ container, address, probe }: ProbeTarget): string | undefined {
  if (probe.httpGet === undefined) {
    return undefined;
  }
  const { host, port, path = '/' } = probe.httpGet;
  const named = container.ports?.find((candidate) => candidate.name === port)?.containerPort;
  return `http://${host ?? address}:${named ?? port}${path}`;
}

function reasonOf(error: unknown, target: ProbeTarget): string {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
  }
  const cause = error instanceof Error ? error.cause : undefined;
  const refused = cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
  const host = (addressOf(target) ?? '').split('/')[2] ?? '';
  return refused ? `dial tcp ${host}: connect: connection refused` : String(cause ?? error);
}
