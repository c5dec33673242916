/**
 * What we know of one kind of fact. A list that was denied or that broke off can never look like an
 * empty one: only `read` carries items.
 */
export type Reading<T> = Read<T> | Absent | Forbidden | Failed;

/**
 * The whole list was read. `within` is set when no more than one namespace could be listed, or, as a list,
 * when a dump holds these namespaces and no others. `rest` is set when a list of namespaces is not a dump's,
 * but all that the server let be listed. `chosen` is set when only what the question usually needs was asked for.
 * `pieced` is set when a dump holds several lists of one namespace each, so that others may be missing.
 */
export interface Read<T> {
  readonly state: 'read';
  readonly items: readonly T[];
  readonly within?: string | readonly string[];
  readonly rest?: 'denied';
  readonly chosen?: true;
  readonly pieced?: true;
}

/** The server does not serve this kind at all (its CRD is not installed). */
export interface Absent {
  readonly state: 'absent';
}

/** The server answered 403: this right is missing. `namespace` is undefined for a cluster-wide list. */
export interface Forbidden {
  readonly state: 'forbidden';
  readonly verb: string;
  readonly resource: string;
  readonly namespace?: string;
}

/** It was tried and did not work, or a recorded dump does not hold this kind. */
export interface Failed {
  readonly state: 'failed';
  readonly reason: string;
  /** Nobody tried: a dump or an older recording was made without it. */
  readonly unheld?: true;
  /** It is this kind that is missing: without it the other is not whole. */
  readonly without?: 'addressPools';
}

/** The items of a reading, or nothing at all when it was not read; for facts that only help. */
export function itemsIfRead<T>(reading: Reading<T>): readonly T[] {
  return reading.state === 'read' ? reading.items : [];
}

/** The namespaces to which a reading is confined; undefined when it holds all of them. */
export function namespacesRead({
  within,
}: Pick<Read<unknown>, 'within'>): readonly string[] | undefined {
  return typeof within === 'string' ? [within] : within;
}

/** `namespace shop`, `namespaces default and kube-system`. */
export function namespacesInWords(names: readonly string[]): string {
  const [first = '', ...more] = names;
  const last = more.at(-1);
  return last === undefined
    ? `namespace ${first}`
    : `namespaces ${[first, ...more.slice(0, -1)].join(', ')} and ${last}`;
}
