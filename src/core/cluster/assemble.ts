import type { KubeObject } from '../facts/kube-objects.ts';
import type { Reading } from '../facts/reading.ts';
import type { FactKinds, FactName, LogExcerpt, Readings } from '../facts/snapshot.ts';
import { factNames } from './kinds.ts';

/** A reading for each kind, from whatever source, in one order: by namespace and name. */
export function readingsFrom(
  readingOf: <K extends FactName>(fact: K) => Reading<FactKinds[K]>,
): Readings {
  // Each entry was made by the function of that very kind.
  return Object.fromEntries(
    factNames.map((fact) => [fact, sorted<KubeObject>(readingOf(fact))]),
  ) as unknown as Readings;
}

function sorted<T extends KubeObject>(reading: Reading<T>): Reading<T> {
  return reading.state === 'read'
    ? { ...reading, items: reading.items.toSorted((left, right) => compare(left, right)) }
    : reading;
}

function compare({ metadata: left }: KubeObject, { metadata: right }: KubeObject): number {
  return (
    compareText(left.namespace ?? '', right.namespace ?? '') || compareText(left.name, right.name)
  );
}

function compareText(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}

/** Logs in one order: by namespace, pod and container, the present run first. */
export function sortedLogs(logs: readonly LogExcerpt[]): readonly LogExcerpt[] {
  return logs.toSorted(
    (left, right) =>
      compareText(left.namespace, right.namespace) ||
      compareText(left.pod, right.pod) ||
      compareText(left.container, right.container) ||
      Number(left.previous) - Number(right.previous),
  );
}

/** The reading of a kind that nobody asked for. */
export const notAsked = {
  state: 'failed',
  reason: 'not read: it was not asked for',
} as const;

/** The reading of a kind that only tells why there is no pool. */
export const notNeededWithPools = { state: 'failed', reason: 'not read: there are pools' } as const;

/** The reading of a kind that matters only where something refers to it. */
export const notNeeded = {
  state: 'failed',
  reason: 'not read: nothing in this configuration refers to it',
} as const;
