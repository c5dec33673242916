import { diagnose } from '../../../checks/diagnose.ts';
import { factsFor } from '../../../checks/facts-for.ts';
import { differenceBetween, type Side } from '../../diagnosis/changes/difference.ts';
import {
  differenceSchemaVersion,
  type Difference,
  type DifferenceReport,
} from '../../facts/difference.ts';
import { shellWord } from '../../facts/shell-word.ts';
import { UsageError } from '../../facts/errors.ts';
import { Exit } from '../../facts/exit.ts';
import type { Service } from '../../facts/kube-objects.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import { refuseTwice } from '../flags/stdin.ts';
import { theService, type WantedService } from '../question/service-argument.ts';
import type { Asks } from '../question/unknown-service.ts';
import { openWorld, type SourceFlags } from '../world.ts';

/** Two recordings, and what is asked of both. */
export interface Comparison {
  readonly old: string;
  readonly new: string;
  readonly service: WantedService | undefined;
  readonly flags: SourceFlags;
  readonly version: string;
}

/** Reads both, judges each by itself, and compares them. */
export async function differenceIn(
  { old, new: fresh, service, flags, version }: Comparison,
  signal: AbortSignal,
): Promise<Difference> {
  refuseTwice([old, fresh]);
  const [before, after] = await Promise.all(
    [old, fresh].map(async (path) => {
      const world = await openWorld({ ...flags, from: path }, version, signal);
      return await world.gather(factsFor('pending', service), signal);
    }),
  );
  if (before === undefined || after === undefined) {
    throw new UsageError('two recordings are needed');
  }
  const again: Asks = (key) =>
    `triage diff ${[old, fresh].map(shellWord).join(' ')} --service ${shellWord(key)}`;
  const subjects = subjectsIn([before, after], service, again);
  const named = subjects.old ?? subjects.new;
  return differenceBetween(
    sideOf(old, before, subjects.old ?? subjects.new),
    sideOf(fresh, after, subjects.new ?? subjects.old),
    named === undefined ? undefined : referenceTo(named),
  );
}

interface Subjects {
  readonly old: Service | undefined;
  readonly new: Service | undefined;
}

/** A Service may have come or gone in between; one that is in neither is the caller's to mend. */
function subjectsIn(
  [old, fresh]: readonly [Snapshot, Snapshot],
  wanted: WantedService | undefined,
  asks: Asks,
): Subjects {
  if (wanted === undefined) {
    return { old: undefined, new: undefined };
  }
  const found = [old, fresh].map(({ readings }) => {
    try {
      return { service: theService(wanted, readings.services, asks) };
    } catch (error) {
      return { error };
    }
  });
  const [before, after] = found;
  const failure = found.findLast(({ error }) => error !== undefined)?.error;
  if (before?.service === undefined && after?.service === undefined && failure !== undefined) {
    throw failure;
  }
  return { old: before?.service, new: after?.service };
}

function sideOf(path: string, snapshot: Snapshot, subject: Service | undefined): Side {
  const isThere =
    subject !== undefined &&
    snapshot.readings.services.state === 'read' &&
    snapshot.readings.services.items.some(
      ({ metadata }) =>
        metadata.name === subject.metadata.name &&
        metadata.namespace === subject.metadata.namespace,
    );
  // a Service that is not there has no answer of its own: the cluster's stands for it
  const diagnosis = isThere
    ? diagnose({ symptom: 'pending', snapshot, subject })
    : diagnose({ symptom: 'health', snapshot, subject: undefined });
  return { path, snapshot, diagnosis };
}

function referenceTo({ kind, metadata }: Service): NonNullable<Difference['subject']> {
  const { name, namespace } = metadata;
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}

/** The comparison as it is printed: what changed outweighs what could not be compared. */
export function differenceReport(difference: Difference, version: string): DifferenceReport {
  const { causes, addresses, changes, events, uncompared } = difference;
  const count =
    causes.came.length + causes.went.length + addresses.length + changes.length + events.length;
  const isSame = uncompared.length === 0 ? 'same' : 'unknown';
  const result = count > 0 ? 'changed' : isSame;
  const exits = { same: Exit.healthy, changed: Exit.problem, unknown: Exit.unknown } as const;
  return {
    schemaVersion: differenceSchemaVersion,
    tool: { name: 'triage', version },
    command: 'diff',
    result,
    exitCode: exits[result],
    ...difference,
  };
}
