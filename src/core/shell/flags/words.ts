import { UsageError } from '../../facts/errors.ts';

const usualWait = '5m';

/** Words up to `--`, which ends the flags. */
function flagWords(words: readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  return end === -1 ? words : words.slice(0, end);
}

/** Whether this very word is among the flags. */
export function hasWord(words: readonly string[], word: string): boolean {
  return flagWords(words).includes(word);
}

/** The form asked for with `-o`, read without a parser: a failure must keep to it even when the flags are wrong. */
export function formatIn(words: readonly string[]): string | undefined {
  const flags = flagWords(words);
  const found = flags.map((word, index) => {
    if (word === '-o' || word === '--output') {
      return flags[index + 1];
    }
    return /^(?:--output=|-o=?)(\w+)$/.exec(word)?.[1];
  });
  return found.findLast((format) => format !== undefined);
}

/** `--http` alone asks for the root; what follows it is another word. */
export function withHttpPath(words: readonly string[]): string[] {
  const count = flagWords(words).length;
  return words.map((word, index) => (index < count && word === '--http' ? '--http=/' : word));
}

/** `--wait` alone means a usual time; oclif knows no flag with an optional value. No Service's name begins with a digit. */
export function withWaitTime(words: readonly string[]): string[] {
  const flags = flagWords(words);
  const count = flags.length;
  const time = flags[flags.indexOf('--wait') + 1];
  if (flags.includes('--wait') && time !== undefined && /^\d/.test(time)) {
    throw new UsageError(`--wait takes its time after a "=": write --wait=${time}`);
  }
  return words.map((word, index) =>
    index < count && word === '--wait' ? `--wait=${usualWait}` : word,
  );
}

/** Whether this flag was typed, and not set by the environment: `--context x`, `--context=x`, `-nx`. */
export function typedFlag(words: readonly string[], name: string, char?: string): boolean {
  return flagWords(words).some(
    (word) =>
      word === `--${name}` ||
      word.startsWith(`--${name}=`) ||
      (char !== undefined && word.startsWith(`-${char}`)),
  );
}
