import { stat } from 'node:fs/promises';
import { UsageError } from '../../facts/errors.ts';
import type { KubeEvent, KubeObject } from '../../facts/kube-objects.ts';
import { itemsIfRead, type Reading } from '../../facts/reading.ts';
import {
  snapshotSchemaVersion,
  type FactKinds,
  type FactName,
  type Installation,
  type LogExcerpt,
  type Readings,
  type Snapshot,
} from '../../facts/snapshot.ts';
import { readingsFrom, sortedLogs } from '../assemble.ts';
import type { RecordedSource } from '../cluster-source.ts';
import { factNames } from '../kinds.ts';
import { present } from '../parse/fields.ts';
import { findInstallations } from '../recognise/find-installations.ts';
import { documentsIn, type DumpedDocument } from './documents.ts';
import { findDumpFiles } from './dump-files.ts';
import { logsIn, missingLogs } from './dump-logs.ts';
import { sortDocuments, type DumpObjects } from './dump-objects.ts';
import { readContent } from './read-content.ts';

/** Everything that was found in the files of a dump. */
interface Contents {
  readonly documents: readonly DumpedDocument[];
  readonly logs: readonly LogExcerpt[];
  readonly notices: readonly string[];
  readonly bytes: number;
}

/** A snapshot from a directory of kubectl's output and of logs. */
export async function openDumpDirectory(source: RecordedSource): Promise<Snapshot> {
  const files = await findDumpFiles(source.path);
  const documents: DumpedDocument[] = [];
  const logs: LogExcerpt[] = [];
  const strangers: string[] = [];
  let bytes = 0;
  for (const path of files.objects) {
    const content = await readContent(path);
    bytes += content.length;
    documents.push(...(await documentsIn(content, path)));
  }
  for (const { path, relativePath } of files.logs) {
    const content = await readContent(path);
    bytes += content.length;
    const found = logsIn(relativePath, content);
    logs.push(...found);
    strangers.push(...(found.length === 0 ? [relativePath] : []));
  }
  const unread = [...files.others, ...strangers];
  const dumped = dumpedNamespaces(files.objects);
  const notices = [
    ...(dumped.length === 0 ? [] : [`namespaces in the dump, and no others: ${dumped.join(', ')}`]),
    ...(unread.length === 0 ? [] : [`not read: ${unread.toSorted().join(', ')}`]),
  ];
  return await snapshotOf({ documents, logs, notices, bytes }, source);
}

/** The namespaces of a `kubectl cluster-info dump`, which leaves most of them out unless told otherwise. */
function dumpedNamespaces(paths: readonly string[]): readonly string[] {
  const names = paths.flatMap((path) => /([^/\\]+)[/\\]replicasets\.json$/.exec(path)?.[1] ?? []);
  return [...new Set(names)].toSorted();
}

/** A snapshot from the text of one file of kubectl's output. */
export async function openDumpFile(content: string, source: RecordedSource): Promise<Snapshot> {
  const documents = await documentsIn(content, source.path);
  return await snapshotOf({ documents, logs: [], notices: [], bytes: content.length }, source);
}

async function snapshotOf(contents: Contents, source: RecordedSource): Promise<Snapshot> {
  const objects = sortDocuments(contents.documents);
  if (objects.isEmpty) {
    throw new UsageError(`${source.path} holds nothing of Kubernetes that triage can use`, {
      suggestions: [
        'kubectl get services,endpointslices,nodes,namespaces -A -o yaml >DIR/objects.yaml',
      ],
    });
  }
  const all = readingsFrom((fact) => objects.readingOf(fact));
  const installations = findInstallations(
    { readings: all, logs: contents.logs },
    source.metallbNamespace,
  );
  const readings = withinReach(all, installations);
  const newest = newestTime(all);
  const takenAt = source.at ?? newest ?? (await modified(source.path));
  return present({
    schemaVersion: snapshotSchemaVersion,
    takenAt: new Date(takenAt).toISOString(),
    target: { server: source.path, namespace: source.namespace ?? 'default' },
    versions: present({ kubernetes: objects.kubernetes, triage: source.triageVersion }),
    apiGroups: objects.apiGroups,
    metallbResources: objects.metallbResources,
    installations,
    notices: noticesOf(contents, objects, newest),
    readings,
    logs: sortedLogs([...contents.logs, ...missingLogs(itemsIfRead(readings.pods), contents.logs)]),
    receipt: { calls: 0, lists: 0, logs: 0, bytes: contents.bytes, ms: 0 },
    interrupted: false,
  });
}

function noticesOf(
  { notices }: Contents,
  { ignored }: DumpObjects,
  newest: string | undefined,
): readonly string[] | undefined {
  const kinds = [...ignored].map(([kind, count]) => `${kind} (${count})`).toSorted();
  const all = [
    ...(kinds.length === 0 ? [] : [`of no use here: ${kinds.join(', ')}`]),
    ...notices,
    ...(newest === undefined ? ['no object says when it was made: ages are guesses'] : []),
  ];
  return all.length === 0 ? undefined : all;
}

/** Pods and ConfigMaps outside MetalLB's namespaces are left out, as they are from a live reading. */
function withinReach(all: Readings, installations: readonly Installation[]): Readings {
  const home = new Set(installations.map(({ namespace }) => namespace));
  const isOurs = ({ metadata }: KubeObject) => home.has(metadata.namespace ?? '');
  const isKubeProxy = ({ metadata }: KubeObject) =>
    metadata.namespace === 'kube-system' && metadata.name === 'kube-proxy';
  return {
    ...all,
    pods: kept(all.pods, isOurs),
    configMaps: kept(all.configMaps, (item) => isOurs(item) || isKubeProxy(item)),
  };
}

function kept<T>(reading: Reading<T>, isKept: (item: T) => boolean): Reading<T> {
  return reading.state === 'read' ? { ...reading, items: reading.items.filter(isKept) } : reading;
}

/** The newest time that any object's metadata or any event states. */
function newestTime(readings: Readings): string | undefined {
  const times = factNames.flatMap((fact) => itemsOf(readings, fact).flatMap(timesOf));
  const newest = times.reduce((latest, time) => Math.max(latest, Date.parse(time) || 0), 0);
  return newest === 0 ? undefined : new Date(newest).toISOString();
}

function itemsOf<K extends FactName>(readings: Readings, fact: K): readonly FactKinds[K][] {
  return itemsIfRead<FactKinds[K]>(readings[fact]);
}

function timesOf(object: KubeObject | KubeEvent): readonly string[] {
  const { creationTimestamp, deletionTimestamp, managedFields } = object.metadata;
  const ofEvent = 'about' in object ? [object.firstAt, object.lastAt] : [];
  const written = managedFields.map(({ time }) => time);
  return [creationTimestamp, deletionTimestamp, ...written, ...ofEvent].filter(
    (time) => time !== undefined,
  );
}

async function modified(path: string): Promise<string> {
  return path === '-' ? new Date(0).toISOString() : (await stat(path)).mtime.toISOString();
}
