import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { laidOut, tableLines } from '../../../src/core/report/layout.ts';
import type { Canvas } from '../../../src/core/report/style.ts';
import type { Table } from '../../../src/core/report/table.ts';
import { terminal } from './sample.ts';

const announced: Table = {
  head: ['ADDRESS', 'POOL', 'ANNOUNCED BY', 'SERVICE'],
  rows: [
    ['10.4.11.11', 'lan', 'worker-2', 'shop/checkout'],
    ['10.4.11.10', 'lan', 'worker-1 or worker-2', 'ingress-nginx/ingress-nginx-controller'],
  ],
};

function shown(table: Table, canvas: Partial<Canvas>): string {
  return laidOut([[{ label: '', lines: tableLines(table) }]], { ...terminal, ...canvas });
}

describe('a table', () => {
  test('stands in columns where there is room', () => {
    expect(shown(announced, { width: 80 })).toBe(
      `ADDRESS     POOL  ANNOUNCED BY          SERVICE
10.4.11.11  lan   worker-2              shop/checkout
10.4.11.10  lan   worker-1 or worker-2  ingress-nginx/ingress-nginx-controller
`,
    );
  });

  test('breaks a cell of several words under its own column', () => {
    const lost: Table = {
      head: ['NODE', 'LOST', 'ANNOUNCED BY NOBODY THEN'],
      rows: [['worker-2', '2', 'shop/checkout, shop/search and 2 more']],
    };
    expect(shown(lost, { width: 44 })).toBe(
      `NODE      LOST  ANNOUNCED BY NOBODY THEN
worker-2  2     shop/checkout, shop/search
                and 2 more
`,
    );
  });

  test('puts what no column has room for under its row, the head in the same way', () => {
    expect(shown(announced, { width: 50 })).toBe(
      `ADDRESS     POOL  ANNOUNCED BY
  SERVICE
10.4.11.11  lan   worker-2
  shop/checkout
10.4.11.10  lan   worker-1 or worker-2
  ingress-nginx/ingress-nginx-controller
`,
    );
  });

  test('with a head is whole where no terminal shows it', () => {
    const piped = { width: 40, piped: true };
    expect(shown(announced, piped)).toBe(shown(announced, { width: 80 }));
    const { rows } = announced;
    expect(shown({ rows }, piped)).toBe(shown({ rows }, { width: 40 }));
  });

  test('keeps every name whole, and every line in the terminal that no name is wider than', () => {
    const name = fc.stringMatching(/^[a-z0-9./-]{1,24}$/);
    const cell = fc.array(name, { minLength: 0, maxLength: 4 }).map((words) => words.join(' '));
    const rows = fc
      .integer({ min: 1, max: 5 })
      .chain((columns) =>
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1 }),
      );
    fc.assert(
      fc.property(rows, fc.integer({ min: 30, max: 100 }), (cells, width) => {
        const text = shown({ rows: cells }, { width });
        const words = (from: string) => from.split(/\s+/).filter(Boolean).toSorted();
        expect(words(text)).toEqual(words(cells.flat().join(' ')));
        expect(text.split('\n').every((line) => line.length <= width)).toBe(true);
      }),
    );
  });

  test('shows nothing that a terminal would act on', () => {
    expect(shown({ rows: [['a\u001b[2J', 'b']] }, { width: 80 })).toBe('a\\x1b[2J  b\n');
  });
});
