import { OutsideError } from '../../facts/errors.ts';
import type { Clock } from '../../facts/ports.ts';
import type { Access } from './chosen-access.ts';
import type { Connection } from './connection.ts';
import { kubectlFlags } from './kubectl-flags.ts';
import { exchange, type Exchanged } from './exchange.ts';
import { followLines, type Following, type StreamEnd } from './follow-lines.ts';
import { createGate } from './gate.ts';
import {
  again,
  failed,
  judgeAnswered,
  judgeUnanswered,
  type Answer,
  type Judged,
  type Request,
} from './judge-answer.ts';
import type { Kind } from '../kinds.ts';
import type { Scope } from './list-kind.ts';
import { noConnection, notAuthenticated, seconds, tooFewCalls } from './trouble.ts';

/** The limits of one reading of a cluster. */
export interface Limits {
  readonly requestTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** A log comes at once, or its node is gone. */
  readonly logTimeoutMs: number;
  readonly timeoutMs: number;
  readonly maxCalls: number;
}

/** What the requests so far have cost the server. */
export interface Cost {
  calls: number;
  lists: number;
  logs: number;
  bytes: number;
}

/** What a client needs to do its work. */
export interface ClientSetup {
  readonly access: Access;
  readonly connection: Connection;
  readonly limits: Limits;
  readonly clock: Clock;
  /** Ctrl-C and the whole command's time limit. */
  readonly signal: AbortSignal;
  /** Says why `signal` was aborted. */
  readonly stoppedBecause: () => string;
  /** Counted on, when several clients serve one run. */
  readonly cost?: Cost | undefined;
  /** Told of each list that was read whole. */
  readonly listed?: ((list: WholeList) => void) | undefined;
}

/** A list that was read whole, and the moment it is of. */
export interface WholeList {
  readonly kind: Kind<unknown>;
  readonly scope: Scope;
  readonly items: readonly unknown[];
  readonly resourceVersion: string | undefined;
}

const backoffMs = { first: 200, longest: 2_000 } as const;
/** For what the answer can do without, and when a server was found to be in trouble for longer. */
const shortPatienceMs = 1_400;
const longestPatienceMs = 30_000;
/** Lists are held to few at a time; logs are answered by as many kubelets. */
const atOnce = { list: 8, log: 16 } as const;

/** Asks an API server, within limits, and counts what it costs. One client serves one reading. */
export class ApiClient {
  readonly cost: Cost;
  readonly listed: ClientSetup['listed'];
  readonly #setup: ClientSetup;
  readonly #gates = { list: createGate(atOnce.list), log: createGate(atOnce.log) };
  readonly #lost = new AbortController();
  readonly #signal: AbortSignal;
  #hasLearned = false;
  #aheadMs: number | undefined;
  /** A request was repeated for as long as one may be, in vain. */
  #isWorn = false;
  #trouble: OutsideError | undefined;
  #firstFailure: string | undefined;

  constructor(setup: ClientSetup) {
    this.#setup = setup;
    this.cost = setup.cost ?? { calls: 0, lists: 0, logs: 0, bytes: 0 };
    this.listed = setup.listed;
    this.#signal = AbortSignal.any([setup.signal, this.#lost.signal]);
  }

