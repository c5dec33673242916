import type { Workload } from '../../facts/kube-objects.ts';
import { itemsIfRead, type Reading } from '../../facts/reading.ts';
import type { Readings } from '../../facts/snapshot.ts';
import { kinds } from '../kinds.ts';
import { findInstallations } from '../recognise/find-installations.ts';
import { programIn, programOf } from '../recognise/program.ts';
import type { ApiClient } from './api-client.ts';
import { listKind } from './list-kind.ts';
import { orWithin } from './scopes.ts';

/** Where MetalLB runs, and the workloads by which it was found. */
export interface Whereabouts {
  readonly namespaces: readonly string[];
  readonly deployments: Reading<Workload>;
  readonly daemonSets: Reading<Workload>;
}

/** What has been read before the search begins. */
export interface Clues {
  readonly asked: string | undefined;
  readonly pools: Readings['ipAddressPools'];
  readonly validatingWebhooks: () => Promise<Readings['validatingWebhooks']>;
}

/** Where the released manifests install it: looked at, never assumed, when nothing else gives a hint. */
const lastResort = 'metallb-system';

/** Finds the namespaces in which MetalLB runs: by its workloads, or, where those are denied, by its traces. */
export async function findMetalLB(
  client: ApiClient,
  clues: () => Promise<Clues>,
): Promise<Whereabouts> {
  const [deployments, daemonSets] = await Promise.all([
    listKind(client, kinds.deployments, {}),
    listKind(client, kinds.daemonSets, {}),
  ]);
  const { asked, pools, validatingWebhooks } = await clues();
  const none = { state: 'failed', reason: '' } as const;
  const known = { deployments, daemonSets, ipAddressPools: pools, pods: none };
  const found = namespacesOf({ ...known, validatingWebhooks: none }, asked);
  const isDenied = deployments.state !== 'read' || daemonSets.state !== 'read';
  if (!isDenied || hasProgram(deployments) || hasProgram(daemonSets)) {
    const namespaces = found.length > 0 ? found : await webhookTraces();
    return await inNamespaces(client, { deployments, daemonSets, namespaces });
  }
  const traces = found.length > 0 ? found : await webhookTraces();
  const labelled = traces.length > 0 ? [] : await namespacesOfLabelledPods(client);
  const candidates = [...new Set([...traces, ...labelled, lastResort])];
  return await searched(client, { deployments, daemonSets, namespaces: candidates });

  async function webhookTraces() {
    return namespacesOf({ ...known, validatingWebhooks: await validatingWebhooks() }, asked);
  }
}

function namespacesOf(
  readings: Parameters<typeof findInstallations>[0]['readings'],
  asked: string | undefined,
): readonly string[] {
  return findInstallations({ readings, logs: [] }, asked).map(({ namespace }) => namespace);
}

function hasProgram(reading: Reading<Workload>): boolean {
  return itemsIfRead(reading).some(({ spec }) => programIn(spec.template) !== undefined);
}

/** Reads denied workloads in the namespaces that are known by now. */
async function inNamespaces(client: ApiClient, where: Whereabouts): Promise<Whereabouts> {
  const [deployments, daemonSets] = await Promise.all([
    orWithin(client, { kind: kinds.deployments, reading: where.deployments }, where),
    orWithin(client, { kind: kinds.daemonSets, reading: where.daemonSets }, where),
  ]);
  return { ...where, deployments, daemonSets };
}

/** Goes through the candidates until one shows a program of MetalLB's; the traces remain if none does. */
async function searched(client: ApiClient, where: Whereabouts): Promise<Whereabouts> {
  for (const namespace of where.namespaces) {
    const there = await inNamespaces(client, { ...where, namespaces: [namespace] });
    if (hasProgram(there.deployments) || hasProgram(there.daemonSets)) {
      return there;
    }
  }
  return where;
}

const podLabels = ['app.kubernetes.io/name=metallb', 'app=metallb'];

async function namespacesOfLabelledPods(client: ApiClient): Promise<readonly string[]> {
  const readings = await Promise.all(
    podLabels.map((labelSelector) => listKind(client, kinds.pods, { labelSelector })),
  );
  return readings
    .flatMap((reading) => itemsIfRead(reading))
    .filter((pod) => programOf(pod) !== undefined)
    .map((pod) => pod.metadata.namespace ?? '')
    .toSorted();
}
