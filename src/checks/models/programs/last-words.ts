import type { LogLine } from '../testimony/log-lines.ts';

/** A cache that never fills is said in the end; why it did not, client-go said before. */
const neverListed = /caches? to (?:be )?sync|Informer to sync/;

/** What is behind a program's last words, when it is said in other words of the same run. */
export function reasonBehind(last: LogLine, lines: readonly LogLine[]): LogLine | undefined {
  return neverListed.test(last.text)
    ? lines.findLast(
        (line) =>
          line.pod === last.pod &&
          line.previous === last.previous &&
          /failed to list \*|Failed to watch \*/.test(line.text),
      )
    : undefined;
}

/** What a program said last before it ended: its last complaint, or its very last line. */
export function lastWordsOf(lines: readonly LogLine[], pod: string): LogLine | undefined {
  const own = lines.filter((line) => line.pod === pod);
  const previous = own.filter((line) => line.previous);
  const run = previous.length > 0 ? previous : own;
  return run.findLast((line) => line.level === 'error') ?? run.at(-1);
}

const wordsShown = 300;

/** A log line's words, at a length that fits an answer. */
export function shortWords(line: LogLine): string {
  return line.words.length > wordsShown ? `${line.words.slice(0, wordsShown)}…` : line.words;
}
