import { UsageError } from '../../facts/errors.ts';
import type { ClusterReader } from '../../facts/ports.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import type { RecordedSource } from '../cluster-source.ts';
import { isRaw, text } from '../parse/fields.ts';
import { chosenInstallations } from '../recognise/chosen-installations.ts';
import { isDirectory } from './dump-files.ts';
import { openDumpDirectory, openDumpFile } from './open-dump.ts';
import { withOnlyWantedPods } from './only-wanted-pods.ts';
import { isSnapshot, parseSnapshot } from './parse-snapshot.ts';
import { calledAs, readContent } from './read-content.ts';
import { withoutSlicesOfAnother } from './slices-of-another.ts';

/** Opens what was recorded: a snapshot of ours, or a dump of objects and logs. It is read once. */
export async function openRecorded(
  source: RecordedSource,
  signal?: AbortSignal,
): Promise<ClusterReader> {
  if (source.at !== undefined && Number.isNaN(Date.parse(source.at))) {
    throw new UsageError(`--at ${source.at} is no time; write it as 2026-11-03T09:12:00Z`);
  }
  const isDump = source.path !== '-' && (await isDirectory(source.path));
  const snapshot = await (isDump ? openDumpDirectory(source, signal) : openFile(source, signal));
  return {
    gather: (wanted) =>
      Promise.resolve(withoutSlicesOfAnother(withOnlyWantedPods(snapshot, wanted), wanted)),
  };
}

async function openFile(
  source: RecordedSource,
  signal: AbortSignal | undefined,
): Promise<Snapshot> {
  const content = await readContent(source.path, signal);
  const called = calledAs(source.path);
  const value = jsonIn(content);
  if (isSnapshot(value)) {
    return adjusted(parseSnapshot(value, called), source);
  }
  if (isRaw(value) && text(value, 'schemaVersion')?.startsWith('triage.') === true) {
    throw new UsageError(`${called} is no snapshot but ${text(value, 'schemaVersion')}`, {
      suggestions: ['a snapshot is written by: triage snapshot -o FILE'],
    });
  }
  if (value === undefined && /^\s*\{"schemaVersion":"triage\.snapshot\//.test(content)) {
    throw new UsageError(`${called} is cut off: its JSON does not end`, {
      suggestions: ['copy it again, or record it anew: triage snapshot -o FILE'],
    });
  }
  return await openDumpFile(content, source);
}

/** The recording as it is, unless the flags say otherwise. */
function adjusted(snapshot: Snapshot, { at, namespace, metallbNamespace }: RecordedSource) {
  const { target, readings, logs } = snapshot;
  return {
    ...snapshot,
    ...(at !== undefined && { takenAt: new Date(at).toISOString() }),
    ...(namespace !== undefined && { target: { ...target, namespace } }),
    ...(metallbNamespace !== undefined && {
      installations: chosenInstallations({ readings, logs }, metallbNamespace),
    }),
  };
}

function jsonIn(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
