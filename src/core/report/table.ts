import { visible } from './escape.ts';
import { columnsOf, padded, wrapped } from './wrap.ts';

/** Cells that stand under one another; the head names the columns. */
export interface Table {
  readonly head?: readonly string[] | undefined;
  readonly rows: readonly (readonly string[])[];
}

/** Rows as aligned columns, two blanks apart; the last column is left ragged. */
export function tabled(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = widthsOf(rows.map((row) => row.map(visible)));
  return rows.map((row) => inColumns(row.map(visible), widths).join(''));
}

/**
 * How wide each column may be in `width` columns. A cell of several words is broken under its own column; what still
 * finds no room gets no column, from the last on, and stands under its row: a name is never cut, so that it can be copied.
 */
export function columnsWithin(
  rows: readonly (readonly string[])[],
  width: number,
): readonly number[] {
  const natural = widthsOf(rows);
  const least = leastWidthsOf(rows);
  const fitting = natural.findLastIndex((_, last) => totalOf(least.slice(0, last + 1)) <= width);
  const kept = Math.max(1, fitting + 1);
  return narrowed(natural.slice(0, kept), least, width);
}

/** One row on one or more lines. */
export function rowWithin(
  cells: readonly string[],
  widths: readonly number[],
  width: number,
): readonly string[] {
  const inside = cells.slice(0, widths.length).map((cell, column) => partsOf(cell, widths[column]));
  const height = Math.max(...inside.map(({ length }) => length));
  const lines = Array.from({ length: height }, (_, line) =>
    inColumns(
      inside.map((parts) => parts[line] ?? ''),
      widths,
    ).join(''),
  );
  return [...lines, ...belowRow(cells.slice(widths.length), width)];
}

const gap = 2;
const below = '  ';
/** Words squeezed into less than this, or onto more lines, are harder to read than words under their row. */
const leastOfWords = 28;
const mostLines = 2;

function belowRow(cells: readonly string[], width: number): readonly string[] {
  const text = cells.filter((cell) => cell !== '').join(below);
  const fits = columnsOf(text) <= width - below.length;
  const lines = fits ? [text] : cells;
  return lines
    .filter((line) => line !== '')
    .flatMap((line) => wrapped(line, { width: width - below.length, hang: below }))
    .map((line) => below + line);
}

function partsOf(cell: string, width = 0): readonly string[] {
  return wrapped(cell, { width });
}

function inColumns(cells: readonly string[], widths: readonly number[]): readonly string[] {
  const last = cells.findLastIndex((cell) => cell !== '');
  return cells
    .slice(0, last + 1)
    .map((cell, column) => (column === last ? cell : padded(cell, (widths[column] ?? 0) + gap)));
}

function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  return columnwise(rows, columnsOf);
}

function leastWidthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  return columnwise(rows, (cell) => {
    const longest = Math.max(...cell.split(' ').map(columnsOf));
    const natural = columnsOf(cell);
    return Math.max(longest, Math.min(natural, leastOfWords), Math.ceil(natural / mostLines));
  });
}

function columnwise(
  rows: readonly (readonly string[])[],
  measure: (cell: string) => number,
): readonly number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, measure(cell));
    }
  }
  return widths;
}

function totalOf(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each + gap, -gap);
}

/** The last column gives way first: there stands what is said in words, and the others stay on one line. */
function narrowed(
  natural: readonly number[],
  least: readonly number[],
  width: number,
): readonly number[] {
  return natural.reduceRight<readonly number[]>((widths, each, column) => {
    const excess = Math.max(0, totalOf(widths) - width);
    return widths.with(column, Math.max(least[column] ?? 0, each - excess));
  }, natural);
}
