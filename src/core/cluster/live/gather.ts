import type { Pod } from '../../facts/kube-objects.ts';
import type { Clock, Heard, Wanted } from '../../facts/ports.ts';
import { itemsIfRead, type Reading } from '../../facts/reading.ts';
import {
  snapshotSchemaVersion,
  type FactKinds,
  type FactName,
  type Readings,
  type Snapshot,
  type Target,
} from '../../facts/snapshot.ts';
import { readingsFrom, sortedLogs } from '../assemble.ts';
import { factNames } from '../kinds.ts';
import { withOldConfiguration } from '../old-configuration.ts';
import { present } from '../parse/fields.ts';
import { programOf } from '../recognise/program.ts';
import { chosenInstallations } from '../recognise/chosen-installations.ts';
import { ApiClient, type Cost, type Limits, type WholeList } from './api-client.ts';
import type { Access } from './chosen-access.ts';
import type { Connector } from './connection.ts';
import { discover } from './discovery.ts';
import { whoWeAre } from './identity.ts';
import { readLogs } from './logs.ts';
import { readKinds, type KindReader } from './read-kinds.ts';
import { seconds } from './trouble.ts';

/** A cluster that can be asked, and within which limits. */
export interface LiveCluster {
  readonly access: Access;
  readonly connector: Connector;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly metallbNamespace: string | undefined;
  readonly triageVersion: string | undefined;
  /** For a run that goes on after the first reading. */
  readonly cost?: Cost;
  readonly listed?: (list: WholeList) => void;
}

/** Reads what is wanted, side by side, and stops where the signal or the time limit says so. */
export async function gatherLive(
  cluster: LiveCluster,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Snapshot> {
  const { access, clock, metallbNamespace } = cluster;
  const { namespace } = access;
  const begun = clock.now();
  const stop = AbortSignal.any([signal, AbortSignal.timeout(cluster.limits.timeoutMs)]);
  const client = await clientFor(cluster, stop, signal);
  const discovered = discover(client);
  const reader = readKinds({ wanted, client, discovered, metallbNamespace, namespace });
  const everything = allReadings(reader);
  const known = async () => heardIn(await everything, begun, metallbNamespace);
  const [asRead, logs, served, target] = await Promise.all([
    everything,
    readWantedLogs(reader, client, { wanted, known }),
    discovered,
    targetOf(access, wanted.identity === true ? client : undefined),
  ]);
  const trouble = client.trouble();
  if (trouble !== undefined && !signal.aborted) {
    throw trouble;
  }
  const installations = chosenInstallations({ readings: asRead, logs }, metallbNamespace);
  const readings = await withOldConfiguration(asRead, installations, () => true);
  return present({
    schemaVersion: snapshotSchemaVersion,
    ...momentOf(begun, client.aheadMs),
    target,
    versions: present({ kubernetes: served.kubernetes, triage: cluster.triageVersion }),
    apiGroups: served.apiGroups,
    metallbResources: served.metallbResources,
    installations,
    readings,
    logs: sortedLogs(logs),
    receipt: { ...client.cost, ms: clock.now().getTime() - begun.getTime() },
    interrupted: stop.aborted,
  });
}

/** Less than this may be the way of the answer. */
const negligibleMs = 30_000;

/** Ages are counted by the server's clock: events and logs are written by the cluster's. */
function momentOf(begun: Date, aheadMs: number): Pick<Snapshot, 'takenAt' | 'notices'> {
  if (Math.abs(aheadMs) < negligibleMs) {
    return { takenAt: begun.toISOString() };
  }
  const way = aheadMs > 0 ? 'ahead of' : 'behind';
  const off = duration(Math.abs(aheadMs));
  return {
    takenAt: new Date(begun.getTime() - aheadMs).toISOString(),
    notices: [
      `the clock of this machine is ${off} ${way} the API server's; ages go by the server's`,
    ],
  };
}

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 120 ? `${Math.max(1, minutes)} min` : `${Math.round(minutes / 60)} h`;
}

/** A client that stops where `stop` says so. */
export async function clientFor(
  { access, connector, limits, clock, cost, listed }: LiveCluster,
  stop: AbortSignal,
  interruption: AbortSignal,
): Promise<ApiClient> {
  return new ApiClient({
    access,
    connection: await connector.connect(stop),
    limits,
    clock,
    signal: stop,
    cost,
    listed,
    stoppedBecause: () =>
      interruption.aborted
        ? 'stopped before it was read'
        : `not read within ${seconds(limits.timeoutMs)} (--timeout raises it)`,
  });
}

function heardIn(readings: Readings, begun: Date, metallbNamespace: string | undefined): Heard {
  const installations = chosenInstallations({ readings, logs: [] }, metallbNamespace);
  return { takenAt: begun.toISOString(), readings, installations };
}

interface LogChoice {
  readonly wanted: Wanted;
  /** Everything but the logs; only waited for where it is needed. */
  readonly known: () => Promise<Heard>;
}

async function readWantedLogs(reader: KindReader, client: ApiClient, choice: LogChoice) {
  const { logs: roles } = choice.wanted;
  if (roles.length === 0) {
    return [];
  }
  const pods = itemsIfRead(await reader.read('pods'));
  return await readLogs(client, await heardAmong(pods, choice), roles);
}

/** So many logs are read without asking which of them matter. */
const fewSpeakers = 10;

async function heardAmong(
  pods: readonly Pod[],
  { wanted, known }: LogChoice,
): Promise<readonly Pod[]> {
  const isSpeaker = (pod: Pod) => programOf(pod)?.role === 'speaker';
  if (wanted.heard === undefined || pods.filter(isSpeaker).length <= fewSpeakers) {
    return pods;
  }
  const names = wanted.heard(await known());
  return pods.filter((pod) => !isSpeaker(pod) || names.has(pod.metadata.name));
}

async function allReadings(reader: KindReader): Promise<Readings> {
  const entries = await Promise.all(
    factNames.map(async (fact): Promise<[FactName, unknown]> => [fact, await reader.read(fact)]),
  );
  const byFact = new Map(entries);
  // The map holds under each kind what was read of that kind.
  return readingsFrom(<K extends FactName>(fact: K) => byFact.get(fact) as Reading<FactKinds[K]>);
}

/** Where we look and as whom; a client is given when the server is to say who we are. */
async function targetOf(access: Access, client: ApiClient | undefined): Promise<Target> {
  const identity = client && (await whoWeAre(client));
  const { context, server, namespace, userName, impersonation } = access;
  const { hostname, port, protocol } = new URL(server);
  const usualPort = protocol === 'https:' ? '443' : '80';
  return present({
    context,
    server: `${hostname}:${port === '' ? usualPort : port}`,
    namespace,
    identity: identity ?? impersonation?.user ?? (userName === '' ? undefined : userName),
    identityFrom: identity === undefined ? undefined : 'server',
  });
}
