import { UsageError } from '../../facts/errors.ts';

/** What is asked for by HTTP, as it goes over the wire; a UsageError where that cannot be sent. */
export function httpPath(typed: string): string {
  const [, says] = impossible.find(([like]) => like.test(typed)) ?? [];
  if (says !== undefined) {
    throw new UsageError(`--http ${typed} ${says}`, { suggestions: ['--http=/healthz'] });
  }
  const path = typed.startsWith('/') ? typed : `/${typed}`;
  return path.replaceAll(/[^!-~]+/gu, encodeURIComponent);
}

const impossible: readonly (readonly [RegExp, string])[] = [
  [/^[a-z][a-z+.-]*:\/\//i, 'is a URL: give the path alone'],
  [/\p{Cc}/u, 'holds a control character'],
  [/#/, 'holds a #, and what follows it is never sent'],
  [/\p{Cs}/u, 'is no text that can be sent'],
];
