import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

  test('of an AddressPool that is widened tells the command for that kind', async () => {
    const range = 'lan=10.4.12.20-10.4.12.22';
    const { forecast } = await asked('old-pool-exhausted/sick', 'shop/api', '--add-pool', range);
    expect(forecast.headline).toBe('shop/api would get 10.4.12.20 from lan');
    expect(forecast.commands.map((command) => command.split(' -p ')[0])).toEqual([
      'kubectl -n metallb-system patch addresspool lan --type merge',
    ]);
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
      [false, 'does not hold 192.0.2.10, which the Service asks for'],
    ]);
  });

  test('of a pool of both families counts the one that is asked for', async () => {
    const wish = ['--add-pool', 'both=10.0.9.0/28,fd00:9::/64'];
    const { forecast } = await asked('pool-exhausted/sick', 'shop/checkout', ...wish);
    expect(forecast.pools.find(({ isAdded }) => isAdded)?.says).toBe('has 10.0.9.0 (16 free)');
  });

  test('of a pool and a change of the Service puts first what costs nothing on the way', async () => {
    const wish = ['--pool', 'lan', '--add-pool', '10.0.9.0/28'];
    const { forecast } = await asked('pool-exhausted/sick', 'shop/checkout', ...wish);
    expect(forecast.outcome).toBe('gets-nothing');
    expect(forecast.changes[0]).toBe('annotation metallb.io/address-pool: lan');
    expect(forecast.notes).toContain(
      'the order matters: with pool new-pool first, then the Service, shop/checkout has 10.0.9.0 in between, which it loses again',
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

describe('what-if of several changes', () => {
  test('of a range that goes from one pool to another has one order that the webhook lets pass', async () => {
    const { forecast, exitCode } = await asked(
      'pool-exhausted/sick',
      'shop/checkout',
      '--add-pool',
      'spare=192.0.2.8/29,10.9.0.0/30',
      '--remove-pool',
      'dmz',
      '--pool',
      'spare',
    );
    expect(exitCode).toBe(0);
    expect(forecast.changes).toEqual([
      'the pool dmz is deleted',
      'a new pool spare with 192.0.2.8/29, 10.9.0.0/30',
      'annotation metallb.io/address-pool: spare',
    ]);
    expect(forecast.poolChanges.map(({ name, isAccepted }) => [name, isAccepted])).toEqual([
      ['dmz', true],
      ['spare', true],
    ]);
    expect(forecast.commands.map((command) => command.split(' ').slice(0, 5).join(' '))).toEqual([
      'kubectl -n metallb-system delete ipaddresspool',
      expect.stringMatching(/^echo .*"kind":"IPAddressPool"/),
      'kubectl -n metallb-system patch l2advertisement',
      'kubectl -n shop annotate service',
    ]);
    expect(forecast.notes).toContainEqual(
      expect.stringMatching(
        /^the order matters: with pool spare first.*the webhook refuses pool spare: CIDR "192\.0\.2\.8\/29"/,
      ),
    );
  });

  test('of a Service that has an address puts the pool first, and says what the other order costs', async () => {
    const { forecast, exitCode } = await asked(
      'pool-exhausted/sick',
      'shop/search',
      '--pool',
      'fresh',
      '--add-pool',
      'fresh=10.9.0.0/30',
    );
    expect([exitCode, forecast.outcome]).toEqual([0, 'gets']);
    expect(forecast.changes[0]).toBe('a new pool fresh with 10.9.0.0/30');
    expect(forecast.notes).toContainEqual(
      expect.stringMatching(/^the order matters: with the Service first, then pool fresh, /),
    );
  });

  test('of two pools that overlap each other is refused in every order, and has no command', async () => {
    const { forecast, exitCode } = await asked(
      'pool-exhausted/sick',
      'shop/checkout',
      '--add-pool',
      'a=10.9.0.0/30',
      '--add-pool',
      'b=10.9.0.0/29',
    );
    expect(exitCode).toBe(1);
    expect(forecast.poolChanges.filter(({ isAccepted }) => !isAccepted)).toHaveLength(1);
    expect(forecast.commands).toEqual([]);
  });

  test('of annotations and a policy is one write', async () => {
    const wish = ['--ip', '10.9.0.1', '--share-key', 'k', '--policy', 'Local'];
    const { forecast } = await asked(
      'pool-exhausted/sick',
      'shop/checkout',
      ...wish,
      '--add-pool',
      'lan=10.9.0.0/30',
    );
    expect(forecast.commands).toContain(
      `kubectl -n shop patch service checkout --type merge -p '{"metadata":{"annotations":{"metallb.io/loadBalancerIPs":"10.9.0.1","metallb.io/allow-shared-ip":"k"}},"spec":{"externalTrafficPolicy":"Local"}}'`,
    );
  });

  test.each([
    ['a pool that is not there', ['--remove-pool', 'lann']],
    ['a range that is not there', ['--remove-pool', 'lan=10.9.9.0/24']],
    ['no range', ['--remove-pool', 'lan=']],
  ])('refuses to remove %s', async (_, flags) => {
    const { code } = await runHere('what-if', [
      'shop/checkout',
      ...flags,
      ...from('pool-exhausted/sick'),
    ]);
    expect(code).toBe(2);
  });
});

describe('what-if over a configuration that MetalLB refuses', () => {
  test('answers by the pools that its log shows to be loaded, and leaves the refused one out', async () => {
    const { forecast, exitCode } = await asked('config-rejected/sick', 'shop/checkout');
    expect(exitCode).toBe(1);
    expect(forecast.worksWith?.holds).toBe('older');
    expect(forecast.headline).toBe(
      'by the older pools that MetalLB works with, shop/checkout would stay without address: the only pool it may use, lan, is full',
    );
    expect(forecast.pools.map(({ name, isEligible, free }) => [name, isEligible, free])).toEqual([
      ['lan', false, '0'],
      ['lan-2', false, '0'],
    ]);
    expect(forecast.pools[1]?.says).toMatch(/^not in force: CIDR "10\.4\.11\.16\/28"/);
  });

  test('of the mending of it is what the mended pools give', async () => {
    const { forecast, exitCode } = await asked(
      'config-rejected/sick',
      'shop/checkout',
      '--remove-pool',
      'lan-2',
      '--add-pool',
      'lan-2=10.4.11.20-10.4.11.40',
    );
    expect([exitCode, forecast.worksWith]).toEqual([0, undefined]);
    expect(forecast.notes).toContain(
      'this mends the configuration that MetalLB refuses as it stands',
    );
    expect(forecast.headline).toBe('shop/checkout would get 10.4.11.20 from lan-2');
  });

  test('is nothing where the controller has loaded none since it started', async () => {
    const { forecast, exitCode } = await asked('config-rejected-at-start/sick', 'shop/checkout');
    expect([exitCode, forecast.worksWith?.holds]).toEqual([1, 'nothing']);
    expect(forecast.outcome).toBe('gets-nothing');
  });

  test('is unknown where nothing shows what the controller holds, and says what to mend', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'triage-'));
    try {
      cpSync(`${folder}config-rejected-at-start/sick`, copy, { recursive: true });
      rmSync(join(copy, 'logs'), { recursive: true });
      const args = ['shop/checkout', '--from', copy, '-o', 'json'];
      const { stdout, code } = await runHere('what-if', args);
      const { forecast } = JSON.parse(stdout) as WhatIfReport;
      expect([code, forecast.outcome, forecast.pools]).toEqual([3, 'unknown', []]);
      expect(forecast.headline).toBe(
        'what shop/checkout would get cannot be said before this is mended: MetalLB refuses its whole configuration because of IPAddressPool metallb-system/lan',
      );
      expect(forecast.unknowns.map(({ fact }) => fact)).toEqual(['the pools MetalLB works with']);
    } finally {
      rmSync(copy, { recursive: true });
    }
  });

  test('is unknown where the controller counts by older pools than stand there', async () => {
    const { forecast, exitCode } = await asked('config-stale/sick', 'shop/api');
    expect([exitCode, forecast.outcome]).toEqual([3, 'unknown']);
    expect(forecast.hindrances.map(({ cause }) => cause)).toEqual(['config-stale']);
  });
});

