import { access as fileAccess } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { UsageError } from '../../facts/errors.ts';
import type { ClusterReader, Clock } from '../../facts/ports.ts';
import type { LiveSource } from '../cluster-source.ts';
import type { Limits } from './api-client.ts';
import { chosenAccess } from './chosen-access.ts';
import { connectorFor, inClusterConnector } from './connection.ts';
import { gatherLive } from './gather.ts';
import { readKubeconfig } from './kubeconfig.ts';

const usualRequestTimeoutMs = 10_000;
const usualConnectTimeoutMs = 5_000;
const usualTimeoutMs = 60_000;
const usualMaxCalls = 1_000;
const serviceAccountToken = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** Opens the cluster that kubeconfig and flags name. Nothing is asked of it before the first gathering. */
export async function openLiveCluster(source: LiveSource): Promise<ClusterReader> {
  const environment = source.environment ?? process.env;
  const clientNode = await import('@kubernetes/client-node');
  const config = await readKubeconfig({
    kubeconfig: source.kubeconfig,
    environment,
    parseYaml: clientNode.loadYaml,
  });
  const chosen = chosenAccess(config, source);
  const { access, connector } =
    chosen === undefined
      ? await inCluster()
      : {
          access: chosen,
          connector: connectorFor(chosen, new clientNode.KubeConfig(), environment),
        };
  const cluster = {
    access,
    connector,
    limits: limitsOf(source),
    clock: source.clock ?? systemClock,
    metallbNamespace: source.metallbNamespace,
    triageVersion: source.triageVersion,
  };
  return { gather: (wanted, signal) => gatherLive(cluster, wanted, signal) };

  async function inCluster() {
    const isPod =
      environment['KUBERNETES_SERVICE_HOST'] !== undefined &&
      (await fileAccess(serviceAccountToken).then(
        () => true,
        () => false,
      ));
    if (!isPod) {
      throw noKubeconfig(config.lookedAt);
    }
    return inClusterConnector(new clientNode.KubeConfig());
  }
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
  const requestTimeoutMs = source.requestTimeoutMs ?? usualRequestTimeoutMs;
  return {
    requestTimeoutMs,
    connectTimeoutMs:
      source.requestTimeoutMs === undefined ? usualConnectTimeoutMs : requestTimeoutMs,
    timeoutMs: source.timeoutMs ?? usualTimeoutMs,
    maxCalls: source.maxCalls ?? usualMaxCalls,
  };
}

const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    await wait(ms, undefined, { signal });
  },
};
