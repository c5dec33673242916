import type { FieldChange, ObjectChange, Uncompared } from '../../facts/difference.ts';
import { keyOf } from '../../facts/object-ref.ts';
import {
  namespacesInWords,
  namespacesRead,
  type Failed,
  type Reading,
} from '../../facts/reading.ts';
import { factsOftenLeftOut, type FactName, type Readings } from '../../facts/snapshot.ts';
import { viewers, type ComparedFact, type View } from './views.ts';

/** Both snapshots' readings. */
export interface Pair {
  readonly old: Readings;
  readonly new: Readings;
}

/** What differs, before anybody has said how near it is. */
export interface Compared {
  readonly changes: readonly Omit<ObjectChange, 'reach'>[];
  readonly uncompared: readonly Uncompared[];
}

/** Compares every kind that was read in both; a kind that is not known in one of them has no changes, only a gap. */
export function compared(pair: Pair): Compared {
  const parts = (Object.keys(viewers) as ComparedFact[]).map((fact) => comparedKind(fact, pair));
  return {
    changes: parts.flatMap(({ changes }) => changes),
    uncompared: [...parts.flatMap((part) => part.uncompared), ...gapsIn('events', pair)],
  };
}

function comparedKind<K extends ComparedFact>(fact: K, pair: Pair): Compared {
  const uncompared = gapsIn(fact, pair);
  const before = viewsIn(fact, pair.old);
  const after = viewsIn(fact, pair.new);
  if (before === undefined || after === undefined) {
    return { changes: [], uncompared };
  }
  const isCovered = coverage(pair.old[fact], pair.new[fact]);
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return {
    changes: names.flatMap((name) =>
      changeOf(before.get(name), after.get(name)).filter(({ about }) => isCovered(about)),
    ),
    uncompared,
  };
}

/** A kind that is not served has no objects, and that is known. */
function viewsIn<K extends ComparedFact>(
  fact: K,
  readings: Readings,
): ReadonlyMap<string, View> | undefined {
  const reading: Readings[K] = readings[fact];
  if (reading.state === 'absent') {
    return new Map();
  }
  // the viewer of a kind takes the items of that very kind
  const viewer = viewers[fact] as (items: readonly unknown[]) => readonly View[];
  return reading.state === 'read'
    ? new Map(viewer(reading.items).map((each) => [keyOf(each.about), each]))
    : undefined;
}

/** Objects outside the namespaces that both snapshots cover are no news. */
export function coverage(
  old: Reading<unknown>,
  fresh: Reading<unknown>,
): (about: { readonly namespace?: string }) => boolean {
  const within = [old, fresh].flatMap((reading) => {
    const names = reading.state === 'read' ? namespacesRead(reading) : undefined;
    return names === undefined ? [] : [names];
  });
  return ({ namespace }) =>
    within.every((names) => namespace === undefined || names.includes(namespace));
}

function changeOf(
  before: View | undefined,
  after: View | undefined,
): readonly Omit<ObjectChange, 'reach'>[] {
  if (before === undefined || after === undefined) {
    const only = before ?? after;
    return only === undefined
      ? []
      : [{ kind: before === undefined ? 'came' : 'went', about: only.about, fields: [] }];
  }
  const fields = fieldChanges(before, after);
  return fields.length === 0 ? [] : [{ kind: 'changed', about: after.about, fields }];
}

function fieldChanges(before: View, after: View): readonly FieldChange[] {
  const paths = [...new Set([...before.fields.keys(), ...after.fields.keys()])].toSorted();
  return paths
    .map((path) => ({ path, before: before.fields.get(path), after: after.fields.get(path) }))
    .filter((change) => change.before !== change.after);
}

function gapsIn(fact: FactName, pair: Pair): readonly Uncompared[] {
  const [old, fresh] = [whyUnknown(fact, pair.old[fact]), whyUnknown(fact, pair.new[fact])];
  if (old !== undefined && fresh !== undefined) {
    return old.isUnasked && fresh.isUnasked ? [] : [{ fact, in: 'both', why: old.why }];
  }
  return [
    ...(old === undefined ? [] : [{ fact, in: 'old', why: old.why } as const]),
    ...(fresh === undefined ? [] : [{ fact, in: 'new', why: fresh.why } as const]),
  ];
}

interface Gap {
  readonly why: string;
  /** Nobody needed it for the answer that was recorded. */
  readonly isUnasked: boolean;
}

function isUnasked(fact: FactName, { reason, unheld }: Failed): boolean {
  return reason.startsWith('not read: ') || (unheld === true && factsOftenLeftOut.includes(fact));
}

function whyUnknown(fact: FactName, reading: Reading<unknown>): Gap | undefined {
  switch (reading.state) {
    case 'absent':
      return undefined;
    case 'forbidden':
      return { why: `no right to ${reading.verb} ${reading.resource}`, isUnasked: false };
    case 'failed':
      return { why: reading.reason, isUnasked: isUnasked(fact, reading) };
    case 'read': {
      const names = namespacesRead(reading);
      return names === undefined
        ? undefined
        : { why: `read only in ${namespacesInWords(names)}`, isUnasked: false };
    }
  }
}
