/** What an error tells its reader beyond the message: what to do next, and the way to the docs. */
export interface ErrorAdvice {
  readonly cause?: unknown;
  /** What to do next, one command or sentence per entry. */
  readonly suggestions?: readonly string[];
}

abstract class TriageError extends Error {
  readonly suggestions: readonly string[];

  constructor(message: string, advice: ErrorAdvice = {}) {
    super(message, 'cause' in advice ? { cause: advice.cause } : undefined);
    this.name = new.target.name;
    this.suggestions = advice.suggestions ?? [];
  }
}

/** The person at the keyboard can mend it: a bad flag, an unknown name, an unreadable file. */
export class UsageError extends TriageError {}

/** Cluster, git or network refused or failed; the message says what, where and why. */
export class OutsideError extends TriageError {}

/** A guard or a human said no. */
export class RefusedError extends TriageError {}

/** Our own fault. */
export class Bug extends TriageError {}
