/** A key that a map has already, in the text of a YAML stream. */
export interface DuplicateKey {
  readonly key: string;
  /** Where it stands again, counted from 1. */
  readonly line: number;
  /** Where it stands first; undefined within one line, where columns would have to tell. */
  readonly firstLine: number | undefined;
  /** A second object begins here, and nothing divides it from the first. */
  readonly beginsObject: boolean;
}

/** How files are put together so that each object stays one, and what does without. */
export const dividingHint = `put --- between the files (awk 'FNR==1 {print "---"} 1' *.yaml does it), or give the folder they are in`;

/** What a parser stumbled over at this position of the text. */
export function duplicateKeyAt(content: string, position: number): DuplicateKey {
  const before = content.slice(0, position).split('\n');
  const start = before.at(-1) ?? '';
  const key = keyIn(content.slice(position, position + longestKey + 2));
  const isBlock = /^[\s-]*$/.test(start);
  const found = isBlock ? firstOf(before.slice(0, -1), { key, column: start.length }) : undefined;
  return {
    key,
    line: before.length,
    firstLine: found,
    beginsObject: start === '' && (key === 'apiVersion' || key === 'kind'),
  };
}

/** What is wrong, in words for the place where it stands again. */
export function duplicateKeyText({ key, firstLine, beginsObject }: DuplicateKey): string {
  const where = firstLine === undefined ? 'earlier' : `on line ${firstLine}`;
  return beginsObject
    ? `a second object begins here without a line --- before it: ${key} stands ${where} already`
    : `${shownKey(key)} stands twice in one map, here and ${where}`;
}

/** The longest that a label's key can be, prefix and name. */
const longestKey = 317;
const longestShown = 63;

function shownKey(key: string): string {
  if (key === '') {
    return 'a key';
  }
  return key.length > longestShown ? `${key.slice(0, longestShown)}…` : key;
}

/** Behind quotes a colon alone ends a key (JSON writes no blank there), else one with a blank. */
const keys: readonly RegExp[] = [
  /^"((?:[^"\\\n]|\\.)*)"\s*(?:[:,}\]]|$)/,
  /^'([^'\n]*)'\s*(?:[:,}\]]|$)/,
  /^([^\s"'](?:[^\n]*?[^\s])??)\s*:(?:\s|$)/,
  /^([^\s"',{}[\]]+)\s*(?:[,}\]]|$)/,
];

function keyIn(text: string): string {
  const start = text.slice(0, longestKey + 2);
  return keys.map((pattern) => pattern.exec(start)?.[1]).find((key) => key !== undefined) ?? '';
}

interface Sought {
  readonly key: string;
  /** How far in the map stands. */
  readonly column: number;
}

/** Goes up through the map, past what is further in, until the map itself begins. */
function firstOf(lines: readonly string[], { key, column }: Sought): number | undefined {
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const text = lines[index] ?? '';
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(text)) {
      return undefined;
    }
    const margin = /^(?:\s|-(?=\s))*/.exec(text)?.[0] ?? '';
    const rest = text.slice(margin.length);
    if (rest === '' || rest.startsWith('#')) {
      continue;
    }
    if (margin.length === column && keyIn(rest) === key) {
      return index + 1;
    }
    const dash = margin.indexOf('-');
    if (margin.length < column || (dash !== -1 && dash < column)) {
      return undefined;
    }
  }
  return undefined;
}
