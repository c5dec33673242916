import type { LogLine } from '../words/log-lines.ts';

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
