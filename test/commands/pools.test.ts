import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { PoolsReport } from '../../src/core/facts/pools-report.ts';
import { faultsOfSchema } from '../schemas/validate.ts';
import { runHere } from './in-process.ts';

const folder = fileURLToPath(new URL('../incidents/', import.meta.url));
const sick = `${folder}pool-exhausted/sick`;

async function asked(...args: readonly string[]) {
  const { stdout, code } = await runHere('pools', [...args, '-o', 'json']);
  const report = JSON.parse(stdout) as PoolsReport;
  expect(faultsOfSchema('pools.v1.schema.json', report)).toEqual([]);
  expect(report.exitCode).toBe(code);
  return report;
}

describe('pools', () => {
  test('tells every pool and who holds it', async () => {
    const { pools, exitCode } = await asked('--from', sick);
    expect(exitCode).toBe(0);
    expect(pools.map(({ name, usable, taken, free }) => [name, usable, taken, free])).toEqual([
      ['dmz', '8', '2', '6'],
      ['lan', '10', '10', '0'],
    ]);
    expect(pools[1]?.holders).toHaveLength(10);
  });

  test('finds ranges that another cluster hands out too, and exits 1', async () => {
    const { pools, exitCode } = await asked(
      'lan',
      '--from',
      sick,
      '--against',
      `${folder}config-rejected/sick`,
    );
    expect(exitCode).toBe(1);
    expect(pools[0]?.claims.map(({ name, count }) => [name, count])).toEqual([
      ['lan', '10'],
      ['lan-2', '4'],
    ]);
  });

  test('beside a recording without pools is unknown, and exits 3', async () => {
    const other = `${folder}dump-without-pools/sick`;
    const { unknowns, exitCode } = await asked('--from', sick, '--against', other);
    expect(exitCode).toBe(3);
    expect(unknowns.map(({ fact }) => fact)).toEqual([`pools of ${other}`]);
  });

  test('beside another cluster says so when nothing is shared', async () => {
    const other = `${folder}no-pool/sick`;
    const { notes, exitCode } = await asked('--from', sick, '--against', other);
    expect(exitCode).toBe(0);
    expect(notes).toEqual([`no address here is in a pool of ${other} too`]);
  });

  test('without anything of MetalLB does not call it absent', async () => {
    const { headline, exitCode } = await asked(
      '--from',
      `${folder}pool-exhausted/sick/events.yaml`,
    );
    expect(exitCode).toBe(3);
    expect(headline).toBe('nothing can be said of the pools: the facts they rest on are missing');
  });

  test('without the pools is unknown, and exits 3', async () => {
    const { unknowns, exitCode } = await asked('--from', `${folder}dump-without-pools/sick`);
    expect(exitCode).toBe(3);
    expect(unknowns.map(({ fact }) => fact)).toContain('ipaddresspools');
  });

  test('without any pool is a problem, and said', async () => {
    const { headline, exitCode } = await asked('--from', `${folder}no-pool/sick`);
    expect(exitCode).toBe(1);
    expect(headline).toBe('there is no pool: MetalLB has nothing to hand out');
  });

  test('of pools that MetalLB refuses exits 1 and says why', async () => {
    const { broken, exitCode, notes } = await asked('--from', `${folder}config-rejected/sick`);
    expect(exitCode).toBe(1);
    expect(broken.map(({ name }) => name)).toEqual(['lan-2']);
    expect(notes).toEqual([expect.stringContaining('goes on with the one it had')]);
  });

  test('refuses a pool that is not there, and names the near one', async () => {
    const { stderr, code } = await runHere('pools', ['lann', '--from', sick]);
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean lan?');
  });

  test.each(['text', 'wide', 'yaml', 'markdown'])('is printed as %s', async (form) => {
    const { stdout, code } = await runHere('pools', ['--from', sick, '-o', form]);
    expect(code).toBe(0);
    expect(stdout).toContain('10.4.11.10-10.4.11.19');
    expect(stdout.includes('shop/search')).toBe(form === 'wide' || form === 'yaml');
  });
});
