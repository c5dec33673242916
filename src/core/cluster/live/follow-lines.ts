import type { IncomingMessage } from 'node:http';
import type { Connection } from './connection.ts';
import { open, watchConnecting } from './exchange.ts';

/** An answer that goes on, and who takes its lines. */
export interface Following {
  readonly path: string;
  /** Until the answer begins. */
  readonly requestTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** Until the answer must have ended: a connection that died without a word is noticed by this. */
  readonly longestMs: number;
  /** Told once the answer begins, and is no refusal. */
  readonly opened: () => void;
  /** Takes one line; false when it is none of the kind that is expected, which ends the stream. */
  readonly take: (line: string) => boolean;
  readonly count: (bytes: number) => void;
}

/** How a stream came to its end. */
export type StreamEnd =
  | { readonly kind: 'ended' }
  | { readonly kind: 'refused'; readonly status: number; readonly body: string }
  | { readonly kind: 'broken' | 'garbage' | 'limit' | 'stopped'; readonly reason: string };

/** No object of Kubernetes is longer than a request may be, 3 MB. */
const longestLine = 8 * 1024 * 1024;
const longestRefusal = 64 * 1024;

/** Sends one GET and hands on the lines of its answer as they come. Never rejects. */
export async function followLines(
  connection: Connection,
  following: Following,
  signal: AbortSignal,
): Promise<StreamEnd> {
  const { path, requestTimeoutMs, connectTimeoutMs, longestMs } = following;
  const request = open(connection, { path, accept: 'application/json', encoding: 'identity' });
  const end = Promise.withResolvers<StreamEnd>();
  const finish = (how: StreamEnd) => {
    end.resolve(how);
    request.destroy();
  };
  const broken = (reason: string) => finish({ kind: 'broken', reason });
  const onAbort = () => finish({ kind: 'stopped', reason: 'stopped' });
  const connecting = watchConnecting(request, connectTimeoutMs, (_, { message }) =>
    broken(message),
  );
  const silent = setTimeout(() => broken('no answer in time'), requestTimeoutMs);
  const endless = setTimeout(() => broken('the stream did not end in time'), longestMs);
  signal.addEventListener('abort', onAbort, { once: true });
  request.on('error', ({ message }) => broken(message));
  request.on('response', (response) => {
    clearTimeout(silent);
    readFrom(response, { following, finish });
  });
  if (signal.aborted) {
    onAbort();
  }
  request.end();
  const how = await end.promise;
  [silent, endless].forEach(clearTimeout);
  connecting.stop();
  signal.removeEventListener('abort', onAbort);
  return how;
}

interface Receiver {
  readonly following: Following;
  readonly finish: (how: StreamEnd) => void;
}

function readFrom(response: IncomingMessage, { following, finish }: Receiver): void {
  const { statusCode: status = 0 } = response;
  const isGood = status === 200;
  if (isGood) {
    following.opened();
  }
  const chunks: Buffer[] = [];
  let kept = 0;
  response.on('data', (chunk: Buffer) => {
    following.count(chunk.length);
    kept += chunk.length;
    chunks.push(chunk);
    if (isGood && chunk.includes(0x0a)) {
      const whole = Buffer.concat(chunks);
      const last = whole.lastIndexOf(0x0a);
      chunks.splice(0, chunks.length, whole.subarray(last + 1));
      kept = whole.length - last - 1;
      takeLines(whole.subarray(0, last).toString('utf8'), { following, finish });
    }
    if (kept > (isGood ? longestLine : longestRefusal)) {
      finish(
        isGood
          ? { kind: 'garbage', reason: `a line of more than ${longestLine} bytes` }
          : refusedWith(status, chunks),
      );
    }
  });
  response.once('end', () => {
    finish(isGood ? { kind: 'ended' } : refusedWith(status, chunks));
  });
  response.once('error', (error) => finish({ kind: 'broken', reason: error.message }));
  response.once('close', () => finish({ kind: 'broken', reason: 'the stream was cut off' }));
}

function takeLines(text: string, { following, finish }: Receiver): void {
  for (const line of text.split('\n')) {
    if (line.trim() !== '' && !following.take(line)) {
      finish({ kind: 'garbage', reason: `no watch event: ${line.slice(0, 80)}` });
      return;
    }
  }
}

function refusedWith(status: number, chunks: readonly Buffer[]): StreamEnd {
  const body = Buffer.concat(chunks).toString('utf8').slice(0, longestRefusal);
  return { kind: 'refused', status, body };
}
