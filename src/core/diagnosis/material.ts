import type { IpAddress } from '../facts/ip.ts';
import { itemsIfRead, type Reading } from '../facts/reading.ts';
import type { LogExcerpt, Snapshot } from '../facts/snapshot.ts';
import type { WireLook } from '../facts/wire.ts';
import type { Background, FactItems, FactKey, Facts } from './facts.ts';

/** Every reading of a snapshot under one name each, logs included. */
export type AllReadings = { readonly [K in FactKey]: Reading<FactItems[K]> };

/** What all checks of one diagnosis draw from. */
export interface Material {
  readonly background: Background;
  readonly readings: AllReadings;
}

/** Prepares a snapshot for the checks. */
export function materialFrom(snapshot: Snapshot, client?: IpAddress): Material {
  return {
    background: {
      takenAt: snapshot.takenAt,
      installations: snapshot.installations,
      installation: snapshot.installations[0],
      apiGroups: snapshot.apiGroups,
      metallbResources: snapshot.metallbResources,
      metallbDefinedAt: snapshot.metallbDefinedAt,
      ...(snapshot.electionOrders && { electionOrders: snapshot.electionOrders }),
      firstHand: snapshot.receipt.calls > 0,
      ...(client !== undefined && { client }),
      run: {},
    },
    readings: {
      ...snapshot.readings,
      controllerLogs: logsOf(snapshot, 'controller'),
      speakerLogs: logsOf(snapshot, 'speaker'),
      otherLogs: logsOfOthers(snapshot),
      wire: wireOf(snapshot),
    },
  };
}

/** `absent` when nobody was to look. */
function wireOf({ wire, untakenLooks: [reason] = [] }: Snapshot): Reading<WireLook> {
  if (wire !== undefined) {
    return { state: 'read', items: wire };
  }
  return reason === undefined ? { state: 'absent' } : { state: 'failed', reason };
}

/** The declared facts and nothing else. */
export function factsFrom<N extends FactKey, H extends FactKey>(
  material: Material,
  needs: readonly N[],
  helps: readonly H[],
): Facts<N, H> {
  const entries: [string, unknown][] = [
    ...helps.map((key): [string, unknown] => [key, material.readings[key]]),
    ...needs.map((key): [string, unknown] => [key, itemsOf(material.readings[key])]),
  ];
  // The entries were just made from the very lists of keys that the type is built from.
  return { ...material.background, ...Object.fromEntries(entries) } as Facts<N, H>;
}

function itemsOf(reading: Reading<unknown>): readonly unknown[] {
  return itemsIfRead(reading);
}

/** The excerpts of one program of the installation in question; `absent` when nobody wrote or recorded any. */
function logsOf(
  { logs, installations }: Snapshot,
  program: 'controller' | 'speaker',
): Reading<LogExcerpt> {
  const home = installations[0]?.namespace;
  const excerpts = logs.filter(
    (excerpt) => belongsTo(excerpt, program) && (home === undefined || excerpt.namespace === home),
  );
  const readable = excerpts.filter((excerpt) => excerpt.lines.state === 'read');
  if (readable.length > 0) {
    return { state: 'read', items: readable };
  }
  const current = excerpts.find((excerpt) => !excerpt.previous) ?? excerpts[0];
  return current === undefined || current.lines.state === 'read'
    ? { state: 'absent' }
    : current.lines;
}

/** Only dumps hold any; nobody else's log is read from a live cluster. */
function logsOfOthers({ logs }: Snapshot): Reading<LogExcerpt> {
  const items = logs.filter(
    (excerpt) =>
      excerpt.lines.state === 'read' &&
      !belongsTo(excerpt, 'controller') &&
      !belongsTo(excerpt, 'speaker'),
  );
  return items.length === 0 ? { state: 'absent' } : { state: 'read', items };
}

/** FRR-K8s pods have a container named `controller` too. */
function belongsTo(excerpt: LogExcerpt, program: 'controller' | 'speaker'): boolean {
  return excerpt.container.endsWith(program) && !excerpt.pod.startsWith('frr-k8s');
}
