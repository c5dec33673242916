import type { Clock, Wanted } from '../../facts/ports.ts';
import { itemsIfRead, type Reading } from '../../facts/reading.ts';
import {
  snapshotSchemaVersion,
  type FactKinds,
  type FactName,
  type Readings,
  type Snapshot,
} from '../../facts/snapshot.ts';
import { readingsFrom, sortedLogs } from '../assemble.ts';
import { factNames } from '../kinds.ts';
import { present } from '../parse/fields.ts';
import { findInstallations } from '../recognise/find-installations.ts';
import { ApiClient, type Limits } from './api-client.ts';
import type { Access } from './chosen-access.ts';
import type { Connector } from './connection.ts';
import { discover } from './discovery.ts';
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
}

/** Reads what is wanted, side by side, and stops where the signal or the time limit says so. */
export async function gatherLive(
  cluster: LiveCluster,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Snapshot> {
  const { access, clock, metallbNamespace } = cluster;
  const begun = clock.now();
  const stop = AbortSignal.any([signal, AbortSignal.timeout(cluster.limits.timeoutMs)]);
  const client = await clientFor(cluster, stop, signal);
  const discovering = discover(client);
  const reader = readKinds({
    wanted,
    client,
    discovered: discovering,
    metallbNamespace,
    namespace: access.namespace,
  });
  const [readings, logs, discovered] = await Promise.all([
    allReadings(reader),
    wanted.logs.length === 0 ? [] : readWantedLogs(reader, client, wanted.logs),
    discovering,
  ]);
  const trouble = client.trouble();
  if (trouble !== undefined && !signal.aborted) {
    throw trouble;
  }
  return present({
    schemaVersion: snapshotSchemaVersion,
    takenAt: begun.toISOString(),
    target: targetOf(access),
    versions: present({ kubernetes: discovered.kubernetes, triage: cluster.triageVersion }),
    apiGroups: discovered.apiGroups,
    metallbResources: discovered.metallbResources,
    installations: findInstallations({ readings, logs }, metallbNamespace),
    readings,
    logs: sortedLogs(logs),
    receipt: { ...client.cost, ms: clock.now().getTime() - begun.getTime() },
    interrupted: stop.aborted,
  });
}

async function clientFor(
  { access, connector, limits, clock }: LiveCluster,
  stop: AbortSignal,
  interruption: AbortSignal,
): Promise<ApiClient> {
  return new ApiClient({
    access,
    connection: await connector.connect(stop),
    limits,
    clock,
    signal: stop,
    stoppedBecause: () =>
      interruption.aborted
        ? 'stopped before it was read'
        : `not read within ${seconds(limits.timeoutMs)} (--timeout raises it)`,
  });
}

async function readWantedLogs(reader: KindReader, client: ApiClient, roles: Wanted['logs']) {
  return await readLogs(client, itemsIfRead(await reader.read('pods')), roles);
}

async function allReadings(reader: KindReader): Promise<Readings> {
  const entries = await Promise.all(
    factNames.map(async (fact): Promise<[FactName, unknown]> => [fact, await reader.read(fact)]),
  );
  const byFact = new Map(entries);
  // The map holds under each kind what was read of that kind.
  return readingsFrom(<K extends FactName>(fact: K) => byFact.get(fact) as Reading<FactKinds[K]>);
}

function targetOf({ context, server, namespace, userName, impersonation }: Access) {
  const { hostname, port, protocol } = new URL(server);
  const usualPort = protocol === 'https:' ? '443' : '80';
  return present({
    context,
    server: `${hostname}:${port === '' ? usualPort : port}`,
    namespace,
    identity: impersonation?.user ?? (userName === '' ? undefined : userName),
  });
}
