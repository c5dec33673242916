import type { ServerResponse } from 'node:http';
import { fakeApi, type FakeApi, type FakeApiOptions, type Fault } from '../fake-api-server.ts';

/** A loopback API server whose watches are in the hands of the test. */
export interface WatchedApi extends FakeApi {
  /** Objects as lists show them; change it to change the next list. */
  readonly objects: unknown[];
  /** The watches of this resource that are open now, the newest last. */
  opened(resource: string): Promise<OpenWatch>;
}

export interface OpenWatch {
  readonly query: URLSearchParams;
  send(event: { readonly type: string; readonly object: unknown }): void;
  write(bytes: string | Buffer): void;
  end(): void;
  cut(): void;
  /** Resolves when the other side is gone. */
  readonly closed: Promise<void>;
}

/** Starts it; each resource's watches are handed out in the order they come. */
export async function watchedApi(
  objects: unknown[],
  faults: readonly Fault[] = [],
  more: Pick<FakeApiOptions, 'date'> = {},
): Promise<WatchedApi> {
  const waiting = new Map<string, ((watch: OpenWatch) => void)[]>();
  const ready = new Map<string, OpenWatch[]>();
  const watching: Fault = {
    path: /[?&]watch=true/,
    answer: (response, request) => {
      const url = new URL(request.url ?? '', 'http://fake');
      const resource = url.pathname.split('/').at(-1) ?? '';
      const watch = watchOn(response, url.searchParams);
      const next = waiting.get(resource)?.shift();
      if (next === undefined) {
        ready.set(resource, [...(ready.get(resource) ?? []), watch]);
      } else {
        next(watch);
      }
    },
  };
  const api = await fakeApi({ objects, faults: [...faults, watching], ...more });
  return {
    ...api,
    objects,
    opened: (resource) => {
      const [first, ...more] = ready.get(resource) ?? [];
      if (first !== undefined) {
        ready.set(resource, more);
        return Promise.resolve(first);
      }
      return new Promise((resolve) => {
        waiting.set(resource, [...(waiting.get(resource) ?? []), resolve]);
      });
    },
  };
}

function watchOn(response: ServerResponse, query: URLSearchParams): OpenWatch {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.flushHeaders();
  const closed = new Promise<void>((resolve) => response.once('close', () => resolve()));
  return {
    closed,
    query,
    send: (event) => void response.write(`${JSON.stringify(event)}\n`),
    write: (bytes) => void response.write(bytes),
    end: () => void response.end(),
    cut: () => void response.destroy(),
  };
}
