import { UsageError } from '../../facts/errors.ts';
import { parseAddress } from '../../facts/ip.ts';
import { mostAttempts, portPatienceMs, type WireQuestion } from '../../facts/wire-port.ts';

/** What the person typed. */
export interface ArpWish {
  readonly address: string;
  readonly interface: string | undefined;
  readonly count: number | undefined;
  readonly window: number | undefined;
  readonly free: boolean;
  /** Neighbours that are asked in the same look. */
  readonly beside?: readonly string[] | undefined;
  /** TCP ports, as typed. */
  readonly port?: readonly string[] | undefined;
}

const usualCount = 3;
const perSecond = 5;
const longestWindowMs = 10 * 60_000;

/** Who wants to take an address asks three times, a second apart or more, and listens two seconds after the last (RFC 5227). */
const leastOfFree = { questions: 3, apartMs: 1_000, afterMs: 2_000 } as const;

/** The question with its usual times; a UsageError when they cannot be kept. */
export function questionOf(wish: ArpWish): WireQuestion {
  const { count: questions = usualCount, free: isProbe, port = [] } = wish;
  const windowMs = wish.window ?? usualMs(questions, isProbe);
  if (isProbe) {
    refuseOtherQuestions(wish);
    refuseHasteOfFree(questions, windowMs);
  }
  const leastMs = Math.max(100, (questions * 1_000) / perSecond);
  if (windowMs < leastMs) {
    throw new UsageError(
      `--window is too short: at ${perSecond} a second, ${leastMs} ms are needed`,
      { suggestions: [`--window ${leastMs}ms, or a smaller --count`] },
    );
  }
  if (windowMs > longestWindowMs) {
    throw wish.window === undefined
      ? tooMany(questions)
      : new UsageError('--window is at most 10m');
  }
  if (port.length > mostAttempts) {
    throw new UsageError(`--port takes at most ${mostAttempts} ports, and here are ${port.length}`);
  }
  return {
    address: wish.address,
    interface: wish.interface,
    windowMs,
    questions,
    isProbe,
    ports: port.map((text) => ({ protocol: 'TCP', port: portFrom(text) })),
    portTimeoutMs: portPatienceMs,
    neighbours: (wish.beside ?? []).map(neighbourFrom),
  };
}

function usualMs(questions: number, isProbe: boolean): number {
  return isProbe ? questions * leastOfFree.apartMs + leastOfFree.afterMs : questions * 500 + 500;
}

/** Both are asked with the address of this host, from which neighbours learn. */
function refuseOtherQuestions({ beside, port }: ArpWish): void {
  const other = beside === undefined ? port && '--port' : '--beside';
  if (other !== undefined) {
    throw new UsageError(
      `--free asks without a sender address, and ${other} cannot be asked that way`,
      { suggestions: [`leave --free out to ask with ${other}`] },
    );
  }
}

function refuseHasteOfFree(questions: number, windowMs: number): void {
  const least = leastOfFree.questions;
  if (questions < least) {
    throw new UsageError(
      `--free needs at least ${least} questions (RFC 5227): after --count ${questions} silence would prove nothing`,
      { suggestions: [`--count ${least}`] },
    );
  }
  const leastMs = (questions - 1) * leastOfFree.apartMs + leastOfFree.afterMs;
  if (windowMs < leastMs) {
    throw new UsageError(
      `--window is too short for --free: ${questions} questions a second apart and two seconds after the last (RFC 5227) are ${leastMs / 1_000}s`,
      { suggestions: [`--window ${leastMs / 1_000}s`] },
    );
  }
}

/** Nobody typed a window: it is the questions of --free, one a second, that are too many for one. */
function tooMany(count: number): UsageError {
  return new UsageError(
    `--free asks once a second: --count ${count} takes longer than the 10 minutes of a look`,
    { suggestions: ['--count 598'] },
  );
}

function neighbourFrom(text: string): string {
  const address = parseAddress(text);
  if (address === undefined) {
    throw new UsageError(`--beside ${text} is no address`);
  }
  return address;
}

function portFrom(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) {
    throw new UsageError(`--port ${text} is no port: 1 to 65535`);
  }
  return port;
}
