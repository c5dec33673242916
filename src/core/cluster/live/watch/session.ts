import type { Observation, Wanted } from '../../../facts/ports.ts';
import { itemsIfRead } from '../../../facts/reading.ts';
import type { LogExcerpt, Snapshot } from '../../../facts/snapshot.ts';
import { sortedLogs } from '../../assemble.ts';
import type { Kind } from '../../kinds.ts';
import { withAddressPools } from '../../address-pools.ts';
import { chosenInstallations } from '../../recognise/chosen-installations.ts';
import type { WholeList } from '../api-client.ts';
import { clientFor, type LiveCluster } from '../gather.ts';
import { readLogs } from '../logs.ts';
import { watchedReadings } from './assemble-watched.ts';
import { Bell } from './bell.ts';
import { ListWatch, type Watching } from './list-watch.ts';

/** What a watched cluster is made of. */
export interface WatchedCluster {
  readonly cluster: LiveCluster;
  readonly wanted: Wanted;
  readonly jitter: () => number;
}

/** A burst of changes is one; it is over when nothing came for this long, and is not waited for longer than that. */
const quietMs = 1_000;
const burstMs = 5_000;
/** Ages go on without any change. */
const tickMs = 60_000;
/** Logs are not watched: they are read again after a change, twice, because programs write some time after it. */
const logsEveryMs = 10_000;
const logReadings = 2;
/** All is read anew this often: a kind that was denied may be allowed by now, or a new one served. */
const anewMs = 10 * 60_000;
/** And this often at most, when a list turned out not to be served any more. */
const anewSoonMs = 30_000;

interface Beginning {
  readonly first: Snapshot;
  readonly lists: readonly WholeList[];
  /** How far the clock here is ahead of the one that the first look went by. */
  readonly aheadMs: number;
}

/** Following one set of lists, until it is time to read all anew. */
export class WatchSession {
  readonly #watched: WatchedCluster;
  readonly #first: Snapshot;
  readonly #aheadMs: number;
  readonly #bell: Bell;
  readonly #lists: readonly ListWatch[];
  readonly #stop = new AbortController();
  readonly #said: Observation[] = [];
  readonly #denied: string[] = [];
  readonly #troubled = new Map<string, string>();
  #logs: readonly LogExcerpt[];
  #logsLeft = 0;
  #logsReadAt: number;
  #over: string | undefined;
  #anewAt: number;

  constructor(watched: WatchedCluster, { first, lists, aheadMs }: Beginning) {
    this.#watched = watched;
    this.#first = first;
    this.#aheadMs = aheadMs;
    this.#logs = first.logs;
    this.#bell = new Bell(watched.cluster.clock);
    const begun = this.#now();
    this.#logsReadAt = begun;
    this.#anewAt = begun + anewMs;
    const watching = this.#watching(begun);
    this.#lists = lists.map((list) => new ListWatch(list, watching));
  }

