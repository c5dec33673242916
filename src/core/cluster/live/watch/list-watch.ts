import type { KubeObject } from '../../../facts/kube-objects.ts';
import { keyOf } from '../../../facts/object-ref.ts';
import type { Clock } from '../../../facts/ports.ts';
import { qualifiedResource, type Kind } from '../../kinds.ts';
import type { ApiClient, Limits, WholeList } from '../api-client.ts';
import type { StreamEnd } from '../follow-lines.ts';
import { listKind, pathTo, type Scope } from '../list-kind.ts';
import { isAlike } from './is-alike.ts';
import { watchEventIn } from './watch-event.ts';

/** What following one list needs of the run it belongs to. */
export interface Watching {
  /** A client with credentials that hold now; `listed` is told of whole lists. */
  readonly client: (listed?: (list: WholeList) => void) => Promise<ApiClient>;
  readonly limits: Limits;
  readonly clock: Clock;
  /** Between 0 and 1, so that many clients do not come back at one moment. */
  readonly jitter: () => number;
  readonly changed: (kind: Kind<unknown>) => void;
  /** This list is read again now and then, because watching it is denied. */
  readonly denied: (list: string) => void;
  /** The server does not know the kind any more. */
  readonly notServed: () => void;
  /** Why a list cannot be followed for now; undefined once it can again. */
  readonly trouble: (list: string, says: string | undefined) => void;
}

const denied: StreamEnd = { kind: 'refused', status: 403, body: '' };
const backoffMs = { first: 500, longest: 10_000 } as const;
/** Where watching is denied, the list is read again this often. */
const pollMs = 30_000;
/** A server ends a watch by itself after this long, so that a dead connection cannot go unnoticed. */
const streamSeconds = 300;
const graceMs = 30_000;
/** A stream that ends sooner and brought nothing was not meant to be one. */
const shortestMs = 2_000;

/** Keeps one list as it is on the server: a watch that is resumed where it broke, and a new list where it cannot be. */
export class ListWatch {
  readonly kind: Kind<unknown>;
  readonly #scope: Scope;
  readonly #watching: Watching;
  readonly #objects = new Map<string, KubeObject>();
  #version: string | undefined;
  #failures = 0;
  #followedAt = 0;
  #isFruitful = false;
  /** Whoever may list may not always watch. */
  #isDenied = false;
  #complaint: { readonly code: number | undefined; readonly says: string } | undefined;

  constructor({ kind, scope, items, resourceVersion }: WholeList, watching: Watching) {
    this.kind = kind;
    this.#scope = scope;
    this.#watching = watching;
    this.#version = resourceVersion;
    // every kind's parser makes objects with metadata
    for (const object of items as readonly KubeObject[]) {
      this.#objects.set(keyOf(object.metadata), object);
    }
  }

  get objects(): readonly KubeObject[] {
    return [...this.#objects.values()];
  }

  /** `services`, `pods in metallb-system`. */
  get name(): string {
    const { namespace } = this.#scope;
    const resource = qualifiedResource(this.kind);
    return namespace === undefined ? resource : `${resource} in ${namespace}`;
  }

  /** Follows the list until it is stopped, or until no further call may be made: then it says so. */
  async run(signal: AbortSignal): Promise<string | undefined> {
    while (!signal.aborted) {
      const end = this.#isDenied ? denied : await this.#follow().catch(asBroken);
      if (end.kind === 'limit') {
        return end.reason;
      }
      if (end.kind !== 'stopped') {
        await this.#goOnAfter(end, signal).catch((error: unknown) =>
          this.#pause(String(error), signal),
        );
      }
    }
    return undefined;
  }

