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

  test('with a cluster IP in a pool exits 1 as with the address of a node, and the headline says it', async () => {
    const { headline, exitCode } = await asked(
      '--from',
      `${folder}pool-overlaps-cluster-range/sick`,
    );
    expect([exitCode, headline]).toEqual([
      1,
      '2 pools, 36 addresses (1 claimed elsewhere), 24 free; 10.96.46.81 of pool lan is the cluster IP of Service git/forgejo-ssh',
    ]);
  });

  test('under -v names everybody who holds an address, as -o wide does', async () => {
    const [verbose, wide] = [
      await runHere('pools', ['--from', sick, '-v']),
      await runHere('pools', ['--from', sick, '-o', 'wide']),
    ];
    expect(verbose.stdout).toContain('shop/search');
    expect(verbose.stdout).toBe(wide.stdout);
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
    const refused = await asked('--from', `${folder}config-rejected/sick`);
    const { broken, exitCode, notes, headline, pools } = refused;
    expect(exitCode).toBe(1);
    expect(headline).toBe(
      'MetalLB refuses its pools as they stand and works with older ones: lan, 10 addresses, 0 free',
    );
    expect(pools.map(({ name, inForce }) => [name, inForce])).toEqual([
      ['lan', true],
      ['lan-2', false],
    ]);
    expect(broken.map(({ name }) => name)).toEqual(['lan-2']);
    expect(notes).toEqual([
      expect.stringContaining('goes on with the configuration it had, pool lan, '),
    ]);
  });

  test('of a pool where MetalLB does not look says where it lies', async () => {
    const { notes, exitCode } = await asked('--from', `${folder}no-pool-other-namespace/sick`);
    expect(exitCode).toBe(1);
    expect(notes).toEqual([
      'pool lan is in namespace default, where this MetalLB does not look: its own is metallb-system',
    ]);
  });

  test('of pools that avoid .0 and .255 tells how many they leave out', async () => {
    const args = ['--from', `${folder}pool-exhausted-avoid-buggy/sick`];
    const [pool] = (await asked(...args)).pools;
    expect([pool?.size, pool?.usable, pool?.taken, pool?.free]).toEqual(['4', '3', '3', '0']);
    const { stdout } = await runHere('pools', args);
    expect(stdout).toContain('3 usable, 1 left out by avoidBuggyIPs, 3 taken, 0 free');
  });

  test('of an IPv6 range tells its size as a power of two', async () => {
    const args = ['--from', `${folder}no-dual-stack-pool/sick`];
    const { stdout } = await runHere('pools', args);
    expect(stdout).toContain('2 pools, IPv4 64 addresses, 63 free; IPv6 2^64 addresses, 2^64 free');
    expect(stdout).toContain('2^64 usable, 0 taken, 2^64 free');
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
