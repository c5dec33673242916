import { createSocket } from 'node:dgram';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect } from 'node:net';
import type { PortQuestion } from '../../core/facts/wire-port.ts';
import type { PortAttempt, PortOutcome } from '../../core/facts/wire.ts';

/** One port to be tried, and how long it is waited for. */
export interface PortTrial {
  readonly address: string;
  readonly question: PortQuestion;
  readonly timeoutMs: number;
}

/** What came of it, before it is known how long it took. */
interface Outcome {
  readonly outcome: PortOutcome;
  readonly says?: string;
}

/** Tries one port of the address; a failure is an answer. Nothing is sent over a TCP connection that stands. */
export async function tryPort(trial: PortTrial, signal: AbortSignal): Promise<PortAttempt> {
  const { protocol, port } = trial.question;
  const start = performance.now();
  const outcome = await outcomeOf(trial, signal);
  return { protocol, port, ms: Math.round(performance.now() - start), ...outcome };
}

/** Makes the kernel ask who has the address: one empty datagram to the port that discards. */
export function nudge(address: string, signal: AbortSignal): Promise<unknown> {
  const question = { protocol: 'UDP', port: 9 } as const;
  return tryPort({ address, question, timeoutMs: 50 }, signal);
}

/** Ends as the first of: what the attempt says, the time is up, we are stopped. */
function outcomeOf(trial: PortTrial, signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve) => {
    let close = (): void => undefined;
    let lastTurn: NodeJS.Immediate | undefined;
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer);
      clearImmediate(lastTurn);
      signal.removeEventListener('abort', stop);
      close();
      resolve(outcome);
    };
    const stop = (): void => finish({ outcome: 'error', says: 'stopped' });
    // what came in time is still heard when a busy machine gives us our turn too late
    const timer = setTimeout(() => {
      lastTurn = setImmediate(() => finish(silence(trial)));
    }, trial.timeoutMs);
    signal.addEventListener('abort', stop);
    if (signal.aborted) {
      stop();
      return;
    }
    try {
      close = begin(trial, finish);
    } catch (error) {
      finish(failure(error));
    }
  });
}

/** To UDP silence is the usual answer: most services answer only what they understand. */
function silence({ question }: PortTrial): Outcome {
  return question.protocol === 'UDP'
    ? { outcome: 'timeout', says: 'no answer, which proves nothing' }
    : { outcome: 'timeout' };
}

type Finish = (outcome: Outcome) => void;

/** Starts the attempt and gives what ends it. */
function begin(trial: PortTrial, finish: Finish): () => void {
  switch (trial.question.protocol) {
    case 'TCP':
      return beginTcp(trial, finish);
    case 'UDP':
      return beginUdp(trial, finish);
    case 'HTTP':
    case 'HTTPS':
      return beginHttp(trial, finish);
  }
}

function beginTcp({ address, question }: PortTrial, finish: Finish): () => void {
  const socket = connect({ host: address, port: question.port });
  socket.on('connect', () => finish({ outcome: 'open' }));
  socket.on('error', (error) => finish(failure(error)));
  return () => socket.destroy();
}

function beginUdp({ address, question }: PortTrial, finish: Finish): () => void {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  let isOpen = true;
  socket.on('error', (error) => finish(failure(error)));
  socket.on('message', () => finish({ outcome: 'open', says: 'it answered' }));
  socket.connect(question.port, address, () => {
    if (isOpen) {
      socket.send(new Uint8Array(0), (error) => error !== null && finish(failure(error)));
    }
  });
  return () => {
    if (isOpen) {
      isOpen = false;
      socket.close();
    }
  };
}

/** Whose certificate it is does not matter here, only that somebody speaks. Redirections are not followed. */
function beginHttp({ address, question, timeoutMs }: PortTrial, finish: Finish): () => void {
  const isSecure = question.protocol === 'HTTPS';
  const settings = {
    host: address,
    port: question.port,
    path: question.path ?? '/',
    agent: false as const,
    timeout: timeoutMs,
    headers: question.host === undefined ? {} : { host: question.host },
  };
  const named = question.host === undefined ? {} : { servername: question.host };
  const request = isSecure
    ? requestHttps({ ...settings, ...named, rejectUnauthorized: false })
    : requestHttp(settings);
  request.on('response', ({ statusCode }) =>
    finish({ outcome: 'open', says: `HTTP ${statusCode}` }),
  );
  request.on('error', (error) => finish(failure(error)));
  request.end();
  return () => request.destroy();
}

const outcomes: ReadonlyMap<string, PortOutcome> = new Map([
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['ETIMEDOUT', 'timeout'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EHOSTDOWN', 'unreachable'],
]);

function failure(error: unknown): Outcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const outcome = outcomes.get(code ?? '') ?? 'error';
  const message = error instanceof Error ? error.message : String(error);
  return { outcome, says: code ?? message };
}
