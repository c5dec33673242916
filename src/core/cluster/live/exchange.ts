import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Connection } from './connection.ts';

const unzip = promisify(gunzip);

/** What came of one request: an answer of whatever status, or none. */
export type Exchanged = Answered | Unanswered;

/** The server answered, whole. */
export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** The server's clock, as it says. */
  readonly date: string | undefined;
  readonly body: string;
  /** As sent over the wire, compressed or not. */
  readonly bytes: number;
}

/** No whole answer came. */
export interface Unanswered {
  readonly kind: 'unanswered';
  readonly why: 'stopped' | 'no-connection' | 'too-slow' | 'broken';
  readonly error: Error;
  readonly bytes: number;
}

/** One request. */
export interface Question {
  /** Path and query. */
  readonly path: string;
  /** JSON to POST; a GET without it. */
  readonly content?: string | undefined;
  /** Only what takes something away says so; the rest follows from the content. */
  readonly method?: 'DELETE';
  readonly accept: string;
  /** For the whole exchange. */
  readonly timeoutMs: number;
  /** For TCP, a proxy's tunnel and TLS together. */
  readonly connectTimeoutMs: number;
  /** How the answer may be packed; zipped, unless it is to be read while it comes. */
  readonly encoding?: 'identity';
}

/** Sends one request and waits for the whole answer. Never rejects. */
export async function exchange(
  connection: Connection,
  question: Question,
  signal: AbortSignal,
): Promise<Exchanged> {
  const request = open(connection, question);
  const progress: Progress = { bytes: 0, why: 'broken' };
  const giveUp = (why: Unanswered['why'], error: Error) => {
    progress.why = progress.why === 'broken' ? why : progress.why;
    request.destroy(error);
  };
  const onAbort = () => giveUp('stopped', new Error('stopped'));
  const connecting = watchConnecting(request, question.connectTimeoutMs, giveUp);
  const timer = setTimeout(() => {
    connecting.giveUp();
    giveUp('too-slow', new Error('too slow'));
  }, question.timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await answerTo(request, { progress, signal, content: question.content });
  } catch (cause) {
    request.destroy();
    return unanswered(progress, cause instanceof Error ? cause : new Error(String(cause)));
  } finally {
    clearTimeout(timer);
    connecting.stop();
    signal.removeEventListener('abort', onAbort);
  }
}

/** What is known of an exchange while it goes on. */
interface Progress {
  bytes: number;
  why: Unanswered['why'];
}

interface Sending {
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly content: string | undefined;
}

async function answerTo(
  request: ClientRequest,
  { progress, signal, content }: Sending,
): Promise<Answered> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request.on('error', reject);
  request.on('response', resolve);
  if (signal.aborted) {
    progress.why = 'stopped';
    throw new Error('stopped');
  }
  request.end(content);
  const response = await promise;
  const body = await readBody(response, (received) => {
    progress.bytes += received;
  });
  const { 'retry-after': retryAfter, date } = response.headers;
  const { bytes } = progress;
  return { kind: 'answered', status: response.statusCode ?? 0, retryAfter, date, body, bytes };
}

function unanswered({ bytes, why }: Progress, error: Error): Unanswered {
  const neverConnected = why === 'broken' && bytes === 0 && isConnectError(error);
  return { kind: 'unanswered', why: neverConnected ? 'no-connection' : why, error, bytes };
}

/** A request that has not been sent yet. */
export function open(
  { server, agent, headers }: Connection,
  question: Pick<Question, 'path' | 'accept' | 'content' | 'encoding' | 'method'>,
): ClientRequest {
  const { path, accept, content, method, encoding = 'gzip' } = question;
  const send = server.protocol === 'https:' ? httpsRequest : httpRequest;
  return send({
    host: server.hostname.replace(/^\[|\]$/g, ''),
    port: server.port === '' ? undefined : server.port,
    path: `${server.pathname.replace(/\/$/, '')}${path}`,
    method: method ?? (content === undefined ? 'GET' : 'POST'),
    agent,
    headers: {
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, mutable(value)])),
      Accept: accept,
      'Accept-Encoding': encoding,
      'User-Agent': 'triage',
      ...(content !== undefined && {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(content),
      }),
    },
  });
}

function mutable(value: string | readonly string[]): string | string[] {
  return typeof value === 'string' ? value : [...value];
}

/** Gives a request up that does not get a connection; a slow answer is not its matter. */
export function watchConnecting(
  request: ClientRequest,
  timeoutMs: number,
  giveUp: (why: Unanswered['why'], error: Error) => void,
): { readonly stop: () => void; readonly giveUp: () => void } {
  let isConnected = false;
  const lateError = Object.assign(new Error('no connection in time'), { code: 'ECONNECTTIMEOUT' });
  const tooLate = () => {
    if (!isConnected) {
      giveUp('no-connection', lateError);
    }
  };
  const timer = setTimeout(tooLate, timeoutMs);
  const connected = () => {
    isConnected = true;
    clearTimeout(timer);
  };
  request.on('socket', (socket) => {
    if (request.reusedSocket) {
      connected();
    } else if (socket instanceof TLSSocket) {
      socket.once('secureConnect', connected);
    } else if (socket.connecting) {
      socket.once('connect', connected);
    } else {
      connected();
    }
  });
  request.on('response', connected);
  return { stop: () => clearTimeout(timer), giveUp: tooLate };
}

/** Collects the body as it was sent; unzipped in one go, because a page is never large. */
async function readBody(
  response: IncomingMessage,
  count: (bytes: number) => void,
): Promise<string> {
  const chunks: Buffer[] = [];
  const ended = Promise.withResolvers<undefined>();
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    count(chunk.length);
  });
  response.once('end', () => ended.resolve(undefined));
  response.once('error', (error) => ended.reject(error));
  response.once('close', () => ended.reject(new Error('the answer was cut off')));
  await ended.promise;
  if (!response.complete) {
    throw new Error('the answer was cut off');
  }
  const body = Buffer.concat(chunks);
  const isZipped = response.headers['content-encoding'] === 'gzip';
  return (isZipped ? await unzip(body) : body).toString('utf8');
}

const connectErrors = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
  'ECONNECTTIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'EPROTO',
]);

/** True for errors that say that no connection can be had, so that trying again at once is no use. */
function isConnectError(error: Error): boolean {
  const code = errorCode(error);
  return connectErrors.has(code) || /^(ERR_TLS|ERR_SSL|ERR_OSSL|HPE_)/.test(code);
}

/** The code of a system, TLS or parser error, of the first one when several addresses were tried. */
export function errorCode(error: Error): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const holder = typeof first === 'object' && first !== null && 'code' in first ? first : error;
  return 'code' in holder && typeof holder.code === 'string' ? holder.code : '';
}
