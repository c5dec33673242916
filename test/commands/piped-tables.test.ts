import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runHere } from './in-process.ts';

const folder = fileURLToPath(new URL('../incidents/', import.meta.url));

describe('piped', () => {
  test('every address of announcers has one line, however long', async () => {
    const from = `${folder}announced-both-ways/sick`;
    const { stdout } = await runHere('announcers', ['--from', from]);
    const rows = stdout.split('\n').filter((line) => line.startsWith('10.4.11.'));
    expect(rows.map((row) => row.split(/ {2,}/).at(-1))).toEqual([
      'ingress-nginx/ingress-nginx-controller',
      'shop/api',
    ]);
  });

  test('so has every address of drill', async () => {
    const from = `${folder}announced-both-ways/sick`;
    const { stdout } = await runHere('drill', ['--node', 'worker-1', '--from', from]);
    const rows = stdout.split('\n').filter((line) => line.startsWith('10.4.11.'));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => /\/[\w-]+$/.test(row))).toBe(true);
  });
});

describe('the command at the end of a remark', () => {
  test('stands on lines of its own that can be pasted', async () => {
    const from = `${folder}dead-node-elected/sick`;
    const { stdout } = await runHere('drill', ['--each', '--from', from]);
    const lines = stdout.split('\n');
    const at = lines.findIndex((line) => line.includes('it is open who announces them now:'));
    const [first = '', second = ''] = lines.slice(at + 1);
    const isWhole = first.trim() === `triage announcers --from=${from}`;
    expect(isWhole || (first.endsWith(' \\') && second.trim() === `--from=${from}`)).toBe(true);
  });
});
