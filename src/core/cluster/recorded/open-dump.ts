import { stat } from 'node:fs/promises';
import { UsageError } from '../../facts/errors.ts';
import type { KubeEvent, KubeObject } from '../../facts/kube-objects.ts';
import { itemsIfRead, namespacesInWords, type Reading } from '../../facts/reading.ts';
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
import { logLines } from '../log-lines.ts';
import { withOldConfiguration } from '../old-configuration.ts';
import { present } from '../parse/fields.ts';
import { chosenInstallations } from '../recognise/chosen-installations.ts';
import { logNotices, refuseClash, supersededNotices } from './clash.ts';
import { onlyRecordings, recordingNotices, recordingsIn } from './recordings-inside.ts';
import { namespacesOfFiles } from './covered-namespaces.ts';
import { configMapsListed } from './config-maps-listed.ts';
import { documentsIn, type DumpedDocument } from './documents.ts';
import { findDumpFiles } from './dump-files.ts';
import { clashingLogs, isOfTwoDumps, logsIn, missingLogs, type LogFile } from './dump-logs.ts';
import { sortDocuments, type DumpObjects } from './dump-objects.ts';
import { knownPrograms } from './log-names.ts';
import { looksIn } from './looks-inside.ts';
import type { Clash } from './met-twice.ts';
import { calledAs, readContent } from './read-content.ts';

/** Everything that was found in the files of a dump. */
interface Contents {
  readonly documents: readonly DumpedDocument[];
  readonly logs: readonly LogFile[];
  readonly notices: readonly string[];
  /** Files that hold neither objects nor logs. */
  readonly others: readonly string[];
  readonly bytes: number;
}

/** A snapshot from a directory of kubectl's output and of logs. */
export async function openDumpDirectory(
  source: RecordedSource,
  signal?: AbortSignal,
): Promise<Snapshot> {
  const files = await findDumpFiles(source.path);
  const namespaceOf = namespacesOfFiles(files.objects.map(({ relativePath }) => relativePath));
  const documents: DumpedDocument[] = [];
  const logs: LogFile[] = [];
  const notices: string[] = [];
  let bytes = 0;
  for (const { path, relativePath } of files.objects) {
    const content = await readContent(path, signal);
    bytes += content.length;
    notices.push(...endNotices(content, relativePath));
    const within = namespaceOf(relativePath);
    const found = await documentsIn(content, path);
    const place = within === undefined ? {} : { within };
    documents.push(...found.map((document) => ({ ...document, ...place, file: relativePath })));
  }
  for (const { path, relativePath } of files.logs) {
    const content = await readContent(path, signal);
    bytes += content.length;
    logs.push({ relativePath, content });
  }
  return await snapshotOf({ documents, logs, notices, others: files.others, bytes }, source);
}

/** kubectl ends what it writes with a line break; where a file was cut off, there mostly is none. */
function endNotices(content: string, path: string): readonly string[] {
  const seemsWhole = content.trim() === '' || /[\n}\]]\s*$/.test(content);
  return seemsWhole ? [] : [`${path} may be cut off: its last line does not end`];
}

/** A snapshot from the text of one file of kubectl's output. */
export async function openDumpFile(content: string, source: RecordedSource): Promise<Snapshot> {
  const found = await documentsIn(content, calledAs(source.path));
  const documents = found.map((document) => ({
    ...document,
    file: calledAs(source.path),
  }));
  const notices = endNotices(content, calledAs(source.path));
  return await snapshotOf(
    { documents, logs: [], notices, others: [], bytes: content.length },
    source,
  );
}

async function snapshotOf(contents: Contents, source: RecordedSource): Promise<Snapshot> {
  const objects = sortDocuments(contents.documents);
  const called = calledAs(source.path);
  refuseEmpty(objects, contents, called);
  const all = readingsFrom((fact) => objects.readingOf(fact));
  const { logs, strangers, clashes, differing } = attributed(contents, all);
  refuseClash(called, [...objects.clashes, ...clashes]);
  const installations = chosenInstallations({ readings: all, logs }, source.metallbNamespace);
  const readings = await withOldConfiguration(
    withinReach(all, installations),
    installations,
    configMapsListed(contents.documents),
  );
  const newest = newestTime(all);
  const takenAt = source.at ?? newest ?? (await modified(source.path));
  return present({
    schemaVersion: snapshotSchemaVersion,
    takenAt: new Date(takenAt).toISOString(),
    target: { server: called, namespace: source.namespace ?? 'default' },
    versions: present({ kubernetes: objects.kubernetes, triage: source.triageVersion }),
    apiGroups: objects.apiGroups,
    metallbResources: objects.metallbResources,
    metallbDefinedAt: objects.metallbDefinedAt,
    installations,
    notices: noticesOf({ contents, objects, strangers, differing, newest }),
    readings,
    logs: sortedLogs([
      ...logs,
      ...missingLogs(itemsIfRead(readings.pods).filter(within(installations)), logs),
    ]),
    wire: looksIn(contents.documents),
    receipt: { calls: 0, lists: 0, logs: 0, bytes: contents.bytes, ms: 0 },
    interrupted: false,
  });
}

