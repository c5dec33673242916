import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { KubernetesObject } from './kubernetes-object.ts';

export interface ApiAccess {
  readonly server: string;
  /** Files in PEM form. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly text: string;
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubernetesObject;
}

/** A few lines of Kubernetes client: what the bed itself reads and writes costs no process each time. */
export interface ApiClient {
  /** Any request, whatever the answer. */
  readonly send: (
    method: string,
    path: string,
    body?: unknown,
    type?: string,
  ) => Promise<ApiAnswer>;
  /** The object at a path, undefined when there is none. */
  readonly get: (path: string) => Promise<KubernetesObject | undefined>;
  readonly list: (path: string) => Promise<{ items: KubernetesObject[]; resourceVersion: string }>;
  readonly create: (path: string, body: unknown) => Promise<KubernetesObject>;
  /** A merge patch, undefined when there is no such object. */
  readonly patch: (path: string, body: unknown) => Promise<KubernetesObject | undefined>;
  readonly remove: (path: string, body?: unknown) => Promise<void>;
  /** Yields events until the server or the signal ends the watch. */
  readonly watch: (path: string, signal: AbortSignal) => AsyncGenerator<WatchEvent>;
  readonly close: () => void;
}

export class ApiError extends Error {
  readonly status: number;

  constructor(what: string, answer: ApiAnswer) {
    super(`${what}: ${answer.status} ${messageOf(answer.text)}`);
    this.status = answer.status;
  }
}

export function connectApi(access: ApiAccess): ApiClient {
  const agent = new Agent({
    keepAlive: true,
    ca: readFileSync(access.authority),
    cert: readFileSync(access.certificate),
    key: readFileSync(access.key),
  });
  const open = opener(agent, access.server);
  const send: ApiClient['send'] = async (method, path, body, type) => {
    const response = await open({ method, path, body, type });
    return { status: response.statusCode ?? 0, text: await textOf(response) };
  };
  return {
    send,
    get: async (path) => objectOrNothing(`GET ${path}`, await send('GET', path)),
    list: async (path) => {
      const list = parsed(`GET ${path}`, await send('GET', path)) as unknown as {
        items: KubernetesObject[] | null;
        metadata: { resourceVersion: string };
      };
      return { items: list.items ?? [], resourceVersion: list.metadata.resourceVersion };
    },
    create: async (path, body) => parsed(`POST ${path}`, await send('POST', path, body)),
    patch: async (path, body) => {
      const answer = await send('PATCH', path, body, 'application/merge-patch+json');
      return objectOrNothing(`PATCH ${path}`, answer);
    },
    remove: async (path, body) => {
      objectOrNothing(`DELETE ${path}`, await send('DELETE', path, body));
    },
    watch: (path, signal) => watchEvents(open({ method: 'GET', path, signal })),
    close: () => agent.destroy(),
  };
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly type?: string | undefined;
  readonly signal?: AbortSignal;
}

function opener(agent: Agent, server: string): (call: Call) => Promise<IncomingMessage> {
  return ({ method, path, body, type, signal }) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = text === undefined ? {} : headersOf(text, type);
      const options = { method, agent, headers, ...(signal === undefined ? {} : { signal }) };
      const outgoing = request(new URL(path, server), options, resolve);
      outgoing.on('error', reject);
      outgoing.end(text);
    });
}

/** Node states the length of a body by itself, but not for DELETE: there the server takes it for the next request. */
function headersOf(text: string, type = 'application/json'): Record<string, string> {
  return { 'content-type': type, 'content-length': String(Buffer.byteLength(text)) };
}

async function* watchEvents(opening: Promise<IncomingMessage>): AsyncGenerator<WatchEvent> {
  const response = await opening;
  if (response.statusCode !== 200) {
    throw new ApiError('watch', { status: response.statusCode ?? 0, text: await textOf(response) });
  }
  let rest = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      yield JSON.parse(line) as WatchEvent;
    }
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function objectOrNothing(what: string, answer: ApiAnswer): KubernetesObject | undefined {
  return answer.status === 404 ? undefined : parsed(what, answer);
}

function parsed(what: string, answer: ApiAnswer): KubernetesObject {
  if (answer.status < 200 || answer.status > 299) {
    throw new ApiError(what, answer);
  }
  return JSON.parse(answer.text) as KubernetesObject;
}

function messageOf(text: string): string {
  try {
    const status = JSON.parse(text) as { message?: string };
    return status.message ?? text;
  } catch {
    return text;
  }
}