  /** Asks until there is an answer, or until it is no use. Never rejects. */
  get<T>(request: Request<T>): Promise<Answer<T>> {
    const gate = request.cost === 'log' ? this.#gates.log : this.#gates.list;
    return gate(() => this.#ask(request));
  }

  /** Reads an answer that goes on, line by line, until it ends; it counts as one call. Never rejects. */
  async follow(following: Omit<Following, 'connectTimeoutMs'>): Promise<StreamEnd> {
    const refusal = this.#refusal();
    if (refusal !== undefined) {
      return { kind: this.#signal.aborted ? 'stopped' : 'limit', reason: refusal.reason };
    }
    this.cost.calls += 1;
    const { connection, limits } = this.#setup;
    const whole = { ...following, connectTimeoutMs: limits.connectTimeoutMs };
    return await followLines(connection, whole, this.#signal);
  }

  /** How far the clock here is ahead of the server's, to a second or two; 0 as long as it is not known. */
  get aheadMs(): number {
    return this.#aheadMs ?? 0;
  }

  /** Why nothing at all could be learned; undefined when something was. */
  trouble(): OutsideError | undefined {
    if (this.#hasLearned) {
      return undefined;
    }
    const { access, limits } = this.#setup;
    if (this.#trouble === undefined && this.#firstFailure === limitReached(limits)) {
      return tooFewCalls(access, limits.maxCalls);
    }
    const reason = this.#firstFailure ?? this.#setup.stoppedBecause();
    return (
      this.#trouble ??
      new OutsideError(`nothing could be read from ${access.server}: ${reason}`, {
        suggestions: [`kubectl get --raw /readyz${kubectlFlags(access)}`],
      })
    );
  }

  async #ask<T>(request: Request<T>): Promise<Answer<T>> {
    const { limits, clock } = this.#setup;
    const begun = clock.now().getTime();
    let waitedMs = 0;
    for (let attempt = 0; ; attempt += 1) {
      const judged = this.#refusal() ?? this.#judge(request, await this.#once(request));
      if (!this.#signal.aborted) {
        this.#firstFailure ??= complaintOf(request, judged);
      }
      if (judged.kind !== 'again') {
        return judged;
      }
      const { reason, waitMs: askedMs = 0 } = judged;
      if (askedMs > limits.timeoutMs) {
        return failed(`${reason}; it asks to wait ${seconds(askedMs)} (--timeout is shorter)`);
      }
      const ownMs = Math.min(backoffMs.first * 2 ** attempt, backoffMs.longest);
      const spentMs = Math.max(waitedMs, clock.now().getTime() - begun);
      if (spentMs + ownMs > this.#patienceFor(request)) {
        this.#isWorn ||= request.cost === 'list';
        return this.#refusal() ?? failed(reason);
      }
      const waitMs = Math.max(askedMs, ownMs);
      waitedMs += waitMs;
      await clock.sleep(waitMs, this.#signal).catch(() => undefined);
    }
  }

  /** How long to ask again; no limit on a request is none on one that hangs, not on asking in vain. */
  #patienceFor({ cost }: Request<unknown>): number {
    const { requestTimeoutMs } = this.#setup.limits;
    const mayTakeLong = cost === 'list' && !this.#isWorn;
    return Math.min(requestTimeoutMs, mayTakeLong ? longestPatienceMs : shortPatienceMs);
  }

  /** Why no further request may be made. */
  #refusal() {
    const { limits, stoppedBecause } = this.#setup;
    if (this.#signal.aborted) {
      return failed(this.#trouble?.message ?? stoppedBecause());
    }
    return this.cost.calls >= limits.maxCalls ? failed(limitReached(limits)) : undefined;
  }

  async #once(request: Request<unknown>): Promise<Exchanged> {
    const { connection, limits } = this.#setup;
    this.cost.calls += 1;
    this.cost.lists += request.cost === 'list' ? 1 : 0;
    this.cost.logs += request.cost === 'log' ? 1 : 0;
    const question = {
      path: request.path,
      accept: request.accept ?? 'application/json',
      content: request.question === undefined ? undefined : JSON.stringify(request.question),
      timeoutMs: this.#timeoutOf(request),
      connectTimeoutMs: limits.connectTimeoutMs,
    };
    const outcome = await exchange(connection, question, this.#signal);
    this.cost.bytes += outcome.bytes;
    return outcome;
  }

  #timeoutOf({ cost }: Request<unknown>): number {
    const { limits } = this.#setup;
    return cost === 'log' ? limits.logTimeoutMs : limits.requestTimeoutMs;
  }

  #judge<T>(request: Request<T>, outcome: Exchanged): Judged<T> {
    const { access, connection, limits, clock } = this.#setup;
    if (outcome.kind === 'unanswered') {
      return outcome.why === 'no-connection'
        ? this.#lose(noConnection(access, outcome.error, limits.connectTimeoutMs))
        : judgeUnanswered(outcome, this.#timeoutOf(request));
    }
    const serverMs = Date.parse(outcome.date ?? '');
    this.#aheadMs ??= Number.isNaN(serverMs) ? undefined : clock.now().getTime() - serverMs;
    if (outcome.status === 401) {
      return this.#lose(notAuthenticated(access, connection, clock.now()));
    }
    const judged = judgeAnswered(request, outcome, clock.now());
    const isAnswer = judged.kind === 'ok' || (judged.kind === 'refused' && judged.status === 403);
    this.#hasLearned ||= request.cost !== 'other' && isAnswer;
    return judged;
  }

  /** Before anything was learned, this is the end of the reading; later it may be a passing trouble. */
  #lose(error: OutsideError): Judged<never> {
    if (this.#hasLearned) {
      return again(error.message);
    }
    if (!this.#setup.signal.aborted) {
      this.#trouble ??= error;
      this.#lost.abort();
    }
    return failed(error.message);
  }
}

function limitReached({ maxCalls }: Limits): string {
  return `the limit of ${maxCalls} calls is reached (--max-calls raises it)`;
}

/** What is wrong with an answer; nothing, when discovery is merely denied. */
function complaintOf({ cost }: Request<unknown>, judged: Judged<unknown>): string | undefined {
  switch (judged.kind) {
    case 'ok':
      return undefined;
    case 'refused':
      return cost === 'other' ? undefined : `the server says ${judged.status}: ${judged.message}`;
    case 'failed':
    case 'again':
      return judged.reason;
  }
}