function refuseEmpty({ isEmpty }: DumpObjects, { documents }: Contents, path: string): void {
  const recordings = recordingsIn(documents);
  if (isEmpty && recordings.length > 0) {
    throw onlyRecordings(path, recordings);
  }
  if (isEmpty) {
    throw new UsageError(`${path} holds nothing of Kubernetes that triage can use`, {
      suggestions: [
        'whoever reaches the cluster records it: triage snapshot -o FILE',
        'without triage there, docs/recorded-clusters.md has the lines for kubectl',
      ],
    });
  }
}

/** The logs of the dump, and the files of which nobody knows whose they are. */
function attributed({ documents, logs: files }: Contents, readings: Readings) {
  const programs = knownPrograms(readings);
  const withObjects = documents.flatMap(({ file, objects }) =>
    file === undefined || objects.length === 0 ? [] : file,
  );
  const found = files.map((file) => ({ file, logs: logsIn(file, programs) }));
  const twice = clashingLogs(found);
  return {
    clashes: twice.filter((clash) => isOfTwoDumps(clash, withObjects)),
    differing: twice.filter((clash) => !isOfTwoDumps(clash, withObjects)),
    logs: found.flatMap(({ file, logs }) => (logs.length > 0 ? logs : nobodys(file))),
    strangers: found
      .filter(({ file, logs }) => logs.length === 0 && file.content.trim() !== '')
      .map(({ file }) => file.relativePath),
  };
}

/** Nobody knows who wrote it; but what was pasted there may name what went wrong. */
function nobodys({ relativePath, content }: LogFile): readonly LogExcerpt[] {
  const lines = { state: 'read', items: logLines(content) } as const;
  return content.trim() === ''
    ? []
    : [{ namespace: '', pod: relativePath, container: '', previous: false, lines }];
}

interface Noticed {
  readonly contents: Contents;
  readonly objects: DumpObjects;
  readonly strangers: readonly string[];
  readonly differing: readonly Clash[];
  readonly newest: string | undefined;
}

function noticesOf({ contents, objects, strangers, differing, newest }: Noticed) {
  const kinds = [...objects.ignored].map(([kind, count]) => `${kind} (${count})`).toSorted();
  const all = [
    ...confinedNotices(objects),
    ...supersededNotices(objects.superseded),
    ...logNotices(differing),
    ...recordingNotices(recordingsIn(contents.documents)),
    ...(kinds.length === 0 ? [] : [`of no use here: ${kinds.join(', ')}`]),
    ...contents.notices,
    ...(contents.others.length === 0 ? [] : [`not read: ${contents.others.join(', ')}`]),
    ...(strangers.length === 0
      ? []
      : [
          `read for what nodes say, and not as a log of MetalLB, because the name does not say whose log it is (then name it POD.log): ${strangers.join(', ')}`,
        ]),
    ...(newest === undefined ? ['no object says when it was made: ages are guesses'] : []),
  ];
  return all.length === 0 ? undefined : all;
}

/** A dump without most namespaces must not look like a cluster without them. */
function confinedNotices({ confinedTo }: DumpObjects): readonly string[] {
  const places = namespacesInWords(confinedTo);
  return confinedTo.length === 0
    ? []
    : [`the dump covers only the ${places}: dump again with --all-namespaces`];
}

/** ConfigMaps outside MetalLB's namespaces are left out, as they are from a live reading. */
function withinReach(all: Readings, installations: readonly Installation[]): Readings {
  const isKubeProxy = ({ metadata }: KubeObject) =>
    metadata.namespace === 'kube-system' && metadata.name === 'kube-proxy';
  const isOurs = within(installations);
  return {
    ...all,
    configMaps: kept(all.configMaps, (item) => isOurs(item) || isKubeProxy(item)),
  };
}

/** Tells whether an object is in a namespace of MetalLB's. */
function within(installations: readonly Installation[]): (object: KubeObject) => boolean {
  const home = new Set(installations.map(({ namespace }) => namespace));
  return ({ metadata }) => home.has(metadata.namespace ?? '');
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
