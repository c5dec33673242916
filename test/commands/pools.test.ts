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
