import { asciiOnly, visible } from './escape.ts';
import type { Canvas, Ink } from './style.ts';
import { inked } from './style.ts';
import { columnsWithin, rowWithin, tabled, type Table } from './table.ts';
import { columnsOf, padded, wrapped, wrappedCommand } from './wrap.ts';

/** One thing to say; a `command` stays pasteable when it is broken over lines, `prose` is broken flush. */
export interface Line {
  readonly text: string;
  readonly inks?: readonly Ink[];
  readonly kind?: 'text' | 'prose' | 'command';
  /** The row of a table that the text is, and fitted as one. */
  readonly row?: Row;
  /** Stands before the text, on the first of its lines only; the others are moved as far where there is room. */
  readonly lead?: string;
  /** Columns to move the line to the right. */
  readonly indent?: number;
}

interface Row {
  readonly cells: readonly string[];
  /** All rows of the table, with its head. */
  readonly among: readonly (readonly string[])[];
  /** Where no terminal shows it one line is one object, for programs that read line by line. */
  readonly isWholeWhenPiped: boolean;
}

/** Lines under one word in the left margin; a section without a label stands at the margin itself. */
export interface Section {
  readonly label: string;
  readonly lines: readonly Line[];
}

/** One line for each text. */
export function section(
  label: string,
  texts: readonly string[],
  inks: readonly Ink[] = [],
): Section {
  return { label, lines: texts.map((text) => ({ text, inks })) };
}

/** A command to paste. */
export function commandLine(text: string, indent = 0): Line {
  return { text, kind: 'command', inks: ['cyan'], indent };
}

/** A table, row by row; its head is dim, and a table with a head stays whole where no terminal shows it. */
export function tableLines(
  { head, rows }: Table,
  inksOf: (row: number) => readonly Ink[] = () => [],
): readonly Line[] {
  const among = head === undefined ? rows : [head, ...rows];
  const texts = tabled(among);
  const before = among.length - rows.length;
  return among.map((cells, index) => ({
    text: texts[index] ?? '',
    inks: index < before ? ['dim'] : inksOf(index - before),
    row: { cells, among, isWholeWhenPiped: head !== undefined },
  }));
}

const marginColumns = 8;
/** Below this many columns the label gets a line of its own, to leave room for the words. */
const roomyColumns = 60;
/** A column of words narrower than this is harder to read than lines that begin at the left. */
const leastWords = 40;

/** Sections as they are shown: everything escaped, wrapped to the width, one blank line between `blocks`; no label without lines. */
export function laidOut(blocks: readonly (readonly Section[])[], canvas: Canvas): string {
  const text = blocks
    .map((sections) =>
      sections.filter(({ lines }) => lines.length > 0).flatMap((each) => linesOf(each, canvas)),
    )
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  return `${text}\n`;
}

function linesOf({ label, lines }: Section, canvas: Canvas): readonly string[] {
  if (label === '') {
    return fittedAll(lines, canvas.width, canvas);
  }
  const isRoomy = canvas.width >= roomyColumns;
  const margin = isRoomy ? marginColumns : 2;
  const body = fittedAll(lines, canvas.width - margin, canvas);
  if (!isRoomy) {
    return [inked(label, ['bold'], canvas), ...body.map((line) => ' '.repeat(margin) + line)];
  }
  const lead = inked(padded(label, margin), ['bold'], canvas);
  return body.map((line, index) => (index === 0 ? lead : ' '.repeat(margin)) + line);
}

function fittedAll(lines: readonly Line[], columns: number, canvas: Canvas): readonly string[] {
  const tables = new Map<Row['among'], readonly number[]>();
  return lines.flatMap((line) => {
    if (line.row === undefined || (line.row.isWholeWhenPiped && canvas.piped === true)) {
      return fitted(line, columns, canvas);
    }
    const { cells, among } = line.row;
    const room = columns - (line.indent ?? 0);
    const widths = tables.get(among) ?? columnsWithin(among.map(shownCells(canvas)), room);
    tables.set(among, widths);
    const parts = rowWithin(shownCells(canvas)(cells), widths, room);
    return parts.map((part) => inkedAt(line, part, canvas));
  });
}

function shownCells(canvas: Canvas): (cells: readonly string[]) => readonly string[] {
  return (cells) => cells.map((cell) => shownOn(canvas, cell));
}

function fitted(line: Line, columns: number, canvas: Canvas): readonly string[] {
  if (line.lead !== undefined) {
    return led(line.lead, line, { columns, canvas });
  }
  return partsOf(line, columns - (line.indent ?? 0), canvas).map((part) =>
    inkedAt(line, part, canvas),
  );
}

function inkedAt({ inks = [], indent = 0 }: Line, part: string, canvas: Canvas): string {
  return ' '.repeat(indent) + inked(part, inks, canvas);
}

function partsOf({ text, kind, row }: Line, width: number, canvas: Canvas): readonly string[] {
  if (kind === 'command') {
    return wrappedCommand(shownOn(canvas, calledAs(canvas.program, text)), width);
  }
  const shown = shownOn(canvas, text);
  return row !== undefined
    ? [shown]
    : wrapped(shown, { width, hang: kind === 'prose' ? '' : '  ' });
}

/** A narrow terminal has no room for a column of its own. */
function led(
  lead: string,
  { text, inks = [] }: Line,
  { columns, canvas }: { readonly columns: number; readonly canvas: Canvas },
): readonly string[] {
  const shown = shownOn(canvas, `${lead}${text}`);
  const wide = columnsOf(shownOn(canvas, lead));
  const hang = ' '.repeat(columns - wide < leastWords ? 4 : wide);
  const [first = '', ...rest] = wrapped(shown, { width: columns, hang });
  return [first, ...rest].map((part) => inked(part, inks, canvas));
}

/** Our own commands, as this person calls them. */
export function calledAs(program: string, command: string): string {
  return command.replace(/^triage(?= |$)/, program);
}

/** Untrusted text as this terminal may see it. */
export function shownOn({ unicode }: Pick<Canvas, 'unicode'>, text: string): string {
  return unicode ? visible(text) : asciiOnly(visible(text));
}
