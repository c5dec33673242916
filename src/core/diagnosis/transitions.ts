import type { CheckId, Diagnosis } from '../facts/finding.ts';
import { compareAddresses, parseAddress } from '../facts/ip.ts';
import { keyOf, type ObjectRef } from '../facts/object-ref.ts';
import { itemsIfRead } from '../facts/reading.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import type { Transition, WatchedCause } from '../facts/transitions.ts';
import { idOf, lingering } from './lingering.ts';

/** What a watcher remembers of one look, and no more. */
export interface WatchState {
  readonly outcome: Diagnosis['outcome'];
  readonly headline: string;
  /** The root causes, and those of before that nobody could look at again. */
  readonly causes: ReadonlyMap<string, SeenCause>;
  readonly addresses: ReadonlyMap<string, readonly string[]> | undefined;
  readonly unread: ReadonlySet<string>;
  readonly asked: ReadonlySet<CheckId>;
}

interface SeenCause extends WatchedCause {
  /** When it came, if that was seen. */
  readonly since: string | undefined;
}

/** The state of one look, after another one. */
export function stateOf(
  { diagnosis, snapshot }: { readonly diagnosis: Diagnosis; readonly snapshot: Snapshot },
  before: WatchState | undefined,
): WatchState {
  const since = (id: string) =>
    before === undefined || before.causes.has(id)
      ? before?.causes.get(id)?.since
      : snapshot.takenAt;
  const present = diagnosis.rootCauses.map((root): [string, SeenCause] => [
    idOf(root),
    { ...told(root), since: since(idOf(root)) },
  ]);
  const remembered = [...(before?.causes ?? [])].filter(
    ([, cause]) => lingering(cause, diagnosis) !== undefined,
  );
  return {
    outcome: diagnosis.outcome,
    headline: diagnosis.headline,
    causes: new Map([...remembered, ...present]),
    addresses: addressesIn(snapshot, diagnosis.subject),
    unread: new Set(diagnosis.unknowns.map(({ fact }) => fact)),
    asked: new Set(diagnosis.verdicts.map(({ check }) => check)),
  };
}

/** What became different from one look to the next, the gravest first. A fact that is not known changes nothing. */
export function transitionsBetween(
  before: WatchState,
  after: WatchState,
  takenAt: string,
): readonly Transition[] {
  const came = [...after.causes].filter(([id]) => !before.causes.has(id));
  // a Service that has its address is asked other questions than a pending one: those causes are no matter any more
  const went = [...before.causes].filter(
    ([id, { check }]) => !after.causes.has(id) && after.asked.has(check),
  );
  const { outcome, headline } = after;
  return [
    ...(before.outcome === outcome
      ? []
      : [{ kind: 'outcome', before: before.outcome, after: outcome, headline } as const]),
    ...came.map(([, { since: _since, ...cause }]) => ({ kind: 'came', cause }) as const),
    ...went.map(
      ([, { since, ...cause }]) =>
        ({ kind: 'went', cause, seconds: secondsFrom(since, takenAt) }) as const,
    ),
    ...addressTransitions(before, after),
    ...(isSameQuestion(before, after) ? readingTransitions(before, after) : []),
  ];
}

function isSameQuestion({ asked: then }: WatchState, { asked: now }: WatchState): boolean {
  return then.size === now.size && [...then].every((check) => now.has(check));
}

function told({ cause, check, severity, about, says }: WatchedCause): WatchedCause {
  return { cause, check, severity, about, says };
}

function secondsFrom(since: string | undefined, takenAt: string): number | undefined {
  return since === undefined
    ? undefined
    : Math.round((Date.parse(takenAt) - Date.parse(since)) / 1_000);
}

/** Of the Service in question, or of all; unknown when Services were not read. */
function addressesIn(
  { readings }: Snapshot,
  subject: ObjectRef | undefined,
): WatchState['addresses'] {
  if (readings.services.state !== 'read') {
    return undefined;
  }
  const own = itemsIfRead(readings.services).filter(
    ({ metadata, spec }) =>
      spec.type === 'LoadBalancer' && (subject === undefined || keyOf(metadata) === keyOf(subject)),
  );
  return new Map(
    own.map(({ metadata, status }) => [
      keyOf(metadata),
      status.ingress.flatMap(({ ip }) => parseAddress(ip ?? '') ?? []).toSorted(compareAddresses),
    ]),
  );
}

function addressTransitions(before: WatchState, after: WatchState): readonly Transition[] {
  const { addresses: was } = before;
  const { addresses: is } = after;
  if (was === undefined || is === undefined) {
    return [];
  }
  return [...new Set([...was.keys(), ...is.keys()])].toSorted().flatMap((key) => {
    const [held, holds] = [was.get(key) ?? [], is.get(key) ?? []];
    const [namespace = '', name = ''] = key.split('/');
    return held.join() === holds.join()
      ? []
      : [
          {
            kind: 'address',
            service: { kind: 'Service', namespace, name },
            before: held,
            after: holds,
          } as const,
        ];
  });
}

function readingTransitions(before: WatchState, after: WatchState): readonly Transition[] {
  const lost = [...after.unread].filter((fact) => !before.unread.has(fact)).toSorted();
  const found = [...before.unread].filter((fact) => !after.unread.has(fact)).toSorted();
  return [
    ...(lost.length === 0 ? [] : [{ kind: 'unread', facts: lost } as const]),
    ...(found.length === 0 ? [] : [{ kind: 'read-again', facts: found } as const]),
  ];
}
