import { Bug, OutsideError, RefusedError, UsageError } from '../facts/errors.ts';
import type { ExitCode } from '../facts/exit.ts';
import { Exit } from '../facts/exit.ts';
import type { ErrorReport } from '../facts/report.ts';

/** Why the tool could not do its work, ready to be told in any form. */
export interface Failure {
  readonly kind: ErrorReport['error']['kind'];
  readonly exitCode: ExitCode;
  readonly message: string;
  /** What caused it, outermost first; nothing that the message already says. */
  readonly causes: readonly string[];
  readonly suggestions: readonly string[];
  readonly stack: string | undefined;
}

/** Which signal stopped us. */
export type StoppedBy = 'SIGINT' | 'SIGTERM';

/** Sorts any thrown thing by who must act. */
export function failureOf(error: unknown, stoppedBy: StoppedBy | undefined): Failure {
  const thrown = error instanceof Error ? error : new Bug(String(error));
  if (stoppedBy !== undefined || thrown.name === 'ExitPromptError') {
    return interruption(thrown, stoppedBy);
  }
  const message = messageOf(thrown);
  const suggestions = 'suggestions' in thrown ? stringsOf(thrown.suggestions) : [];
  return {
    ...kindOf(thrown),
    message,
    causes: causesOf(thrown, message),
    suggestions,
    stack: thrown.stack,
  };
}

/** The exit code of an answer that a signal cut short. */
export function exitOfSignal(stoppedBy: StoppedBy): ExitCode {
  return stoppedBy === 'SIGINT' ? Exit.interrupted : Exit.terminated;
}

function interruption(thrown: Error, stoppedBy: StoppedBy | undefined): Failure {
  return {
    kind: 'interrupted',
    exitCode: exitOfSignal(stoppedBy ?? 'SIGINT'),
    message: 'stopped before anything could be said',
    causes: [],
    suggestions: [],
    stack: thrown.stack,
  };
}

function kindOf(thrown: Error): Pick<Failure, 'kind' | 'exitCode'> {
  if (thrown instanceof UsageError || isParseError(thrown)) {
    return { kind: 'usage', exitCode: Exit.usage };
  }
  if (thrown instanceof OutsideError) {
    return { kind: 'outside', exitCode: Exit.usage };
  }
  if (thrown instanceof RefusedError) {
    return { kind: 'refused', exitCode: Exit.refused };
  }
  return { kind: 'bug', exitCode: Exit.usage };
}

/** oclif's own complaints about flags and arguments. */
function isParseError(thrown: Error): boolean {
  return 'oclif' in thrown || 'parse' in thrown;
}

function messageOf(thrown: Error): string {
  const text = thrown.message.replace(/\nSee more help with --help$/, '');
  const isOurs =
    thrown instanceof UsageError ||
    thrown instanceof OutsideError ||
    thrown instanceof RefusedError;
  if (isOurs) {
    // oclif writes its heading into what a flag's own parser throws
    return text.startsWith('Parsing --') ? onOneLine(text) : text;
  }
  if (isParseError(thrown)) {
    return onOneLine(text);
  }
  return `this is a fault of triage: ${text}`;
}

/** oclif lays its complaints out over several lines, under headings that say nothing. */
function onOneLine(text: string): string {
  const [, flag, rest] = /^Parsing (--\S+)\s+([^]*)$/.exec(text) ?? [];
  const said = rest === undefined || rest.startsWith('--') ? (rest ?? text) : `${flag}: ${rest}`;
  return said
    .replace(/^The following errors? occurred:\s*/, '')
    .replace(/^Missing required flag (?=\w)/, 'Missing required flag --')
    .replace(/^Missing \d+ required args?:\s*([^]*)$/, (_, list: string) => missingWords(list))
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** `id  a cause` per missing word, a long one over several lines; then, maybe, a note on flags that take lists. */
function missingWords(list: string): string {
  return list
    .replace(/\s*\n\s*Note: [^]*$/, '')
    .split(/\n(?=\S)/)
    .map((entry) =>
      entry.replace(/^(\S+)\s*/, (_, name: string) => `${name.toUpperCase()} is missing: `),
    )
    .join('; ');
}

function causesOf(thrown: Error, message: string): readonly string[] {
  const causes: string[] = [];
  let cause = thrown.cause;
  while (cause instanceof Error && causes.length < 5) {
    const code = 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
    const said = cause.message === '' ? cause.name : cause.message;
    if (!message.includes(said) && !causes.some((other) => other.includes(said))) {
      causes.push(said.includes(code.slice(2, -1)) ? said : said + code);
    }
    cause = cause.cause;
  }
  return causes;
}

function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
