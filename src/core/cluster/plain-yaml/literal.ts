/** Where a literal block (`|`) is looked for. */
export interface LiteralPlace {
  /** `|` or `|-`. */
  readonly header: string;
  /** Of the parent; the block is indented more. */
  readonly indent: number;
  readonly lines: readonly string[];
  /** The line after the header. */
  readonly from: number;
}

/** The text of a literal block, and the line after it; undefined for unusual ones. */
export function literalBlock({
  header,
  indent,
  lines,
  from,
}: LiteralPlace): { readonly text: string; readonly end: number } | undefined {
  const chomping = /^\|(-?)(?:\s+#.*)?$/.exec(header)?.[1];
  const width = widthOf(firstFilled(lines, from));
  if (chomping === undefined || width <= indent) {
    return undefined;
  }
  const kept: string[] = [];
  let end = from;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    const isEmpty = line.trim() === '';
    if (isEmpty && (line.length > width || line.includes('\t'))) {
      return undefined;
    }
    if (!isEmpty && widthOf(line) < width) {
      break;
    }
    kept.push(line.slice(width));
  }
  const text = kept.join('\n').replace(/\n+$/, '');
  return { text: chomping === '-' ? text : `${text}\n`, end };
}

function firstFilled(lines: readonly string[], from: number): string {
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() !== '') {
      return line;
    }
  }
  return '';
}

function widthOf(line: string): number {
  return line.length - line.replace(/^ +/, '').length;
}
