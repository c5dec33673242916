const words: ReadonlyMap<string, null | boolean> = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);
const wholeNumber = /^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+)$/;
const fraction = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const unusualNumber = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** What a plain scalar means in the core schema of YAML 1.2; undefined for what is left to the full parser. */
export function plainScalar(text: string): string | number | boolean | null | undefined {
  const word = words.get(text);
  if (word !== undefined) {
    return word;
  }
  if (unusualNumber.test(text)) {
    return undefined;
  }
  return wholeNumber.test(text) || fraction.test(text) ? Number(text) : text;
}

/** Lines of one flow scalar as one text: a line end is a space, an empty line a line end. */
export function folded(lines: readonly string[]): string {
  let text = lines[0] ?? '';
  let emptyLines = 0;
  for (const line of lines.slice(1)) {
    if (line === '') {
      emptyLines += 1;
    } else {
      text += (emptyLines === 0 ? ' ' : '\n'.repeat(emptyLines)) + line;
      emptyLines = 0;
    }
  }
  return text;
}

/** The text of a double-quoted scalar; undefined for escapes that JSON does not have. */
export function unescaped(text: string): string | undefined {
  try {
    return JSON.parse(`"${text.replaceAll('\n', '\\n')}"`) as string;
  } catch {
    return undefined;
  }
}

/** The text of a single-quoted scalar, which its lines hold whole. */
export function singleQuoted(lines: readonly string[]): string | undefined {
  return /^'((?:[^']|'')*)'/.exec(folded(lines))?.[1]?.replaceAll("''", "'");
}

/** The text of a double-quoted scalar, which its lines hold whole; a backslash joins two lines. */
export function doubleQuoted(lines: readonly string[]): string | undefined {
  let whole = lines[0] ?? '';
  let emptyLines = 0;
  for (const line of lines.slice(1)) {
    if (line === '') {
      emptyLines += 1;
      continue;
    }
    const isGlued = /(?:^|[^\\])(?:\\\\)*\\$/.test(whole);
    if (isGlued && emptyLines > 0) {
      return undefined;
    }
    const glue = emptyLines === 0 ? ' ' : '\n'.repeat(emptyLines);
    whole = isGlued ? whole.slice(0, -1) + line.replace(/^\\ /, ' ') : whole + glue + line;
    emptyLines = 0;
  }
  const text = /^"((?:[^"\\]|\\.)*)"/s.exec(whole)?.[1];
  return text === undefined ? undefined : unescaped(text);
}