  /** Ends undefined when all is to be read anew or the run was stopped, else with why it is over. */
  async *observe(
    receipt: () => Snapshot['receipt'],
    signal: AbortSignal,
  ): AsyncGenerator<Observation, string | undefined> {
    const stop = AbortSignal.any([signal, this.#stop.signal]);
    const running = Promise.all(this.#lists.map((list) => this.#run(list, stop)));
    try {
      while (!stop.aborted && this.#now() < this.#anewAt) {
        const hasRung = await this.#bell.sleep(this.#patience(), stop);
        await this.#untilQuiet(hasRung, stop);
        yield* this.#sayings();
        if (stop.aborted || this.#over !== undefined) {
          break;
        }
        const snapshot = await this.#snapshot(receipt, stop);
        yield { kind: 'snapshot', snapshot };
        if (!livesWhere(snapshot, this.#first)) {
          break;
        }
      }
    } finally {
      this.#stop.abort();
      await running;
    }
    return this.#over;
  }

  #sayings(): readonly Observation[] {
    const names = this.#denied.splice(0);
    const says = `no right to watch ${names.join(', ')}: read again every 30 s instead`;
    const denied: readonly Observation[] = names.length === 0 ? [] : [{ kind: 'trouble', says }];
    return [...denied, ...this.#said.splice(0)];
  }

  #now(): number {
    return this.#watched.cluster.clock.now().getTime();
  }

  #patience(): number {
    const now = this.#now();
    const logs = this.#logsLeft > 0 ? Math.max(0, this.#logsReadAt + logsEveryMs - now) : tickMs;
    return Math.min(tickMs, logs, Math.max(0, this.#anewAt - now));
  }

  /** Waits for the end of a burst of changes. */
  async #untilQuiet(hasRung: boolean, signal: AbortSignal): Promise<void> {
    const until = this.#now() + burstMs;
    let isBusy = hasRung;
    while (isBusy && !signal.aborted && this.#now() < until) {
      isBusy = await this.#bell.sleep(quietMs, signal);
    }
  }

  async #run(list: ListWatch, signal: AbortSignal): Promise<void> {
    const over = await list.run(signal);
    if (over !== undefined) {
      this.#over ??= over;
      this.#bell.ring();
    }
  }

  #watching(begun: number): Watching {
    const { cluster, jitter } = this.#watched;
    return {
      client: async (listed) =>
        await clientFor(
          { ...cluster, listed: listed ?? (() => {}) },
          this.#stop.signal,
          this.#stop.signal,
        ),
      limits: cluster.limits,
      clock: cluster.clock,
      jitter,
      changed: (kind) => this.#change(kind),
      denied: (list) => {
        this.#denied.push(list);
        this.#bell.ring();
      },
      trouble: (list, says) => this.#tell(list, says),
      notServed: () => {
        this.#anewAt = Math.min(this.#anewAt, begun + Math.max(anewSoonMs, this.#now() - begun));
        this.#bell.ring();
      },
    };
  }

  #change({ group, resource }: Kind<unknown>): void {
    if (group === 'metallb.io' || group === 'apps' || resource === 'pods') {
      this.#logsLeft = logReadings;
    }
    this.#bell.ring();
  }

  /** Fifteen lists that broke for one reason are one trouble. */
  #tell(list: string, says: string | undefined): void {
    const before = this.#troubled.size;
    const isKnown = says !== undefined && [...this.#troubled.values()].includes(says);
    if (says === undefined) {
      this.#troubled.delete(list);
    } else {
      this.#troubled.set(list, says);
    }
    if (says !== undefined && !isKnown) {
      this.#said.push({ kind: 'trouble', says: `${list}: ${says}; trying again` });
      this.#bell.ring();
    }
    if (before > 0 && this.#troubled.size === 0) {
      this.#said.push({ kind: 'recovered', says: 'all lists are followed again' });
      this.#bell.ring();
    }
  }

  async #snapshot(receipt: () => Snapshot['receipt'], signal: AbortSignal): Promise<Snapshot> {
    const { metallbNamespace } = this.#watched.cluster;
    const readings = watchedReadings(this.#first.readings, this.#lists);
    await this.#readLogs(readings, signal);
    const logs = this.#logs;
    const installations = chosenInstallations({ readings, logs }, metallbNamespace);
    return {
      ...this.#first,
      takenAt: new Date(this.#now() - this.#aheadMs).toISOString(),
      readings: withAddressPools(readings, installations),
      logs,
      installations,
      receipt: receipt(),
    };
  }

  async #readLogs({ pods }: Snapshot['readings'], signal: AbortSignal): Promise<void> {
    const { cluster, wanted } = this.#watched;
    const isDue = this.#now() - this.#logsReadAt >= logsEveryMs;
    if (wanted.logs.length === 0 || this.#logsLeft === 0 || !isDue || signal.aborted) {
      return;
    }
    this.#logsLeft -= 1;
    this.#logsReadAt = this.#now();
    const client = await clientFor(cluster, signal, signal).catch(() => undefined);
    if (client !== undefined) {
      this.#logs = sortedLogs(await readLogs(client, itemsIfRead(pods), wanted.logs));
    }
  }
}

/** MetalLB in another namespace, or none, means other lists. */
function livesWhere(now: Snapshot, then: Snapshot): boolean {
  const namespaces = ({ installations }: Snapshot) =>
    installations.map(({ namespace }) => namespace).join(' ');
  return namespaces(now) === namespaces(then);
}
