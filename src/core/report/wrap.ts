const wide =
  /[\u1100-\u115e\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const joined = /\p{Mn}|\p{Me}/u;

/** Columns a terminal needs for `text`. */
export function columnsOf(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) {
    return text.length;
  }
  let columns = 0;
  for (const character of text) {
    if (!joined.test(character)) {
      columns += wide.test(character) ? 2 : 1;
    }
  }
  return columns;
}

/** `text` filled with spaces on the right up to `columns`. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

/** How lines are broken: `tail` ends every broken line, `hang` starts every line but the first. */
export interface Breaking {
  readonly width: number;
  readonly hang?: string;
  readonly tail?: string;
}

/**
 * Lines of at most `width` columns, broken between words only: a name that does not fit stays whole on a
 * line of its own. Wider gaps inside a line are kept, because they align it with its neighbours.
 */
export function wrapped(
  text: string,
  { width, hang = '', tail = '' }: Breaking,
): readonly string[] {
  if (columnsOf(text) <= width) {
    return [text];
  }
  const words = [...text.trim().matchAll(/( *)([^ ]+)/g)];
  const kept = words
    .map(([, gap = '', word = '']) => ({ gap, word }))
    .reduce<readonly Word[]>((before, next) => keptTogether(before, next, width), []);
  return filled(kept, { width, hang, tail });
}

/** A number stays with its unit, and NOT with what it denies, unless they fill a line. */
function keptTogether(before: readonly Word[], next: Word, width: number): readonly Word[] {
  const last = before.at(-1);
  const binds =
    last !== undefined && next.gap === ' ' && /(?:^|[( ])(?:[\d.]+|\d+ of|NOT)$/.test(last.word);
  const together = `${last?.word ?? ''} ${next.word}`;
  return binds && columnsOf(together) <= width / 2
    ? [...before.slice(0, -1), { gap: last.gap, word: together }]
    : [...before, next];
}

interface Word {
  readonly gap: string;
  readonly word: string;
}

function filled(words: readonly Word[], breaking: Required<Breaking>): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const [index, { gap, word }] of words.entries()) {
    const isLast = index === words.length - 1;
    const room = breaking.width - (isLast ? 0 : columnsOf(breaking.tail));
    const longer = line + gap + word;
    if (line === '' || columnsOf(longer) <= room) {
      line = longer;
      continue;
    }
    lines.push(line + breaking.tail);
    line = breaking.hang + word;
  }
  return [...lines, line];
}

/** A shell command broken after unquoted blanks with ` \`, so that it can still be pasted. */
export function wrappedCommand(command: string, width: number): readonly string[] {
  if (columnsOf(command) <= width) {
    return [command];
  }
  const words = shellWords(command).map((word, index) => ({ gap: index === 0 ? '' : ' ', word }));
  return filled(words, { width, hang: '  ', tail: ' \\' });
}

/** Words of the shell; a flag and its value stay together. */
function shellWords(command: string): readonly string[] {
  const words = command.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+|['"\\]/g) ?? [command];
  return words.reduce<readonly string[]>((joined, word) => {
    const last = joined.at(-1);
    const takesValue = last !== undefined && /^--?[\w-]+$/.test(last) && !word.startsWith('-');
    return takesValue ? [...joined.slice(0, -1), `${last} ${word}`] : [...joined, word];
  }, []);
}