  async #poll(signal: AbortSignal): Promise<void> {
    if (!this.#isDenied) {
      this.#isDenied = true;
      this.#watching.denied(this.name);
    }
    await this.#sleep(pollMs, signal);
    await this.#relist(signal);
  }

  async #follow(): Promise<StreamEnd> {
    const { client, limits, jitter } = this.#watching;
    const seconds = Math.round(streamSeconds * (1 + jitter()));
    const asked = await client();
    this.#complaint = undefined;
    this.#isFruitful = false;
    this.#followedAt = this.#watching.clock.now().getTime();
    return await asked.follow({
      path: pathTo(this.kind, this.#scope, {
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: this.#version,
        timeoutSeconds: String(seconds),
      }),
      requestTimeoutMs: limits.requestTimeoutMs,
      longestMs: seconds * 1_000 + graceMs,
      opened: () => {
        if (this.#failures > 0) {
          this.#watching.trouble(this.name, undefined);
        }
      },
      take: (line) => this.#take(line),
      count: (bytes) => {
        asked.cost.bytes += bytes;
      },
    });
  }

  /** False ends the stream: what it says then is of no use. */
  #take(line: string): boolean {
    const event = watchEventIn(line, this.kind);
    if (event === undefined) {
      return false;
    }
    if (event.kind === 'error') {
      this.#complaint = event;
      return false;
    }
    this.#failures = 0;
    this.#isFruitful = true;
    this.#version = event.version ?? this.#version;
    if (event.kind !== 'bookmark') {
      this.#put(event.object, event.kind);
    }
    return true;
  }

  #put(object: KubeObject, kind: 'set' | 'deleted'): void {
    const key = keyOf(object.metadata);
    const before = this.#objects.get(key);
    if (kind === 'deleted') {
      this.#objects.delete(key);
    } else {
      this.#objects.set(key, object);
    }
    const isNews = kind === 'deleted' ? before !== undefined : !isAlike(before, object);
    if (isNews) {
      this.#watching.changed(this.kind);
    }
  }

  async #goOnAfter(end: Exclude<StreamEnd, { kind: 'limit' | 'stopped' }>, signal: AbortSignal) {
    const isGone = this.#complaint?.code === 410 || (end.kind === 'refused' && end.status === 410);
    if (end.kind === 'ended') {
      await this.#sleep(this.#watching.jitter() * 1_000, signal);
      const isShort =
        !this.#isFruitful && this.#watching.clock.now().getTime() - this.#followedAt < shortestMs;
      return isShort ? await this.#restUnlessFirst(signal) : undefined;
    }
    if (end.kind === 'refused' && end.status === 403) {
      return await this.#poll(signal);
    }
    if (end.kind === 'refused' && end.status === 404) {
      this.#watching.notServed();
    }
    if (isGone) {
      await this.#restUnlessFirst(signal);
      return await this.#relist(signal);
    }
    await this.#pause(this.#complaint?.says ?? reasonOf(end), signal);
    // what came with garbage may have been lost as well
    return end.kind === 'garbage' ? await this.#relist(signal) : undefined;
  }

  async #relist(signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return;
    }
    let whole: WholeList | undefined;
    const client = await this.#watching.client((list) => {
      whole = list;
    });
    const reading = await listKind(client, this.kind, this.#scope);
    if (whole !== undefined && reading.state === 'read') {
      this.#replace(whole.items, whole.resourceVersion);
      return;
    }
    await this.#pause(reading.state === 'failed' ? reading.reason : reading.state, signal);
  }

  #replace(items: readonly unknown[], version: string | undefined): void {
    const gone = new Set(this.#objects.keys());
    // every kind's parser makes objects with metadata
    for (const object of items as readonly KubeObject[]) {
      gone.delete(keyOf(object.metadata));
      this.#put(object, 'set');
    }
    for (const key of gone) {
      this.#objects.delete(key);
      this.#watching.changed(this.kind);
    }
    this.#version = version;
  }

  /** Once is chance; a server that does the same again and again is not hurried after. */
  async #restUnlessFirst(signal: AbortSignal): Promise<void> {
    if (this.#failures > 0) {
      return await this.#backOff(signal);
    }
    this.#failures += 1;
  }

  async #pause(reason: string, signal: AbortSignal): Promise<void> {
    if (this.#failures > 0) {
      this.#watching.trouble(this.name, reason);
    }
    await this.#backOff(signal);
  }

  /** Longer each time, and never at the same moment as everybody else. */
  async #backOff(signal: AbortSignal): Promise<void> {
    const longest = Math.min(backoffMs.first * 2 ** this.#failures, backoffMs.longest);
    this.#failures += 1;
    await this.#sleep(longest * (0.5 + this.#watching.jitter() / 2), signal);
  }

  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    await this.#watching.clock.sleep(ms, signal).catch(() => undefined);
  }
}

function asBroken(error: unknown): StreamEnd {
  return { kind: 'broken', reason: error instanceof Error ? error.message : String(error) };
}

function reasonOf(end: Exclude<StreamEnd, { kind: 'limit' | 'stopped' | 'ended' }>): string {
  return end.kind === 'refused'
    ? `the server says ${end.status}: ${end.body.trim().slice(0, 200)}`
    : end.reason;
}
