import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { WhatIfReport } from '../../src/core/facts/what-if.ts';
import { faultsOfSchema } from '../schemas/validate.ts';
import { runHere } from './in-process.ts';

const folder = fileURLToPath(new URL('../incidents/', import.meta.url));
const from = (incident: string) => ['--from', `${folder}${incident}`];

async function asked(incident: string, ...args: readonly string[]) {
  const { stdout, code } = await runHere('what-if', [...args, ...from(incident), '-o', 'json']);
  const report = JSON.parse(stdout) as WhatIfReport;
  expect(faultsOfSchema('what-if.v1.schema.json', report)).toEqual([]);
  expect(report.exitCode).toBe(code);
  return report;
}

describe('what-if', () => {
  test('of a full pool that is widened gives the address, the event and the command', async () => {
    const ranges = 'lan=10.4.11.20-10.4.11.21';
    const { forecast, exitCode } = await asked(
      'pool-exhausted/sick',
      'shop/checkout',
      '--add-pool',
      ranges,
    );
    expect(exitCode).toBe(0);
    expect(forecast.headline).toBe('shop/checkout would get 10.4.11.20 from lan');
    expect(forecast.addedPool?.isAccepted).toBe(true);
    expect(forecast.pools.map(({ name, isEligible, free }) => [name, isEligible, free])).toEqual([
      ['dmz', false, '6'],
      ['lan', true, '2'],
    ]);
    expect(forecast.events.map(({ reason }) => reason)).toEqual(['IPAllocated']);
    expect(forecast.commands).toHaveLength(1);
  });

  test('of the first pool of all is the mending of it', async () => {
    const pool = 'lan=10.9.9.0/28';
    const { forecast, exitCode } = await asked('no-pool/sick', 'shop/checkout', '--add-pool', pool);
    expect(exitCode).toBe(0);
    expect(forecast.hindrances).toEqual([]);
    expect(forecast.headline).toMatch(/^shop\/checkout would get 10\.9\.9\.0 from lan/);
  });

  test('of an address and a pool that do not go together marks no pool', async () => {
    const wish = ['--ip', '192.0.2.10', '--pool', 'lan'];
    const { forecast } = await asked('pool-exhausted/sick', 'shop/checkout', ...wish);
    expect(forecast.outcome).toBe('gets-nothing');
    expect(forecast.pools.map(({ isEligible, says }) => [isEligible, says])).toEqual([
      [false, 'has 192.0.2.10 (6 free), but MetalLB refuses what the Service asks for'],
      [false, 'not what the Service asks for'],
    ]);
  });

  test('of a pool of both families counts the one that is asked for', async () => {
    const wish = ['--add-pool', 'both=10.0.9.0/28,fd00:9::/64'];
    const { forecast } = await asked('pool-exhausted/sick', 'shop/checkout', ...wish);
    expect(forecast.pools.find(({ isAdded }) => isAdded)?.says).toBe('has 10.0.9.0 (16 free)');
  });

  test('of a pool and a change of the Service tells of the address in between', async () => {
    const wish = ['--pool', 'lan', '--add-pool', '10.0.9.0/28'];
    const { forecast } = await asked('pool-exhausted/sick', 'shop/checkout', ...wish);
    expect(forecast.outcome).toBe('gets-nothing');
    expect(forecast.notes).toContain(
      'two steps, the pool first: until the Service itself is changed it has 10.0.9.0; the answer is what is left after both',
    );
  });

  test('of a pool that overlaps says so, offers no command and exits 1', async () => {
    const { forecast, exitCode } = await asked(
      'pool-exhausted/sick',
      'shop/checkout',
      '--add-pool',
      '10.4.11.15/32',
    );
    expect(exitCode).toBe(1);
    expect(forecast.addedPool).toMatchObject({ name: 'new-pool', isAccepted: false });
    expect(forecast.addedPool?.messages[0]).toContain('overlaps with already defined CIDR');
    expect(forecast.commands).toEqual([]);
  });

  test('of another address names the outage before the gain', async () => {
    const { forecast } = await asked(
      'both-requests-set/healthy',
      'shop/checkout',
      '--ip',
      '10.4.11.39',
    );
    expect(forecast.headline).toBe(
      'shop/checkout would lose 10.4.11.15 and get 10.4.11.39 from lan',
    );
    expect(forecast.loses?.says).toContain('an outage');
  });

  test('without a controller tells what comes after, and exits 1', async () => {
    const { forecast, exitCode } = await asked('controller-absent/sick', 'shop/checkout');
    expect(exitCode).toBe(1);
    expect(forecast.actsNow).toBe(false);
    expect(forecast.hindrances.map(({ cause }) => cause)).toEqual(['controller-absent']);
    expect(forecast.headline).toMatch(
      /^nothing happens now: .*Once that is mended, shop\/checkout would get /,
    );
  });

  test('without the pools is unknown, and exits 3', async () => {
    const { forecast, exitCode } = await asked('dump-without-pools/sick', 'shop/checkout');
    expect(exitCode).toBe(3);
    expect(forecast.outcome).toBe('unknown');
    expect(forecast.unknowns.map(({ fact }) => fact)).toEqual(['ipaddresspools']);
  });

  test('without MetalLB gives nothing, and says that it is not installed', async () => {
    const { forecast, exitCode } = await asked('metallb-not-installed/sick', 'shop/checkout');
    expect(exitCode).toBe(1);
    expect(forecast.hindrances[0]?.cause).toBe('metallb-not-installed');
  });

  test('of the first pool mends what was missing, and says that nobody announces it', async () => {
    const ranges = 'first=192.0.2.16/28';
    const { forecast, exitCode } = await asked(
      'no-pool/sick',
      'shop/checkout',
      '--add-pool',
      ranges,
    );
    expect(exitCode).toBe(0);
    expect(forecast.hindrances).toEqual([]);
    expect(forecast.pools.map(({ name, advertisedBy }) => [name, advertisedBy])).toEqual([
      ['first', []],
    ]);
    expect(forecast.others.map(({ service }) => service)).toEqual(['shop/search']);
  });

  test('where nobody could look whether MetalLB runs is unknown, and exits 3', async () => {
    const { forecast, exitCode } = await asked('controller-not-collected/sick', 'db/replica');
    expect(exitCode).toBe(3);
    expect(forecast.outcome).toBe('gets');
    expect(forecast.headline).toMatch(
      /^if MetalLB works, which could not be looked at, db\/replica would get /,
    );
  });

  test('of an address that comes and goes without end exits 1', async () => {
    const { forecast, exitCode } = await asked('second-address-flaps-asked/sick', 'game/lobby');
    expect([exitCode, forecast.comesToRest]).toEqual([1, false]);
  });

  test('beside a rival does not promise what the rival overwrites', async () => {
    const { forecast, exitCode } = await asked('rival-kube-vip/sick', 'shop/checkout');
    expect([exitCode, forecast.actsNow]).toEqual([1, false]);
  });

  test.each([
    ['an empty value', ['--pool', '']],
    ['a pool without a range', ['--add-pool', 'lan=']],
    ['a policy nobody knows', ['--policy', 'Sometimes']],
  ])('refuses %s', async (_, flags) => {
    const { code } = await runHere('what-if', [
      'shop/checkout',
      ...flags,
      ...from('pool-exhausted/sick'),
    ]);
    expect(code).toBe(2);
  });

  test.each(['text', 'yaml', 'markdown'])('is printed as %s', async (form) => {
    const args = ['shop/checkout', '--pool', 'dmz', ...from('pool-exhausted/sick'), '-o', form];
    const { stdout, code } = await runHere('what-if', args);
    expect(code).toBe(0);
    expect(stdout).toContain('192.0.2.');
    expect(stdout).toContain(form === 'yaml' ? 'triage.what-if/v1' : 'nothing was changed');
  });
});
