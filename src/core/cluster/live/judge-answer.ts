import { asRaw, text } from '../parse/fields.ts';
import type { Answered, Unanswered } from './exchange.ts';
import { seconds } from './trouble.ts';

/** What one request came to. */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** The server refused, with its own words. */
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** An answer, or that it is worth asking again, at once or after as long as the server wants. */
export type Judged<T> =
  | Answer<T>
  | { readonly kind: 'again'; readonly reason: string; readonly waitMs: number | undefined };

/** One request, and how the answer's body is read. A body that cannot be read is asked for again. */
export interface Request<T> {
  readonly path: string;
  readonly cost: 'list' | 'log' | 'other';
  readonly read: (body: string) => T;
  readonly accept?: string;
  /** Sent as JSON with POST, which is how a review is asked for; without it the request is a GET. */
  readonly question?: unknown;
}

/** It is worth asking again. */
export function again(reason: string, waitMs?: number): Judged<never> {
  return { kind: 'again', reason, waitMs };
}

/** It is not. */
export function failed(reason: string): { readonly kind: 'failed'; readonly reason: string } {
  return { kind: 'failed', reason };
}

/** No whole answer came: a connection that broke may hold the next time, a slow server stays slow. */
export function judgeUnanswered(
  { why, error }: Unanswered,
  requestTimeoutMs: number,
): Judged<never> {
  switch (why) {
    case 'too-slow':
      return failed(
        `no whole answer within ${seconds(requestTimeoutMs)} (--request-timeout raises it)`,
      );
    case 'stopped':
    case 'broken':
    case 'no-connection':
      return again(`the connection broke: ${error.message}`);
  }
}

/** The server answered: read the body, or see whether the refusal may pass. */
export function judgeAnswered<T>(request: Request<T>, answer: Answered, now: Date): Judged<T> {
  const { status, body } = answer;
  if (status === 200 || status === 201) {
    return readBody(request, body);
  }
  const message = messageIn(body);
  // a kubelet that cannot be reached shows as a 500 of the log, after a long wait: once is enough
  const isLostKubelet = request.cost === 'log' && status === 500;
  const mayPass = status === 429 || (status >= 500 && !isLostKubelet);
  return mayPass
    ? again(`the server says ${status}: ${message}`, waitOf(answer, now))
    : { kind: 'refused', status, message };
}

function readBody<T>({ read }: Request<T>, body: string): Judged<T> {
  try {
    return { kind: 'ok', value: read(body) };
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is no whole JSON document' : String(error);
    return again(`the answer cannot be read: ${reason}`);
  }
}

/** Retry-After holds a number of seconds, or a date. */
function waitOf({ retryAfter = '' }: Answered, now: Date): number | undefined {
  if (/^\d+$/.test(retryAfter)) {
    return Number(retryAfter) * 1000;
  }
  const until = Date.parse(retryAfter);
  return Number.isNaN(until) ? undefined : until - now.getTime();
}

function messageIn(body: string): string {
  try {
    return text(asRaw(JSON.parse(body)), 'message') ?? body.slice(0, 200);
  } catch {
    return body.trim().slice(0, 200);
  }
}