describe('what-if of what cannot go well', () => {
  test('names the nodes whose addresses lie in an added range', async () => {
    const range = 'fresh=10.4.0.8/29';
    const { forecast } = await asked('pool-exhausted/sick', 'shop/checkout', '--add-pool', range);
    expect(forecast.notes[0]).toBe(
      '10.4.0.11 of pool fresh is the address of node worker-1: leave it out, or two machines answer for one address',
    );
  });

  test('says that a class cannot be changed', async () => {
    const { forecast, exitCode } = await asked('class-not-handled/sick', 'shop/checkout');
    expect([exitCode, forecast.outcome]).toEqual([1, 'not-handled']);
    expect(forecast.notes).toEqual([
      'the class of a Service cannot be changed: it has to be deleted and made anew with another one',
    ]);
  });

  test('tells of the other Services that lose what they have', async () => {
    const { forecast } = await asked(
      'pool-exhausted/sick',
      'shop/checkout',
      '--remove-pool',
      'dmz',
    );
    expect(forecast.notes).toContain(
      '2 other Services lose the addresses they have, or may: an outage for them',
    );
    expect(forecast.others.map(({ service }) => service)).toEqual(['edge/mail', 'edge/wireguard']);
  });
});

describe('what-if of a pool that nobody announces', () => {
  test('names it in the advertisement that would be left over, beside the pool that still stands', async () => {
    const { forecast } = await asked(
      'pool-exhausted/sick',
      'shop/checkout',
      '--remove-pool',
      'dmz',
      '--add-pool',
      'edge=10.9.0.0/30',
    );
    expect(forecast.commands).toContain(
      `kubectl -n metallb-system patch l2advertisement dmz --type=merge -p '{"spec":{"ipAddressPools":["dmz","edge"]}}'`,
    );
  });

  test('gives it an L2Advertisement where several advertisements could take it', async () => {
    const { forecast } = await asked(
      'pool-exhausted/sick',
      'shop/checkout',
      '--add-pool',
      'fresh=10.9.0.0/30',
    );
    expect(forecast.commands[1]).toBe(
      `echo '{"apiVersion":"metallb.io/v1beta1","kind":"L2Advertisement","metadata":{"name":"fresh","namespace":"metallb-system"},"spec":{"ipAddressPools":["fresh"]}}' | kubectl apply -f -`,
    );
    expect(forecast.notes).toContain(
      'no advertisement selects pool fresh, so nobody would announce its addresses: give it an L2Advertisement',
    );
  });

  test('names it in the only advertisement there is', async () => {
    const { forecast } = await asked(
      'config-rejected/healthy',
      'shop/checkout',
      '--add-pool',
      'fresh=10.9.0.0/30',
    );
    expect(forecast.commands[1]).toBe(
      `kubectl -n metallb-system patch l2advertisement lan --type=merge -p '{"spec":{"ipAddressPools":["lan","lan-2","fresh"]}}'`,
    );
  });
});
