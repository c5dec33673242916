import { setTimeout as wait } from 'node:timers/promises';
import { UsageError } from '../../facts/errors.ts';
import type { PodHands } from '../../facts/pod-port.ts';
import type { ClusterReader, ClusterWatcher, Clock } from '../../facts/ports.ts';
import type { LiveSource } from '../cluster-source.ts';
import type { Limits } from './api-client.ts';
import { chosenAccess, type Access } from './chosen-access.ts';
import { createConnector } from './connection.ts';
import { gatherLive, type LiveCluster } from './gather.ts';
import { inClusterAccess } from './in-cluster.ts';
import { readKubeconfig } from './kubeconfig.ts';

const usualRequestTimeoutMs = 10_000;
const usualConnectTimeoutMs = 5_000;
const usualLogTimeoutMs = 3_000;
const usualTimeoutMs = 60_000;
const usualMaxCalls = 1_000;

/** Opens the cluster that kubeconfig and flags name. Nothing is asked of it before the first gathering. */
export async function openLiveCluster(source: LiveSource): Promise<ClusterReader> {
  const cluster = await liveCluster(source);
  return { gather: (wanted, signal) => gatherLive(cluster, wanted, signal) };
}

/** Opens it to be watched. */
export async function openWatchedCluster(source: LiveSource): Promise<ClusterWatcher> {
  const { watchCluster } = await import('./watch/watch-cluster.ts');
  const cluster = await liveCluster(source);
  const jitter = source.jitter ?? Math.random;
  return { watch: (wanted, signal) => watchCluster({ cluster, wanted, jitter }, signal) };
}

/** Opens it to run a Pod there: the only way in which triage changes a cluster. */
export async function openPodHands(source: LiveSource): Promise<PodHands> {
  const { podHands } = await import('./pod-hands.ts');
  return podHands(await liveCluster(source));
}

async function liveCluster(source: LiveSource): Promise<LiveCluster> {
  const environment = source.environment ?? process.env;
  const access = await accessFor(source, environment);
  return {
    access,
    connector: createConnector({ access, environment }),
    limits: limitsOf(source),
    clock: source.clock ?? systemClock,
    metallbNamespace: source.metallbNamespace,
    triageVersion: source.triageVersion,
  };
}

async function accessFor(
  source: LiveSource,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Access> {
  const { kubeconfig } = source;
  const config = await readKubeconfig({ kubeconfig, environment });
  const access = chosenAccess(config, source) ?? (await inClusterAccess(source, environment));
  if (access === undefined) {
    throw noKubeconfig(config.lookedAt);
  }
  return access;
}

function noKubeconfig(lookedAt: readonly string[]): UsageError {
  const places = lookedAt.length === 0 ? 'KUBECONFIG and HOME are not set' : lookedAt.join(', ');
  return new UsageError(`no kubeconfig found (looked at: ${places})`, {
    suggestions: [
      'name one: --kubeconfig FILE, or export KUBECONFIG=FILE',
      'or read a recorded cluster: --from PATH',
    ],
  });
}

function limitsOf(source: LiveSource): Limits {
  const { requestTimeoutMs, timeoutMs, maxCalls } = source;
  return {
    requestTimeoutMs: limitOf(requestTimeoutMs ?? usualRequestTimeoutMs),
    connectTimeoutMs: limitOf(requestTimeoutMs ?? usualConnectTimeoutMs),
    logTimeoutMs: limitOf(requestTimeoutMs ?? usualLogTimeoutMs),
    timeoutMs: limitOf(timeoutMs ?? usualTimeoutMs),
    maxCalls: maxCalls ?? usualMaxCalls,
  };
}

/** The longest time a timer can hold, some 25 days. */
const noLimitMs = 2 ** 31 - 1;

/** As with kubectl, 0 is no limit. */
function limitOf(milliseconds: number): number {
  return milliseconds === 0 ? noLimitMs : Math.min(milliseconds, noLimitMs);
}

const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    await wait(ms, undefined, { signal });
  },
};
